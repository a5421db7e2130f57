import { type Engagement, partyOf } from '../../engagement/engagement';
import type { Id } from '../../engagement/values';
import type { DueRow, DueRule } from '../../../projections/due/queries';
import { checkInTomorrow } from './check-in-tomorrow';
import { checkInUnrecorded } from './check-in-unrecorded';
import type { DueKind, DueThing, Present, Recipient } from './due-kind';
import { endingSoon } from './ending-soon';
import { noContactForWeeks } from './no-contact';
import { actionOverdue, milestoneOverdue } from './overdue';
import { planNotAgreed } from './plan-not-agreed';

/** Every kind of due work but the weekly brief, which is about a person and not about an engagement. */
export const dueKinds: Readonly<Record<DueRule, DueKind>> = {
  'check-in-tomorrow': checkInTomorrow,
  'check-in-unrecorded': checkInUnrecorded,
  'milestone-overdue': milestoneOverdue,
  'action-overdue': actionOverdue,
  'no-contact': noContactForWeeks,
  'plan-not-agreed': planNotAgreed,
  'ending-soon': endingSoon,
};

export type DueItem = DueThing & { readonly rule: DueRule; readonly engagementId: Id; readonly key: string };

/** What a person is to be told of the engagement as its own events have it; nothing once it ended or they left it. */
export function dueFor(engagement: Engagement, participantId: Id, present: Present): readonly DueItem[] {
  const { engagementId, phase } = engagement;
  const party = partyOf(engagement, participantId);
  if (phase.status === 'completed' || phase.status === 'ended-early' || party === null || party === 'sponsor')
    return [];
  return Object.values(dueKinds).flatMap(({ rule, to, find }) =>
    find(engagement, present)
      .filter(({ owner }) => to(owner).includes(party))
      .map((thing) => ({ ...thing, rule, engagementId, key: keyOf(rule, engagementId, thing) })),
  );
}

/** Who is to be told of a row, and by which key it is told once. */
export function tellingsOf(row: DueRow): readonly { readonly participantId: Id; readonly key: string }[] {
  const { rule, engagementId, owner, clientId, coachId } = row;
  const ids: Readonly<Record<Recipient, Id>> = { client: clientId, coach: coachId };
  const key = keyOf(rule, engagementId, row);
  return dueKinds[rule].to(owner).map((recipient) => ({ participantId: ids[recipient], key }));
}

function keyOf(rule: DueRule, engagementId: Id, { about, on }: Pick<DueThing, 'about' | 'on'>): string {
  return [rule, engagementId, about ?? '', on].join('/');
}
