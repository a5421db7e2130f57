import { randomUUID } from 'node:crypto';
import { type Part, type RunningCairn, startCairn } from '../../src/composition/start';
import type { Position } from '../../src/event-store/event-store';
import type { EventStoreDbUse } from '../../src/event-store/eventstoredb/eventstoredb-event-store';
import { comparePositions, parsePosition } from '../../src/event-store/position';
import { movableClock, type MovableClock } from '../../src/platform/clock';
import { createLifecycle } from '../../src/platform/lifecycle';
import { createLogger } from '../../src/platform/logging';
import { readSettings, type Settings } from '../../src/platform/settings';
import type { Tracing } from '../../src/platform/tracing';
import { createTestDatabase } from './database';
import { openTestLog } from './test-log';

export type Headers = Readonly<Record<string, string>>;
/** `body` is the parsed JSON, the text of another content type, null when there is none. */
export type Answer = { status: number; headers: globalThis.Headers; body: any };

/** Someone with a token. Paths are relative to /v1. */
export type Caller = {
  readonly id: string;
  readonly token: () => Promise<string>;
  readonly get: (path: string, headers?: Headers) => Promise<Answer>;
  readonly post: (path: string, body?: unknown, headers?: Headers) => Promise<Answer>;
  readonly put: (path: string, body?: unknown, headers?: Headers) => Promise<Answer>;
  /** With a body that is sent as it is. */
  readonly raw: (method: string, path: string, body?: string | Buffer, headers?: Headers) => Promise<Answer>;
};

export type TestCairn = {
  readonly url: string;
  /** What the product takes for the present. */
  readonly clock: MovableClock;
  readonly running: RunningCairn;
  /** The tenant is `acme` unless named, the id a new one. */
  readonly as: (roles: string | readonly string[], sub?: string, tenant?: string) => Caller;
  /** Paths as they are, without a token. */
  readonly root: Pick<Caller, 'get' | 'post' | 'raw'>;
  /** Resolves when the read models have passed every command that was answered so far. */
  readonly settled: () => Promise<void>;
  /** Answers whether all of it stopped cleanly. */
  readonly stop: () => Promise<boolean>;
};

export type TestCairnOptions = {
  readonly now?: string;
  readonly settings?: Partial<Settings>;
  /** Default: what the role says, but no worker beside others, which would send letters while something else is looked at. */
  readonly parts?: readonly Part[];
  readonly tracing?: Tracing;
  /** How a log in EventStoreDB is used. */
  readonly eventStoreDb?: EventStoreDbUse;
};

/** The whole product in this process, on a database and a log of its own and a clock that the test moves. */
export async function startTestCairn(options: TestCairnOptions = {}): Promise<TestCairn> {
  const [database, log] = await Promise.all([createTestDatabase(), openTestLog()]);
  const clock = movableClock(new Date(options.now ?? '2026-04-01T09:00:00.000Z'));
  const logger = createLogger('silent');
  const lifecycle = createLifecycle(() => logger);
  const defaults = readSettings({ DATABASE_URL: database.url, PORT: '0', LOG_LEVEL: 'silent' });
  const settings = { ...defaults, eventStore: log.settings, ...options.settings };
  const parts = options.parts ?? (settings.role === 'all' ? (['api', 'projector'] as const) : undefined);
  const running = await startCairn({
    settings,
    eventStoreDb: { ...log.use, ...options.eventStoreDb },
    clock,
    logger,
    lifecycle,
    ...(parts ? { parts } : {}),
    ...(options.tracing ? { tracing: options.tracing } : {}),
  });
  const { url, readSide } = running;
  let newest: Position | null = null;
  const answered = (position: string): void => {
    const parsed = parsePosition(position);
    if (parsed && (!newest || comparePositions(parsed, newest) > 0)) newest = parsed;
  };
  const root = caller(url, '', '', () => Promise.resolve(null), answered);

  return {
    url,
    clock,
    running,
    root,
    as: (roles, sub = randomUUID(), tenant = 'acme') => {
      let token: Promise<string> | undefined;
      const once = () =>
        (token ??= root.post('/dev/tokens', { tenant, sub, roles: [roles].flat() }).then(({ body }) => body.token));
      return caller(url, '/v1', sub, once, answered);
    },
    settled: async () => {
      if (newest && !(await readSide.waitUntil(newest, 20_000))) throw new Error('The read models did not catch up.');
    },
    stop: async () => {
      const isClean = await lifecycle.stop();
      await Promise.all([database.drop(), log.stop()]);
      return isClean;
    },
  };
}

function caller(
  url: string,
  prefix: string,
  id: string,
  token: () => Promise<string | null>,
  answered: (position: string) => void,
): Caller {
  const raw: Caller['raw'] = async (method, path, body, headers = {}) => {
    const bearer = await token();
    const response = await fetch(`${url}${prefix}${path}`, {
      method,
      headers: { ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const position = response.headers.get('event-position');
    if (position !== null) answered(position);
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : isJson ? JSON.parse(text) : text,
    };
  };
  const send =
    (method: string): Caller['post'] =>
    (path, body, headers = {}) =>
      body === undefined
        ? raw(method, path, undefined, headers)
        : raw(method, path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  return {
    id,
    token: async () => (await token()) ?? '',
    get: (path, headers) => raw('GET', path, undefined, headers),
    post: send('POST'),
    put: send('PUT'),
    raw,
  };
}
