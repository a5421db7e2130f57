import type { Engagement, Things } from '../../engagement';
import { refuse, type Refusal } from '../../refusal';
import type { Id } from '../../values';
import { nameOf } from './states';

const collections = Object.keys(nameOf) as (keyof Things)[];

/** Refuses an id that anything in the engagement already has, of whatever kind. */
export function taken(state: Engagement, id: Id, path: string): Refusal | undefined {
  const isTaken = collections.some((kind) => state[kind][id] !== undefined) || state.otherIds[id] !== undefined;
  if (!isTaken) return undefined;
  return refuse('already-exists', `The id ${id} is taken in this engagement: choose another, or leave it out.`, {
    path,
  });
}

/** Refuses an id that is none of a goal, milestone, action, … of the given collections. */
export function unknown(
  state: Engagement,
  kinds: readonly (keyof Things)[],
  id: Id,
  path: string,
): Refusal | undefined {
  return kinds.some((kind) => state[kind][id] !== undefined) ? undefined : unknownReference(kinds, id, path);
}

/** The refusal of a body's id that is none of a thing of these collections. */
export function unknownReference(kinds: readonly (keyof Things)[], id: Id, path: string): Refusal {
  const names = kinds.map((kind) => nameOf[kind]);
  const last = names.at(-1) ?? '';
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${last}` : last;
  return refuse('unknown-reference', `${id} is no ${list} of this engagement: give the id of one.`, { path });
}

/** Refuses an id that is none of the things a celebration, a note or a barrier can be about. */
export function unknownSubject(state: Engagement, id: Id, path: string): Refusal | undefined {
  return unknown(state, collections, id, path);
}

/** The first refusal of a list of checks, each with its place in the list. */
export function firstRefusal<T>(
  items: readonly T[],
  check: (item: T, index: number) => Refusal | undefined,
): Refusal | undefined {
  for (const [index, item] of items.entries()) {
    const refusal = check(item, index);
    if (refusal) return refusal;
  }
  return undefined;
}
