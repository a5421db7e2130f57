import type { Pool, PoolClient } from 'pg';
import { CHECKPOINT_CHANNEL } from './checkpoints';

export type CheckpointListener = {
  /** There is someone to keep informed: looks at once, and from then on whenever a checkpoint moves. */
  readonly wake: () => void;
  /** Resolves when what is known is at least as new as this call. */
  readonly refreshed: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * One listening connection for everyone who waits, and a poll as its backup. However many notifications come while a
 * look is in progress, one more look follows.
 */
export function createCheckpointListener(options: {
  readonly pool: Pool;
  /** Reads the checkpoints and answers whom it can. */
  readonly refresh: () => Promise<void>;
  /** Whether anyone waits. */
  readonly isWanted: () => boolean;
  readonly pollMs: number;
}): CheckpointListener {
  const { pool, isWanted, pollMs } = options;
  let client: PoolClient | undefined;
  let connecting: Promise<void> | undefined;
  let running: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  let poll: NodeJS.Timeout | undefined;
  let closed = false;

  const refreshed = (): Promise<void> => {
    if (!running) {
      running = options.refresh().finally(() => {
        running = undefined;
      });
      return running;
    }
    // What is being read now may be older than this call.
    following ??= running
      .catch(() => undefined)
      .then(() => {
        following = undefined;
        return refreshed();
      });
    return following;
  };

  const look = (): void => {
    // Whoever waits is answered by the poll once the database can be asked again, or by their own time limit.
    refreshed().catch(() => undefined);
  };

  const listen = async (): Promise<void> => {
    const connected = await pool.connect();
    const drop = (error?: Error): void => {
      if (client !== connected) return;
      client = undefined;
      connected.release(error ?? true);
    };
    if (closed) {
      connected.release();
      return;
    }
    client = connected;
    connected.on('error', drop);
    connected.on('end', drop);
    connected.on('notification', () => {
      if (isWanted()) look();
    });
    try {
      await connected.query(`LISTEN ${CHECKPOINT_CHANNEL}`);
      // A checkpoint may have moved before there was anyone to hear it.
      look();
    } catch (error) {
      drop(error instanceof Error ? error : undefined);
    }
  };

  const ensureListening = (): void => {
    if (client || connecting || closed) return;
    connecting = listen()
      .catch(() => undefined)
      .finally(() => {
        connecting = undefined;
      });
  };

  const keepLooking = (): void => {
    poll ??= setTimeout(() => {
      poll = undefined;
      if (!isWanted() || closed) return;
      ensureListening();
      look();
      keepLooking();
    }, pollMs);
  };

  return {
    wake: () => {
      if (closed) return;
      ensureListening();
      look();
      keepLooking();
    },
    refreshed,
    close: async () => {
      closed = true;
      clearTimeout(poll);
      await connecting;
      await Promise.allSettled([running, following]);
      const listening = client;
      client = undefined;
      listening?.release(true);
    },
  };
}
