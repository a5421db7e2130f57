import type { EngagementEvent } from '../../src/engagement/events';
import type { AttainmentLevel, BarrierCategory, GoalSource, Rater, ReasonCode } from '../../src/engagement/values';
import type { NewEvent } from '../../src/event-store/event-store';
import { givenGoal, givenMilestone } from './given';
import { namedId } from './named-id';

/** What happened on a day. */
type Happening = { readonly on: string; readonly event: EngagementEvent };

const goal = (on: string, name: string, source: GoalSource): Happening => ({
  on,
  event: { type: 'GoalSet', data: givenGoal({ goalId: namedId(name), source, startOn: on, dueOn: '2026-06-30' }) },
});
const milestone = (on: string, name: string, ofGoal: string, dueOn: string): Happening => ({
  on,
  event: {
    type: 'MilestonePlanned',
    data: givenMilestone({ milestoneId: namedId(name), goalId: namedId(ofGoal), dueOn }),
  },
});
const reached = (on: string, name: string): Happening => ({
  on,
  event: { type: 'MilestoneReached', data: { milestoneId: namedId(name), reachedOn: on, evidence: null } },
});
const agreed = (on: string): Happening => ({
  on,
  event: { type: 'PlanAgreed', data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: on } },
});
const adapted = (on: string, revision: number, reasonCode: ReasonCode, name: string, from: string, to: string) => ({
  on,
  event: {
    type: 'PlanAdapted',
    data: {
      revision,
      baseRevision: revision - 1,
      reasonCode,
      reasonText: 'There was no way round it',
      triggeredBy: [],
      changes: [{ op: 'milestone-redated', milestoneId: namedId(name), from, to }],
      agreedBy: ['client', 'coach'],
      sponsorInformed: false,
      effectiveOn: on,
    },
  } satisfies EngagementEvent,
});
const barrier = (on: string, name: string, category: BarrierCategory, severity: number): Happening => ({
  on,
  event: {
    type: 'BarrierIdentified',
    data: { barrierId: namedId(name), category, description: 'It stands in the way', severity, affects: [] },
  },
});
const resolved = (on: string, name: string): Happening => ({
  on,
  event: { type: 'BarrierResolved', data: { barrierId: namedId(name), outcome: 'It is gone', resolvedOn: on } },
});
const scored = (on: string, name: string, rater: Rater, level: AttainmentLevel): Happening => ({
  on,
  event: {
    type: 'GoalAttainmentScored',
    data: { goalId: namedId(name), level, observedOn: on, rater, corrects: null },
  },
});
const scheduled = (on: string, name: string, day: string): Happening => ({
  on,
  event: { type: 'CheckInScheduled', data: { checkInId: namedId(name), scheduledFor: `${day}T15:00:00.000Z` } },
});
const held = (on: string, name: string, confidence: number): Happening => ({
  on,
  event: {
    type: 'CheckInHeld',
    data: { checkInId: namedId(name), heldAt: `${on}T15:00:00.000Z`, summary: 'We talked', confidence },
  },
});
const missed = (on: string, name: string, by: 'client' | 'coach'): Happening => ({
  on,
  event: { type: 'CheckInMissed', data: { checkInId: namedId(name), by, reason: null } },
});
const simply = (on: string, event: EngagementEvent): Happening => ({ on, event });
const started = (on: string): Happening => simply(on, { type: 'EngagementStarted', data: {} });

type Firm = Readonly<
  Record<
    string,
    { client: string; coach: string; sponsor: string | null; proposed: string; story: readonly Happening[] }
  >
>;

