import { createHash } from 'node:crypto';
import { dayOf } from '../../../src/engagement/calendar';
import {
  actingRole,
  admit,
  type CommandKind,
  decide,
  type EngagementCommand,
  type EngagementCommands,
  referencesOf,
} from '../../../src/engagement/commands';
import { type Context, isRefusal, type Outcome, type RefusalCode } from '../../../src/engagement/decision';
import type { Engagement } from '../../../src/engagement/engagement';
import type { EngagementEvent, PastEngagementEvent } from '../../../src/engagement/events';
import { evolve } from '../../../src/engagement/evolve';
import type { Id, Instant, Role } from '../../../src/engagement/values';

/** An id that is always the same for a number. */
export const id = (n: number): Id => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
/** The id of the event with this place in the stream, counted from 0. */
export const eventId = (index: number): Id => `eeeeeeee-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

export type Person = { readonly id: Id; readonly roles: readonly Role[] };
export const people = {
  client: { id: id(0xa1), roles: ['client'] },
  coach: { id: id(0xa2), roles: ['coach'] },
  sponsor: { id: id(0xa3), roles: ['sponsor'] },
  supervisor: { id: id(0xa4), roles: ['supervisor'] },
  auditor: { id: id(0xa5), roles: ['auditor'] },
  admin: { id: id(0xa6), roles: ['admin'] },
  stranger: { id: id(0xa7), roles: ['client', 'coach', 'sponsor'] },
} as const satisfies Record<string, Person>;

/** When the decisions of the specs are made, and when the past they are given occurred. */
const now = '2026-03-10T12:00:00.000Z';
const today = '2026-03-10';
const past = '2026-01-05T09:00:00.000Z';

/** An event that occurred at another instant than the others. */
export const at = (
  occurredAt: Instant,
  event: EngagementEvent,
): EngagementEvent & { readonly occurredAt: Instant } => ({
  ...event,
  occurredAt,
});

type Given = EngagementEvent & { readonly occurredAt?: Instant };

/** What was recorded before: the state that the events lead to, and the events themselves. */
export type Past = { readonly state: Engagement | null; readonly events: readonly PastEngagementEvent[] };

export const nothing: Past = { state: null, events: [] };

/** The past with more events. */
export function and(before: Past, ...events: readonly Given[]): Past {
  const added = events.map((event, index): PastEngagementEvent => {
    const occurredAt = event.occurredAt ?? past;
    const occurredOn = dayOf(occurredAt, 'UTC');
    return { ...event, eventId: eventId(before.events.length + index), occurredAt, occurredOn };
  });
  return { state: added.reduce(evolve, before.state), events: [...before.events, ...added] };
}

export type Circumstances = {
  readonly by?: Person;
  readonly onBehalfOf?: Id;
  readonly occurredAt?: Instant;
  readonly activeGoalCap?: number;
};

/** Asks for a command as the application does: who sends it, whether it is admitted, what is decided. */
export function when<K extends CommandKind>(
  given: Past,
  type: K,
  data: EngagementCommands[K],
  { by = people.coach, onBehalfOf, occurredAt = now, activeGoalCap = 3 }: Circumstances = {},
): Outcome {
  const command = { type, data } as EngagementCommand;
  const role = actingRole(given.state, command, by.id, by.roles);
  if (isRefusal(role)) return role;
  const named = referencesOf(command);
  const context: Context = {
    now,
    today,
    occurredAt,
    occurredOn: dayOf(occurredAt, 'UTC'),
    timeZone: 'UTC',
    actor: { id: by.id, role },
    onBehalfOf: onBehalfOf ?? null,
    settings: { activeGoalCap },
    referenced: new Map(given.events.filter((one) => named.includes(one.eventId)).map((one) => [one.eventId, one])),
    digest: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  };
  return admit(given.state, command, context) ?? decide(given.state, command, context);
}

/** What a refusal with this code looks like; `detail` is always a sentence. */
export function refusal(refused: RefusalCode, more: { rule?: number; path?: string; detail?: RegExp } = {}): object {
  return {
    refused,
    rule: more.rule ?? null,
    path: more.path ?? null,
    detail: expect.stringMatching(more.detail ?? /\w.*\.$/),
  };
}
