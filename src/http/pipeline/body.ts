import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isObject } from '../fields/field';
import { invalidRequest, Problem } from '../problems/problem';

const LIMIT = 64 * 1_024;
const JSON_TYPE = /^application\/json(\s*;\s*charset="?utf-8"?)?\s*;?$/i;

/** A body as it came; null when it is longer than may be. */
export type RawBody = Buffer | null;

/** What the text of a body is, or why it is none. */
export type ParsedBody = { readonly value: unknown } | { readonly fault: string };

/**
 * Reads the body of a request, up to the limit. Of one that is longer the rest is left to Node, which drains it once the
 * answer is out, so that the sender gets to read the answer.
 */
export function readBody(message: IncomingMessage): Promise<RawBody> {
  if (Number(message.headers['content-length'] ?? 0) > LIMIT) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > LIMIT) settle(null);
    };
    const settle = (body: RawBody): void => {
      message.off('data', onData);
      // Without this a stream that lost its listener would still flow, and one that ended is not touched.
      if (body === null) message.resume();
      resolve(body);
    };
    message.on('data', onData);
    message.once('end', () => {
      settle(Buffer.concat(chunks));
    });
    message.once('close', () => {
      reject(new Problem('invalid-request', 'The connection closed before the body was complete.'));
    });
  });
}

/** Reads a body's JSON; an empty one is `{}`. */
export function parseBody(raw: Buffer): ParsedBody {
  if (raw.length === 0) return { value: {} };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return { fault: 'is not valid UTF-8' };
  }
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { fault: `is not valid JSON: ${why}` };
  }
}

/**
 * Refuses, in this order, a body that is too long, one of another type than JSON, and one that is no JSON object.
 * @throws {Problem} 413, 415 or 400
 */
export function requireObject(raw: RawBody, parsed: ParsedBody | null, headers: IncomingMessage['headers']): object {
  if (raw === null || parsed === null) {
    throw new Problem('body-too-large', 'A body may have up to 64 KB: send less at once.');
  }
  if (raw.length > 0 && !isPlainJson(headers)) {
    throw new Problem(
      'unsupported-media-type',
      'Send JSON in UTF-8, uncompressed, with Content-Type: application/json.',
    );
  }
  if ('fault' in parsed) throw invalidRequest([{ path: '', message: parsed.fault }]);
  if (!isObject(parsed.value)) throw invalidRequest([{ path: '', message: 'must have a JSON object as its body' }]);
  return parsed.value;
}

/**
 * Tells requests apart: the same method, path and body, whatever the order and the spelling of its fields, give the same
 * digest.
 */
export function digestOf(method: string, url: string, raw: RawBody, parsed: ParsedBody | null): string {
  const hash = createHash('sha256').update(`${method} ${url.toLowerCase()}\n`);
  if (raw === null || parsed === null) return `too large ${hash.digest('hex')}`;
  return hash.update(canonicalOf(parsed) ?? raw).digest('hex');
}

/** JSON with the fields of each object in order; null for what can't be written so. */
function canonicalOf(parsed: ParsedBody): string | null {
  if ('fault' in parsed) return null;
  try {
    return JSON.stringify(parsed.value, (_name, value: unknown) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
    );
  } catch {
    // Nested too deeply to be walked.
    return null;
  }
}

function isPlainJson(headers: IncomingMessage['headers']): boolean {
  const encoding = headers['content-encoding'] ?? 'identity';
  return JSON_TYPE.test(headers['content-type'] ?? '') && encoding.toLowerCase() === 'identity';
}
