import type { OpaqueEvent } from '../../src/event-store/event-store';
import type { ProjectedEvent } from './projection';

/** A batch of the log that stands in the rows, and how long its transaction took. */
type ProjectedBatch = {
  readonly events: readonly (ProjectedEvent | OpaqueEvent)[];
  /** By name. */
  readonly projections: readonly string[];
  readonly tookMs: number;
};

/** Told of each batch that was written. It must not fail, and what it does holds up the next batch. */
export type OnProjected = (batch: ProjectedBatch) => void;
