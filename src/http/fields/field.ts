/** One kind of value as it arrives in JSON, a path, a header or a query string. */
export type Field = {
  /** For the OpenAPI page, example included. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** What is expected, as a noun phrase: "a UUID". */
  readonly expected: string;
  /**
   * What is wrong with a value, null when nothing is. `[2]: …` or `.key: …` in front says which part of the value it is
   * about. Asked of the normalised value.
   */
  readonly fault: (value: unknown) => string | null;
  /** The one form of values that mean the same. Returns what it does not understand as it is. */
  readonly normalise: (value: unknown) => unknown;
};

/** A kind of value without parts: it is accepted or it is not. */
export function field(
  schema: Field['schema'],
  expected: string,
  accepts: (value: unknown) => boolean,
  normalise: Field['normalise'] = (value) => value,
): Field {
  return { schema, expected, normalise, fault: (value) => (accepts(value) ? null : `expected ${expected}`) };
}

/** A list of values of one kind, with as many items as `from` to `to`. */
export function list(items: Field, bounds: { from: number; to: number; unique?: boolean; example?: unknown }): Field {
  const { from, to, unique = false, example } = bounds;
  const expected = `a list of ${from === to ? from : `${from} to ${to}`} items, each ${items.expected}`;
  return {
    schema: {
      type: 'array',
      items: items.schema,
      minItems: from,
      maxItems: to,
      ...(unique ? { uniqueItems: true } : {}),
      ...(example === undefined ? {} : { example }),
    },
    expected,
    normalise: (value: unknown) => (Array.isArray(value) ? value.map((item: unknown) => items.normalise(item)) : value),
    fault: (value) => {
      if (!Array.isArray(value) || value.length < from || value.length > to) return `expected ${expected}`;
      const index = value.findIndex((item) => items.fault(item) !== null);
      if (index >= 0) return `[${index}]: ${String(items.fault(value[index]))}`;
      return unique && new Set(value).size < value.length ? 'expected no item twice' : null;
    },
  };
}

/** A JSON object with at most `to` entries. Keys and values are checked one by one. */
export function record(keys: Field, values: Field, to: number, example: unknown): Field {
  const expected = `an object of ${keys.expected} to ${values.expected}, with up to ${to} entries`;
  return {
    schema: { type: 'object', additionalProperties: values.schema, maxProperties: to, example },
    expected,
    normalise: (value) =>
      isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, item]) => [String(keys.normalise(key)), values.normalise(item)] as const),
          )
        : value,
    fault: (value) => {
      if (!isObject(value) || Object.keys(value).length > to) return `expected ${expected}`;
      for (const [key, item] of Object.entries(value)) {
        if (keys.fault(key) !== null) return `expected ${keys.expected} as each key`;
        const fault = values.fault(item);
        if (fault !== null) return `.${key}: ${fault}`;
      }
      return null;
    },
  };
}

/** A JSON object, not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
