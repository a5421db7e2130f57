import { Client } from 'pg';
import { failureOf, NotSent } from './failures';

/** Given back to the server when nobody used it for so long. */
const IDLE_MS = 10_000;

export type Lane = {
  /**
   * Lends the connection to `work`, to one at a time. Work that takes longer than the time limit fails, as lost.
   * @throws {NotSent} there is no connection to be had.
   */
  use<T>(work: (client: Client) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/**
 * A connection of its own beside the pool, made when it is needed: what goes through it never waits behind queries, and
 * is spared what lending by the pool costs each time.
 */
export function createLane(connectionString: string, timeoutMs: number): Lane {
  let open: Client | undefined;
  let busy = false;
  // One timer each that is set back, not two new ones for every use.
  const watchdog = setTimeout(() => {
    if (busy) giveUp();
  }, timeoutMs).unref();
  const idle = setTimeout(() => {
    if (!busy) giveUp();
  }, IDLE_MS).unref();

  function giveUp(): void {
    const client = open;
    open = undefined;
    // Whatever waits for an answer on it is told that the connection ended.
    client?.end().catch(() => undefined);
  }

  async function connect(): Promise<Client> {
    const client = new Client({
      connectionString,
      application_name: 'cairn appends',
      keepAlive: true,
      connectionTimeoutMillis: timeoutMs,
    });
    const forget = () => {
      if (open === client) open = undefined;
    };
    // The work in progress is told of it too.
    client.on('error', forget);
    client.on('end', forget);
    try {
      await client.connect();
    } catch (error) {
      throw new NotSent(error instanceof Error ? error.message : String(error), { cause: error });
    }
    return client;
  }

  return {
    use: async (work) => {
      open ??= await connect();
      busy = true;
      watchdog.refresh();
      try {
        return await work(open);
      } catch (error) {
        if (failureOf(error) === 'lost') giveUp();
        throw error;
      } finally {
        busy = false;
        idle.refresh();
      }
    },
    close: async () => {
      clearTimeout(watchdog);
      clearTimeout(idle);
      const client = open;
      open = undefined;
      await client?.end().catch(() => undefined);
    },
  };
}
