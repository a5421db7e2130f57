import { describeProjection } from '../../test/support/projection-spec';
import { participantsProjection } from './projection';
import { participants } from './table';

describeProjection(participantsProjection, ({ rowsAfter }) => {
  it('keep what an update does not name', () => {
    const rows = rowsAfter(participants, [
      {
        type: 'ParticipantRegistered',
        data: { participantId: 'e', kind: 'client', name: 'Ada', email: 'a@example.org' },
      },
      { type: 'ParticipantUpdated', data: { name: 'Ada Byron', email: null } },
    ]);
    expect(rows).toEqual([{ kind: 'client', name: 'Ada Byron', email: 'a@example.org' }]);
  });
});
