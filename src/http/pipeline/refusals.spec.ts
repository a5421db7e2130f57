import type { LightMyRequestResponse } from 'fastify';
import { createHttpApp, type HttpApp, SECRET } from '../../../test/support/http-app';

const id = '6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f';
const path = `/v1/engagements/${id}/pause`;
const json = { 'content-type': 'application/json' };
const huge = JSON.stringify({ reason: 'x'.repeat(70_000) });

let http: HttpApp;

beforeAll(async () => {
  http = await createHttpApp();
});

afterAll(async () => {
  await http.close();
});

function problem(answer: LightMyRequestResponse): Record<string, unknown> {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const body = answer.json<Record<string, unknown>>();
  expect(body).toEqual({
    type: `urn:cairn:problem:${String(body.code)}`,
    title: expect.any(String),
    status: answer.statusCode,
    detail: expect.stringMatching(/.{10}/),
    code: expect.any(String),
    errors: expect.any(Array),
    ...(body.rule === undefined ? {} : { rule: expect.any(Number) }),
  });
  return body;
}

describe('which refusal comes first', () => {
  /** A request with every fault there is; each step mends the one that was refused. */
  const faults = {
    token: false,
    path: '/v1/nothing',
    key: 'taken',
    payload: huge,
    type: 'text/plain',
    body: '{"reason": ""',
  };

  const send = (more: Partial<typeof faults>) => {
    const given = { ...faults, ...more };
    return http.ask('POST', given.path, given.payload, {
      'idempotency-key': given.key,
      'content-type': given.type,
      'if-match': '7',
      ...(given.token ? {} : { authorization: 'Bearer nonsense' }),
    });
  };

  it('goes 401, 404, 405, 422, 413, 415, 400 for syntax, 400 for fields, then the handler', async () => {
    const first = await http.ask('POST', path, { reason: 'First' }, { 'idempotency-key': 'taken' });
    expect(first.statusCode).toBe(200);

    const steps: readonly (readonly [number, Partial<typeof faults>])[] = [
      [401, {}],
      [404, { token: true }],
      [405, { token: true, path: '/v1/participants/x' }],
      [422, { token: true, path }],
      [413, { token: true, path, key: 'free' }],
      [415, { token: true, path, key: 'free', payload: faults.body }],
      [400, { token: true, path, key: 'free', payload: faults.body, ...{ type: 'application/json' } }],
    ];
    for (const [status, more] of steps) {
      const answer = await send(more);
      expect([status, answer.statusCode]).toEqual([status, status]);
      problem(answer);
    }
    const unparsable = problem(
      await send({ token: true, path, key: 'free', payload: '{"a"', type: 'application/json' }),
    );
    expect(unparsable.errors).toEqual([{ path: '', message: expect.stringContaining('is not valid JSON') }]);
    const fields = problem(
      await send({ token: true, path: path.replace(id, 'x'), key: 'free', payload: '{}', type: 'application/json' }),
    );
    expect(fields.errors).toEqual([
      { path: 'engagementId', message: 'expected a UUID' },
      { path: 'If-Match', message: expect.any(String) },
      { path: 'reason', message: expect.stringContaining('is missing') },
    ]);
  });

  it('a malformed key is 400, after 413 and 415', async () => {
    for (const key of ['', 'x'.repeat(201), 'with blank', 'ümlaut']) {
      const headers = { 'idempotency-key': key };
      expect((await http.ask('POST', path, huge, { ...headers, ...json })).statusCode).toBe(413);
      const answer = await http.ask('POST', path, { reason: 'x' }, headers);
      expect(problem(answer).errors).toEqual([expect.objectContaining({ path: 'Idempotency-Key' })]);
    }
  });
});

