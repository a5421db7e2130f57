import type { Role } from '../engagement/values';
import { admitParticipant, decideParticipant, type ParticipantCommand } from './commands';
import type { ParticipantEvent } from './events';
import { evolve, type Participant } from './participant';

const participantId = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
const ada = { participantId, kind: 'client', name: 'Ada', email: 'ada@example.org' } as const;
const register: ParticipantCommand = { type: 'RegisterParticipant', data: ada };
const update: ParticipantCommand = { type: 'UpdateParticipant', data: { participantId, name: 'Ada L.', email: null } };

const admit = (
  state: Participant | null,
  command: ParticipantCommand,
  roles: readonly Role[],
  { id = other, acquainted = false } = {},
) => admitParticipant(state, command, { id, roles, acquainted });

describe('registering', () => {
  test('by any coach, or an admin', () => {
    expect(admit(null, register, ['coach'])).toBe('coach');
    expect(admit(null, register, ['admin'])).toBe('admin');
    expect(admit(null, register, ['admin', 'coach'])).toBe('coach');
    for (const role of ['client', 'sponsor', 'supervisor', 'auditor'] as const) {
      expect(admit(null, register, [role])).toMatchObject({ refused: 'forbidden' });
    }
  });

  test('once', () => {
    expect(decideParticipant(null, register)).toEqual([{ type: 'ParticipantRegistered', data: ada }]);
    expect(decideParticipant(ada, register)).toMatchObject({ refused: 'already-exists', path: 'participantId' });
  });
});

describe('updating', () => {
  test('by oneself, or an admin', () => {
    expect(admit(ada, update, ['supervisor', 'client'], { id: participantId })).toBe('client');
    expect(admit(ada, update, ['supervisor'], { id: participantId })).toBe('supervisor');
    expect(admit(ada, update, ['client', 'admin'])).toBe('admin');
  });

  test('by who may know the person: forbidden; by a stranger: not found', () => {
    expect(admit(ada, update, ['coach'], { acquainted: true })).toMatchObject({ refused: 'forbidden' });
    expect(admit(ada, update, ['coach'])).toMatchObject({ refused: 'not-found' });
  });

  test('of nobody', () => {
    expect(admit(null, update, ['admin'])).toMatchObject({ refused: 'not-found' });
    expect(admit(null, update, ['client'], { id: participantId, acquainted: true })).toMatchObject({
      refused: 'not-found',
    });
  });

  test('leaves what is not given', () => {
    const events = decideParticipant(ada, update) as readonly ParticipantEvent[];
    expect(events).toEqual([{ type: 'ParticipantUpdated', data: { name: 'Ada L.', email: null } }]);
    expect(events.reduce<Participant | null>(evolve, ada)).toEqual({ ...ada, name: 'Ada L.' });
  });
});

test('evolve is total', () => {
  const updated: ParticipantEvent = { type: 'ParticipantUpdated', data: { name: null, email: 'a@example.org' } };
  expect(evolve(null, updated)).toBeNull();
  const registered: ParticipantEvent = { type: 'ParticipantRegistered', data: ada };
  expect([registered, updated, registered].reduce<Participant | null>(evolve, null)).toEqual({
    ...ada,
    email: 'a@example.org',
  });
});
