import type { EventStore } from '../event-store/event-store';
import type { Pool } from '../platform/database';
import type { VerifiedModel } from './fold';
import { verifiedModels } from './models';
import type { ReadReached } from './reached';

/** What is verified against what. */
export type Verification = {
  readonly pool: Pool;
  /** The log, with every event in today's version. */
  readonly store: Pick<EventStore, 'readStream' | 'readAll' | 'streamRevision' | 'countAfter'>;
  /** The tenants'. */
  readonly timeZone: string;
  /** How far the rows have come; `readCheckpoints` for those that serve queries. */
  readonly readReached: ReadReached;
  /**
   * The table in the database, with its schema, that holds the rows of a read model's table: a version that is being
   * rebuilt has them beside the ones that serve queries. The table's own name unless given.
   */
  readonly readsFrom?: (tableName: string) => string;
  /** The names of the projections whose rows are verified; all unless given. */
  readonly projections?: readonly string[];
};

export function modelsIn({ projections }: Verification): readonly VerifiedModel[] {
  return projections ? verifiedModels.filter(({ name }) => projections.includes(name)) : verifiedModels;
}

export function tableIn({ readsFrom }: Verification, tableName: string): string {
  return readsFrom ? readsFrom(tableName) : tableName;
}
