import type { ProjectedEvent, Projection } from '../engine/projection';
import { put } from '../engine/row-change';
import { planRevisions } from './table';

/** One row a revision of a plan: what changed, why, who agreed and what triggered it. */
export const planRevisionsProjection: Projection = {
  name: 'plan-revisions',
  version: 1,
  tables: [planRevisions],
  on: {
    PlanAgreed: (event) => [
      put(planRevisions, {
        ...recorded(event),
        ...event.data,
        kind: 'agreed',
        sponsorInformed: false,
        reasonCode: null,
        reasonText: null,
        triggeredBy: [],
        changes: [],
      }),
    ],
    PlanAdapted: (event) => [put(planRevisions, { ...recorded(event), ...event.data, kind: 'adapted' })],
  },
};

function recorded({ occurredAt, recordedAt, actor, onBehalfOf, revision }: ProjectedEvent) {
  return { occurredAt, recordedAt, actorId: actor.id, actorRole: actor.role, onBehalfOf, streamRevision: revision };
}
