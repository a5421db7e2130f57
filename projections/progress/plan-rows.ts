import type { EngagementEventData } from '../../src/engagement/events';
import type { ActionDetails, GoalDetails, Id, IsoDate, MilestoneDetails } from '../../src/engagement/values';
import { among, change, put, type RowChange } from '../engine/row-change';
import { actions, goals, milestones, observations, type MilestoneRow } from './tables';

type PlanChange = EngagementEventData['PlanAdapted']['changes'][number];

const OPEN_MILESTONE = { oneOf: ['planned', 'missed'] } as const;

/** A goal that was set, on the day it was. */
export function putGoal(
  details: GoalDetails,
  lifecycle: 'active' | 'proposed',
  activeSince: IsoDate | null,
): RowChange {
  return put(goals, { ...details, lifecycle, dropOutcome: null, baselineDueOn: null, retargets: 0, activeSince });
}

/** A milestone takes its place; where that is taken, the others of the goal from there on move back by one. */
export function placeMilestone(details: MilestoneDetails): readonly RowChange[] {
  const sibling = { goalId: details.goalId, state: { not: 'dropped' } } as const;
  return [
    change(
      milestones,
      { ...sibling, order: { atLeast: details.order } },
      { onlyIf: { ...sibling, order: details.order }, add: { order: 1 } },
    ),
    put(milestones, { ...details, state: 'planned', baselineDueOn: null, reachedOn: null, droppedOn: null }),
  ];
}

export function putAction(details: ActionDetails): RowChange {
  return put(actions, { ...details, state: 'open', baselineDueOn: null, completedOn: null });
}

export function changeMilestone(milestoneId: Id, set: Partial<MilestoneRow>): RowChange {
  return change(milestones, { milestoneId }, { set });
}

/** A milestone is dropped and its open actions with it. */
export function dropMilestone(milestoneId: Id, droppedOn: IsoDate): readonly RowChange[] {
  return [
    changeMilestone(milestoneId, { state: 'dropped', droppedOn }),
    change(actions, { milestoneId, state: 'open' }, { set: { state: 'dropped' } }),
  ];
}

/** The due dates of everything in the plan become its baseline. */
export function fixBaseline(): readonly RowChange[] {
  const copy = { baselineDueOn: 'dueOn' } as const;
  return [
    change(goals, { lifecycle: { oneOf: ['active', 'on-hold', 'completed'] } }, { copy }),
    change(milestones, { state: { not: 'dropped' } }, { copy }),
    change(actions, { state: { not: 'dropped' } }, { copy }),
  ];
}

/** What one change of the agreed plan means for the rows; resources have a read model of their own. */
export function planRows(planned: PlanChange, effectiveOn: IsoDate): readonly RowChange[] {
  switch (planned.op) {
    case 'goal-added':
      return [putGoal(planned.goal, 'active', effectiveOn)];
    case 'goal-redated':
      return [
        change(
          goals,
          { goalId: planned.goalId },
          { set: { ...planned.to, datesOverrideReason: planned.datesOverrideReason } },
        ),
      ];
    case 'goal-retargeted':
      return [
        change(
          goals,
          { goalId: planned.goalId },
          {
            // A goal that was measured and is now scored, or the other way round, loses what it was measured by.
            set: { ...('measure' in planned.from ? { measure: null } : { attainmentScale: null }), ...planned.to },
            add: { retargets: 1 },
          },
        ),
        change(observations, { goalId: planned.goalId }, { add: { retargetsSince: 1 } }),
      ];
    case 'goal-reweighted':
      return [change(goals, { goalId: planned.goalId }, { set: { weight: planned.to } })];
    case 'goal-redefined':
      return [change(goals, { goalId: planned.goalId }, { set: planned.to })];
    case 'goal-dropped':
      return dropGoal(planned.goalId, planned.outcome, effectiveOn);
    case 'milestone-added':
      return placeMilestone(planned.milestone);
    case 'milestone-redated':
      return [changeMilestone(planned.milestoneId, { dueOn: planned.to })];
    case 'milestone-redefined':
      return [changeMilestone(planned.milestoneId, planned.to)];
    case 'milestone-reordered':
      return planned.to.map((milestoneId, index) => changeMilestone(milestoneId, { order: index + 1 }));
    case 'milestone-dropped':
      return dropMilestone(planned.milestoneId, effectiveOn);
    case 'action-added':
      return [putAction(planned.action)];
    case 'action-redated':
      return [change(actions, { actionId: planned.actionId }, { set: { dueOn: planned.to } })];
    case 'action-reassigned':
      return [change(actions, { actionId: planned.actionId }, { set: { owner: planned.to } })];
    case 'action-redefined':
      return [change(actions, { actionId: planned.actionId }, { set: planned.to })];
    case 'action-dropped':
      return [change(actions, { actionId: planned.actionId }, { set: { state: 'dropped' } })];
    case 'resource-changed':
      return [];
    default:
      return planned satisfies never;
  }
}

/** A goal goes, its open milestones with it, and their open actions with them. */
function dropGoal(
  goalId: Id,
  dropOutcome: Extract<PlanChange, { op: 'goal-dropped' }>['outcome'],
  droppedOn: IsoDate,
): readonly RowChange[] {
  return [
    change(
      actions,
      { milestoneId: among(milestones, { goalId }, 'milestoneId'), state: 'open' },
      { set: { state: 'dropped' } },
    ),
    change(milestones, { goalId, state: OPEN_MILESTONE }, { set: { state: 'dropped', droppedOn } }),
    change(goals, { goalId }, { set: { lifecycle: 'cancelled', dropOutcome } }),
  ];
}
