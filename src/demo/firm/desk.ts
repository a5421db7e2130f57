import { createHash } from 'node:crypto';
import { dayOf, later } from '../../engagement/calendar';
import { engagementCatalogue } from '../../engagement/catalogue';
import {
  admit,
  decide,
  type EngagementCommand,
  type EngagementCommands,
  referencesOf,
} from '../../engagement/commands';
import { isRefusal, type Context } from '../../engagement/decision';
import type { Engagement } from '../../engagement/engagement';
import type { EngagementEvent, PastEngagementEvent } from '../../engagement/events';
import { evolve } from '../../engagement/evolve';
import type { Id, Instant, PartyName } from '../../engagement/values';
import { eventIdOf } from '../../application/commands/command-handling';
import type { NewEvent } from '../../event-store/event-store';
import { uuidV5 } from '../../platform/ids';

export type DeskSettings = { readonly tenantId: string; readonly timeZone: string; readonly activeGoalCap: number };

/** The three people around one engagement. */
export type Cast = { readonly client: Id; readonly coach: Id; readonly sponsor: Id | null };

/** Where the commands of one engagement are decided, as the application decides them, and its stream grows. */
export type Desk = {
  readonly state: () => Engagement | null;
  /**
   * Has the domain decide, in the name of one of the parties, at the present instant.
   * @returns the events, or null when the command was refused and left none
   */
  readonly submit: <K extends keyof EngagementCommands>(
    by: PartyName,
    type: K,
    data: EngagementCommands[K],
    occurredAt?: Instant,
  ) => readonly PastEngagementEvent[] | null;
  /** An id for a new thing; each call gives another one, the same in every run. */
  readonly newId: () => Id;
  readonly stream: () => readonly NewEvent[];
  readonly refusals: () => number;
};

/** People type; what they record in one sitting is so many milliseconds apart. */
const BETWEEN_COMMANDS = 20_000;

export function createDesk(settings: DeskSettings, engagementId: Id, cast: Cast, now: () => Instant): Desk {
  const { tenantId, timeZone } = settings;
  const stream: NewEvent[] = [];
  const past = new Map<Id, PastEngagementEvent>();
  let state: Engagement | null = null;
  let commands = 0;
  let things = 0;
  let refusals = 0;
  let lastRecordedAt = '';

  const presentInstant = (): Instant => {
    if (lastRecordedAt === '') return now();
    return later(now(), new Date(Date.parse(lastRecordedAt) + BETWEEN_COMMANDS).toISOString());
  };
  const actorOf = (by: PartyName): Id => {
    const id = by === 'coach' ? (state?.coachId ?? cast.coach) : cast[by];
    if (id === null) throw new Error(`Nobody is the ${by} of engagement ${engagementId}.`);
    return id;
  };
  const contextOf = (by: PartyName, command: EngagementCommand, occurredAt: Instant | undefined): Context => {
    const present = presentInstant();
    const occurred = occurredAt ?? present;
    return {
      now: present,
      today: dayOf(present, timeZone),
      occurredAt: occurred,
      occurredOn: dayOf(occurred, timeZone),
      timeZone,
      actor: { id: actorOf(by), role: by },
      onBehalfOf: null,
      settings,
      referenced: new Map(
        referencesOf(command).flatMap((id) => {
          const event = past.get(id);
          return event ? [[id, event] as const] : [];
        }),
      ),
      digest: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
    };
  };

  return {
    state: () => state,
    newId: () => uuidV5(engagementId, `thing ${(things += 1)}`),
    stream: () => stream,
    refusals: () => refusals,

    submit(by, type, data, occurredAt) {
      const command = { type, data } as EngagementCommand;
      const context = contextOf(by, command, occurredAt);
      const outcome = admit(state, command, context) ?? decide(state, command, context);
      if (isRefusal(outcome)) {
        refusals += 1;
        return null;
      }
      commands += 1;
      const commandId = uuidV5(engagementId, `command ${commands}`);
      lastRecordedAt = context.now;
      return outcome.map((event, index) => {
        const recorded = stamp(event, eventIdOf(commandId, index), context);
        past.set(recorded.eventId, recorded);
        state = evolve(state, recorded);
        stream.push(toStored(recorded, { tenantId, commandId, context }));
        return recorded;
      });
    },
  };
}

function stamp(event: EngagementEvent, eventId: Id, { occurredAt, occurredOn }: Context): PastEngagementEvent {
  return { ...event, eventId, occurredAt, occurredOn };
}

function toStored(
  { eventId, type, data }: PastEngagementEvent,
  { tenantId, commandId, context }: { tenantId: string; commandId: Id; context: Context },
): NewEvent {
  return {
    eventId,
    type,
    schemaVersion: engagementCatalogue[type].schemaVersion,
    data,
    metadata: {
      tenantId,
      actor: context.actor,
      occurredAt: context.occurredAt,
      recordedAt: context.now,
      correlationId: commandId,
      causationId: null,
      commandId,
    },
  };
}