/** Four engagements whose numbers can be counted by hand. */
const firm: Firm = {
  adapting: {
    client: 'client-a',
    coach: 'coach-1',
    sponsor: 'sponsor-1',
    proposed: '2026-01-05',
    story: [
      started('2026-01-05'),
      goal('2026-01-06', 'a1', 'client'),
      milestone('2026-01-07', 'a1m1', 'a1', '2026-03-01'),
      milestone('2026-01-07', 'a1m2', 'a1', '2026-04-01'),
      scheduled('2026-01-07', 'ac1', '2026-01-12'),
      agreed('2026-01-10'),
      held('2026-01-12', 'ac1', 6),
      barrier('2026-02-01', 'ab1', 'external', 4),
      resolved('2026-02-06', 'ab1'),
      scheduled('2026-02-07', 'ac2', '2026-02-09'),
      held('2026-02-09', 'ac2', 8),
      simply('2026-02-10', { type: 'BarrierReopened', data: { barrierId: namedId('ab1'), reason: 'Again' } }),
      adapted('2026-02-10', 2, 'barrier', 'a1m1', '2026-03-01', '2026-03-15'),
      resolved('2026-02-13', 'ab1'),
      scheduled('2026-03-01', 'ac3', '2026-03-09'),
      missed('2026-03-09', 'ac3', 'client'),
      reached('2026-03-10', 'a1m1'),
      scored('2026-04-03', 'a1', 'client', -1),
      scored('2026-04-03', 'a1', 'coach', -1),
      scored('2026-05-10', 'a1', 'client', 1),
    ],
  },
  steady: {
    client: 'client-b',
    coach: 'coach-1',
    sponsor: null,
    proposed: '2026-02-02',
    story: [
      started('2026-02-02'),
      goal('2026-02-03', 'b1', 'coach'),
      milestone('2026-02-03', 'b1m1', 'b1', '2026-03-20'),
      agreed('2026-02-04'),
      scheduled('2026-02-04', 'bc1', '2026-02-16'),
      held('2026-02-16', 'bc1', 9),
      barrier('2026-02-20', 'bb1', 'internal', 2),
      reached('2026-03-18', 'b1m1'),
      scored('2026-04-20', 'b1', 'client', 0),
      simply('2026-04-30', { type: 'EngagementCompleted', data: { summary: 'Done' } }),
    ],
  },
  late: {
    client: 'client-c',
    coach: 'coach-2',
    sponsor: 'sponsor-1',
    proposed: '2026-03-02',
    story: [
      started('2026-03-02'),
      goal('2026-03-03', 'c1', 'sponsor'),
      goal('2026-03-03', 'c2', 'joint'),
      milestone('2026-03-03', 'c1m1', 'c1', '2026-04-10'),
      agreed('2026-03-04'),
      barrier('2026-03-05', 'cb1', 'skill', 3),
      resolved('2026-03-17', 'cb1'),
      adapted('2026-03-20', 2, 'circumstances', 'c1m1', '2026-04-10', '2026-04-20'),
      scheduled('2026-03-20', 'cc1', '2026-03-27'),
      missed('2026-03-27', 'cc1', 'coach'),
      adapted('2026-04-18', 3, 'barrier', 'c1m1', '2026-04-20', '2026-04-25'),
      reached('2026-04-30', 'c1m1'),
      simply('2026-05-02', {
        type: 'GoalAbandoned',
        data: { goalId: namedId('c2'), reason: 'Not now', notAttainable: true, milestones: {} },
      }),
      simply('2026-05-04', { type: 'EngagementPaused', data: { reason: 'Leave' } }),
    ],
  },
  proposed: { client: 'client-d', coach: 'coach-2', sponsor: null, proposed: '2026-05-08', story: [] },
};

/** The streams of the firm, of the tenant `demo`; the last day is 10 May 2026. */
export const smallFirm = Object.entries(firm).map(([name, { client, coach, sponsor, proposed, story }]) => {
  const engagementId = namedId(name);
  const parties = { clientId: client, coachId: coach, sponsorId: sponsor };
  const dates = { startsOn: proposed, endsOn: '2026-12-31', checkInEveryDays: null };
  const proposal = simply(proposed, { type: 'EngagementProposed', data: { engagementId, ...parties, ...dates } });
  const events = [proposal, ...story].map(({ on, event }, index): NewEvent => ({
    eventId: namedId(`${name} ${String(index)}`),
    schemaVersion: 1,
    ...event,
    metadata: {
      tenantId: 'demo',
      actor: { id: coach, role: 'coach' },
      occurredAt: `${on}T09:00:00.000Z`,
      recordedAt: `${on}T09:00:00.000Z`,
      correlationId: namedId(`${name} ${String(index)} correlation`),
      causationId: null,
      commandId: namedId(`${name} ${String(index)} command`),
    },
  }));
  return { stream: `engagement-demo_${engagementId}`, events };
});
