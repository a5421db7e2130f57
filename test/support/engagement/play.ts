import { createHash } from 'node:crypto';
import { addDays, dayOf } from '../../../src/engagement/calendar';
import { actingRole, admit, decide, type EngagementCommand, referencesOf } from '../../../src/engagement/commands';
import { type Context, isRefusal, type Outcome } from '../../../src/engagement/decision';
import type { Engagement } from '../../../src/engagement/engagement';
import type { PastEngagementEvent } from '../../../src/engagement/events';
import { evolve } from '../../../src/engagement/evolve';
import type { IsoDate } from '../../../src/engagement/values';
import type { Move } from './games';
import { eventId, people } from './scenario';

/** One command that was sent: what was there before it, and what came of it. */
type Step = {
  readonly command: EngagementCommand;
  readonly before: Engagement | null;
  readonly after: Engagement | null;
  readonly outcome: Outcome;
};

export type Played = {
  readonly state: Engagement | null;
  readonly events: readonly PastEngagementEvent[];
  readonly steps: readonly Step[];
  readonly today: IsoDate;
};

export const cap = 3;

/** Sends the moves one after the other, everything frozen that a decision is given. */
export function play(game: readonly Move[]): Played {
  let today = '2026-01-05';
  let state: Engagement | null = null;
  const events: PastEngagementEvent[] = [];
  const steps: Step[] = [];
  for (const [index, move] of game.entries()) {
    today = addDays(today, move.after);
    const before: Engagement | null = state;
    const command = deepFreeze(move.draft.fit({ state: before, today }));
    const now = `${today}T09:00:00.${String(index).padStart(3, '0')}Z`;
    const occurredAt = `${addDays(today, -move.backdated)}T09:00:00.${String(index).padStart(3, '0')}Z`;
    const outcome = ask(deepFreeze(before), command, move, { now, today, occurredAt }, events);
    if (!isRefusal(outcome)) {
      for (const event of outcome) {
        const past = { ...event, eventId: eventId(events.length), occurredAt, occurredOn: dayOf(occurredAt, 'UTC') };
        events.push(deepFreeze(past));
        state = evolve(state, past);
      }
    }
    steps.push({ command, before, after: state, outcome });
  }
  return { state, events, steps, today };
}

function ask(
  state: Engagement | null,
  command: EngagementCommand,
  move: Move,
  time: Pick<Context, 'now' | 'today' | 'occurredAt'>,
  events: readonly PastEngagementEvent[],
): Outcome {
  // Whoever is the coach now, after the engagement was handed on.
  const sender = move.by === 'coach' && state ? { id: state.coachId, roles: ['coach'] as const } : people[move.by];
  const role = actingRole(state, command, sender.id, sender.roles);
  if (isRefusal(role)) return role;
  const named = referencesOf(command);
  const context: Context = deepFreeze({
    ...time,
    occurredOn: dayOf(time.occurredAt, 'UTC'),
    timeZone: 'UTC',
    actor: { id: sender.id, role },
    onBehalfOf: move.onBehalfOf,
    settings: { activeGoalCap: cap },
    referenced: new Map(events.filter((event) => named.includes(event.eventId)).map((event) => [event.eventId, event])),
    digest: (text: string) => createHash('sha256').update(text, 'utf8').digest('hex'),
  });
  return admit(state, command, context) ?? decide(state, command, context);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
