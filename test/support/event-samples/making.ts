import type { Engagement } from '../../../src/engagement/engagement';
import type { EngagementEvent, EngagementEventType } from '../../../src/engagement/events';
import type { Id } from '../../../src/engagement/values';
import type { Random } from '../random';

/** What an event may speak of beside the state: the newest events, and observations as event and goal. */
export type Scene = {
  readonly today: string;
  readonly seen: readonly Id[];
  readonly observations: readonly [Id, Id][];
};

export type Make = (state: Engagement, random: Random, scene: Scene) => EngagementEvent | null;

export function of<T extends EngagementEventType>(
  type: T,
  data: Extract<EngagementEvent, { type: T }>['data'],
): EngagementEvent {
  return { type, data } as EngagementEvent;
}

export function repeat(times: number, make: Make): readonly Make[] {
  return Array.from({ length: times }, () => make);
}

export function withOne<T>(
  random: Random,
  things: readonly T[],
  make: (thing: T) => EngagementEvent | null,
): EngagementEvent | null {
  return things.length === 0 ? null : make(random.pick(things));
}

export function onGoal(
  state: Engagement,
  random: Random,
  lifecycles: readonly string[],
  make: (goalId: Id) => EngagementEvent,
): EngagementEvent | null {
  return withOne(
    random,
    Object.values(state.goals).filter(({ lifecycle }) => lifecycles.includes(lifecycle)),
    ({ goalId }) => make(goalId),
  );
}

export function onMilestone(
  state: Engagement,
  random: Random,
  states: readonly string[],
  make: (id: Id) => EngagementEvent,
): EngagementEvent | null {
  return withOne(
    random,
    Object.values(state.milestones).filter((one) => states.includes(one.state)),
    ({ milestoneId }) => make(milestoneId),
  );
}

export function onAction(state: Engagement, random: Random, make: (id: Id) => EngagementEvent): EngagementEvent | null {
  return withOne(
    random,
    Object.values(state.actions).filter((one) => one.state === 'open'),
    ({ actionId }) => make(actionId),
  );
}

export function onCheckIn(
  state: Engagement,
  random: Random,
  states: readonly string[],
  make: (id: Id) => EngagementEvent,
): EngagementEvent | null {
  return withOne(
    random,
    Object.values(state.checkIns).filter((one) => states.includes(one.state)),
    ({ checkInId }) => make(checkInId),
  );
}