describe('401', () => {
  it.each([
    ['GET', '/v1'],
    ['GET', '/v1/'],
    ['GET', '/v1/nothing'],
    ['DELETE', '/v1/engagements'],
    ['OPTIONS', '/v1/engagements'],
    ['GET', '/%761/engagements'],
    ['GET', '/v1/engagements/%zz'],
    ['POST', path],
  ] as const)('%s %s without a token', async (method, url) => {
    const answer = await http.inject({ method, url });
    expect(answer.statusCode).toBe(401);
    expect(problem(answer).code).toBe('unauthenticated');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it.each(['/', '/nothing', '/v', '/v10/engagements', '/health', '/docs/nothing'])(
    'not at %s, where there is nothing either',
    async (url) => {
      const answer = await http.inject({ method: 'GET', url });
      expect(answer.statusCode).toBe(404);
      expect(problem(answer).code).toBe('not-found');
    },
  );
});

describe('404 and 405', () => {
  it.each([
    ['GET', `/v1/engagements/${id}/`],
    ['GET', '/v1/engagements/'],
    ['GET', '/v1/engagements//progress'],
    ['POST', `/v1/engagements/${id}/goals//accept`],
    ['GET', '/V1/engagements'],
    ['POST', `/v1/engagements/${id}/goals/${id}/accept/`],
  ] as const)('%s %s is unknown', async (method, url) => {
    expect(problem(await http.ask(method, url)).code).toBe('not-found');
  });

  it.each([
    ['DELETE', '/v1/engagements', 'GET, HEAD, POST'],
    ['PUT', `/v1/engagements/${id}`, 'GET, HEAD'],
    ['OPTIONS', `/v1/engagements/${id}`, 'GET, HEAD'],
    ['POST', `/v1/engagements/${id}/vision`, 'PUT'],
    ['GET', `/v1/engagements/${id}/start`, 'POST'],
    ['GET', '/v1/engagements/not-an-id/start', 'POST'],
    ['GET', `/v1/engagements/${id}/goals/priorities`, 'POST'],
    ['GET', `/v1/engagements/${id}/goals`, 'POST'],
    ['POST', '/openapi.json', 'GET, HEAD'],
    ['GET', '/dev/tokens', 'POST'],
    ['DELETE', '/metrics', 'GET, HEAD'],
  ] as const)('%s %s allows %s', async (method, url, allow) => {
    const answer = await http.ask(method, url);
    expect(answer.statusCode).toBe(405);
    expect(problem(answer).code).toBe('method-not-allowed');
    expect(answer.headers.allow).toBe(allow);
  });
});

describe('400 for paths', () => {
  it.each(['/v1/engagements/%zz', '/v1/engagements/%ff', '/%'])('%s can not be read', async (url) => {
    const answer = await http.ask('GET', url);
    expect(answer.statusCode).toBe(400);
    expect(problem(answer).code).toBe('invalid-request');
    expect(answer.headers['x-request-id']).toEqual(expect.any(String));
  });

  it('names a malformed id, however long', async () => {
    for (const wrong of ['x', 'x'.repeat(3_000), `${id}0`, `${id}%00`]) {
      const answer = await http.ask('GET', `/v1/engagements/${wrong}/progress`);
      expect(answer.statusCode).toBe(400);
      expect(problem(answer).errors).toEqual([{ path: 'engagementId', message: 'expected a UUID' }]);
    }
  });
});

describe('requests a minute', () => {
  it('are counted for each caller', async () => {
    const limited = await createHttpApp({ rateLimit: 2, secret: SECRET });
    const url = `/v1/engagements/${id}`;
    const other = { authorization: `Bearer ${await limited.token()}` };
    expect([await limited.ask('GET', url), await limited.ask('GET', url)].map((answer) => answer.statusCode)).toEqual([
      200, 200,
    ]);
    const answer = await limited.ask('GET', url);
    expect(answer.statusCode).toBe(429);
    expect(problem(answer).code).toBe('too-many-requests');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await limited.ask('GET', '/v1/nothing')).statusCode).toBe(404);
    expect((await limited.inject({ method: 'GET', url, headers: other })).statusCode).toBe(200);
    await limited.close();
  });
});
