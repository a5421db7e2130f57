import { bind } from './bind';
import { Holds, HoldsList, HoldsVariants, Is, Must } from './dto';
import { type Field, list, record } from './field';
import {
  amount,
  currency,
  day,
  digits,
  email,
  flag,
  instant,
  integer,
  number,
  numberFrom,
  oneOf,
  text,
  title,
  uuid,
} from './kinds';

const accepts = (kind: Field, value: unknown): boolean => kind.fault(kind.normalise(value)) === null;
const id = '6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f';

describe('the kinds of values', () => {
  const cases: readonly (readonly [
    name: string,
    kind: Field,
    accepted: readonly unknown[],
    refused: readonly unknown[],
  ])[] = [
    [
      'uuid',
      uuid,
      [id, id.toUpperCase(), '00000000-0000-0000-0000-000000000000'],
      ['', 'x', `${id} `, id.slice(1), `{${id}}`, id.replaceAll('-', ''), 7, null, [id]],
    ],
    [
      'day',
      day,
      ['2026-03-01', '2024-02-29', '1900-01-01', '9998-12-31'],
      [
        '2026-02-29',
        '2026-13-01',
        '2026-00-10',
        '2026-01-32',
        '0000-01-01',
        '0001-01-01',
        '1899-12-31',
        '9999-01-01',
        '2026-3-1',
        '2026-03-01T00:00:00Z',
        '01.03.2026',
        '',
        20260301,
      ],
    ],
    [
      'instant',
      instant,
      [
        '2026-03-01T09:30:00Z',
        '2026-03-01t09:30:00.123456z',
        '2026-03-01T23:59:59+14:00',
        '2026-03-01T00:00:00-00:00',
        '1899-12-31T23:00:00-01:00',
        '9998-12-31T23:59:59.999999Z',
      ],
      [
        '2026-03-01',
        '2026-03-01T09:30:00',
        '2026-03-01T09:30Z',
        '2026-02-30T09:30:00Z',
        '2026-03-01T24:00:00Z',
        '2026-03-01T09:60:00Z',
        '2026-03-01T09:30:00+1:00',
        '2026-03-01 09:30:00Z',
        '2026-03-01T09:30:00.Z',
        '9999-12-31T23:59:59-01:00',
        '9999-01-01T00:00:00Z',
        '9998-12-31T23:59:59-01:00',
        '1899-12-31T23:59:59.999Z',
        '1900-01-01T00:00:00+01:00',
        '0000-01-01T00:00:00Z',
        1772357400000,
      ],
    ],
    [
      'title',
      title,
      ['a', 'x'.repeat(200), '😀'.repeat(200), 'two\nlines\tand a tab', ' padded '],
      [
        '',
        ' ',
        '\n\t',
        '\u00a0\u2003',
        '\u200b',
        'x'.repeat(201),
        '😀'.repeat(201),
        'a\u0000b',
        'a\rb',
        'a\u007fb',
        'a\u0085b',
        '\ud800',
        'a\udc00',
        5,
        null,
        ['a'],
      ],
    ],
    ['text', text, ['x'.repeat(4_000), '😀'.repeat(4_000)], ['x'.repeat(4_001), '']],
    ['email', email, ['kim@example.org'], ['kim', 'kim@', '@x', 'a b@c', 'a@b\u0000', `${'x'.repeat(320)}@y`]],
    [
      'amount',
      amount,
      ['0.00', '600.00', '999999999999.99'],
      ['600', '600.0', '600.000', '-1.00', '1,000.00', ' 1.00', '1234567890123.00', 600, '1e3'],
    ],
    ['currency', currency, ['EUR'], ['eur', 'EURO', '€', 'EU', 'EUR\n']],
    ['flag', flag, [true, false], ['true', 1, null]],
    ['number', number, [0, -1.5, 1e300], [Infinity, -Infinity, NaN, '1', null]],
    ['numberFrom', numberFrom(0, 100), [0, 0.5, 100], [-0.01, 100.01]],
    ['integer', integer(-2, 2), [-2, 0, 2], [-3, 3, 1.5, '1']],
    ['integer without an end', integer(1), [1, 2_147_483_647], [0, 2_147_483_648]],
    ['digits', digits(1, 200), ['1', '200'], ['0', '201', '01', '1.0', '-1', '+1', ' 1', '', 'x', '1e2', ['1', '2']]],
    ['oneOf', oneOf('client', 'coach'), ['client'], ['Client', 'sponsor', '', null]],
    [
      'list',
      list(uuid, { from: 1, to: 2, unique: true }),
      [[id]],
      [[], [id, id], [id, id.toUpperCase()], [id, 'x'], id, {}, null],
    ],
    [
      'record',
      record(uuid, oneOf('reached'), 1, {}),
      [{}, { [id]: 'reached' }],
      [{ x: 'reached' }, { [id]: 'x' }, [], null, JSON.parse('{"__proto__": "reached"}')],
    ],
  ];

  it.each(cases)('%s', (_name, kind, accepted, refused) => {
    expect(accepted.filter((value) => !accepts(kind, value))).toEqual([]);
    expect(refused.filter((value) => accepts(kind, value))).toEqual([]);
  });

  it('are brought to their one form', () => {
    expect(uuid.normalise(id.toUpperCase())).toBe(id);
    expect(instant.normalise('2026-03-01T00:30:00.1239+02:00')).toBe('2026-02-28T22:30:00.123Z');
    expect(instant.normalise('2026-03-01t00:30:00z')).toBe('2026-03-01T00:30:00.000Z');
    expect(Object.is(number.normalise(-0), 0)).toBe(true);
    expect(digits(1).normalise('42')).toBe(42);
  });
});

