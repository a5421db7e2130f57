import { createCodec, type Catalogue, type Upcaster } from './codec';
import type { OpaqueEvent, StoredEvent } from './event-store';

const catalogue: Catalogue = { GoalSet: { schemaVersion: 3 }, NoteRecorded: { schemaVersion: 1 } };
const upcasters: Upcaster[] = [
  { type: 'GoalSet', from: 1, upcast: (data) => ({ ...data, axis: 'performance' }) },
  { type: 'GoalSet', from: 2, upcast: (data) => ({ goal: data }) },
];

function stored(type: string, schemaVersion: number, data: object): StoredEvent {
  return {
    eventId: '11111111-1111-4111-8111-111111111111',
    type,
    schemaVersion,
    data,
    metadata: {
      tenantId: 'firm-1',
      actor: { id: 'coach-1', role: 'coach' },
      occurredAt: '2026-01-05T09:30:00.000Z',
      recordedAt: '2026-01-05T09:30:00.000Z',
      correlationId: 'c',
      causationId: null,
      commandId: 'd',
    },
    stream: 'engagement-1',
    revision: 4n,
    position: { commit: 1n, prepare: 1n },
  };
}

describe('the codec', () => {
  const codec = createCodec(catalogue, upcasters);

  it.each([
    [1, { title: 'walk' }, { goal: { title: 'walk', axis: 'performance' } }],
    [2, { title: 'walk', axis: 'outcome' }, { goal: { title: 'walk', axis: 'outcome' } }],
    [3, { goal: { title: 'walk' } }, { goal: { title: 'walk' } }],
  ])('takes an event of version %i through every step to today', (version, data, expected) => {
    const event = stored('GoalSet', version, data);
    expect(codec.read(event)).toEqual({ ...event, schemaVersion: 3, data: expected });
  });

  it('leaves the stored event as it is', () => {
    const event = stored('GoalSet', 1, Object.freeze({ title: 'walk' }));
    codec.read(event);
    expect(event).toEqual(stored('GoalSet', 1, { title: 'walk' }));
  });

  it.each([
    ['GoalSet', 4, 'It has version 4, and 3 is the newest that is known.'],
    ['GoalSet', 0, 'It has version 0, and there was never such a version.'],
    ['Unheard', 1, 'The type is not known.'],
    ['constructor', 1, 'The type is not known.'],
  ])('says why %s of version %i cannot be read, and keeps its place', (type, version, problem) => {
    const { stream, revision, position, eventId, metadata } = stored(type, version, {});
    const opaque: OpaqueEvent = { stream, revision, position, eventId, type, recordedAt: metadata.recordedAt, problem };
    expect(codec.read(stored(type, version, {}))).toEqual(opaque);
    expect(codec.read(opaque)).toBe(opaque);
  });

  it.each<[string, Catalogue, Upcaster[]]>([
    ['no upcaster for GoalSet version 2', { GoalSet: { schemaVersion: 3 } }, upcasters.slice(0, 1)],
    ['no upcaster for GoalSet version 1', { GoalSet: { schemaVersion: 3 } }, upcasters.slice(1)],
    ['two upcasters for GoalSet version 1', { GoalSet: { schemaVersion: 3 } }, [...upcasters, ...upcasters]],
    ['GoalSet version 2 leads nowhere', { GoalSet: { schemaVersion: 2 } }, upcasters],
    ['GoalSet version 1 leads nowhere', {}, upcasters],
  ])('is not made when there is/are %s', (message, types, steps) => {
    expect(() => createCodec(types, steps)).toThrow(message);
  });
});
