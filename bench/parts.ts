import { append, bulkLoad } from './append';
import { catchUp } from './catch-up';
import { httpCommand } from './http-command';
import { longStream } from './long-stream';
import { sweep } from './sweep';
import type { Part } from './harness';

/** What `npm run bench <part>` can be asked for; without a part all of them run, in this order. */
export const parts: ReadonlyMap<string, Part> = new Map([
  ['append', append],
  ['bulk-load', bulkLoad],
  ['http-command', httpCommand],
  ['long-stream', longStream],
  ['catch-up', catchUp],
  ['sweep', sweep],
]);
