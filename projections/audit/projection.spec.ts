import { describeProjection } from '../../test/support/projection-spec';
import { auditProjection } from './projection';
import { audit } from './table';

describeProjection(auditProjection, ({ rowsAfter }) => {
  it('holds every event of an engagement whole', () => {
    const rows = rowsAfter(audit, [
      { type: 'EngagementStarted', data: {} },
      { type: 'EngagementPaused', data: { reason: 'Leave' } },
    ]);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toEqual({
      revision: 1,
      type: 'EngagementPaused',
      schemaVersion: 1,
      occurredAt: '2026-04-01T10:00:00.000Z',
      occurredOn: '2026-04-01',
      recordedAt: '2026-04-01T11:00:00.000Z',
      actorId: 'coach-1',
      actorRole: 'coach',
      onBehalfOf: null,
      correlationId: 'correlation-1',
      causationId: null,
      commandId: 'command-1',
      data: { reason: 'Leave' },
    });
  });

  it('has no event of a person', () => {
    const data = { participantId: 'e', kind: 'client', name: 'Ada', email: null } as const;
    expect(rowsAfter(audit, [{ type: 'ParticipantRegistered', data }])).toEqual([]);
  });
});
