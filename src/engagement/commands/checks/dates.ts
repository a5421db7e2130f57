import type { Context } from '../../decision';
import type { Barrier, Engagement } from '../../engagement';
import { refuse, type Refusal } from '../../refusal';
import type { ActionDetails, GoalBody, Instant, IsoDate, MilestoneDetails } from '../../values';

/** Rule 4: nothing reached, completed or observed lies in the future. */
export function inTheFuture(date: IsoDate, context: Context, path: string): Refusal | undefined {
  if (date <= context.today) return undefined;
  return refuse('in-the-future', `${path} ${date} is in the future: give today (${context.today}) or a day before.`, {
    path,
  });
}

/** Rule 4 for an instant. */
export function laterThanNow(instant: Instant, context: Context, path: string): Refusal | undefined {
  if (instant <= context.now) return undefined;
  return refuse('in-the-future', `${path} ${instant} is in the future: give an instant that has passed.`, { path });
}

/** Changes of the engagement's state are dated in the order in which they are recorded. */
export function beforeLastChange({ phase }: Engagement, context: Context): Refusal | undefined {
  if (context.occurredAt >= phase.lastChangeAt) return undefined;
  return refuse(
    'dates-out-of-order',
    `The engagement's state last changed at ${phase.lastChangeAt}: give an occurredAt that is not before it.`,
    { path: 'occurredAt' },
  );
}

type Period = Pick<Engagement, 'startsOn' | 'endsOn'>;

/** Rule 3 for a goal: due after its start, inside the engagement unless a reason is given. */
export function goalDates(engagement: Period, goal: GoalBody): Refusal | undefined {
  const { startOn, dueOn, datesOverrideReason } = goal;
  if (dueOn <= startOn) {
    return refuse('dates-out-of-order', `dueOn ${dueOn} is not after startOn ${startOn}: give a later dueOn.`, {
      path: 'dueOn',
    });
  }
  const { startsOn, endsOn } = engagement;
  if (datesOverrideReason !== null || (startOn >= startsOn && dueOn <= endsOn)) return undefined;
  return refuse(
    'outside-engagement',
    `The goal (${startOn} to ${dueOn}) is not within the engagement (${startsOn} to ${endsOn}): ` +
      'give dates inside it, or a datesOverrideReason.',
    { path: startOn < startsOn ? 'startOn' : 'dueOn' },
  );
}

/** Rule 3 for a milestone: due no later than its goal and not before the goal's start. */
export function milestoneDates(
  milestone: Pick<MilestoneDetails, 'dueOn'>,
  goal: Pick<GoalBody, 'startOn' | 'dueOn'>,
): Refusal | undefined {
  const path = { path: 'dueOn' };
  if (milestone.dueOn > goal.dueOn) {
    const detail = `The milestone is due ${milestone.dueOn}, its goal ${goal.dueOn}: give a day no later than the goal's.`;
    return refuse('milestone-after-goal', detail, path);
  }
  if (milestone.dueOn >= goal.startOn) return undefined;
  const detail = `The milestone is due ${milestone.dueOn}, before its goal starts: give ${goal.startOn} or a later day.`;
  return refuse('dates-out-of-order', detail, path);
}

/** Rule 3 for an action: due no later than its milestone. */
export function actionDates(
  action: Pick<ActionDetails, 'dueOn'>,
  milestone: Pick<MilestoneDetails, 'dueOn'>,
): Refusal | undefined {
  if (action.dueOn <= milestone.dueOn) return undefined;
  return refuse(
    'action-after-milestone',
    `The action is due ${action.dueOn}, its milestone ${milestone.dueOn}: give a day no later than the milestone's.`,
    { path: 'dueOn' },
  );
}

/** Refuses a day before the barrier was last opened. */
export function beforeOpening(barrier: Barrier | undefined, resolvedOn: IsoDate): Refusal | undefined {
  const opened = barrier?.openStretches.at(-1)?.from;
  if (opened === undefined || resolvedOn >= opened) return undefined;
  const detail = `The barrier was opened on ${opened}: give a resolvedOn that is not before it.`;
  return refuse('dates-out-of-order', detail, { path: 'resolvedOn' });
}

/** Refuses to open a barrier again before the day it was last resolved. */
export function beforeResolution(barrier: Barrier | undefined, context: Context): Refusal | undefined {
  const resolvedOn = barrier?.openStretches.at(-1)?.to ?? null;
  if (resolvedOn === null || context.occurredOn >= resolvedOn) return undefined;
  const detail = `The barrier was resolved on ${resolvedOn}: give an occurredAt that is not before that day.`;
  return refuse('dates-out-of-order', detail, { path: 'occurredAt' });
}
