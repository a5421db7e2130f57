import type { Scope } from '../../projections/engine/table';

/** Whose stream it is, and so whose rows: an engagement's or a person's. */
export type Subject = {
  readonly stream: string;
  readonly scope: Scope;
  readonly tenantId: string;
  /** Of the engagement or the person. */
  readonly id: string;
};

const SCOPES: Readonly<Record<string, Scope>> = { engagement: 'engagementId', participant: 'participantId' };
const KINDS = { engagementId: 'engagement', participantId: 'participant' } as const satisfies Record<Scope, string>;

/** The subject of a stream, by the stream's name; null for a stream that no read model is made of. */
export function subjectOf(stream: string): Subject | null {
  const match = /^(engagement|participant)-([^_]+)_(.+)$/s.exec(stream);
  const [, kind = '', tenantId = '', id = ''] = match ?? [];
  const scope = SCOPES[kind];
  return scope ? { stream, scope, tenantId, id } : null;
}

/** The subject of rows with this tenant and id. */
export function subjectIn(scope: Scope, tenantId: string, id: string): Subject {
  return { stream: `${KINDS[scope]}-${tenantId}_${id}`, scope, tenantId, id };
}
