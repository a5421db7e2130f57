import type { PlanChangeInput } from '../../../engagement/commands';
import type { Target } from '../../../engagement/plan-changes';
import { CelebrateBody, RecordNoteBody, RecordSetbackBody } from '../bodies/journal';
import { AdaptPlanBody, AgreePlanBody, type ChangeBody } from '../bodies/plan';
import { type CommandRoute, onEngagement } from '../route';

export const planRoutes: readonly CommandRoute[] = [
  onEngagement('AgreePlan', 'plan/agreement', AgreePlanBody, {
    summary: 'Agree the plan: revision 1, which fixes the baseline dates',
    makes: 'planRevision',
  }),
  onEngagement('AdaptPlan', 'plan/adaptations', AdaptPlanBody, {
    summary: 'Change the agreed plan, for a reason and as agreed',
    makes: 'planRevision',
    data: ({ changes, ...body }) => ({ ...body, changes: changes.map(changeOf) }),
  }),
];

export const journalRoutes: readonly CommandRoute[] = [
  onEngagement('CelebrateAchievement', 'celebrations', CelebrateBody, {
    summary: 'Celebrate an achievement',
    makes: 'celebrationId',
  }),
  onEngagement('RecordSetback', 'setbacks', RecordSetbackBody, {
    summary: 'Record a setback, and what was learned from it',
    makes: 'setbackId',
  }),
  onEngagement('RecordNote', 'notes', RecordNoteBody, { summary: 'Keep a note of a session', makes: 'noteId' }),
];

/** A change as the domain takes it: a target holds its measure or its scale alone. */
function changeOf(change: ChangeBody): PlanChangeInput {
  if (change.op === 'goal-retargeted') {
    const { op, goalId, from, to } = change;
    return { op, goalId, from: targetOf(from), to: targetOf(to) };
  }
  // That a goal is added either whole or by its id was checked with the body.
  return change as PlanChangeInput;
}

function targetOf({ measure, attainmentScale }: Extract<ChangeBody, { op: 'goal-retargeted' }>['from']): Target {
  return measure ? { measure } : { attainmentScale: attainmentScale ?? [] };
}
