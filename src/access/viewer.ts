import { disclosureOf, type Engagement, partyOf } from '../engagement/engagement';
import type { Disclosable, Id, NoteVisibility, PartyName, Role } from '../engagement/values';
import type { Caller } from './caller';
import { precedence, type Subject, type View, whoSeesWhat } from './who-sees-what';

/** Someone who may see an answer, as whom, and how much of it. */
export type Viewer = {
  readonly id: Id;
  readonly role: Role;
  readonly view: View;
  /** What the client's newest signature lets a sponsor see; everything for the others. */
  readonly discloses: readonly Disclosable[];
  /** That signature, for a sponsor; null for the others. */
  readonly consentEventId: Id | null;
};

/** Why someone sees nothing. */
export type NotShown = {
  readonly refused: 'not-found' | 'forbidden' | 'reason-required';
  /** A sentence that says what to do. */
  readonly detail: string;
};

/** What of an engagement decides who may see what of it. */
export type Parties = Pick<Engagement, 'clientId' | 'coachId' | 'sponsorId'> & {
  /** By the client's newest signature. */
  readonly discloses: readonly Disclosable[];
  readonly consentEventId: Id | null;
};

export function partiesOf(engagement: Engagement): Parties {
  const { clientId, coachId, sponsorId } = engagement;
  const { discloses, eventId } = disclosureOf(engagement);
  return { clientId, coachId, sponsorId, discloses, consentEventId: eventId };
}

const EVERYTHING: readonly Disclosable[] = ['goals', 'progress', 'attendance'];

/**
 * Whether and how the caller may see the subject; `parties` null: there is no such engagement in the caller's tenant.
 * Who is neither a party nor staff does not even learn that it exists.
 */
export function viewerFor(subject: Subject, caller: Caller, parties: Parties | null): Viewer | NotShown {
  const roles = parties ? rolesIn(caller, parties) : [];
  if (!parties || roles.length === 0) {
    return { refused: 'not-found', detail: 'There is no such engagement: check its id.' };
  }
  const { discloses, consentEventId } = parties;
  for (const role of roles) {
    const cell = whoSeesWhat[subject][role];
    const view = typeof cell === 'object' ? (discloses.includes(cell.if) ? 'disclosed' : 'no') : cell;
    if (view === 'no') continue;
    return role === 'sponsor'
      ? { id: caller.id, role, view, discloses, consentEventId }
      : { id: caller.id, role, view, discloses: EVERYTHING, consentEventId: null };
  }
  return { refused: 'forbidden', detail: `As ${roles.join(' and ')} you may not see the ${subject} of an engagement.` };
}

/** The caller's roles with regard to the engagement, by precedence: a party's role needs both the id and the token. */
function rolesIn(caller: Caller, parties: Parties): readonly Role[] {
  const party = partyOf(parties, caller.id);
  return precedence.filter((role) => caller.roles.includes(role) && (isStaff(role) || role === party));
}

export function isStaff(role: Role): role is Exclude<Role, PartyName> {
  return role === 'supervisor' || role === 'auditor' || role === 'admin';
}

const REASON_LENGTH = { from: 10, to: 500 };

/** A supervisor says why, in the header `Access-Reason`; nobody else needs to. Null when there is nothing to refuse. */
export function reasonRefused(role: Role, accessReason: string | null): NotShown | null {
  if (role !== 'supervisor') return null;
  const length = accessReason?.trim().length ?? 0;
  if (length >= REASON_LENGTH.from && length <= REASON_LENGTH.to) return null;
  return {
    refused: 'reason-required',
    detail: `Say in the header Access-Reason why you look at it, in ${REASON_LENGTH.from} to ${REASON_LENGTH.to} characters.`,
  };
}

/** Whether showing something to this role is recorded. */
export function isRecorded(role: Role): boolean {
  return role === 'sponsor' || role === 'supervisor' || role === 'auditor';
}

/** Whether the note, or what tells of it, may be shown; an auditor sees that it exists, not its text. */
export function mayKnowOfNote(
  viewer: Pick<Viewer, 'id' | 'role'>,
  note: { readonly visibility: NoteVisibility; readonly author: Id },
): boolean {
  if (viewer.role === 'auditor') return true;
  if (note.visibility === 'shared') return viewer.role !== 'sponsor' && viewer.role !== 'admin';
  return viewer.role === 'coach' && viewer.id === note.author;
}

export function isNotShown(outcome: object): outcome is NotShown {
  return 'refused' in outcome;
}
