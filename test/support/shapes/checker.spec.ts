import { byField, count, day, id, listOf, nullable, object, oneOf, text } from './checker';

const person = object({ name: text, born: nullable(day), visits: listOf(count) });
const faultsOf = (value: unknown) => person.faults(value, 'person');

describe('A shape', () => {
  it('fits what has exactly its fields', () => {
    expect(faultsOf({ name: 'Ada', born: '1815-12-10', visits: [0, 2] })).toEqual([]);
    expect(faultsOf({ name: 'Ada', born: null, visits: [] })).toEqual([]);
  });

  it.each([
    ['left out', { name: 'Ada', visits: [] }, 'person.born should be a day and is left out'],
    ['that is none of its own', { name: 'Ada', born: null, visits: [], age: 36 }, 'person.age is none of its fields'],
    ['that is null', { name: null, born: null, visits: [] }, 'person.name should be a text and is null'],
    ['in a list', { name: 'Ada', born: null, visits: [1, -1] }, 'person.visits[1] should be a count and is -1'],
    ['of another type', { name: 'Ada', born: null, visits: {} }, 'person.visits should be a list and is {}'],
  ])('tells of a field %s', (_, value, fault) => {
    expect(faultsOf(value)).toEqual([fault]);
  });

  it('tells of what is no object', () => {
    for (const value of [null, undefined, [], 'Ada']) expect(faultsOf(value)).toHaveLength(1);
  });

  it('goes by what a field says', () => {
    const thing = byField('op', { added: { by: oneOf('client', 'coach') }, dropped: { id } });
    expect(thing.faults({ op: 'added', by: 'coach' }, '')).toEqual([]);
    expect(thing.faults({ op: 'added', by: 'sponsor' }, '')).toHaveLength(1);
    expect(thing.faults({ op: 'dropped', by: 'coach' }, '')).toHaveLength(2);
    expect(thing.faults({ op: 'moved' }, '')).toHaveLength(1);
  });
});
