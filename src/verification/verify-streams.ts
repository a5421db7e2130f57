import { comparePositions } from '../event-store/position';
import { UnreadableEvent, type OpaqueEvent, type Position, type StoredEvent } from '../event-store/event-store';
import { compareRows } from './compare';
import { referenceTo, type Difference } from './difference';
import type { VerifiedModel } from './fold';
import { expectedRows } from './models';
import { readSnapshot, type Snapshot } from './snapshot';
import { subjectOf, type Subject } from './subject';
import { modelsIn, tableIn, type Verification } from './verification';

/** What was compared. */
export type Verified = {
  readonly streams: number;
  readonly rows: number;
  /** Columns of those rows. */
  readonly values: number;
  /** Streams whose rows are not what their events define. */
  readonly differing: number;
  /** The first difference of each of those. */
  readonly differences: readonly Difference[];
};

export const NOTHING_VERIFIED: Verified = { streams: 0, rows: 0, values: 0, differing: 0, differences: [] };

/** The rows of so many events are read in one snapshot, which is a matter of a tenth of a second; of one stream all are. */
const EVENTS_A_SNAPSHOT = 5_000;

/**
 * Compares the rows of these streams with what their events define, up to where the rows have come: an event that a
 * projection has not had yet is not missed. A stream that is not in the log must have no rows.
 */
export async function verifyStreams(verification: Verification, streams: readonly string[]): Promise<Verified> {
  const models = modelsIn(verification);
  let verified = NOTHING_VERIFIED;
  const subjects = streams.flatMap((stream) => subjectOf(stream) ?? []);
  for await (const batch of batches(verification, subjects)) {
    const snapshot = await readSnapshot(verification.pool, models, batch, verification.readReached, (name) =>
      tableIn(verification, name),
    );
    for (const subject of batch) {
      verified = sum(verified, await verifySubject(verification, models, snapshot, subject));
    }
  }
  return verified;
}

export function sum(one: Verified, other: Verified): Verified {
  return {
    streams: one.streams + other.streams,
    rows: one.rows + other.rows,
    values: one.values + other.values,
    differing: one.differing + other.differing,
    differences: [...one.differences, ...other.differences],
  };
}

async function* batches(
  { store }: Verification,
  subjects: readonly Subject[],
): AsyncGenerator<readonly Subject[], void> {
  let batch: Subject[] = [];
  let size = 0;
  for (const subject of subjects) {
    const events = Number((await store.streamRevision(subject.stream)) ?? -1n) + 1;
    if (batch.length > 0 && size + events > EVENTS_A_SNAPSHOT) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(subject);
    size += events;
  }
  if (batch.length > 0) yield batch;
}

async function verifySubject(
  verification: Verification,
  models: readonly VerifiedModel[],
  snapshot: Snapshot,
  subject: Subject,
): Promise<Verified> {
  const { stream } = subject;
  const ofSubject = models.filter(({ scope }) => scope === subject.scope);
  const positions = ofSubject.map(({ name }) => snapshot.reached(name, stream));
  const { events, unreadable } = await readUpTo(verification, stream, positions);
  let verified: Verified = { ...NOTHING_VERIFIED, streams: 1 };
  const differing = (difference: Difference): Verified => ({ ...verified, differing: 1, differences: [difference] });

  for (const [count, group] of groupedBy(ofSubject, (_, index) => countUpTo(events, positions[index] ?? null))) {
    const held = events.slice(0, count);
    const names = new Set(group.map(({ name }) => name));
    const expected = await expectedRows(subject, held, names, verification.timeZone);
    for (const { name, tables } of group) {
      for (const table of tables) {
        const place = { stream, projection: name, table: tableIn(verification, table.name) };
        if (unreadable && isWithin(unreadable.position, snapshot.reached(name, stream))) {
          return differing({ ...place, ...UNREADABLE, event: referenceTo(unreadable) });
        }
        const found = compareRows(place, table, expected.rowsOf(table), snapshot.rowsOf(table, subject), held);
        verified = { ...verified, rows: verified.rows + found.rows, values: verified.values + found.values };
        if (found.difference) return differing(found.difference);
      }
    }
  }
  return verified;
}

const UNREADABLE = { kind: 'unreadable event', key: {}, column: null, expected: null, actual: null } as const;

/** The stream's events up to the furthest of the positions, or up to one that this code can't read. */
async function readUpTo(
  { store }: Verification,
  stream: string,
  positions: readonly (Position | null)[],
): Promise<{ readonly events: readonly StoredEvent[]; readonly unreadable: OpaqueEvent | null }> {
  const furthest = positions.reduce((one, other) => (isWithin(other, one) ? one : other), null);
  const events: StoredEvent[] = [];
  if (furthest === null) return { events, unreadable: null };
  try {
    for await (const event of store.readStream(stream)) {
      if (!isWithin(event.position, furthest)) break;
      events.push(event);
    }
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    return { events, unreadable: error.event };
  }
  return { events, unreadable: null };
}

function countUpTo(events: readonly StoredEvent[], position: Position | null): number {
  const next = events.findIndex((event) => !isWithin(event.position, position));
  return next === -1 ? events.length : next;
}

/** Whether the one place of the log is not after the other; null is before its beginning. */
function isWithin(one: Position | null, other: Position | null): boolean {
  if (one === null) return true;
  return other !== null && comparePositions(one, other) <= 0;
}

function groupedBy<T, K>(items: readonly T[], keyOf: (item: T, index: number) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const [index, item] of items.entries()) {
    const key = keyOf(item, index);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
