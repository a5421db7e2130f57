import { dayOf } from '../../engagement/calendar';
import type { PastEngagementEvent } from '../../engagement/events';
import { foldFacts, type Facts } from '../../engagement/measures/facts';
import { ownDateOf } from '../../engagement/own-date';
import type { Id, Instant, IsoDate } from '../../engagement/values';
import type { EventStore } from '../../event-store/event-store';
import { toPastEngagementEvent } from '../past-event';
import { engagementStream } from '../streams';

/** An event of an engagement, with when and by whom it was recorded. */
export type Recorded = { readonly event: PastEngagementEvent; readonly recordedAt: Instant; readonly actorId: Id };

/** Everything that was recorded of one engagement, in stream order; empty when there is none. */
export async function readHistory(
  store: EventStore,
  tenantId: string,
  engagementId: Id,
  timeZone: string,
): Promise<readonly Recorded[]> {
  const history: Recorded[] = [];
  for await (const stored of store.readStream(engagementStream(tenantId, engagementId))) {
    const { recordedAt, actor } = stored.metadata;
    history.push({ event: toPastEngagementEvent(stored, timeZone), recordedAt, actorId: actor.id });
  }
  return history;
}

/** A moment of the record: the facts, and the day for which they are measured. */
export type Moment = { readonly facts: Facts; readonly day: IsoDate };

/**
 * What is known of a day, what was known at an instant, or what was then known of a day; null before the engagement was
 * proposed. Without a day it is the instant's.
 */
export function momentOf(
  history: readonly Recorded[],
  { asOf, knownAt }: { readonly asOf: IsoDate | null; readonly knownAt: Instant | null },
  { now, timeZone }: { readonly now: Instant; readonly timeZone: string },
): Moment | null {
  const latest = knownAt === null ? Infinity : Date.parse(knownAt);
  const known = history.filter(({ recordedAt }) => Date.parse(recordedAt) <= latest);
  const events = asOf === null ? known : known.filter(({ event }) => ownDateOf(event, timeZone) <= asOf);
  const facts = factsOf(events);
  const instant = knownAt !== null && latest < Date.parse(now) ? new Date(latest).toISOString() : now;
  return facts && { facts, day: asOf ?? dayOf(instant, timeZone) };
}

/**
 * The record up to and including the event that made the revision of the plan; 0 is just before the plan was agreed, or
 * now when it was not. Null for a revision that there is not.
 */
export function momentOfRevision(
  history: readonly Recorded[],
  revision: number,
  { now, timeZone }: { readonly now: Instant; readonly timeZone: string },
): Moment | null {
  const wanted = Math.max(1, revision);
  const index = history.findIndex(({ event }) => planRevisionOf(event) === wanted);
  const made = history[index];
  if (!made && revision > 0) return null;
  const events = made ? history.slice(0, revision === 0 ? index : index + 1) : history;
  const facts = factsOf(events);
  return facts && { facts, day: dayOf(made?.recordedAt ?? now, timeZone) };
}

/** The revision of the plan that the event made; null when it made none. */
export function planRevisionOf(event: PastEngagementEvent): number | null {
  return event.type === 'PlanAgreed' || event.type === 'PlanAdapted' ? event.data.revision : null;
}

function factsOf(history: readonly Recorded[]): Facts | null {
  return foldFacts(history.map(({ event }) => event));
}
