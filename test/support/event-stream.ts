/** A server-sent event as it came. */
type Frame = { readonly id: string; readonly event: string; readonly data: any };

/** A live feed that a test reads as far as it wants. */
export type LiveFeed = {
  readonly status: number;
  readonly headers: Headers;
  /** The next so many events. @throws when the stream ends before */
  readonly take: (count: number) => Promise<readonly Frame[]>;
  /** Resolves when the server has ended it. */
  readonly ended: () => Promise<void>;
  readonly close: () => void;
};

export async function openLiveFeed(
  url: string,
  token: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<LiveFeed> {
  const closing = new AbortController();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...headers },
    signal: closing.signal,
  });
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  const frames: Frame[] = [];
  let text = '';

  const readOn = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    if (done) return false;
    text += decoder.decode(value, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => [line.split(':', 1)[0], line.slice(line.indexOf(': ') + 2)]),
      );
      const data = fields.get('data');
      if (data !== undefined) {
        frames.push({ id: fields.get('id') ?? '', event: fields.get('event') ?? '', data: JSON.parse(data) });
      }
    }
    return true;
  };

  return {
    status: response.status,
    headers: response.headers,
    take: async (count) => {
      while (frames.length < count)
        if (!(await readOn())) throw new Error(`The feed ended after ${frames.length} events.`);
      return frames.splice(0, count);
    },
    ended: async () => {
      while (await readOn());
    },
    close: () => {
      closing.abort();
    },
  };
}
