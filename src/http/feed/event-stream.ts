import type { FeedPart } from '../../application/queries/queries';
import type { JsonValue } from '../../application/queries/page';

/** How soon a reader that lost its connection comes back, in milliseconds. */
const RETRY_MS = 1_000;

/**
 * The feed as server-sent events: `id` is the cursor after the event, `event` its type, `data` the CloudEvent. Between
 * them a comment goes out every so often, with the newest cursor, so that a reader of rare types need not begin far back.
 * Pulls the next events only when the ones before have been taken.
 *
 * @param stop ends the feed: called when the reader is gone
 */
export async function* toEventStream(
  parts: AsyncIterable<FeedPart>,
  heartbeatMs: number,
  cursorOf: (place: JsonValue) => string,
  stop: () => void,
): AsyncGenerator<string> {
  const pulled = parts[Symbol.asyncIterator]();
  let passed: string | null = null;
  try {
    yield `retry: ${RETRY_MS}\n\n`;
    let next = pulled.next();
    for (;;) {
      const part = await orHeartbeat(next, heartbeatMs);
      if (part === 'heartbeat') {
        yield `${passed === null ? '' : `id: ${passed}\n`}:\n\n`;
        continue;
      }
      if (part.done) return;
      const { items, upTo } = part.value;
      passed = cursorOf(upTo);
      const frames = items.map(
        ({ event, place }) => `id: ${cursorOf(place)}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
      );
      if (frames.length > 0) yield frames.join('');
      next = pulled.next();
    }
  } finally {
    stop();
    // What is still being pulled ends by `stop`; a failure of it has nobody left to tell.
    await pulled.return?.().catch(() => undefined);
  }
}

async function orHeartbeat<T>(next: Promise<T>, heartbeatMs: number): Promise<T | 'heartbeat'> {
  let timer: NodeJS.Timeout | undefined;
  const beat = new Promise<'heartbeat'>((resolve) => {
    timer = setTimeout(resolve, heartbeatMs, 'heartbeat' as const);
  });
  try {
    return await Promise.race([next, beat]);
  } finally {
    clearTimeout(timer);
  }
}
