import { createHmac, timingSafeEqual } from 'node:crypto';
import type { JsonValue } from '../../application/queries/page';

/** Turns the place at which a list goes on into text and back. */
export type Cursors = {
  /** `list` is the list that the cursor is good for, with its filters and its reader. */
  readonly sign: (list: string, after: JsonValue) => string;
  /** The place; undefined for text that was not signed here, or for another list. */
  readonly open: (list: string, cursor: string) => JsonValue | undefined;
};

export function createCursors(secret: string): Cursors {
  const signatureOf = (list: string, place: string): Buffer =>
    createHmac('sha256', secret).update(`cursor\n${list}\n${place}`).digest();
  return {
    sign: (list, after) => {
      const place = Buffer.from(JSON.stringify(after)).toString('base64url');
      return `${place}.${signatureOf(list, place).toString('base64url')}`;
    },
    open: (list, cursor) => {
      const [place = '', signature = '', ...rest] = cursor.split('.');
      const expected = signatureOf(list, place);
      const given = Buffer.from(signature, 'base64url');
      // Base64 has several spellings of the same bytes: only the one that was signed is taken.
      const isOurs =
        rest.length === 0 &&
        given.length === expected.length &&
        timingSafeEqual(given, expected) &&
        signature === expected.toString('base64url');
      return isOurs ? (JSON.parse(Buffer.from(place, 'base64url').toString()) as JsonValue) : undefined;
    },
  };
}
