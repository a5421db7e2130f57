import { createHash } from 'node:crypto';
import type { Caller } from '../../access/caller';
import { dayOf, later } from '../../engagement/calendar';
import { isRefusal, type Refusal } from '../../engagement/decision';
import type { Id, Instant, IsoDate, Role } from '../../engagement/values';
import {
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type StoredEvent,
  WrongExpectedRevision,
} from '../../event-store/event-store';
import { formatPosition } from '../../event-store/position';
import type { Clock } from '../../platform/clock';
import { uuidV5 } from '../../platform/ids';
import { noTracing, type Tracing } from '../../platform/tracing';
import { createTurns } from '../../platform/turns';
import { Refused } from '../refused';
import { appendInSpan } from './command-spans';
import type { CommandResult, Envelope } from './messages';
import type { StreamState, StreamStates } from './stream-states';

/** Time and identity, as every decision is told them. */
type DecisionContext = {
  readonly now: Instant;
  readonly today: IsoDate;
  readonly occurredAt: Instant;
  readonly occurredOn: IsoDate;
  readonly onBehalfOf: Id | null;
  /** The events of the stream that the command names, by id. */
  readonly referenced: ReadonlyMap<Id, StoredEvent>;
  readonly digest: (text: string) => string;
};

/** An event as a decision makes it. */
export type DecidedEvent = { readonly type: string; readonly data: object };

/** What commands of one kind of stream have in common: how the domain is asked. */
export type Decider<State, Command> = {
  readonly streamOf: (tenantId: string, subjectId: Id) => string;
  readonly references: (command: Command) => readonly Id[];
  /**
   * Asks the domain. `admitted` is called between the refusals that say "not found" and "forbidden" and those that come
   * from a rule or the state; it may throw.
   */
  readonly decide: (
    state: State | null,
    command: Command,
    caller: Caller,
    context: DecisionContext,
    admitted: () => void,
  ) => Decided | Refusal;
  readonly schemaVersionOf: (type: string) => number;
  /** What the command made, by the name its answer gives it. */
  readonly made: (command: Command, events: readonly DecidedEvent[]) => CommandResult['made'];
};

type Decided = {
  readonly events: readonly DecidedEvent[];
  /** The role that permits the command. */
  readonly role: Role;
};

export type HandleCommand<Command> = (envelope: Envelope<unknown>, command: Command) => Promise<CommandResult>;

/** How often a command is decided anew when another process was faster each time. */
const ATTEMPTS = 20;
const TOO_BUSY = 'Others change this record faster than the command can be decided: send it again in a moment.';

/** The id of the command's event with this index: the same for every repetition of the command. */
export const eventIdOf = (commandId: Id, index: number): Id => uuidV5(commandId, String(index));

/**
 * Load, decide, append: the one mechanism behind all commands. The events' ids are derived from the command's, so that
 * a repetition after a crash or a lost answer gives the first result. A conflict is decided anew on the new state, with
 * `ifMatch` it is refused. A refusal is never decided on a state that may be old.
 */
