import { actionBody, attainmentScale, euros, goalBody, milestoneBody, today, type Body } from './builders';

/** A command and what the audit has to say of it. */
type Sent = {
  /** A name in braces stands for the id that an earlier command made. */
  readonly path: string;
  readonly body: Body;
  readonly by?: 'client' | 'sponsor';
  /** The name under which the id that it makes is known afterwards. */
  readonly makes?: string;
  /** The types of its events, with what they have to say beside the body. */
  readonly events: Readonly<Record<string, Body>>;
};

const renamed = attainmentScale.map(({ level }) => ({ level, description: `Level ${level}` }));

/** In this order one after the other; a body may need the id of a thing made before. */
export const auditedCommands: readonly ((id: (name: string) => string) => Sent)[] = [
  () => ({
    path: '/goals',
    body: goalBody({ weight: 2, rank: 1 }),
    makes: 'goalId',
    events: { GoalSet: { datesOverrideReason: null } },
  }),
  () => ({
    path: '/goals',
    body: goalBody({ source: 'sponsor', attainmentScale: undefined }),
    by: 'sponsor',
    makes: 'proposedId',
    events: { GoalProposed: { weight: 1, rank: null, attainmentScale: null } },
  }),
  (id) => ({
    path: '/goals/{proposedId}/reject',
    body: { reason: 'Not mine' },
    by: 'client',
    events: { GoalRejected: { goalId: id('proposedId') } },
  }),
  (id) => ({
    path: '/goals/{goalId}/hold',
    body: { reason: 'Later' },
    events: { GoalPutOnHold: { goalId: id('goalId') } },
  }),
  (id) => ({ path: '/goals/{goalId}/resume', body: {}, events: { GoalResumed: { goalId: id('goalId') } } }),
  (id) => ({ path: '/goals/priorities', body: { order: [id('goalId')] }, events: { GoalsPrioritised: {} } }),
  (id) => ({
    path: '/milestones',
    body: milestoneBody(id('goalId')),
    makes: 'milestoneId',
    events: { MilestonePlanned: { order: 1 } },
  }),
  (id) => ({
    path: '/milestones',
    body: milestoneBody(id('goalId'), { order: 1 }),
    makes: 'droppedId',
    events: { MilestonePlanned: { order: 1 } },
  }),
  (id) => ({
    path: '/milestones/{droppedId}/drop',
    body: { reason: 'Not needed' },
    events: { MilestoneDropped: { milestoneId: id('droppedId') } },
  }),
  (id) => ({
    path: '/actions',
    body: actionBody(id('milestoneId')),
    makes: 'actionId',
    events: { ActionCommitted: { commitment: null } },
  }),
  (id) => ({
    path: '/actions',
    body: actionBody(id('milestoneId'), { commitment: 9 }),
    makes: 'doneId',
    events: { ActionCommitted: {} },
  }),
  (id) => ({
    path: '/actions/{actionId}/drop',
    body: { reason: 'Not needed' },
    events: { ActionDropped: { actionId: id('actionId') } },
  }),
  (id) => ({
    path: '/actions/{doneId}/complete',
    body: { completedOn: today },
    events: { ActionCompleted: { actionId: id('doneId') } },
  }),
  () => ({
    path: '/resources',
    body: { kind: 'funding', description: 'Money', budget: euros('50.00') },
    makes: 'resourceId',
    events: { ResourceIdentified: {} },
  }),
  (id) => ({
    path: '/resources/{resourceId}/allocate',
    body: { to: id('milestoneId'), amount: euros('5.00') },
    events: { ResourceAllocated: { resourceId: id('resourceId') } },
  }),
  (id) => ({
    path: '/resources/{resourceId}/release',
    body: { reason: 'Not needed' },
    events: { ResourceReleased: { resourceId: id('resourceId'), to: null } },
  }),
  (id) => ({
    path: '/barriers',
    body: { category: 'skill', description: 'English', severity: 2, affects: [id('goalId')] },
    makes: 'barrierId',
    events: { BarrierIdentified: {} },
  }),
  (id) => ({
    path: '/barriers/{barrierId}/strategies',
    body: { description: 'A course' },
    makes: 'strategyId',
    events: { BarrierStrategyAgreed: { barrierId: id('barrierId') } },
  }),
  (id) => ({
    path: '/barriers/{barrierId}/resolve',
    body: { outcome: 'Learned', resolvedOn: today },
    events: { BarrierResolved: { barrierId: id('barrierId') } },
  }),
  (id) => ({
    path: '/barriers/{barrierId}/reopen',
    body: { reason: 'Forgot it' },
    events: { BarrierReopened: { barrierId: id('barrierId') } },
  }),
  () => ({
    path: '/check-ins',
    body: { scheduledFor: '2026-04-08T09:00:00.000Z' },
    makes: 'checkInId',
    events: { CheckInScheduled: {} },
  }),
  (id) => ({
    path: '/check-ins/{checkInId}/reschedule',
    body: { scheduledFor: '2026-04-09T09:00:00.000Z', reason: 'Ill' },
    events: { CheckInRescheduled: { checkInId: id('checkInId') } },
  }),
  (id) => ({
    path: '/check-ins/{checkInId}/miss',
    body: { by: 'coach' },
    events: { CheckInMissed: { checkInId: id('checkInId'), reason: null } },
  }),
  () => ({
    path: '/check-ins',
    body: { scheduledFor: '2026-04-10T09:00:00.000Z' },
    makes: 'heldId',
    events: { CheckInScheduled: {} },
  }),
  (id) => ({
    path: '/check-ins/{heldId}/hold',
    body: { heldAt: '2026-04-01T08:00:00.000Z', summary: 'Good' },
    events: { CheckInHeld: { checkInId: id('heldId'), confidence: null } },
  }),
  () => ({ path: '/plan/agreement', body: { agreedBy: ['client', 'coach'] }, events: { PlanAgreed: { revision: 1 } } }),
  (id) => ({
    path: '/goals/{goalId}/progress',
    body: { value: 4, observedOn: today, rater: 'client', note: 'Well' },
    by: 'client',
    events: { ProgressRecorded: { goalId: id('goalId'), corrects: null } },
  }),
  (id) => ({
    path: '/goals/{goalId}/attainment',
    body: { level: -1, observedOn: today, rater: 'coach' },
    events: { GoalAttainmentScored: { goalId: id('goalId'), corrects: null } },
  }),
  (id) => ({
    path: '/milestones/{milestoneId}/miss',
    body: {},
    events: { MilestoneMissed: { milestoneId: id('milestoneId'), reason: null } },
  }),
  (id) => ({
    path: '/milestones/{milestoneId}/reach',
    body: { reachedOn: today, evidence: 'Seen' },
    events: { MilestoneReached: { milestoneId: id('milestoneId') } },
  }),
  (id) => ({
    path: '/milestones/{milestoneId}/reopen',
    body: { reason: 'Not quite' },
    events: { MilestoneReopened: { milestoneId: id('milestoneId') } },
  }),
  (id) => ({
    path: '/plan/adaptations',
    body: {
      baseRevision: 1,
      reasonCode: 'learning',
      reasonText: 'More',
      triggeredBy: [],
      changes: [
        { op: 'goal-retargeted', goalId: id('goalId'), from: { attainmentScale }, to: { attainmentScale: renamed } },
      ],
      agreedBy: ['client', 'coach'],
      sponsorInformed: true,
      effectiveOn: today,
    },
    events: { PlanAdapted: { revision: 2 } },
  }),
  (id) => ({
    path: '/celebrations',
    body: { about: id('goalId'), how: 'Cake' },
    makes: 'celebrationId',
    events: { AchievementCelebrated: {} },
  }),
  () => ({
    path: '/notes',
    body: { visibility: 'shared', text: 'Well done' },
    makes: 'noteId',
    events: { NoteRecorded: { about: null } },
  }),
  () => ({ path: '/pause', body: { reason: 'Holidays' }, events: { EngagementPaused: {} } }),
  () => ({ path: '/resume', body: {}, events: { EngagementResumed: {} } }),
  () => ({ path: '/extend', body: { endsOn: '2027-01-31', reason: 'More time' }, events: { EngagementExtended: {} } }),
  () => ({ path: '/complete', body: { summary: 'All done' }, events: { EngagementCompleted: {} } }),
  () => ({ path: '/reopen', body: { reason: 'Once more' }, events: { EngagementReopened: {} } }),
];
