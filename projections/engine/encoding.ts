import type { Values } from './matching';
import type { Column } from './table';

/** Rows a chunk: large enough to send at once, small enough not to hold a batch in memory a second time. */
const ROWS_A_CHUNK = 500;

/** The rows in COPY's text format, in chunks. */
export function* copyText(columns: readonly Column[], rows: readonly Values[]): Generator<string> {
  for (let start = 0; start < rows.length; start += ROWS_A_CHUNK) {
    let chunk = '';
    for (const row of rows.slice(start, start + ROWS_A_CHUNK)) {
      let separator = '';
      for (const { field, type } of columns) {
        chunk += separator + copyValue(row[field], type);
        separator = '\t';
      }
      chunk += '\n';
    }
    yield chunk;
  }
}

/** One column of the rows as the text of an array. */
export function arrayLiteral({ field, type }: Column, rows: readonly Values[]): string {
  let literal = '{';
  let separator = '';
  for (const row of rows) {
    literal += separator + arrayElement(row[field], type);
    separator = ',';
  }
  return literal + '}';
}

function copyValue(value: unknown, type: Column['type']): string {
  if (value === null || value === undefined) return '\\N';
  const text = textOf(value, type);
  return /[\\\n\r\t]/.test(text)
    ? text.replace(/[\\\n\r\t]/g, (character) => copyEscapes[character] ?? character)
    : text;
}

const copyEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function arrayElement(value: unknown, type: Column['type']): string {
  if (value === null || value === undefined) return 'NULL';
  const text = textOf(value, type);
  return /["\\]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
}

function textOf(value: unknown, type: Column['type']): string {
  if (type === 'jsonb') return JSON.stringify(value);
  return typeof value === 'string' ? value : String(value);
}
