import { randomUUID } from 'node:crypto';
import {
  aBarrier,
  aCheckIn,
  actionBody,
  adaptationBody,
  aGoal,
  aMilestone,
  anAction,
  aProposedGoal,
  aResource,
  done,
  euros,
  goalBody,
  measure,
  milestoneBody,
  today,
  type Body,
  type Case,
} from './builders';
import type { Answer } from './cairn';

type Sent = readonly [path: string, body?: Body];

/** One command of the contract's table. */
export type Row = {
  readonly name: string;
  readonly method: 'post' | 'put';
  /** Who may send it: C client, K coach, S sponsor, A admin. The first of them is the one whose events are `events`. */
  readonly by: string;
  /** The name of the id in the answer; undefined where none is made. */
  readonly makes: string | undefined;
  readonly events: readonly string[];
  /** Where it is possible beside the active engagement: b before the start, p while paused, a after the plan is agreed. */
  readonly possible: string;
  /** Where the engagement must be for it to be carried out. */
  readonly needs: 'signed' | 'active' | 'paused' | 'ended' | 'agreed';
  /** Prepares what the command is about, as far as that is possible, and says what to send. */
  readonly prepare: (on: Case) => Promise<Sent> | Sent;
};

const milestone = async (on: Case): Promise<string> => aMilestone(on, await aGoal(on));
const action = async (on: Case): Promise<string> => anAction(on, await milestone(on));

/** The id of a thing after one more command on it, which may not be possible yet. */
async function then(on: Case, id: string, path: string, body: Body = {}): Promise<string> {
  await on.post(path.replace(':id', id), body);
  return id;
}

const heldGoal = async (on: Case) => then(on, await aGoal(on), '/goals/:id/hold', { reason: 'Later' });
const reached = async (on: Case) => then(on, await milestone(on), '/milestones/:id/reach', { reachedOn: today });
const solved = async (on: Case) =>
  then(on, await aBarrier(on), '/barriers/:id/resolve', { outcome: 'Solved', resolvedOn: today });

async function allocated(on: Case): Promise<string> {
  const id = await aResource(on);
  return then(on, id, '/resources/:id/allocate', { to: await milestone(on), amount: euros('100.00') });
}

function row(
  name: string,
  by: string,
  makes: string | undefined,
  events: readonly string[],
  possible: string,
  prepare: Row['prepare'],
  more: Partial<Row> = {},
): Row {
  return { name, by, makes, events, possible, prepare, method: 'post', needs: 'active', ...more };
}

const reason = { reason: 'There is a reason' };

