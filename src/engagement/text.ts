type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/**
 * A copy with null in place of what stands at the paths; the original is left as it is. A path steps into objects with
 * `.` and into every element of a list with `[]`, as in the catalogue of event types; one that leads nowhere is passed
 * over, and what was absent stays absent.
 */
export function redact(data: object, paths: readonly string[]): object {
  const steps = paths.map((path) => path.replaceAll('[]', '.[]').split('.'));
  // Data of events is JSON.
  return steps.reduce(redactAt, data as Json) as object;
}

function redactAt(value: Json, [step, ...rest]: readonly string[]): Json {
  if (step === undefined) return null;
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return step === '[]' ? value.map((element) => redactAt(element, rest)) : value;
  const inside = value[step];
  return inside === undefined ? value : { ...value, [step]: redactAt(inside, rest) };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
