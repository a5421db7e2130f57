import { describeProjection, eventIdAt, type GivenEvents } from '../../test/support/projection-spec';
import { overview } from './projection';
import { engagements, moments } from './table';

const proposed = {
  type: 'EngagementProposed',
  data: {
    engagementId: 'e',
    clientId: 'client-1',
    coachId: 'coach-1',
    sponsorId: null,
    startsOn: '2026-03-01',
    endsOn: '2026-12-31',
    checkInEveryDays: null,
  },
} as const;

describeProjection(overview, ({ rowsAfter }) => {
  const rowAfter = (...events: GivenEvents) => rowsAfter(engagements, [proposed, ...events])[0];

  it('begins with the proposal', () => {
    expect(rowAfter()).toMatchObject({
      clientId: 'client-1',
      status: 'preparing',
      planRevision: 0,
      activeFrom: [],
      proposedCommit: '1',
      proposedPrepare: '1',
    });
  });

  it('keeps each party’s newest signature', () => {
    const row = rowAfter(
      { type: 'AgreementSigned', data: { party: 'client', discloses: ['goals'] } },
      { type: 'AgreementSigned', data: { party: 'coach', discloses: null } },
      { type: 'AgreementSigned', data: { party: 'client', discloses: [] } },
    );
    expect(row?.clientSignature).toEqual({ eventId: eventIdAt(3), revision: 3, discloses: [] });
    expect(row?.coachSignature).toEqual({ eventId: eventIdAt(2), revision: 2, discloses: [] });
  });

  it('misses the signature of a new coach', () => {
    const row = rowAfter(
      { type: 'AgreementSigned', data: { party: 'coach', discloses: null } },
      { type: 'CoachReassigned', data: { coachId: 'coach-2', reason: 'Leave' } },
    );
    expect(row).toMatchObject({ coachId: 'coach-2', coachSignature: null });
  });

  it('knows the stretches in which coaching went on', () => {
    const row = rowAfter(
      { type: 'EngagementStarted', data: {}, on: '2026-03-01' },
      { type: 'EngagementPaused', data: { reason: 'Leave' }, on: '2026-03-10' },
      { type: 'EngagementResumed', data: {}, on: '2026-03-20' },
      { type: 'EngagementPaused', data: { reason: 'Leave' }, on: '2026-04-10' },
      { type: 'EngagementEndedEarly', data: { reason: 'Left' }, on: '2026-04-20' },
    );
    expect(row).toMatchObject({
      status: 'ended-early',
      activeFrom: ['2026-03-01', '2026-03-20'],
      activeTo: ['2026-03-10', '2026-04-10'],
      startedAt: '2026-03-01T10:00:00.000Z',
      endedAt: '2026-04-20T10:00:00.000Z',
    });
  });

  it('is active again when reopened, or in preparation where it never started', () => {
    const ended = { type: 'EngagementEndedEarly', data: { reason: 'Left' }, on: '2026-04-20' } as const;
    const reopened = { type: 'EngagementReopened', data: { reason: 'Back' }, on: '2026-05-01' } as const;
    expect(rowAfter(ended, reopened)).toMatchObject({ status: 'preparing', endedAt: null, activeFrom: [] });
    expect(rowAfter({ type: 'EngagementStarted', data: {} }, ended, reopened)).toMatchObject({
      status: 'active',
      endedAt: null,
      activeFrom: ['2026-04-01', '2026-05-01'],
      activeTo: ['2026-04-20'],
    });
  });

  it('follows the plan’s revisions', () => {
    const row = rowAfter(
      { type: 'PlanAgreed', data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: '2026-04-01' } },
      {
        type: 'PlanAdapted',
        data: {
          revision: 2,
          baseRevision: 1,
          reasonCode: 'barrier',
          reasonText: 'Ill',
          triggeredBy: [],
          changes: [],
          agreedBy: ['client', 'coach'],
          sponsorInformed: false,
          effectiveOn: '2026-04-05',
        },
        on: '2026-04-06',
      },
    );
    expect(row).toMatchObject({
      planRevision: 2,
      planAgreedAt: '2026-04-01T10:00:00.000Z',
      planLastAdaptedAt: '2026-04-06T10:00:00.000Z',
      planEffectiveOn: '2026-04-05',
    });
  });

  it('notes that a celebration and a setback are there', () => {
    const rows = rowsAfter(moments, [
      proposed,
      { type: 'AchievementCelebrated', data: { celebrationId: 'c1', about: 'g1', how: 'Cake' } },
      { type: 'SetbackRecorded', data: { setbackId: 's1', description: 'Ill' } },
    ]);
    expect(rows).toEqual([
      { momentId: 'c1', kind: 'celebration' },
      { momentId: 's1', kind: 'setback' },
    ]);
  });
});
