import type { Id } from '../../src/engagement/values';
import type { Queryable } from '../../src/platform/database';
import { selectList } from '../engine/table';
import { participants, type ParticipantRow } from './table';

type Participant = ParticipantRow & { readonly participantId: Id };

/** The person; null for one who is not registered. */
export async function readParticipant(db: Queryable, tenantId: string, id: Id): Promise<Participant | null> {
  const { rows } = await db.query<Participant>({
    name: 'participant',
    text: `SELECT ${selectList(participants, 't')} FROM ${participants.name} t WHERE t.tenant_id = $1 AND t.participant_id = $2`,
    values: [tenantId, id],
  });
  return rows[0] ?? null;
}

/** The names of those of the people who are registered. */
export async function readNames(db: Queryable, tenantId: string, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  const { rows } = await db.query<{ id: Id; name: string }>({
    name: 'names of participants',
    text: `SELECT participant_id AS id, name FROM ${participants.name} WHERE tenant_id = $1 AND participant_id = ANY ($2)`,
    values: [tenantId, ids],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
