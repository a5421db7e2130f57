import type { PlanChangeInput } from '../../../src/engagement/commands';
import type { PlanChange } from '../../../src/engagement/plan-changes';
import { action, goal, ids, measure, milestone, scale } from './samples';

type Sample = { readonly change: PlanChangeInput; readonly leads: object };

const goals = (fields: object) => ({ goals: { [ids.goal]: fields } });
const milestones = (fields: object) => ({ milestones: { [ids.milestone]: fields } });
const actions = (fields: object) => ({ actions: { [ids.action]: fields } });
const target = { ...measure, target: 20 };
const euros = (amount: string) => ({ amount, currency: 'EUR' });

/** One change of each kind that is possible in `withPlan`, and what it leads to. */
export const planChangeSamples: Readonly<Record<PlanChange['op'], Sample>> = {
  'goal-added': {
    change: { op: 'goal-added', goal: goal({ goalId: ids.secondGoal }), goalId: null },
    leads: { goals: { [ids.secondGoal]: { lifecycle: 'active', baselineDueOn: null } } },
  },
  'goal-redated': {
    change: {
      op: 'goal-redated',
      goalId: ids.goal,
      from: { startOn: '2026-02-01', dueOn: '2026-06-30' },
      to: { startOn: '2026-02-15', dueOn: '2026-05-15' },
      datesOverrideReason: null,
    },
    leads: goals({ startOn: '2026-02-15', dueOn: '2026-05-15' }),
  },
  'goal-retargeted': {
    change: { op: 'goal-retargeted', goalId: ids.goal, from: { measure }, to: { measure: target } },
    leads: goals({ measure: target, attainmentScale: scale, retargets: 1 }),
  },
  'goal-reweighted': {
    change: { op: 'goal-reweighted', goalId: ids.goal, from: 1, to: 0 },
    leads: goals({ weight: 0 }),
  },
  'goal-redefined': {
    change: {
      op: 'goal-redefined',
      goalId: ids.goal,
      from: { specific: 'Find a position in research', relevance: 'Independence' },
      to: { specific: 'Found a laboratory', relevance: 'Curiosity' },
    },
    leads: goals({ specific: 'Found a laboratory', relevance: 'Curiosity' }),
  },
  'goal-dropped': {
    change: { op: 'goal-dropped', goalId: ids.goal, outcome: 'not-attainable' },
    leads: {
      ...goals({ lifecycle: 'cancelled', dropOutcome: 'not-attainable' }),
      ...milestones({ state: 'dropped', droppedOn: '2026-03-10' }),
      ...actions({ state: 'dropped' }),
    },
  },
  'milestone-added': {
    change: { op: 'milestone-added', milestone: { ...milestone({ milestoneId: ids.secondMilestone }), order: null } },
    leads: { milestones: { [ids.secondMilestone]: { order: 2, baselineDueOn: null } } },
  },
  'milestone-redated': {
    change: { op: 'milestone-redated', milestoneId: ids.milestone, from: '2026-05-01', to: '2026-04-01' },
    leads: milestones({ dueOn: '2026-04-01' }),
  },
  'milestone-redefined': {
    change: {
      op: 'milestone-redefined',
      milestoneId: ids.milestone,
      from: { title: 'CV is ready', criterion: 'Two people have read it' },
      to: { title: 'CV is sent', criterion: 'Three people have it' },
    },
    leads: milestones({ title: 'CV is sent', criterion: 'Three people have it' }),
  },
  'milestone-reordered': {
    change: { op: 'milestone-reordered', goalId: ids.goal, from: [ids.milestone], to: [ids.milestone] },
    leads: milestones({ order: 1 }),
  },
  'milestone-dropped': {
    change: { op: 'milestone-dropped', milestoneId: ids.milestone },
    leads: { ...milestones({ state: 'dropped' }), ...actions({ state: 'dropped' }) },
  },
  'action-added': {
    change: { op: 'action-added', action: action({ actionId: ids.secondAction }) },
    leads: { actions: { [ids.secondAction]: { state: 'open', baselineDueOn: null } } },
  },
  'action-redated': {
    change: { op: 'action-redated', actionId: ids.action, from: '2026-04-01', to: '2026-05-01' },
    leads: actions({ dueOn: '2026-05-01' }),
  },
  'action-reassigned': {
    change: { op: 'action-reassigned', actionId: ids.action, from: 'client', to: 'coach' },
    leads: actions({ owner: 'coach' }),
  },
  'action-redefined': {
    change: {
      op: 'action-redefined',
      actionId: ids.action,
      from: { title: 'Write the CV' },
      to: { title: 'Write it' },
    },
    leads: actions({ title: 'Write it' }),
  },
  'action-dropped': { change: { op: 'action-dropped', actionId: ids.action }, leads: actions({ state: 'dropped' }) },
  'resource-changed': {
    change: {
      op: 'resource-changed',
      resourceId: ids.resource,
      from: { description: 'Course fees', budget: euros('600.00') },
      to: { description: 'Fees', budget: euros('700.00') },
    },
    leads: { resources: { [ids.resource]: { description: 'Fees', budget: euros('700.00') } } },
  },
};