export function createCommandHandling<State extends object, Command>(
  deps: {
    readonly store: EventStore;
    readonly clock: Clock;
    readonly timeZone: string;
    /** Default: nobody collects traces. */
    readonly tracing?: Tracing;
  },
  states: StreamStates<State>,
  decider: Decider<State, Command>,
): HandleCommand<Command> {
  const { store, clock, timeZone, tracing = noTracing } = deps;
  // Commands on one stream that arrive at the same time decide one after the other instead of conflicting.
  const inTurn = createTurns();

  return (envelope, command) => {
    const stream = decider.streamOf(envelope.caller.tenantId, envelope.subjectId);
    return inTurn(stream, async () => {
      const earlier = await earlierResult(stream, envelope, command);
      if (earlier) return earlier;
      try {
        return await decideAndAppend(stream, envelope, command);
      } catch (error) {
        // Another process with the same command may have been faster, and its effect be the reason for a refusal.
        const meanwhile = error instanceof Refused && (await earlierResult(stream, envelope, command));
        if (meanwhile) return meanwhile;
        throw error;
      }
    });
  };

  /** What the command did under the same id before; null when it did nothing, or can't have been sent before. */
  async function earlierResult(
    stream: string,
    envelope: Envelope<unknown>,
    command: Command,
  ): Promise<CommandResult | null> {
    const events = envelope.mayBeRepeated ? await eventsOf(stream, envelope.commandId) : [];
    const last = events.at(-1);
    return last ? resultOf(envelope, command, events, last) : null;
  }

  async function decideAndAppend(
    stream: string,
    envelope: Envelope<unknown>,
    command: Command,
  ): Promise<CommandResult> {
    const referenced = await referencedEvents(stream, command);
    const seen = states.peek(stream);
    let current = seen ?? (await states.load(stream));
    let fresh = seen === null;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const events = decideOn(current, envelope, command, referenced);
        const expected = expectedAfter(current);
        const appended = await appendInSpan(tracing, envelope, stream, events, attempt - 1, () =>
          store.append(stream, expected, events),
        );
        states.advance(stream, current, events, appended.revision);
        return resultOf(envelope, command, events, appended);
      } catch (error) {
        const mayBeOld = error instanceof Refused && !fresh;
        const conflict = error instanceof WrongExpectedRevision;
        if (!mayBeOld && !conflict) throw error;
        if (attempt === ATTEMPTS) throw new Refused('store-unavailable', TOO_BUSY);
        current = await states.load(stream);
        fresh = true;
      }
    }
  }

  /** @throws {Refused} */
  function decideOn(
    current: StreamState<State>,
    envelope: Envelope<unknown>,
    command: Command,
    referenced: ReadonlyMap<Id, StoredEvent>,
  ): readonly NewEvent[] {
    const now = later(clock.now().toISOString(), current.lastRecordedAt);
    const occurredAt = envelope.occurredAt ?? now;
    const context: DecisionContext = {
      now,
      today: dayOf(now, timeZone),
      occurredAt,
      occurredOn: dayOf(occurredAt, timeZone),
      onBehalfOf: envelope.onBehalfOf,
      referenced,
      digest,
    };
    const decided = decider.decide(current.state, command, envelope.caller, context, () => {
      requireRevision(envelope.ifMatch, current.revision);
    });
    if (isRefusal(decided)) throw new Refused(decided.refused, decided.detail, decided);
    const { onBehalfOf, commandId, correlationId, causationId, caller } = envelope;
    return decided.events.map(({ type, data }, index) => ({
      eventId: eventIdOf(commandId, index),
      type,
      schemaVersion: decider.schemaVersionOf(type),
      data,
      metadata: {
        tenantId: caller.tenantId,
        actor: { id: caller.id, role: decided.role },
        ...(onBehalfOf === null ? {} : { onBehalfOf }),
        occurredAt,
        recordedAt: now,
        correlationId,
        causationId,
        commandId,
      },
    }));
  }

  async function referencedEvents(stream: string, command: Command): Promise<ReadonlyMap<Id, StoredEvent>> {
    const ids = decider.references(command);
    const found = ids.length > 0 ? await store.findInStream(stream, ids) : [];
    return new Map(found.map((event) => [event.eventId, event]));
  }

  /** The events that the command appended before; none when it did not. */
  async function eventsOf(stream: string, commandId: Id): Promise<readonly StoredEvent[]> {
    const [first] = await store.findInStream(stream, [eventIdOf(commandId, 0)]);
    const events: StoredEvent[] = [];
    if (!first) return events;
    for await (const event of store.readStream(stream, { from: first.revision })) {
      if (event.metadata.commandId !== commandId) break;
      events.push(event);
    }
    return events;
  }

  function resultOf(
    envelope: Envelope<unknown>,
    command: Command,
    events: readonly NewEvent[],
    last: Pick<StoredEvent, 'revision' | 'position'>,
  ): CommandResult {
    return {
      subjectId: envelope.subjectId,
      revision: Number(last.revision),
      position: formatPosition(last.position),
      eventIds: events.map((event) => event.eventId),
      made: decider.made(command, events),
    };
  }
}

function expectedAfter(current: { readonly revision: bigint | null }): ExpectedRevision {
  return current.revision ?? 'no-stream';
}

function requireRevision(ifMatch: bigint | null, actual: bigint | null): void {
  if (ifMatch === null || ifMatch === actual) return;
  const detail =
    actual === null
      ? 'What the command makes has no revision yet: leave If-Match out.'
      : `The revision is ${String(actual)}, not ${String(ifMatch)}: read it again, then send the command anew.`;
  throw new Refused('revision-stale', detail);
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
