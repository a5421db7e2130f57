import type { Id } from '../engagement/values';

const pattern = /^(engagement|participant)-([a-z0-9-]{1,63})_([0-9a-f-]{36})$/;

/** The stream that holds everything about one engagement. */
export const engagementStream = (tenantId: string, engagementId: Id): string =>
  `engagement-${tenantId}_${engagementId}`;

/** The stream that holds what identifies one person. */
export const participantStream = (tenantId: string, participantId: Id): string =>
  `participant-${tenantId}_${participantId}`;

/** Whose stream it is; null for a stream that is none of ours. */
export function parseStream(stream: string): { kind: 'engagement' | 'participant'; tenantId: string; id: Id } | null {
  const match = pattern.exec(stream);
  if (!match) return null;
  const [, kind, tenantId = '', id = ''] = match;
  return { kind: kind === 'engagement' ? 'engagement' : 'participant', tenantId, id };
}
