import { readParticipant } from '../../projections/participants/queries';
import type { Caller } from '../access/caller';
import type { Engagement } from '../engagement/engagement';
import type { Id } from '../engagement/values';
import type { Queryable } from '../platform/database';
import {
  DEFAULT_DIGEST_HOUR,
  type NotificationKind,
  notificationKinds,
  type Preferences,
} from '../records/preferences';
import { acquaintedAs } from './acquaintance';
import type { StreamStates } from './commands/stream-states';
import type { PreferencesShape } from './queries/shapes';
import { Refused } from './refused';

/**
 * Lets in the person themselves, registered or not, and an admin for whoever is registered.
 * @throws {Refused} 404 for a stranger, 403 for one who knows the person
 */
export async function admitToPreferences(
  db: Queryable,
  engagements: StreamStates<Engagement>,
  caller: Caller,
  participantId: Id,
): Promise<void> {
  if (caller.id === participantId) return;
  if (caller.roles.includes('admin') && (await readParticipant(db, caller.tenantId, participantId))) return;
  if (await acquaintedAs(db, engagements, caller, participantId)) {
    throw new Refused('forbidden', 'Only they themselves or an admin have to do with a person’s preferences.');
  }
  throw new Refused('not-found', 'There is no such participant: check the id in the path.');
}

/** The preferences in full: what was left to the defaults has them. */
export function toPreferencesShape(
  participantId: Id,
  { timeZone, digestHour, quietHours, off }: Preferences,
  tenantTimeZone: string,
): PreferencesShape {
  const kinds = notificationKinds.map((kind) => [kind, !off.includes(kind)] as const);
  return {
    participantId,
    timeZone: timeZone ?? tenantTimeZone,
    digestHour: digestHour ?? DEFAULT_DIGEST_HOUR,
    quietHours,
    // Every kind is among the entries, which the type of `fromEntries` can't say.
    kinds: Object.fromEntries(kinds) as Record<NotificationKind, boolean>,
    language: 'en',
  };
}