class Inner {
  @Is(title)
  name!: string;

  @Is(number, { optional: true, otherwise: 1 })
  weight!: number;
}

class Left {
  @Is(oneOf('left'))
  op!: 'left';

  @Holds(() => Inner)
  inner!: Inner;
}

class Right {
  @Is(oneOf('right'))
  op!: 'right';

  @Is(uuid)
  id!: string;
}

class Base {
  @Is(uuid, { optional: true })
  id!: string | null;
}

class Outer extends Base {
  @Holds(() => Inner, { optional: true })
  inner!: Inner | null;

  @HoldsList(() => Inner, 0, 2, { optional: true, otherwise: [] })
  many!: readonly Inner[];

  @HoldsVariants('op', { left: Left, right: Right }, { from: 0, to: 3 })
  changes!: readonly (Left | Right)[];

  @Is(list(uuid, { from: 0, to: 3 }), { optional: true })
  @Must((outer: Partial<Outer>) => !outer.ids?.includes(id), 'must not hold the one')
  ids!: readonly string[];
}

const least = { changes: [], ids: [] };

describe('bind', () => {
  const faultsOf = (source: object) => {
    const bound = bind(Outer, source);
    return 'faults' in bound ? bound.faults.map(({ path, message }) => `${path} ${message}`) : [];
  };

  it('fills in what is absent or null, and leaves plain data', () => {
    const bound = bind(Outer, {
      ...least,
      id: null,
      inner: { name: 'a', weight: null },
      many: [{ name: 'b' }],
      changes: [{ op: 'left', inner: { name: 'c', weight: 2 } }],
    });
    const value = 'value' in bound ? bound.value : null;
    expect(value).toStrictEqual({
      id: null,
      inner: { name: 'a', weight: 1 },
      many: [{ name: 'b', weight: 1 }],
      changes: [{ op: 'left', inner: { name: 'c', weight: 2 } }],
      ids: [],
    });
  });

  it.each([
    [{}, ['changes is missing, expected a list of 0 to 3 objects']],
    [{ ...least, changes: null }, ['changes expected a list of 0 to 3 objects']],
    [{ ...least, inner: 'x' }, ['inner expected an object']],
    [{ ...least, inner: [{ name: 'a' }] }, ['inner expected an object']],
    [{ ...least, inner: { name: 5 } }, [expect.stringContaining('inner.name expected text')]],
    [{ ...least, many: [{ name: 'a' }, 5] }, ['many[1] expected an object']],
    [{ ...least, many: [{ name: 'a' }, { name: '' }] }, [expect.stringContaining('many[1].name expected')]],
    [{ ...least, many: [[{ name: 'a' }]] }, [expect.stringContaining('many[0] ')]],
    [{ ...least, many: [{ name: 'a' }, { name: 'a' }, { name: 'a' }] }, ['many expected a list of 0 to 2 objects']],
    [{ ...least, changes: [{ op: 'up', id: 5 }] }, ['changes[0].op expected one of left, right']],
    [{ ...least, changes: [{ op: 'right', id }, {}] }, ['changes[1].op expected one of left, right']],
    [{ ...least, changes: [{ op: 'right', id: 'x' }] }, ['changes[0].id expected a UUID']],
    [
      { ...least, changes: [{ op: 'left', inner: { name: 'a', more: 1 } }] },
      ['changes[0].inner.more is not a field of this request'],
    ],
    [{ ...least, changes: [{ op: 'toString' }] }, ['changes[0].op expected one of left, right']],
    [{ ...least, ids: ['x'] }, ['ids[0] expected a UUID']],
    [{ ...least, ids: [id] }, ['ids must not hold the one']],
    [{ ...least, more: 1 }, ['more is not a field of this request']],
  ])('%j: names what is wrong', (source, faults) => {
    expect(faultsOf(source)).toEqual(faults);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'then'])(
    'a field called %s is unknown',
    (name) => {
      const source = JSON.parse(`{"changes":[],"ids":[],"${name}":{"prototype":{}}}`) as object;
      expect(faultsOf(source)).toEqual([`${name} is not a field of this request`]);
    },
  );

  it('names each place once, and not more than fifty', () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_item, index) => [`field${index}`, index]));
    expect(faultsOf({ ...least, ...many })).toHaveLength(50);
    const paths = faultsOf({ ...least, many: [5, 5] }).map((fault) => fault.split(' ')[0]);
    expect(new Set(paths).size).toBe(paths.length);
  });
});
