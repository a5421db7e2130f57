import { stringify } from 'csv-stringify/sync';
import type { AnalyticsTable } from '../../application/queries/shapes';

/** Whether an answer is wanted as this type rather than as JSON: where `Accept` names it, and does not prefer JSON. */
export function prefers(type: 'text/csv' | 'text/event-stream', accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const quality = new Map(accept.toLowerCase().split(',').map(rangeOf));
  const wanted = quality.get(type) ?? 0;
  return wanted > 0 && wanted >= (quality.get('application/json') ?? 0);
}

/** The table with its header line, as RFC 4180 has it; what is absent is an empty field. */
export function toCsv({ columns, rows }: AnalyticsTable): string {
  return stringify([[...columns], ...rows.map((row) => [...row])], { record_delimiter: 'windows' });
}

function rangeOf(range: string): readonly [type: string, quality: number] {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  return [type, q === undefined ? 1 : Number(q.slice(2)) || 0];
}
