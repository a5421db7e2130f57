import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Scope, AnyTable } from '../../projections/engine/table';
import { dayOf } from '../engagement/calendar';
import type { Engagement, Things } from '../engagement/engagement';
import type { EngagementEvent, PastEngagementEvent } from '../engagement/events';
import { evolve } from '../engagement/evolve';
import type { Id } from '../engagement/values';
import type { StoredEvent } from '../event-store/event-store';
import type { RowBook } from './row-book';

/** An event of an engagement, with the state before and after it. */
export type Step = {
  readonly event: StoredEvent;
  /** The same event as the domain takes it. */
  readonly past: PastEngagementEvent;
  readonly before: Engagement | null;
  readonly after: Engagement | null;
};

/** What makes the rows of one read model out of the states of an engagement. */
type EngagementFold = {
  readonly take: (step: Step) => void;
  /** Once the last event has been taken; all of them, in order. */
  readonly finish?: (events: readonly PastEngagementEvent[]) => void;
};

/** A read model as the log defines it: not how its projection makes the rows, but which rows there must be. */
export type VerifiedModel = {
  /** The projection's. */
  readonly name: string;
  readonly scope: Scope;
  readonly tables: readonly AnyTable[];
};

export type EngagementModel = VerifiedModel & { readonly begin: (book: RowBook) => EngagementFold };

/** A long stream takes seconds to fold, and whoever waits for the same process must not notice. */
const EVENTS_AT_A_TIME = 100;

/** Writes into the book what rows the models have after these events, which are a stream's first ones. */
export async function foldEngagement(
  events: readonly StoredEvent[],
  models: readonly EngagementModel[],
  timeZone: string,
  book: RowBook,
): Promise<void> {
  const folds = models.map((model) => model.begin(book));
  const taken: PastEngagementEvent[] = [];
  let before: Engagement | null = null;
  for (const event of events) {
    const past = toPast(event, timeZone);
    const after: Engagement | null = evolve(before, past);
    for (const fold of folds) fold.take({ event, past, before, after });
    taken.push(past);
    before = after;
    if (taken.length % EVENTS_AT_A_TIME === 0) await letOthersRun();
  }
  for (const fold of folds) fold.finish?.(taken);
}

function toPast(stored: StoredEvent, timeZone: string): PastEngagementEvent {
  const { occurredAt } = stored.metadata;
  // The log holds only what a decision made: type and data belong together.
  const event = { type: stored.type, data: stored.data } as EngagementEvent;
  return { ...event, eventId: stored.eventId, occurredAt, occurredOn: dayOf(occurredAt, timeZone) };
}

/** The things of a collection that the event made or touched: `evolve` gives each of those as a new object. */
export function touchedThings<C extends keyof Things>({ before, after }: Step, collection: C): readonly Things[C][] {
  if (!after || before?.[collection] === after[collection]) return [];
  const old = (before?.[collection] ?? {}) as Readonly<Record<Id, Things[C]>>;
  const now = after[collection] as Readonly<Record<Id, Things[C]>>;
  return Object.entries(now)
    .filter(([id, thing]) => old[id] !== thing)
    .map(([, thing]) => thing);
}
