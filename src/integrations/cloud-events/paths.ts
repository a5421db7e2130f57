type Scalar = string | number | boolean | null;

/**
 * The paths to the values of a type of JSON: `.` steps into an object, `[]` into every element of a list, `{}` stands for
 * all entries of a map by id. A path ends at a single value or a list of single values, never at an object.
 */
export type PathIn<T> = T extends Scalar | readonly unknown[]
  ? never
  : { [K in keyof T & string]: string extends K ? never : At<K, T[K]> }[keyof T & string];

type At<K extends string, V> = V extends Scalar | readonly Scalar[]
  ? K
  : V extends readonly (infer Element)[]
    ? `${K}[].${PathIn<Element>}`
    : string extends keyof V
      ? `${K}{}`
      : `${K}.${PathIn<V>}`;

type Json = Scalar | readonly Json[] | { readonly [key: string]: Json };

/**
 * What of an event's data stands at the paths, and nothing else: at the end of a path an object, or a list with objects
 * in it, is not taken. What leads nowhere is left out.
 */
export function pick(data: object, paths: readonly string[]): object {
  const steps = paths.map((path) => path.replaceAll('[]', '.[]').replaceAll('{}', '.{}').split('.'));
  // Data of events is JSON.
  return (pickAll(data as Json, steps) ?? {}) as object;
}

function pickAll(value: Json, paths: readonly (readonly string[])[]): Json | undefined {
  if (isScalar(value)) return paths.some(isEnd) ? value : undefined;
  if (isList(value)) {
    if (paths.some(isEnd) && value.every(isScalar)) return value;
    const inside = stepsAfter('[]', paths);
    return inside.length === 0 ? undefined : value.map((element) => pickAll(element, inside) ?? {});
  }
  if (paths.some(([first]) => first === '{}')) {
    return Object.fromEntries(Object.entries(value).filter(([, entry]) => isScalar(entry)));
  }
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const inside = stepsAfter(name, paths);
    const picked = inside.length === 0 ? undefined : pickAll(inner, inside);
    // Null stands for an object that is absent, whatever would be taken of it.
    if (inner === null && inside.length > 0) return [[name, null] as const];
    return picked === undefined ? [] : [[name, picked] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function stepsAfter(step: string, paths: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return paths.flatMap(([first, ...rest]) => (first === step ? [rest] : []));
}

function isEnd(path: readonly string[]): boolean {
  return path.length === 0;
}

function isScalar(value: Json): value is Scalar {
  return value === null || typeof value !== 'object';
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
