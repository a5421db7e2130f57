/** What a value has to look like, and the type that it then has. */
export type Shape<T> = {
  /** What is wrong with the value, each with the path to it; none when it fits. */
  readonly faults: (value: unknown, at: string) => readonly string[];
  /** Never there, it only carries the type. */
  readonly is?: T;
};

export type Of<S> = S extends Shape<infer T> ? T : never;

/** The value with its type, when it has this shape: every field there, and no other. */
export function fits<T>(shape: Shape<T>, value: unknown): T {
  expect(shape.faults(value, '')).toEqual([]);
  return value as T;
}

const shown = (value: unknown): string => (value === undefined ? 'left out' : JSON.stringify(value));

function check<T>(wanted: string, isOne: (value: unknown) => boolean): Shape<T> {
  return {
    faults: (value, at) => (isOne(value) ? [] : [`${at} should be ${wanted} and is ${shown(value)}`]),
  };
}

const matching = (wanted: string, pattern: RegExp): Shape<string> =>
  check(wanted, (value) => typeof value === 'string' && pattern.test(value));

export const text = matching('a text', /\S/);
export const id = matching('an id', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i);
export const day = matching('a day', /^\d{4}-\d\d-\d\d$/);
export const instant = matching('an instant', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
export const sha256 = matching('a SHA-256 in hex', /^[0-9a-f]{64}$/);
const decimal = matching('a decimal', /^\d{1,12}\.\d{2}$/);
const currency = matching('a currency', /^[A-Z]{3}$/);

export const number: Shape<number> = check('a number', (value) => Number.isFinite(value));
export const whole: Shape<number> = check('a whole number', (value) => Number.isInteger(value));
export const count: Shape<number> = check('a count', (value) => Number.isInteger(value) && Number(value) >= 0);
export const ratio: Shape<number> = check('a ratio', (value) => typeof value === 'number' && value >= 0 && value <= 1);
export const cell: Shape<string | number | null> = check(
  'a text, a number or null',
  (value) => value === null || typeof value === 'string' || Number.isFinite(value),
);
export const yesOrNo: Shape<boolean> = check('true or false', (value) => typeof value === 'boolean');
export const anyObject: Shape<Readonly<Record<string, unknown>>> = check(
  'an object',
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
export const anything: Shape<unknown> = check('there', (value) => value !== undefined);

export function oneOf<const T extends string | number>(...values: readonly T[]): Shape<T> {
  return check(`one of ${values.join(', ')}`, (value) => values.includes(value as T));
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return { faults: (value, at) => (value === null ? [] : shape.faults(value, at)) };
}

export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return {
    faults: (value, at) =>
      Array.isArray(value)
        ? value.flatMap((item: unknown, index) => shape.faults(item, `${at}[${index}]`))
        : [`${at} should be a list and is ${shown(value)}`],
  };
}

type Fields = Readonly<Record<string, Shape<unknown>>>;
type ObjectOf<F extends Fields> = { readonly [K in keyof F]: Of<F[K]> };

/** Exactly these fields. */
export function object<F extends Fields>(fields: F): Shape<ObjectOf<F>> {
  return {
    faults: (value, at) => {
      const wrong = anyObject.faults(value, at);
      if (wrong.length > 0) return wrong;
      const given = value as Readonly<Record<string, unknown>>;
      return [
        ...Object.entries(fields).flatMap(([name, shape]) => shape.faults(given[name], `${at}.${name}`)),
        ...Object.keys(given)
          .filter((name) => !Object.hasOwn(fields, name))
          .map((name) => `${at}.${name} is none of its fields`),
      ];
    },
  };
}

/** The shape that belongs to what the field says. */
export function byField(
  field: string,
  shapes: Readonly<Record<string, Fields>>,
): Shape<Readonly<Record<string, unknown>>> {
  const kinds = Object.keys(shapes);
  return {
    faults: (value, at) => {
      const kind = (value as Readonly<Record<string, unknown>> | null)?.[field];
      const known = kinds.find((one) => one === kind);
      if (known === undefined) return [`${at}.${field} should be one of ${kinds.join(', ')}`];
      return object({ [field]: oneOf(known), ...shapes[known] }).faults(value, at);
    },
  };
}

export const money = object({ amount: decimal, currency });
