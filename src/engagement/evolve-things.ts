import type { Engagement, Milestone, Things } from './engagement';
import { isOpenAction, isOpenMilestone } from './engagement';
import type { Id, IsoDate, MilestoneDetails } from './values';

/** With the thing put in its place, new or instead of what was there. */
export function withThing<C extends keyof Things>(
  state: Engagement,
  collection: C,
  id: Id,
  thing: Things[C],
): Engagement {
  return { ...state, [collection]: { ...state[collection], [id]: thing } };
}

/** With some of the thing's fields changed; unchanged when there is no such thing. */
export function changeThing<C extends keyof Things>(
  state: Engagement,
  collection: C,
  id: Id,
  change: Partial<Things[C]>,
): Engagement {
  const things = state[collection] as Readonly<Record<Id, Things[C]>>;
  const thing = things[id];
  return thing ? withThing(state, collection, id, { ...thing, ...change }) : state;
}

/** With every thing of the collection for which `when` holds changed. */
export function changeThings<C extends keyof Things>(
  state: Engagement,
  collection: C,
  when: (thing: Things[C]) => boolean,
  change: (thing: Things[C]) => Partial<Things[C]>,
): Engagement {
  const entries = Object.entries(state[collection]) as [Id, Things[C]][];
  if (!entries.some(([, thing]) => when(thing))) return state;
  const changed = entries.map(([id, thing]) => [id, when(thing) ? { ...thing, ...change(thing) } : thing] as const);
  return { ...state, [collection]: Object.fromEntries(changed) };
}

/** Adds a milestone to its goal; from the place it takes on, the others of the goal move back by one. */
export function placeMilestone(state: Engagement, details: MilestoneDetails): Engagement {
  if (!state.goals[details.goalId]) return state;
  const siblings = (other: Milestone): boolean => other.goalId === details.goalId && other.state !== 'dropped';
  const taken = Object.values(state.milestones).some((other) => siblings(other) && other.order === details.order);
  const shifted = taken
    ? changeThings(
        state,
        'milestones',
        (other) => siblings(other) && other.order >= details.order,
        (other) => ({ order: other.order + 1 }),
      )
    : state;
  return withThing(shifted, 'milestones', details.milestoneId, {
    ...details,
    state: 'planned',
    baselineDueOn: null,
    reachedOn: null,
    droppedOn: null,
  });
}

/** Drops a milestone and its open actions with it. */
export function dropMilestone(state: Engagement, milestoneId: Id, on: IsoDate): Engagement {
  return changeThings(
    changeThing(state, 'milestones', milestoneId, { state: 'dropped', droppedOn: on }),
    'actions',
    (action) => action.milestoneId === milestoneId && isOpenAction(action),
    () => ({ state: 'dropped' as const }),
  );
}

/** Drops what is still open of the goal: its milestones, and the actions of all of them, reached ones too. */
export function dropOpenWorkOf(state: Engagement, goalId: Id, on: IsoDate): Engagement {
  const withoutActions = changeThings(
    state,
    'actions',
    (action) => state.milestones[action.milestoneId]?.goalId === goalId && isOpenAction(action),
    () => ({ state: 'dropped' as const }),
  );
  return changeThings(
    withoutActions,
    'milestones',
    (milestone) => milestone.goalId === goalId && isOpenMilestone(milestone),
    () => ({ state: 'dropped' as const, droppedOn: on }),
  );
}
