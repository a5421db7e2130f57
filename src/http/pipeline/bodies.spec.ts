import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { LightMyRequestResponse } from 'fastify';
import { createHttpApp, type HttpApp } from '../../../test/support/http-app';

const id = '6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f';
const path = `/v1/engagements/${id}/pause`;
const json = { 'content-type': 'application/json' };

let http: HttpApp;

beforeAll(async () => {
  http = await createHttpApp();
});

afterAll(async () => {
  await http.close();
});

const problem = (answer: LightMyRequestResponse): Record<string, unknown> => {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  return answer.json<Record<string, unknown>>();
};

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
