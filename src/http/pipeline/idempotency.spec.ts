import { createHttpApp, type HttpApp } from '../../../test/support/http-app';
import { Refused } from '../../application/refused';
import { AppendOutcomeUnknown } from '../../event-store/event-store';

const id = '6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f';
const second = '0b7e3c52-1f4a-4d6b-8c9e-5a2d7f8e1b30';
const path = `/v1/engagements/${id}/goals/${id}/progress`;
const body = { value: 3, observedOn: '2026-03-30', rater: 'client', note: 'ä' };

let http: HttpApp;
let keys = 0;

beforeAll(async () => {
  http = await createHttpApp();
});

afterAll(async () => {
  await http.close();
});

const newKey = (): string => `key-${(keys += 1)}`;
const lastCommand = () => {
  const message = http.commands.at(-1);
  if (!message) throw new Error('No command was sent.');
  return message;
};
const send = (key: string, payload: unknown = body, url = path, headers: Record<string, string> = {}) =>
  http.ask('POST', url, payload, { 'idempotency-key': key, ...headers });

describe('the same request again', () => {
  it('gives the first answer again, and is not carried out', async () => {
    const key = newKey();
    const first = await send(key);
    const sent = http.commands.length;
    const again = await send(key);
    expect(http.commands).toHaveLength(sent);
    expect([again.statusCode, again.body]).toEqual([first.statusCode, first.body]);
    for (const name of ['etag', 'event-position', 'content-type'])
      expect(again.headers[name]).toBe(first.headers[name]);
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
  });

  it('keeps 201', async () => {
    const key = newKey();
    const notes = `/v1/engagements/${id}/notes`;
    const note = { visibility: 'shared', text: 'x' };
    expect([(await send(key, note, notes)).statusCode, (await send(key, note, notes)).statusCode]).toEqual([201, 201]);
  });

  it.each([
    ['its fields in another order', '{"note":"\\u00e4","rater":"client","observedOn":"2026-03-30","value":3.0}', path],
    ['blanks', JSON.stringify(body, null, 4), path],
    ['ids in capitals', JSON.stringify(body), path.replaceAll(id, id.toUpperCase())],
  ])('may have %s', async (_what, payload, url) => {
    const key = newKey();
    const first = await send(key);
    const again = await send(key, payload, url, { 'content-type': 'application/json' });
    expect([again.statusCode, again.body]).toEqual([200, first.body]);
  });

  it('may lack a body where it was {}', async () => {
    const key = newKey();
    const start = `/v1/engagements/${id}/start`;
    const first = await send(key, {}, start);
    expect((await send(key, '', start)).body).toBe(first.body);
  });

  it('is looked up before its type and its other headers are looked at', async () => {
    const key = newKey();
    const first = await send(key);
    const again = await send(key, JSON.stringify(body), path, { 'content-type': 'text/plain', 'if-match': 'x' });
    expect([again.statusCode, again.body]).toEqual([200, first.body]);
  });
});

describe('another request with the key', () => {
  it.each([
    ['another body', { ...body, value: 4 }, path],
    ['another path', body, path.replace('progress', 'attainment')],
    ['a query string', body, `${path}?x=1`],
    ['a body that is no JSON', '{', path],
    ['a body that is too long', { ...body, note: 'x'.repeat(70_000) }, path],
    ['no body', '', path],
  ])('is 422 with %s', async (_what, payload, url) => {
    const key = newKey();
    await send(key);
    const answer = await send(key, payload, url, { 'content-type': 'application/json' });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, 'idempotency-mismatch']);
  });

  it('is its own when another caller or tenant sends it', async () => {
    const key = newKey();
    await send(key);
    const sent = http.commands.length;
    const authorization = `Bearer ${await http.token()}`;
    expect((await send(key, { ...body, value: 4 }, path, { authorization })).statusCode).toBe(200);
    expect(http.commands).toHaveLength(sent + 1);
  });
});

describe('a refusal is not kept', () => {
  it.each([
    ['of the handler', () => send('refused-1'), 409],
    ['for its fields', () => send('refused-2', { ...body, value: 'x' }), 400],
    ['for its type', () => send('refused-3', JSON.stringify(body), path, { 'content-type': 'text/plain' }), 415],
    ['for its length', () => send('refused-4', { ...body, note: 'x'.repeat(70_000) }), 413],
  ])('%s', async (_what, refused, status) => {
    const plain = http.answerCommand;
    http.answerCommand = () => {
      throw new Refused('wrong-state', 'It is paused.');
    };
    const first = await refused();
    http.answerCommand = plain;
    expect(first.statusCode).toBe(status);
    const key = String(first.raw.req.headers['idempotency-key']);
    expect((await send(key, { ...body, value: 4 })).statusCode).toBe(200);
  });
});

describe('after a fault nobody knows what became of the command', () => {
  it.each([
    ['an outcome that is not known', new AppendOutcomeUnknown('a stream'), 503],
    ['a bug', new Error('a bug'), 500],
  ])('%s leaves the key to the same request', async (_what, error, status) => {
    const key = newKey();
    const plain = http.answerCommand;
    http.answerCommand = () => {
      throw error;
    };
    expect((await send(key)).statusCode).toBe(status);
    http.answerCommand = plain;
    const { commandId } = lastCommand().envelope;
    const sent = http.commands.length;
    for (const other of [await send(key, { ...body, value: 4 }), await send(key, body, path.replace(id, second))]) {
      expect([other.statusCode, other.json<{ code: string }>().code]).toEqual([422, 'idempotency-mismatch']);
    }
    expect(http.commands).toHaveLength(sent);
    expect((await send(key)).statusCode).toBe(200);
    expect(lastCommand().envelope.commandId).toBe(commandId);
    expect((await send(key, { ...body, value: 4 })).statusCode).toBe(422);
  });
});

describe('what keys are not for', () => {
  it('a query ignores them, however they look', async () => {
    const answer = await http.ask('GET', `/v1/engagements/${id}`, undefined, { 'idempotency-key': 'with blank' });
    expect(answer.statusCode).toBe(200);
  });
});

describe('the records of keys', () => {
  it('that can not be reached are 503', async () => {
    const broken = await createHttpApp({
      idempotency: { claim: () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })) },
    });
    const answer = await broken.ask('POST', path, body, { 'idempotency-key': 'x' });
    expect([answer.statusCode, answer.headers['retry-after'], broken.commands]).toEqual([503, '1', []]);
    await broken.close();
  });

  it('that fail after the command do not take its answer away', async () => {
    const fail = () => Promise.reject(new Error('gone'));
    const broken = await createHttpApp({
      idempotency: {
        claim: () => Promise.resolve({ kind: 'claimed', claim: { keep: fail, release: fail, leaveOpen: fail } }),
      },
    });
    expect((await broken.ask('POST', path, body, { 'idempotency-key': 'x' })).statusCode).toBe(200);
    expect((await broken.ask('POST', path, {}, { 'idempotency-key': 'x' })).statusCode).toBe(400);
    expect(broken.log.join('')).toContain('could not be ended');
    await broken.close();
  });

  it('whose first request takes too long say so', async () => {
    const busy = await createHttpApp({ idempotency: { claim: () => Promise.resolve({ kind: 'busy' }) } });
    const answer = await busy.ask('POST', path, body, { 'idempotency-key': 'x' });
    expect([answer.statusCode, answer.headers['retry-after'], busy.commands]).toEqual([503, '5', []]);
    expect(answer.json<{ detail: string }>().detail).toMatch(/still in progress: send it again later\.$/);
    await busy.close();
  });
});
