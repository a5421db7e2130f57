import type { Id } from '../engagement/values';

/** The stream that holds everything about one engagement. */
export const engagementStream = (tenantId: string, engagementId: Id): string =>
  `engagement-${tenantId}_${engagementId}`;

/** The stream that holds what identifies one person. */
export const participantStream = (tenantId: string, participantId: Id): string =>
  `participant-${tenantId}_${participantId}`;
