import { readSharedEngagementIds } from '../../projections/overview/queries';
import type { Caller } from '../access/caller';
import { scopeOf } from '../access/scope';
import { type Engagement, partyOf } from '../engagement/engagement';
import type { Id, PartyName } from '../engagement/values';
import type { Queryable } from '../platform/database';
import type { StreamStates } from './commands/stream-states';
import { engagementStream } from './streams';

/**
 * As which party the caller knows the person: both are parties of one engagement, the caller with that role in the
 * token. Null for a stranger. The rows only say where to look; who is a party is what the engagement's stream says now,
 * so a former coach is a stranger at once.
 */
export async function acquaintedAs(
  db: Queryable,
  engagements: StreamStates<Engagement>,
  caller: Caller,
  participantId: Id,
): Promise<PartyName | null> {
  const { tenantId, id, roles } = caller;
  const { asClient: clientId, asCoach: coachId, asSponsor: sponsorId } = scopeOf(caller);
  const found = await readSharedEngagementIds(db, tenantId, { clientId, coachId, sponsorId }, participantId);
  for (const engagementId of found) {
    const { state } = await engagements.load(engagementStream(tenantId, engagementId));
    const role = state && partyOf(state, id);
    if (role && roles.includes(role) && partyOf(state, participantId)) return role;
  }
  return null;
}
