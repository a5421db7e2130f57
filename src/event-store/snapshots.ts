/**
 * The folded state of a stream at a revision. A cache, never the truth: droppable at any time, and of no use to a fold
 * of another version.
 */
export type Snapshot = {
  readonly revision: bigint;
  /** JSON. */
  readonly state: object;
};

/** Where snapshots are kept. A failure to read or write one must not fail a command: callers treat it as a miss. */
export type Snapshots = {
  /** The newest snapshot that this version of the fold made; null when there is none. */
  load(stream: string, foldVersion: string): Promise<Snapshot | null>;
  save(stream: string, foldVersion: string, snapshot: Snapshot): Promise<void>;
};
