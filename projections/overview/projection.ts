import type { ProjectedEvent, Projection } from '../engine/projection';
import { change, put, type RowChange } from '../engine/row-change';
import { engagements, moments, type EngagementRow } from './table';

/** One row an engagement: its parties, dates, state, agreement, vision, and how far its plan has come. */
export const overview: Projection = {
  name: 'overview',
  version: 1,
  tables: [engagements, moments],
  on: {
    EngagementProposed: ({ data, occurredAt, position }) => [
      put(engagements, {
        ...data,
        status: 'preparing',
        startedAt: null,
        endedAt: null,
        lastChangeAt: occurredAt,
        activeFrom: [],
        activeTo: [],
        clientSignature: null,
        coachSignature: null,
        sponsorSignature: null,
        vision: null,
        planRevision: 0,
        planAgreedAt: null,
        planLastAdaptedAt: null,
        planEffectiveOn: null,
        proposedCommit: String(position.commit),
        proposedPrepare: String(position.prepare),
      }),
    ],
    AgreementSigned: ({ data: { party, discloses }, eventId, revision }) => [
      set({ [`${party}Signature` as const]: { eventId, revision, discloses: discloses ?? [] } }),
    ],
    CoachReassigned: ({ data }) => [set({ coachId: data.coachId, coachSignature: null })],
    EngagementStarted: (event) => [...goOn(event), set({ startedAt: event.occurredAt })],
    EngagementPaused: (event) => rest(event, { status: 'paused' }),
    EngagementResumed: (event) => goOn(event),
    EngagementCompleted: (event) => rest(event, { status: 'completed', endedAt: event.occurredAt }),
    EngagementEndedEarly: (event) => rest(event, { status: 'ended-early', endedAt: event.occurredAt }),
    EngagementReopened: (event) => [
      set({ endedAt: null, lastChangeAt: event.occurredAt }),
      change(engagements, { startedAt: null }, { set: { status: 'preparing' } }),
      change(
        engagements,
        { startedAt: { not: null }, status: { not: 'active' } },
        { append: { activeFrom: event.occurredOn } },
      ),
      change(engagements, { startedAt: { not: null } }, { set: { status: 'active' } }),
    ],
    EngagementExtended: ({ data }) => [set({ endsOn: data.endsOn })],
    CareerVisionArticulated: ({ data }) => [set({ vision: data })],
    PlanAgreed: ({ data, occurredAt }) => [
      set({ planRevision: data.revision, planAgreedAt: occurredAt, planEffectiveOn: data.effectiveOn }),
    ],
    PlanAdapted: ({ data, occurredAt }) => [
      set({ planRevision: data.revision, planLastAdaptedAt: occurredAt, planEffectiveOn: data.effectiveOn }),
    ],
    AchievementCelebrated: ({ data }) => [put(moments, { momentId: data.celebrationId, kind: 'celebration' })],
    SetbackRecorded: ({ data }) => [put(moments, { momentId: data.setbackId, kind: 'setback' })],
  },
};

function set(fields: Partial<EngagementRow>): RowChange {
  return change(engagements, {}, { set: fields });
}

/** Coaching goes on from the day of the event. */
function goOn(event: ProjectedEvent): readonly RowChange[] {
  return [
    change(engagements, { status: { not: 'active' } }, { append: { activeFrom: event.occurredOn } }),
    set({ status: 'active', lastChangeAt: event.occurredAt }),
  ];
}

/** Coaching rests or ends from the day of the event. */
function rest(event: ProjectedEvent, fields: Partial<EngagementRow>): readonly RowChange[] {
  return [
    change(engagements, { status: 'active' }, { append: { activeTo: event.occurredOn } }),
    set({ ...fields, lastChangeAt: event.occurredAt }),
  ];
}
