import { type CommandRule, refuse, type Refusal } from '../decision';
import type { Engagement } from '../engagement';
import type { Disclosable, Id, PartyName } from '../values';

/** A party's signature. The client may sign again, to change what the sponsor is shown: the newest counts. */
export type SignAgreement = {
  readonly party: PartyName;
  /** The client's; null discloses nothing. */
  readonly discloses: readonly Disclosable[] | null;
};

export const signAgreement: CommandRule<SignAgreement> = {
  by: ['client', 'coach', 'sponsor'],
  possible: (state, { party }, { actor }) =>
    actor.role === 'client' && party === 'client' && hasSigned(state, 'client')
      ? ['before-start', 'while-paused', 'after-end']
      : ['before-start', 'while-paused'],
  altersPlan: null,
  forbids: (state, { party }, { actor, onBehalfOf }) => {
    if (actor.role === party) return undefined;
    const partyId = idOf(state, party);
    const namesParty = onBehalfOf !== null && (partyId === null || onBehalfOf === partyId);
    if (actor.role !== 'coach' || !namesParty) return notTheirs(party);
    return party === 'client' && hasSigned(state, 'client') ? onlyTheClient() : undefined;
  },
  decide: (state, { party, discloses }) => {
    if (idOf(state, party) === null) {
      return refuse('unknown-reference', 'This engagement has no sponsor: the client and the coach sign.', {
        path: 'party',
      });
    }
    if (party !== 'client' && hasSigned(state, party)) {
      return refuse('wrong-state', `The ${party} has signed already; only the client may sign again.`);
    }
    return [{ type: 'AgreementSigned', data: { party, discloses: party === 'client' ? (discloses ?? []) : null } }];
  },
};

function hasSigned(state: Engagement, party: PartyName): boolean {
  return state.signatures.some((signature) => signature.party === party);
}

function idOf(state: Engagement, party: PartyName): Id | null {
  const ids = { client: state.clientId, coach: state.coachId, sponsor: state.sponsorId };
  return ids[party];
}

function notTheirs(party: PartyName): Refusal {
  const detail = `The ${party}'s signature is given by the ${party}, or by the coach with onBehalfOf naming them.`;
  return refuse('forbidden', detail, { path: 'party' });
}

function onlyTheClient(): Refusal {
  return refuse('forbidden', 'The client has signed: only they can change what is disclosed, by signing again.');
}
