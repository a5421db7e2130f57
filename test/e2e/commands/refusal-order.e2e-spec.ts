import { randomUUID } from 'node:crypto';
import { expectProblem } from '../../support/answers';
import { anEngagement, done, now, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn, type Answer } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const json = { 'content-type': 'application/json' };
const text = { 'content-type': 'text/plain' };
const large = JSON.stringify({ description: 'x'.repeat(70_000) });
const setback = { description: 'A rejection' };
const stale = { 'if-match': '"0"' };

const without = (path: string, method: string, body: string, headers: Record<string, string> = json) =>
  fetch(new URL(`/v1${path}`, cairn.url), { method, body, headers });

type Send = (on: Case, key: Record<string, string>) => Promise<Answer>;

/** In each both are wrong, and the first one is told. */
const pairs: readonly (readonly [first: string, second: string, status: number, code: string, send: Send])[] = [
  ['unknown path', '413', 404, 'not-found', (on) => on.coach.raw('POST', on.at('/nothing'), large, json)],
  [
    'unknown path',
    'malformed id',
    404,
    'not-found',
    (on) => on.coach.raw('POST', '/engagements/x/nothing', '{}', json),
  ],
  ['unknown method', '413', 405, 'method-not-allowed', (on) => on.coach.raw('PUT', on.at('/setbacks'), large, json)],
  ['unknown method', '415', 405, 'method-not-allowed', (on) => on.coach.raw('DELETE', on.at('/vision'), 'x', text)],
  [
    'key',
    '413',
    422,
    'idempotency-mismatch',
    (on, key) => on.coach.raw('POST', on.at('/setbacks'), large, { ...json, ...key }),
  ],
  [
    'key',
    '415',
    422,
    'idempotency-mismatch',
    (on, key) => on.coach.raw('POST', on.at('/setbacks'), 'x', { ...text, ...key }),
  ],
  ['key', '400', 422, 'idempotency-mismatch', (on, key) => on.post('/setbacks', { description: '' }, on.coach, key)],
  [
    'key',
    '404',
    422,
    'idempotency-mismatch',
    (on, key) => on.coach.post(`/engagements/${randomUUID()}/setbacks`, setback, key),
  ],
  ['key', '403', 422, 'idempotency-mismatch', (on, key) => on.post(`/goals/${randomUUID()}/accept`, {}, on.coach, key)],
  ['413', '415', 413, 'body-too-large', (on) => on.coach.raw('POST', on.at('/setbacks'), large, text)],
  [
    '413',
    '404',
    413,
    'body-too-large',
    (on) => on.coach.raw('POST', `/engagements/${randomUUID()}/start`, large, json),
  ],
  ['415', '400', 415, 'unsupported-media-type', (on) => on.coach.raw('POST', on.at('/setbacks'), '{"broken', text)],
  [
    '415',
    '404',
    415,
    'unsupported-media-type',
    (on) => on.coach.raw('POST', `/engagements/${randomUUID()}/start`, 'x', text),
  ],
  ['400', '404', 400, 'invalid-request', (on) => on.coach.post(`/engagements/${randomUUID()}/setbacks`, {})],
  ['400', '403', 400, 'invalid-request', (on) => on.post('/notes', {}, on.client)],
  ['400', '412', 400, 'invalid-request', (on) => on.post('/setbacks', {}, on.coach, stale)],
  ['400', '409', 400, 'invalid-request', (on) => on.post('/start', { more: 1 })],
  [
    '400 of a header',
    '404',
    400,
    'invalid-request',
    (on) => on.post(`/goals/${randomUUID()}/resume`, {}, on.coach, { 'if-match': '0' }),
  ],
  ['404', '403', 404, 'not-found', (on) => on.post(`/goals/${randomUUID()}/accept`, {}, on.coach)],
  ['404', '412', 404, 'not-found', (on) => on.post(`/goals/${randomUUID()}/resume`, {}, on.coach, stale)],
  ['403', '412', 403, 'forbidden', (on) => on.post('/start', {}, on.client, stale)],
  ['403', '409', 403, 'forbidden', (on) => on.post('/start', {}, on.client)],
  ['412', '409', 412, 'revision-stale', (on) => on.post('/start', {}, on.coach, stale)],
];

describe('Which refusal comes first', () => {
  let on: Case;
  const key = { 'idempotency-key': randomUUID() };
  beforeAll(async () => {
    on = await anEngagement(cairn);
    done(await on.post('/setbacks', setback, on.coach, key));
  });

  it.each(pairs)('%s before %s', async (_, __, status, code, send) => {
    expectProblem(await send(on, key), status, code);
  });

  it.each([
    ['an unknown path', 'POST', '/nothing', '{}', json],
    ['an unknown method', 'PATCH', '/engagements', '{}', json],
    ['a body that is too large', 'POST', '/engagements', large, json],
    ['another media type', 'POST', '/engagements', 'x', text],
    ['a malformed body', 'POST', '/engagements', '{"broken', json],
  ] as const)('401 before %s', async (_, method, path, body, headers) => {
    const answer = await without(path, method, body, headers);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'unauthenticated', status: 401 });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });
});
