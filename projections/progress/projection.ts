import type { Id, IsoDate, Rater } from '../../src/engagement/values';
import type { ProjectedEvent, Projection } from '../engine/projection';
import { change, put, type RowChange } from '../engine/row-change';
import { changeMilestone, dropMilestone, fixBaseline, placeMilestone, planRows, putAction, putGoal } from './plan-rows';
import { actions, goals, milestones, observations, type GoalRow, type ObservationRow } from './tables';

/** Goals, milestones and actions as they stand, and every observation of a goal. */
export const progress: Projection = {
  name: 'progress',
  version: 1,
  tables: [goals, milestones, actions, observations],
  on: {
    GoalProposed: ({ data }) => [putGoal(data, 'proposed', null)],
    GoalSet: ({ data, occurredOn }) => [putGoal(data, 'active', occurredOn)],
    GoalRejected: ({ data }) => [changeGoal(data.goalId, { lifecycle: 'rejected' })],
    GoalPutOnHold: ({ data }) => [changeGoal(data.goalId, { lifecycle: 'on-hold' })],
    GoalResumed: ({ data, occurredOn }) => [changeGoal(data.goalId, { lifecycle: 'active', activeSince: occurredOn })],
    GoalAchieved: ({ data }) => [changeGoal(data.goalId, { lifecycle: 'completed' })],
    GoalAbandoned: ({ data }) => [
      changeGoal(data.goalId, {
        lifecycle: 'cancelled',
        dropOutcome: data.notAttainable ? 'not-attainable' : 'not-attained',
      }),
    ],
    GoalsPrioritised: ({ data }) => data.order.map((goalId, index) => changeGoal(goalId, { rank: index + 1 })),
    ProgressRecorded: (event) => observe(event, { kind: 'value', value: event.data.value }),
    GoalAttainmentScored: (event) => observe(event, { kind: 'level', value: event.data.level }),

    MilestonePlanned: ({ data }) => placeMilestone(data),
    MilestoneReached: ({ data }) => [
      changeMilestone(data.milestoneId, { state: 'reached', reachedOn: data.reachedOn }),
    ],
    MilestoneMissed: ({ data }) => [changeMilestone(data.milestoneId, { state: 'missed' })],
    MilestoneReopened: ({ data }) => [changeMilestone(data.milestoneId, { state: 'planned', reachedOn: null })],
    MilestoneDropped: ({ data, occurredOn }) => dropMilestone(data.milestoneId, occurredOn),

    ActionCommitted: ({ data }) => [putAction(data)],
    ActionCompleted: ({ data }) => [
      change(actions, { actionId: data.actionId }, { set: { state: 'completed', completedOn: data.completedOn } }),
    ],
    ActionDropped: ({ data }) => [change(actions, { actionId: data.actionId }, { set: { state: 'dropped' } })],

    PlanAgreed: () => fixBaseline(),
    PlanAdapted: ({ data }) => data.changes.flatMap((planned) => planRows(planned, data.effectiveOn)),
  },
};

function changeGoal(goalId: Id, set: Partial<GoalRow>): RowChange {
  return change(goals, { goalId }, { set });
}

type Observed = {
  readonly goalId: Id;
  readonly observedOn: IsoDate;
  readonly rater: Rater;
  readonly corrects: Id | null;
};

/** An observation, and that the one it corrects no longer counts. */
function observe(
  { data, eventId }: ProjectedEvent & { readonly data: Observed },
  measured: Pick<ObservationRow, 'kind' | 'value'>,
): readonly RowChange[] {
  const { goalId, observedOn, rater, corrects } = data;
  const made = put(observations, {
    observationId: eventId,
    goalId,
    ...measured,
    observedOn,
    rater,
    retargetsSince: 0,
    corrected: false,
  });
  if (corrects === null) return [made];
  return [change(observations, { observationId: corrects }, { set: { corrected: true } }), made];
}