/** Every command of an engagement but its proposal. */
export const commandTable: readonly Row[] = [
  row('sign', 'C', undefined, ['AgreementSigned'], 'bpa', () => [
    '/agreement',
    { party: 'client', discloses: ['goals', 'attendance'] },
  ]),
  row('start', 'KA', undefined, ['EngagementStarted'], 'b', () => ['/start'], { needs: 'signed' }),
  row('pause', 'KA', undefined, ['EngagementPaused'], 'a', () => ['/pause', reason]),
  row('resume', 'KA', undefined, ['EngagementResumed'], 'p', () => ['/resume'], { needs: 'paused' }),
  row('complete', 'KA', undefined, ['EngagementCompleted'], 'pa', () => ['/complete', { summary: 'All done' }]),
  row('extend', 'KA', undefined, ['EngagementExtended'], 'a', () => ['/extend', { endsOn: '2027-03-31', ...reason }]),
  row('end early', 'CKSA', undefined, ['EngagementEndedEarly'], 'bpa', () => ['/end-early', reason]),
  row('reopen', 'KA', undefined, ['EngagementReopened'], '', () => ['/reopen', reason], { needs: 'ended' }),
  row('reassign', 'KA', undefined, ['CoachReassigned'], 'bpa', () => ['/coach', { coachId: randomUUID(), ...reason }]),
  row(
    'articulate the vision',
    'CK',
    undefined,
    ['CareerVisionArticulated'],
    'bpa',
    () => ['/vision', { vision: 'To lead', values: ['Honesty'], interests: [], aspirations: ['A team'] }],
    { method: 'put' },
  ),
  row('set a goal', 'CK', 'goalId', ['GoalSet'], 'b', () => ['/goals', goalBody()]),
  row('propose a goal', 'SCK', 'goalId', ['GoalProposed'], 'bpa', () => ['/goals', goalBody({ source: 'sponsor' })]),
  row('accept a goal', 'C', undefined, ['GoalSet'], 'b', async (on) => [`/goals/${await aProposedGoal(on)}/accept`]),
  row('reject a goal', 'C', undefined, ['GoalRejected'], 'bpa', async (on) => [
    `/goals/${await aProposedGoal(on)}/reject`,
    reason,
  ]),
  row('hold a goal', 'CK', undefined, ['GoalPutOnHold'], 'pa', async (on) => [
    `/goals/${await aGoal(on)}/hold`,
    reason,
  ]),
  row('resume a goal', 'CK', undefined, ['GoalResumed'], 'a', async (on) => [`/goals/${await heldGoal(on)}/resume`]),
  row('achieve a goal', 'CK', undefined, ['MilestoneReached', 'GoalAchieved'], 'pa', async (on) => {
    const goalId = await aGoal(on);
    const milestones = { [await aMilestone(on, goalId)]: 'reached' };
    return [`/goals/${goalId}/achieve`, { achievedOn: today, reflection: 'It went well', milestones }];
  }),
  row('abandon a goal', 'CK', undefined, ['MilestoneDropped', 'GoalAbandoned'], 'bp', async (on) => {
    const goalId = await aGoal(on);
    const milestones = { [await aMilestone(on, goalId)]: 'dropped' };
    return [`/goals/${goalId}/abandon`, { ...reason, notAttainable: true, milestones }];
  }),
  row('prioritise', 'CK', undefined, ['GoalsPrioritised'], 'ba', async (on) => [
    '/goals/priorities',
    { order: [await aGoal(on)] },
  ]),
  row('record progress', 'C', undefined, ['ProgressRecorded'], 'pa', async (on) => [
    `/goals/${await aGoal(on)}/progress`,
    { value: 3, observedOn: today, rater: 'client', note: 'Three sent' },
  ]),
  row('score attainment', 'C', undefined, ['GoalAttainmentScored'], 'pa', async (on) => [
    `/goals/${await aGoal(on)}/attainment`,
    { level: -1, observedOn: today, rater: 'client' },
  ]),
  row('plan a milestone', 'CK', 'milestoneId', ['MilestonePlanned'], 'b', async (on) => [
    '/milestones',
    milestoneBody(await aGoal(on)),
  ]),
  row('reach a milestone', 'CK', undefined, ['MilestoneReached'], 'pa', async (on) => [
    `/milestones/${await milestone(on)}/reach`,
    { reachedOn: today, evidence: 'A link' },
  ]),
  row('miss a milestone', 'CK', undefined, ['MilestoneMissed'], 'pa', async (on) => [
    `/milestones/${await milestone(on)}/miss`,
  ]),
  row('reopen a milestone', 'CK', undefined, ['MilestoneReopened'], 'pa', async (on) => [
    `/milestones/${await reached(on)}/reopen`,
    reason,
  ]),
  row('drop a milestone', 'CK', undefined, ['MilestoneDropped'], 'bp', async (on) => [
    `/milestones/${await milestone(on)}/drop`,
    reason,
  ]),
  row('commit an action', 'CK', 'actionId', ['ActionCommitted'], 'b', async (on) => [
    '/actions',
    actionBody(await milestone(on), { commitment: 8 }),
  ]),
  row('complete an action', 'CK', undefined, ['ActionCompleted'], 'pa', async (on) => [
    `/actions/${await action(on)}/complete`,
    { completedOn: today },
  ]),
  row('drop an action', 'CK', undefined, ['ActionDropped'], 'bp', async (on) => [
    `/actions/${await action(on)}/drop`,
    reason,
  ]),
  row('identify a resource', 'CK', 'resourceId', ['ResourceIdentified'], 'ba', () => [
    '/resources',
    { kind: 'network', description: 'A former colleague' },
  ]),
  row('allocate a resource', 'CK', undefined, ['ResourceAllocated'], 'ba', async (on) => [
    `/resources/${await aResource(on)}/allocate`,
    { to: await milestone(on), amount: euros('600.00') },
  ]),
  row('release a resource', 'CK', undefined, ['ResourceReleased'], 'bpa', async (on) => [
    `/resources/${await allocated(on)}/release`,
    reason,
  ]),
  row('identify a barrier', 'CK', 'barrierId', ['BarrierIdentified'], 'bpa', async (on) => [
    '/barriers',
    { category: 'internal', description: 'Doubts', severity: 5, affects: [await aGoal(on)] },
  ]),
  row('agree a strategy', 'CK', 'strategyId', ['BarrierStrategyAgreed'], 'bpa', async (on) => [
    `/barriers/${await aBarrier(on)}/strategies`,
    { description: 'Ask for help' },
  ]),
  row('resolve a barrier', 'CK', undefined, ['BarrierResolved'], 'bpa', async (on) => [
    `/barriers/${await aBarrier(on)}/resolve`,
    { outcome: 'Help came', resolvedOn: today },
  ]),
  row('reopen a barrier', 'CK', undefined, ['BarrierReopened'], 'bpa', async (on) => [
    `/barriers/${await solved(on)}/reopen`,
    reason,
  ]),
  row('schedule a check-in', 'CK', 'checkInId', ['CheckInScheduled'], 'bpa', () => [
    '/check-ins',
    { scheduledFor: '2026-04-08T09:00:00+02:00' },
  ]),
  row('reschedule a check-in', 'CK', undefined, ['CheckInRescheduled'], 'bpa', async (on) => [
    `/check-ins/${await aCheckIn(on)}/reschedule`,
    { scheduledFor: '2026-04-09T09:00:00Z', ...reason },
  ]),
  row('hold a check-in', 'CK', undefined, ['CheckInHeld'], 'pa', async (on) => [
    `/check-ins/${await aCheckIn(on, '2026-04-01T08:00:00Z')}/hold`,
    { heldAt: '2026-04-01T08:00:00Z', summary: 'We talked', confidence: 7 },
  ]),
  row('miss a check-in', 'CK', undefined, ['CheckInMissed'], 'pa', async (on) => [
    `/check-ins/${await aCheckIn(on, '2026-04-01T08:00:00Z')}/miss`,
    { by: 'client', reason: 'Ill' },
  ]),
  row('agree the plan', 'CK', 'planRevision', ['PlanAgreed'], '', async (on) => {
    await aGoal(on);
    return ['/plan/agreement', { agreedBy: ['client', 'coach'] }];
  }),
  row(
    'adapt the plan',
    'CK',
    'planRevision',
    ['PlanAdapted'],
    'a',
    async (on) => {
      const change = { op: 'goal-retargeted', goalId: await aGoal(on), from: { measure } };
      return ['/plan/adaptations', adaptationBody([{ ...change, to: { measure: { ...measure, target: 5 } } }])];
    },
    { needs: 'agreed' },
  ),
  row('celebrate', 'CK', 'celebrationId', ['AchievementCelebrated'], 'pa', async (on) => [
    '/celebrations',
    { about: await aGoal(on), how: 'With a cake' },
  ]),
  row('record a setback', 'CK', 'setbackId', ['SetbackRecorded', 'LessonLearned'], 'pa', () => [
    '/setbacks',
    { description: 'A rejection', lesson: 'Ask earlier' },
  ]),
  row('record a note', 'K', 'noteId', ['NoteRecorded'], 'bpa', () => [
    '/notes',
    { visibility: 'shared', text: 'A good session' },
  ]),
];

/** Ends, pauses or agrees what the row needs or the test wants. The engagement was signed, and active where it matters. */
export async function bring(on: Case, to: Row['needs']): Promise<void> {
  if (to === 'paused') done(await on.post('/pause', reason));
  if (to === 'ended') done(await on.post('/end-early', reason));
  if (to !== 'agreed') return;
  const agree = (): Promise<Answer> => on.post('/plan/agreement', { agreedBy: ['client', 'coach'] });
  if ((await agree()).status === 201) return;
  await aGoal(on);
  done(await agree());
}
