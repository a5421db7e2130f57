import type { Projection } from '../engine/projection';
import { put } from '../engine/row-change';
import { audit } from './table';

/** Every event of an engagement, to be looked through. Sentences are made when it is read, so wording needs no rebuild. */
export const auditProjection: Projection = {
  name: 'audit',
  version: 1,
  tables: [audit],
  on: {},
  onEngagementEvent: ({ actor, ...event }) => [put(audit, { ...event, actorId: actor.id, actorRole: actor.role })],
};
