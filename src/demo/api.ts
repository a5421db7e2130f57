import type { Id, Role } from '../engagement/values';
import { TENANT } from './settings';

/** In whose name a request is sent. */
export type Reader = { readonly id: Id; readonly role: Role };

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

type Request = {
  readonly as: Reader;
  readonly method: string;
  /** Below `/v1`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** The running server as any client has it: over HTTP, with a token. */
export type Api = {
  readonly url: string;
  readonly send: (request: Request) => Promise<Answer>;
  /** The body of an answer that is expected to be a 200. */
  readonly get: <Body>(as: Reader, path: string, headers?: Readonly<Record<string, string>>) => Promise<Body>;
  /** All items of a list, page after page. */
  readonly list: <Item>(
    as: Reader,
    path: string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<readonly Item[]>;
};

const PATIENCE = 20;

/** Tokens are fetched as they are needed, and again when they have expired on the clock that the demo moves. */
export function createApi(url: string): Api {
  const tokens = new Map<string, string>();

  const fetchToken = async ({ id, role }: Reader): Promise<string> => {
    const response = await fetch(`${url}/dev/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tenant: TENANT, sub: id, roles: [role] }),
    });
    const { token } = (await response.json()) as { token: string };
    return token;
  };

  const attempt = async (request: Request, token: string): Promise<Answer> => {
    const { method, path, headers, body } = request;
    const response = await fetch(`${url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };

  const send = async (request: Request): Promise<Answer> => {
    const key = `${request.as.role} ${request.as.id}`;
    for (let tries = 1; ; tries += 1) {
      const token = tokens.get(key) ?? (await fetchToken(request.as));
      tokens.set(key, token);
      const answer = await attempt(request, token);
      // 503: the read model is still on its way to what was just recorded.
      if (tries === PATIENCE || (answer.status !== 401 && answer.status !== 503)) return answer;
      if (answer.status === 401) tokens.delete(key);
    }
  };

  const get = async <Body>(as: Reader, path: string, headers?: Readonly<Record<string, string>>): Promise<Body> => {
    const answer = await send({ as, method: 'GET', path, ...(headers ? { headers } : {}) });
    if (answer.status !== 200) throw new UnexpectedAnswer(`GET ${path}`, answer);
    return answer.body as Body;
  };

  return {
    url,
    send,
    get,
    list: async <Item>(
      as: Reader,
      path: string,
      headers?: Readonly<Record<string, string>>,
    ): Promise<readonly Item[]> => {
      const items: Item[] = [];
      const query = path.includes('?') ? '&' : '?';
      for (let cursor: string | null = ''; cursor !== null;) {
        const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page: { items: Item[]; next: string | null } = await get(as, `${path}${query}limit=200${from}`, headers);
        items.push(...page.items);
        cursor = page.next;
      }
      return items;
    },
  };
}

/** An answer that the demo can't go on with. */
export class UnexpectedAnswer extends Error {
  constructor(
    request: string,
    readonly answer: Answer,
  ) {
    super(`${request} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
    this.name = 'UnexpectedAnswer';
  }
}
