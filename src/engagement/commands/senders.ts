import type { Context, Sender } from '../decision';
import { type Engagement, partyOf } from '../engagement';
import { refuse, type Refusal } from '../refusal';
import type { Id, Role } from '../values';
import { notFound } from './checks/states';
import { type EngagementCommand, ruleOf } from './rules';

const staff: readonly Role[] = ['supervisor', 'auditor', 'admin'];

type Parties = Pick<Engagement, 'clientId' | 'coachId' | 'sponsorId'>;

/**
 * The role in which somebody sends a command: the one that permits it, a party's before staff's; else the one in which
 * they are known, which `admit` then refuses. A party is the id in the engagement with its role in the token (`roles`).
 * For who is neither party nor staff, the engagement is not found.
 */
export function actingRole(
  state: Engagement | null,
  command: EngagementCommand,
  callerId: Id,
  roles: readonly Role[],
): Role | Refusal {
  const parties = partiesOf(state, command);
  if (!parties) return notFound('engagement');
  const { by } = ruleOf(command);
  const party = partyOf(parties, callerId);
  const known = [party, ...staff].filter((role) => role !== null).filter((role) => roles.includes(role));
  const acting = known.find((role) => permits(by, role)) ?? known[0];
  if (acting !== undefined) return acting;
  return command.type === 'ProposeEngagement' ? forbidden(by) : notFound('engagement');
}

/** Refuses a role that a command is not for, and `onBehalfOf` from anyone but the coach. */
export function notAmong(by: readonly Sender[], { actor, onBehalfOf }: Context): Refusal | undefined {
  if (!permits(by, actor.role)) return forbidden(by);
  if (onBehalfOf === null || actor.role === 'coach') return undefined;
  return refuse('forbidden', 'Only the coach records something for another: leave onBehalfOf out.', {
    path: 'onBehalfOf',
  });
}

/** Refuses an `onBehalfOf` that names nobody of the engagement. */
export function namesNoParty(
  state: Engagement | null,
  command: EngagementCommand,
  onBehalfOf: Id | null,
): Refusal | undefined {
  const parties = partiesOf(state, command);
  if (onBehalfOf === null || (parties && partyOf(parties, onBehalfOf) !== null)) return undefined;
  return refuse('unknown-reference', `${onBehalfOf} is no party of this engagement: name one, or leave it out.`, {
    path: 'onBehalfOf',
  });
}

/** Whose engagement it is; of one that is only proposed, who the proposal names. */
function partiesOf(state: Engagement | null, command: EngagementCommand): Parties | null {
  return command.type === 'ProposeEngagement' ? command.data : state;
}

function permits(by: readonly Sender[], role: Role): boolean {
  return by.some((sender) => sender === role);
}

function forbidden(by: readonly Sender[]): Refusal {
  const who = by.map((sender) => (sender === 'admin' ? 'an admin' : `the ${sender}`)).join(' or ');
  return refuse('forbidden', `Only ${who} of this engagement may do this: ask them.`);
}
