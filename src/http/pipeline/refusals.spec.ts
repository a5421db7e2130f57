import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
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

describe('bodies', () => {
  const send = (payload: string | Buffer, headers: Record<string, string> = json) =>
    http.ask('POST', path, payload, headers);

  it('may have 64 KB', async () => {
    const around = '{"reason":"x"'.length + 1;
    expect((await send(`{"reason":"x"${' '.repeat(65_536 - around)}}`)).statusCode).toBe(200);
    const answer = await send(`{"reason":"x"${' '.repeat(65_537 - around)}}`);
    expect(answer.statusCode).toBe(413);
    expect(problem(answer).code).toBe('body-too-large');
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'may be %s',
    async (type) => {
      expect((await send('{"reason":"x"}', { 'content-type': type })).statusCode).toBe(200);
    },
  );

  it.each([
    'text/plain',
    'application/json; charset=latin1',
    'application/jsonx',
    'nonsense',
    'application/x-www-form-urlencoded',
  ])('may not be %s', async (type) => {
    const answer = await send('{"reason":"x"}', { 'content-type': type });
    expect(answer.statusCode).toBe(415);
    expect(problem(answer).code).toBe('unsupported-media-type');
  });

  it('may not be compressed or without a type', async () => {
    expect((await send('{"reason":"x"}', { ...json, 'content-encoding': 'gzip' })).statusCode).toBe(415);
    expect((await send(Buffer.from('{"reason":"x"}'), {})).statusCode).toBe(415);
  });

  it.each([{}, json, { 'content-type': 'text/plain' }, { 'content-type': 'nonsense' }])(
    'that are empty are {}, with %j',
    async (headers) => {
      expect((await http.ask('POST', `/v1/engagements/${id}/start`, '', headers)).statusCode).toBe(200);
    },
  );

  it.each(['{', '[]', 'null', '"x"', '7', '{"reason":"x"}}', "{'reason':1}", '\u00a0'])(
    '%s is no JSON object',
    async (text) => {
      const answer = await send(text);
      expect(answer.statusCode).toBe(400);
      expect(problem(answer).errors).toEqual([{ path: '', message: expect.stringMatching(/JSON/) }]);
    },
  );

  it('says where the JSON goes wrong', async () => {
    expect(problem(await send('{"reason": x}')).detail).toMatch(/Unexpected token 'x'/);
    expect(problem(await send('{"reason": "x",}')).detail).toMatch(/position 15/);
  });

  it('must be UTF-8', async () => {
    const answer = await send(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]));
    expect(problem(answer).errors).toEqual([{ path: '', message: 'is not valid UTF-8' }]);
  });

  it('take the last of fields that are named twice, and no prototype', async () => {
    expect((await send('{"reason":"first","reason":"second"}')).statusCode).toBe(200);
    expect(http.commands.at(-1)?.envelope.data).toEqual({ reason: 'second' });
    const answer = await send('{"reason":"x","__proto__":{"polluted":true}}');
    expect(problem(answer).errors).toEqual([{ path: '__proto__', message: 'is not a field of this request' }]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('may be nested as deeply as they fit', async () => {
    const answer = await http.ask('POST', path, `{"reason":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, {
      ...json,
      'idempotency-key': 'deep',
    });
    expect(answer.statusCode).toBe(400);
  });
});

describe('over a socket', () => {
  let port: number;

  beforeAll(async () => {
    await http.app.listen(0, '127.0.0.1');
    port = (http.app.getHttpServer().address() as AddressInfo).port;
  });

  /** What the server says to these bytes, until it closes the connection. */
  const exchange = (...parts: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('error', reject);
      socket.on('close', () => {
        resolve(text);
      });
      for (const part of parts) socket.write(part);
    });

  const head = async (extra: string) =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n` +
    `Authorization: Bearer ${await http.token()}\r\n${extra}\r\n`;

  it('answers what is no HTTP with a problem', async () => {
    const answer = await exchange('NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
    expect(answer).toContain('"code":"invalid-request"');
  });

  it('answers headers that are too long with 431', async () => {
    const answer = await exchange(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    expect(answer).toContain('"status":431');
  });

  it('answers a long body that is sent in chunks with 413', async () => {
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const answer = await exchange(await head('Transfer-Encoding: chunked\r\n'), chunk.repeat(10), '0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain('"code":"body-too-large"');
  });

  it('answers a body that is announced as too long before it comes', async () => {
    const answer = await exchange(await head('Content-Length: 70000\r\n'));
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  it('reads a body in pieces, and one of length 0 in chunks', async () => {
    const sent = http.commands.length;
    const body = '{"reason":"in pieces"}';
    const whole = await head(`Content-Length: ${body.length}\r\n`);
    expect(await exchange(whole, body.slice(0, 5), body.slice(5))).toMatch(/^HTTP\/1.1 200 /);
    expect(http.commands.slice(sent).map(({ envelope }) => envelope.data)).toEqual([{ reason: 'in pieces' }]);
    expect(await exchange(await head('Transfer-Encoding: chunked\r\n'), '0\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  });

  it('goes on after a client that gives up', async () => {
    const whole = await head('Content-Length: 100\r\n');
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`${whole}{"reason"`, () => {
          socket.destroy();
          resolve();
        });
      });
    });
    expect((await http.ask('POST', path, { reason: 'x' })).statusCode).toBe(200);
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
