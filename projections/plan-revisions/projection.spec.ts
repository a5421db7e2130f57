import { describeProjection } from '../../test/support/projection-spec';
import { planRevisionsProjection } from './projection';
import { planRevisions } from './table';

describeProjection(planRevisionsProjection, ({ rowsAfter }) => {
  it('are the agreement and every adaptation, with what they say', () => {
    const adaptation = {
      revision: 2,
      reasonCode: 'setback',
      reasonText: 'Ill for weeks',
      triggeredBy: ['t1'],
      changes: [{ op: 'action-dropped', actionId: 'a1' }],
      agreedBy: ['client', 'coach'],
      sponsorInformed: true,
      effectiveOn: '2026-04-02',
    } as const;
    const rows = rowsAfter(planRevisions, [
      { type: 'PlanAgreed', data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: '2026-04-01' } },
      { type: 'PlanAdapted', data: { ...adaptation, baseRevision: 1 }, on: '2026-04-03' },
    ]);
    const recorded = { actorId: 'coach-1', actorRole: 'coach', onBehalfOf: null };
    expect(rows).toMatchObject([
      { ...recorded, revision: 1, kind: 'agreed', reasonCode: null, changes: [], streamRevision: 0 },
      { ...recorded, ...adaptation, kind: 'adapted', occurredAt: '2026-04-03T10:00:00.000Z', streamRevision: 1 },
    ]);
  });
});
