import { createTurns } from '../../platform/turns';
import { backOff } from '../backoff';
import {
  AppendOutcomeUnknown,
  AppendTooLarge,
  WrongExpectedRevision,
  type Append,
  type AppendResult,
} from '../event-store';
import type { AppendChannel } from './append-channel';
import type { EncodedAppend, Outcome } from './append-messages';
import { encodeEvent, positionOf, type Recorded } from './events';
import { isUnknownUser, reasonOf, unavailable } from './failures';
import type { Reads } from './reads';
import type { KnownIds } from './stream-ids';
import type { StreamNames } from './stream-names';
import type { EventStoreDbTimeouts } from './timeouts';

export type AppenderParts = {
  readonly channel: AppendChannel;
  readonly reads: Reads;
  readonly ids: KnownIds;
  readonly names: StreamNames;
  readonly timeouts: Pick<EventStoreDbTimeouts, 'giveUp' | 'retry'>;
  /** Told of each failed try. */
  readonly onProblem: (error: Error) => void;
};

type Sent = EncodedAppend & { readonly asked: Append; readonly above: bigint };

/**
 * Appends with exactly the same ids and expected revision until an answer tells what became of them.
 *
 * Sending again is safe: the server counts the same ids at the same place as the same append, so whichever of two tries
 * arrives first does it, and the other is given its answer. A try whose answer was lost may still be on its way when we
 * look for its events and find none; only a stream that has gone on with others' events settles that it can't be done any
 * more, and nothing but that or never having been sent is reported as "nothing was written".
 */
export function createAppender(parts: AppenderParts): (append: Append) => Promise<AppendResult> {
  const { channel, reads, ids, names, timeouts, onProblem } = parts;
  // Appends to one stream go out one after the other, so that none overtakes the one it builds on.
  const inTurn = createTurns();

  return async (asked) => {
    const append = toSent(asked, names);
    return inTurn(append.name, async () => {
      await refuseTakenIds(append);
      const result = await write(append);
      remember(append);
      return result;
    });
  };

  /** @throws {WrongExpectedRevision} some of the ids are in the stream, elsewhere than the append would put them. */
  async function refuseTakenIds(append: Sent): Promise<void> {
    // A stream that may not be there can't hold any; where it is after all, the server refuses, or knows the append.
    if (append.above < 0n) return;
    const known = await ids.read(append.name, append.above);
    if (known.count <= append.above) throw conflict(append, known.count === 0n ? null : known.count - 1n);
    const elsewhere = append.events.some(({ eventId }, index) => {
      const revision = known.revisionOf(eventId);
      return revision !== undefined && revision !== append.above + 1n + BigInt(index);
    });
    if (!elsewhere) return;
    throw conflict(append, (await reads.newest(append.name))?.revision ?? null);
  }

  async function write(append: Sent): Promise<AppendResult> {
    const giveUpAt = performance.now() + timeouts.giveUp;
    let lost = false;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await channel.send(append);
      switch (outcome.kind) {
        case 'appended':
          return outcome.result;
        case 'conflict':
          if (lost) return resolve(append, conflict(append, outcome.actual));
          throw conflict(append, outcome.actual);
        case 'refused':
          if (lost) return resolve(append, outcome.error);
          throw refusal(append, outcome);
        case 'lost':
          lost = true;
      }
      onProblem(outcome.error);
      if (performance.now() >= giveUpAt) {
        if (lost) return resolve(append, outcome.error);
        throw unavailable(reasonOf(outcome.error), outcome.error);
      }
      await backOff(timeouts.retry, attempt);
    }
  }

  /**
   * What became of an append whose answer was lost, as far as the stream tells.
   * @throws {WrongExpectedRevision} others' events are in its place.
   * @throws {AppendOutcomeUnknown} nothing is in its place yet, or the stream can't be read.
   */
  async function resolve(append: Sent, cause: unknown): Promise<AppendResult> {
    const there = await eventsAt(append).catch(() => []);
    const others = there.some(({ id }, index) => id.toLowerCase() !== append.events[index]?.eventId);
    if (others) throw conflict(append, (await reads.newest(append.name).catch(() => null))?.revision ?? null);
    const last = there.at(-1);
    if (last && there.length === append.events.length) return { revision: last.revision, position: positionOf(last) };
    throw new AppendOutcomeUnknown(append.asked.stream, { cause });
  }

  /** What is in the stream where the append's events would be. */
  async function eventsAt(append: Sent): Promise<Recorded[]> {
    const events: Recorded[] = [];
    for await (const chunk of reads.stream(append.name, append.above + 1n, append.events.length)) {
      events.push(...chunk);
    }
    return events;
  }

  function remember(append: Sent): void {
    const known = ids.of(append.name);
    known.add(
      append.events.map(({ eventId }, index) => ({ id: eventId, revision: append.above + 1n + BigInt(index) })),
    );
    ids.keep(append.name, known);
  }
}

/** No server takes more, whatever its settings; much more would even break the call that others' appends go over. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/**
 * @throws {RangeError} an append without events, or with the same one twice.
 * @throws {AppendTooLarge}
 */
function toSent(asked: Append, names: StreamNames): Sent {
  const { stream, expectedRevision: expected } = asked;
  if (asked.events.length === 0) throw new RangeError(`An append to ${stream} has no events.`);
  const events = asked.events.map(encodeEvent);
  if (new Set(events.map(({ eventId }) => eventId)).size < events.length) {
    throw new RangeError(`An append to ${stream} has the same event twice.`);
  }
  const bytes = events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
  if (bytes > LARGEST_BYTES) throw new AppendTooLarge(stream, LARGEST_BYTES);
  return { name: names.onServer(stream), expected, above: expected === 'no-stream' ? -1n : expected, events, asked };
}

function conflict({ asked }: Sent, actual: bigint | null): WrongExpectedRevision {
  return new WrongExpectedRevision(asked.stream, asked.expectedRevision, actual);
}

function refusal({ asked }: Sent, { error, tooLarge, denied }: Extract<Outcome, { kind: 'refused' }>): Error {
  if (tooLarge !== undefined) return new AppendTooLarge(asked.stream, tooLarge);
  if (!denied) return error;
  const who = isUnknownUser(error) ? 'does not know its user' : 'does not let its user write';
  return unavailable(`the server ${who}: check the credentials in EVENTSTOREDB_URL`, error);
}
