import { createHash } from 'node:crypto';
import type { NewEvent } from '../event-store';

/** The same text for the same JSON, in whatever order its keys come. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** All that a copy must keep of an event, but its place in the log. Ids are compared as UUIDs, whatever their case. */
export function contentOf(event: NewEvent & { readonly revision: bigint }): string {
  const { eventId, type, schemaVersion, data, metadata, revision } = event;
  return canonicalJson({
    eventId: eventId.toLowerCase(),
    type,
    schemaVersion,
    data,
    metadata,
    revision: String(revision),
  });
}

/** The SHA-256 (hex) of what came before, as the digest `before` has it, and `content` after it. */
export function chainDigest(before: string, content: string): string {
  return createHash('sha256').update(before).update('\n').update(content).digest('hex');
}
