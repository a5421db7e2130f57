import { randomUUID } from 'node:crypto';
import { StartError } from '../../platform/start-error';
import type { AppendChannel } from './append-channel';
import { reasonOf, unavailable } from './failures';
import type { Reads } from './reads';

const TYPE = 'LogNamed';
/** How often the name is looked up and written in turn, should others write it meanwhile. */
const TRIES = 5;

/**
 * The log's id: kept in a stream of its own, where whoever asks first writes it. EventStoreDB has none that would stay the
 * same over a restored backup and on every node.
 */
export function createLogId(reads: Reads, channel: AppendChannel, stream: string): () => Promise<string> {
  let known: Promise<string> | undefined;

  async function find(): Promise<string> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const id = await read();
      if (id !== null) return id;
      await write();
    }
    throw unavailable(`the name of the log can't be written to its stream ${stream}`);
  }

  async function read(): Promise<string | null> {
    for await (const [first] of reads.stream(stream, 0n, 1)) {
      const data: unknown = first?.data;
      if (typeof data === 'object' && data !== null && 'logId' in data && typeof data.logId === 'string') {
        return data.logId;
      }
      throw new StartError(`The stream ${stream} of EventStoreDB does not begin with the name of the log: empty it.`);
    }
    return null;
  }

  async function write(): Promise<void> {
    const event = {
      eventId: randomUUID(),
      type: TYPE,
      data: Buffer.from(JSON.stringify({ logId: randomUUID() })),
      metadata: Buffer.from('{}'),
    };
    const outcome = await channel.send({ name: stream, expected: 'no-stream', events: [event] });
    if (outcome.kind === 'undone') throw unavailable(reasonOf(outcome.error), outcome.error);
    if (outcome.kind !== 'refused') return;
    throw new StartError(
      `This log has no name yet, and the user of EVENTSTOREDB_URL may not write it to the stream ${stream}: ` +
        'start once with a user who may.',
      { cause: outcome.error },
    );
  }

  return () => {
    known ??= find().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
