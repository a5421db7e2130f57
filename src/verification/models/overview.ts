import { defineTable } from '../../../projections/engine/table';
import { engagements, moments, type EngagementRow } from '../../../projections/overview/table';
import { type Engagement, type EngagementStateName, stateOf } from '../../engagement/engagement';
import type { Id, PartyName } from '../../engagement/values';
import type { Position } from '../../event-store/event-store';
import type { EngagementModel, Step } from '../fold';

/** With the column that the database derives from the others. */
const engagementsWithState = defineTable<EngagementRow & { readonly state: EngagementStateName }>({
  ...engagements,
  columns: { ...engagements.columns, state: 'text' },
});

export const overview: EngagementModel = {
  name: 'overview',
  scope: 'engagementId',
  tables: [engagementsWithState, moments],
  begin: (book) => {
    const signedAt = new Map<Id, number>();
    let proposedAt: Position | null = null;
    return {
      take: (step) => {
        const { event, past, before, after } = step;
        if (!after) return;
        if (!before) proposedAt = event.position;
        if (past.type === 'AgreementSigned') signedAt.set(event.eventId, Number(event.revision));
        if (proposedAt && isAboutEngagement(step)) {
          book.put(engagementsWithState, event, rowOf(after, proposedAt, signedAt));
        }
        const momentId = momentIn(step);
        const kind = momentId === null ? undefined : after.otherIds[momentId];
        if (momentId !== null && (kind === 'celebration' || kind === 'setback')) {
          book.put(moments, event, { momentId, kind });
        }
      },
    };
  },
};

/** Whether the event speaks of the engagement itself, rather than of a thing in it. */
function isAboutEngagement({ past, before, after }: Step): boolean {
  if (past.type === 'EngagementExtended' || !before) return true;
  return (['phase', 'signatures', 'vision', 'plan'] as const).some((part) => before[part] !== after?.[part]);
}

function momentIn({ past }: Step): Id | null {
  if (past.type === 'AchievementCelebrated') return past.data.celebrationId;
  return past.type === 'SetbackRecorded' ? past.data.setbackId : null;
}

function rowOf(
  engagement: Engagement,
  proposedAt: Position,
  signedAt: ReadonlyMap<Id, number>,
): EngagementRow & { readonly state: EngagementStateName } {
  const { phase, plan } = engagement;
  const signatureOf = (party: PartyName): EngagementRow['clientSignature'] => {
    const signature = engagement.signatures.find((signed) => signed.party === party);
    if (!signature) return null;
    const { eventId, discloses } = signature;
    return { eventId, discloses, revision: signedAt.get(eventId) ?? -1 };
  };
  return {
    clientId: engagement.clientId,
    coachId: engagement.coachId,
    sponsorId: engagement.sponsorId,
    startsOn: engagement.startsOn,
    endsOn: engagement.endsOn,
    checkInEveryDays: engagement.checkInEveryDays,
    status: phase.status,
    startedAt: phase.startedAt,
    endedAt: phase.endedAt,
    lastChangeAt: phase.lastChangeAt,
    activeFrom: phase.activeStretches.map(({ from }) => from),
    activeTo: phase.activeStretches.flatMap(({ to }) => (to === null ? [] : [to])),
    clientSignature: signatureOf('client'),
    coachSignature: signatureOf('coach'),
    sponsorSignature: signatureOf('sponsor'),
    vision: engagement.vision,
    planRevision: plan.revision,
    planAgreedAt: plan.agreedAt,
    planLastAdaptedAt: plan.lastAdaptedAt,
    planEffectiveOn: plan.effectiveOn,
    proposedCommit: String(proposedAt.commit),
    proposedPrepare: String(proposedAt.prepare),
    state: stateOf(engagement),
  };
}
