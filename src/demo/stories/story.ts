import type { Id, Instant, PartyName } from '../../engagement/values';
import { uuidV5 } from '../../platform/ids';

/** Keeps the ids of what is told in stories apart from all others. */
const NAMESPACE = '9a1f4d3e-6f0c-4f55-8a38-0c6b2f7d51aa';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

export type Character = {
  readonly id: Id;
  readonly role: PartyName | 'supervisor';
  readonly name: string;
  readonly email: string;
};

/** One request to the API, on its day. */
export type Step = {
  readonly at: Instant;
  readonly as: Character;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/v1`. */
  readonly path: string;
  /** A text that `eventOf` made stands for the id of an event of an earlier step. */
  readonly body: JsonObject;
  /** The same in every run, unlike that of any other step: the request is carried out once however often it is sent. */
  readonly key: string;
  /** Why a supervisor looks; null for everybody else. */
  readonly accessReason: string | null;
};

/** A coaching case: the requests that tell it, in the order of time. */
export type Story = {
  readonly name: string;
  readonly engagementId: Id;
  readonly client: Character;
  readonly steps: readonly Step[];
};

export const idOf = (story: string, thing: string): Id => uuidV5(NAMESPACE, `${story}/${thing}`);

export function character(story: string, role: Character['role'], name: string): Character {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
  return { id: idOf(story, `${role} ${name}`), role, name, email };
}

const EVENT = 'event of step ';

/** Stands in a body for the id of the first event that an earlier step caused. */
export const eventOf = (key: string): string => EVENT + key;

/** The body as it is sent, with the ids of events in place of what `eventOf` put there. */
export function withEventIds(body: Json, eventIdOf: (key: string) => Id): Json {
  if (typeof body === 'string') return body.startsWith(EVENT) ? eventIdOf(body.slice(EVENT.length)) : body;
  if (Array.isArray(body)) return body.map((element: Json) => withEventIds(element, eventIdOf));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, withEventIds(value, eventIdOf)]));
}

/** What a story is written with: `send` for a command, `look` for a query. `…` in a path is the engagement's. */
export type Pen = {
  readonly send: (at: Instant, as: Character, request: string, key: string, body?: JsonObject) => Step;
  readonly look: (at: Instant, as: Character, path: string, key: string, accessReason?: string) => Step;
};

export function penFor(story: string, engagementId: Id): Pen {
  const whole = (path: string): string => path.replace('…', `/engagements/${engagementId}`);
  return {
    send: (at, as, request, key, body = {}) => {
      const [method, path = ''] = request.split(' ');
      return {
        at,
        as,
        method: method === 'PUT' ? 'PUT' : 'POST',
        path: whole(path),
        body,
        key: `demo/${story}/${key}`,
        accessReason: null,
      };
    },
    look: (at, as, path, key, accessReason) => ({
      at,
      as,
      method: 'GET',
      path: whole(path),
      body: {},
      key: `demo/${story}/${key}`,
      accessReason: accessReason ?? null,
    }),
  };
}
