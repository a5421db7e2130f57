import fc from 'fast-check';
import type { CommandKind, EngagementCommand } from '../../../src/engagement/commands';
import type { Id } from '../../../src/engagement/values';
import { commandSamples } from './command-samples';
import { drafts } from './drafts';
import type { Draft } from './pools';
import { action, goal, milestone } from './samples';
import { id, people } from './scenario';

/** A random command with who sends it, and when. */
export type Move = {
  readonly draft: Draft;
  readonly by: keyof typeof people;
  readonly onBehalfOf: Id | null;
  /** Days that have passed since the move before. */
  readonly after: number;
  /** By how many days it is backdated. */
  readonly backdated: number;
};

/** What ends or halts an engagement is rare, or little else would happen. */
const weights: Partial<Record<CommandKind, number>> = {
  ProposeEngagement: 1,
  PauseEngagement: 1,
  CompleteEngagement: 1,
  EndEngagementEarly: 1,
  ReassignCoach: 1,
  ReopenEngagement: 4,
  ResumeEngagement: 4,
  ReopenBarrier: 9,
  ReleaseResource: 9,
  AllocateResource: 9,
  AcceptGoal: 9,
  SetGoal: 12,
  PlanMilestone: 12,
  CommitAction: 8,
  AgreePlan: 1,
  AdaptPlan: 40,
};

const kinds = Object.keys(drafts) as CommandKind[];

const moves: fc.Arbitrary<Move> = fc.record({
  draft: fc.oneof(...kinds.map((kind) => ({ weight: weights[kind] ?? 5, arbitrary: drafts[kind] }))),
  by: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('coach' as const) },
    { weight: 6, arbitrary: fc.constantFrom('client' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('sponsor' as const, 'admin' as const, 'auditor' as const, 'stranger' as const),
    },
  ),
  onBehalfOf: fc.oneof(
    { weight: 12, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(people.client.id, people.stranger.id) },
  ),
  after: fc.integer({ min: 0, max: 4 }),
  backdated: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) },
  ),
});

const sent = (by: Move['by'], command: EngagementCommand): Move => ({
  draft: { type: command.type, raw: command.data, fit: () => command },
  by,
  onBehalfOf: null,
  after: 0,
  backdated: 0,
});

const { IdentifyResource, IdentifyBarrier, ScheduleCheckIn } = commandSamples;
const budget = { amount: '600.00', currency: 'EUR' };

/** From the proposal to the agreed plan, with some things in it. */
const opening: readonly Move[] = [
  sent('coach', { type: 'ProposeEngagement', data: commandSamples.ProposeEngagement.data }),
  sent('client', { type: 'SignAgreement', data: { party: 'client', discloses: ['goals'] } }),
  sent('coach', { type: 'SignAgreement', data: { party: 'coach', discloses: null } }),
  sent('sponsor', { type: 'SignAgreement', data: { party: 'sponsor', discloses: null } }),
  sent('coach', { type: 'StartEngagement', data: {} }),
  sent('coach', { type: 'SetGoal', data: goal({ goalId: id(0x100) }) }),
  sent('client', { type: 'SetGoal', data: goal({ goalId: id(0x101) }) }),
  sent('sponsor', { type: 'SetGoal', data: goal({ goalId: id(0x102), source: 'sponsor' }) }),
  sent('coach', { type: 'PlanMilestone', data: milestone({ milestoneId: id(0x200), goalId: id(0x100) }) }),
  sent('coach', { type: 'PlanMilestone', data: milestone({ milestoneId: id(0x201), goalId: id(0x100) }) }),
  sent('coach', { type: 'CommitAction', data: action({ actionId: id(0x300), milestoneId: id(0x200) }) }),
  sent('coach', { type: 'CommitAction', data: action({ actionId: id(0x301), milestoneId: id(0x201) }) }),
  ...[0, 1].flatMap((n) => [
    sent('coach', { type: 'IdentifyResource', data: { ...IdentifyResource.data, resourceId: id(0x400 + n), budget } }),
    sent('coach', {
      type: 'IdentifyBarrier',
      data: { ...IdentifyBarrier.data, barrierId: id(0x500 + n), affects: [] },
    }),
    sent('coach', { type: 'ScheduleCheckIn', data: { ...ScheduleCheckIn.data, checkInId: id(0x600 + n) } }),
  ]),
  sent('coach', { type: 'AgreePlan', data: { agreedBy: ['client', 'coach'] } }),
];

/** Sequences of moves: some from the very beginning, most in an engagement that has things, half of these agreed. */
export const games: fc.Arbitrary<readonly Move[]> = fc
  .tuple(
    fc.oneof(
      { weight: 1, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.constant(4) },
      { weight: 8, arbitrary: fc.constant(opening.length - 1) },
      { weight: 12, arbitrary: fc.constant(opening.length) },
    ),
    fc.array(moves, { maxLength: 60, size: 'max' }),
  )
  .map(([opened, played]) => [...opening.slice(0, opened), ...played]);
