import type { Action, Barrier, CheckIn, EngagementStateName, Milestone, Resource, Things } from '../../engagement';
import { refuse, type Refusal } from '../../refusal';
import type { Lifecycle } from '../../values';

type StateOf = {
  engagement: EngagementStateName;
  goal: Lifecycle;
  milestone: Milestone['state'];
  action: Action['state'];
  resource: Resource['state'];
  barrier: Barrier['state'];
  'check-in': CheckIn['state'];
};

type Kind = keyof StateOf;

/** What can be done with a thing in each of its states, in the words of the paths. */
const possibleIn: { readonly [K in Kind]: Readonly<Record<StateOf[K], readonly string[]>> } = {
  engagement: {
    proposed: ['agreement', 'end-early', 'coach'],
    agreed: ['start', 'end-early', 'coach'],
    active: ['pause', 'extend', 'complete', 'end-early', 'coach'],
    paused: ['resume', 'complete', 'end-early', 'coach'],
    completed: ['reopen'],
    'ended-early': ['reopen'],
  },
  goal: {
    proposed: ['accept', 'reject'],
    active: ['hold', 'achieve', 'abandon', 'progress', 'attainment'],
    'on-hold': ['resume', 'achieve', 'abandon', 'progress', 'attainment'],
    completed: ['progress', 'attainment'],
    cancelled: [],
    rejected: [],
  },
  milestone: {
    planned: ['reach', 'miss', 'drop'],
    missed: ['reach', 'reopen', 'drop'],
    reached: ['reopen'],
    dropped: [],
  },
  action: { open: ['complete', 'drop'], completed: [], dropped: [] },
  resource: { identified: ['allocate'], allocated: ['allocate', 'release'], released: ['allocate'] },
  barrier: { open: ['strategies', 'resolve'], resolved: ['reopen'] },
  'check-in': { scheduled: ['reschedule', 'hold', 'miss'], missed: ['reschedule'], held: [] },
};

/** What the things of a collection are called. */
export const nameOf: { readonly [C in keyof Things]: Exclude<Kind, 'engagement'> } = {
  goals: 'goal',
  milestones: 'milestone',
  actions: 'action',
  resources: 'resource',
  barriers: 'barrier',
  checkIns: 'check-in',
};

export function notFound(kind: Kind): Refusal {
  return refuse('not-found', `There is no such ${kind}: check the id in the path.`);
}

/** Refuses what a thing's state does not allow; `done` is what was to be done with it, as a participle. */
export function mustBe<K extends Kind>(
  kind: K,
  state: StateOf[K] | undefined,
  allowed: readonly StateOf[K][],
  done: string,
  path?: string,
): Refusal | undefined {
  if (state === undefined) return notFound(kind);
  return allowed.includes(state) ? undefined : wrongState(kind, state, done, path);
}

/** A refusal that names the thing's state and what is possible in it. */
export function wrongState<K extends Kind>(kind: K, state: StateOf[K], done: string, path?: string): Refusal {
  const ways: readonly string[] = possibleIn[kind][state];
  const instead = ways.length === 0 ? 'nothing more can be done with it' : `possible now: ${ways.join(', ')}`;
  const detail = `The ${kind} is ${state}, so it can't be ${done}; ${instead}.`;
  return refuse('wrong-state', detail, path === undefined ? {} : { path });
}
