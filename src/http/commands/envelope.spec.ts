import { randomUUID } from 'node:crypto';
import { commandFaults, lastCommand } from '../../../test/support/command-faults';
import { createHttpApp, type HttpApp, now } from '../../../test/support/http-app';
import {
  at,
  attainmentScale,
  engagementId,
  goal,
  id,
  measure,
  other,
  reason,
  third,
} from '../../../test/support/requests/parts';
import { Refused } from '../../application/refused';

let http: HttpApp;

beforeAll(async () => {
  http = await createHttpApp();
});

afterAll(async () => {
  await http.close();
});

const last = () => lastCommand(http);
const faultsOf = (url: string, body: unknown, headers?: Record<string, string>) =>
  commandFaults(http, url, body, headers);
const pathsOf = async (url: string, body: unknown): Promise<readonly string[]> =>
  (await faultsOf(url, body)).map((fault) => fault.split(' ')[0] ?? '');

describe('an answer', () => {
  it('names what was made', async () => {
    http.answerCommand = ({ envelope }) => ({
      subjectId: envelope.subjectId,
      revision: 12,
      position: 'at-9',
      eventIds: [id, other],
      made: { goalId: third },
    });
    const answer = await http.ask('POST', at('goals'), goal);
    expect(answer.json()).toEqual({
      engagementId,
      revision: 12,
      position: 'at-9',
      eventIds: [id, other],
      goalId: third,
    });
    expect(answer.headers).toMatchObject({ etag: '"12"', 'event-position': 'at-9', 'cache-control': 'no-store' });
  });

  it('is a problem when the command is refused', async () => {
    http.answerCommand = () => {
      throw new Refused('outside-engagement', 'Choose an earlier date.', { rule: 3, path: 'dueOn' });
    };
    const answer = await http.ask('POST', at('goals'), goal);
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toEqual({
      type: 'urn:cairn:problem:outside-engagement',
      title: "The dates lie outside the engagement's",
      status: 409,
      detail: 'Choose an earlier date.',
      code: 'outside-engagement',
      errors: [{ path: 'dueOn', message: 'Choose an earlier date.' }],
      rule: 3,
    });
  });
});

describe('the envelope', () => {
  it('carries who asks, when it happened and for whom', async () => {
    const sub = randomUUID();
    const authorization = `Bearer ${await http.token(['coach', 'admin', 'coach'], sub.toUpperCase(), 'north-9')}`;
    const correlation = randomUUID();
    const causation = randomUUID();
    await http.ask(
      'POST',
      at('pause'),
      { ...reason, occurredAt: '2026-04-01T11:00:00.0009+02:00', onBehalfOf: other.toUpperCase() },
      { authorization, 'if-match': '"41"', 'x-correlation-id': correlation.toUpperCase(), 'x-causation-id': causation },
    );
    expect(last().envelope).toEqual({
      caller: { tenantId: 'north-9', id: sub, roles: ['coach', 'admin'] },
      subjectId: engagementId,
      data: reason,
      occurredAt: now,
      onBehalfOf: other,
      ifMatch: 41n,
      commandId: expect.stringMatching(/^[0-9a-f-]{14}4/),
      mayBeRepeated: false,
      correlationId: correlation,
      causationId: causation,
    });
  });

  it('has nothing where nothing is given, and the id of the request to find it by', async () => {
    const requestId = randomUUID();
    const answer = await http.ask('POST', at('pause'), reason, { 'x-request-id': requestId });
    expect(answer.headers['x-request-id']).toBe(requestId);
    expect(last().envelope).toMatchObject({
      occurredAt: null,
      onBehalfOf: null,
      ifMatch: null,
      causationId: null,
      correlationId: requestId,
    });
    expect(http.log.at(-1)).toContain(requestId);
  });

  it("is correlated by the caller's trace where no correlation is given", async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const correlationOf = async (headers: Record<string, string>) => {
      await http.ask('POST', at('pause'), reason, headers);
      return last().envelope.correlationId;
    };
    const [given, requestId] = [randomUUID(), randomUUID()];
    expect(await correlationOf({ traceparent, 'x-request-id': requestId })).toBe(
      '4bf92f35-77b3-4da6-a3ce-929d0e0e4736',
    );
    expect(await correlationOf({ traceparent, 'x-correlation-id': given })).toBe(given);
    expect(await correlationOf({ traceparent: 'no trace', 'x-request-id': requestId })).toBe(requestId);
    expect(await correlationOf({ 'x-correlation-id': 'no UUID', 'x-request-id': 'neither' })).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });

  it('has an id that follows from tenant, caller, key and what is asked', async () => {
    const sub = randomUUID();
    const idOf = async (key: string, tenant = 'acme', caller = sub, body: object = reason, url = at('pause')) => {
      const authorization = `Bearer ${await http.token(['coach'], caller, tenant)}`;
      await http.ask('POST', url, body, { authorization, 'idempotency-key': key });
      expect(last().envelope.mayBeRepeated).toBe(true);
      return last().envelope.commandId;
    };
    http.answerCommand = () => {
      throw new Refused('wrong-state', 'It is paused already.');
    };
    const first = await idOf('one');
    expect(await idOf('one')).toBe(first);
    const others = [
      await idOf('two'),
      await idOf('one', 'other'),
      await idOf('one', 'acme', randomUUID()),
      await idOf('one', 'acme', sub, { reason: 'Another' }),
      await idOf('one', 'acme', sub, reason, at('pause').replace(engagementId, third)),
    ];
    expect(new Set([first, ...others]).size).toBe(6);
  });

  it('gives a new engagement and a new person the id that was chosen, or one that follows from the command', async () => {
    const proposal = { clientId: id, coachId: other, startsOn: '2026-01-05', endsOn: '2026-12-18' };
    await http.ask('POST', '/v1/engagements', { ...proposal, engagementId: third.toUpperCase() });
    expect(last().envelope.subjectId).toBe(third);
    await http.ask('POST', '/v1/participants', { kind: 'staff', name: 'Sam', participantId: third });
    expect(last().envelope.subjectId).toBe(third);
    const keyed = async () => {
      await http.ask('POST', '/v1/engagements', proposal, { 'idempotency-key': 'new' });
      return last().envelope.subjectId;
    };
    const derived = await keyed();
    expect(derived).toMatch(/^[0-9a-f-]{14}5/);
    expect(await keyed()).toBe(derived);
  });

  it.each(['7', 'W/"7"', '*', '"7","8"', '"x"', '"-1"', '"07"', '""', '" 7"'])(
    'refuses If-Match: %s',
    async (value) => {
      expect(await faultsOf(at('start'), {}, { 'if-match': value })).toEqual([
        'If-Match expected one revision in quotes, such as "7"',
      ]);
    },
  );

  it('refuses what happens in the future, and takes the present', async () => {
    expect(await pathsOf(at('start'), { occurredAt: '2026-04-01T09:00:00.001Z' })).toEqual(['occurredAt']);
    expect(await pathsOf(at('start'), { occurredAt: '2026-04-01' })).toEqual(['occurredAt']);
    expect(await pathsOf(at('start'), { onBehalfOf: 'me' })).toEqual(['onBehalfOf']);
    await http.ask('POST', at('start'), { occurredAt: now });
    expect(last().envelope.occurredAt).toBe(now);
  });
});

describe('fields that depend on each other', () => {
  const proposal = { clientId: id, coachId: other, startsOn: '2026-01-05', endsOn: '2026-12-18' };

  it.each([
    ['/v1/engagements', { ...proposal, coachId: id.toUpperCase() }, ['coachId']],
    ['/v1/engagements', { ...proposal, sponsorId: id }, ['sponsorId']],
    ['/v1/engagements', { ...proposal, sponsorId: other }, ['sponsorId']],
    ['/v1/engagements', { ...proposal, checkInEveryDays: 0 }, ['checkInEveryDays']],
    ['/v1/participants/x/update', {}, ['participantId', 'name']],
    [at('agreement'), { party: 'coach', discloses: [] }, ['discloses']],
    [at('agreement'), { party: 'client', discloses: ['goals', 'goals'] }, ['discloses']],
    [at('agreement'), { party: 'client', discloses: ['notes'] }, ['discloses[0]']],
    [at('goals'), { ...goal, measure: undefined }, ['specific']],
    [at('goals'), { ...goal, measure: null, attainmentScale: null }, ['specific']],
    [at('goals'), { ...goal, attainmentScale: attainmentScale.slice(1) }, ['attainmentScale']],
    [at('goals'), { ...goal, attainmentScale: [...attainmentScale.slice(1), attainmentScale[1]] }, ['attainmentScale']],
    [
      at('goals'),
      { ...goal, attainmentScale: attainmentScale.map((step) => ({ ...step, level: 3 })) },
      ['attainmentScale'],
    ],
    [at('goals'), { ...goal, achievability: { confidence: 11 } }, ['achievability.confidence']],
    [at('goals'), { ...goal, achievability: { confidence: 7.5 } }, ['achievability.confidence']],
    [at('goals'), { ...goal, measure: { ...measure, target: '12' } }, ['measure.target']],
    [at('goals'), { ...goal, weight: 100.1 }, ['weight']],
    [at('goals'), { ...goal, rank: 0 }, ['rank']],
    [at('plan/agreement'), { agreedBy: ['client'] }, ['agreedBy']],
    [at('plan/agreement'), { agreedBy: ['client', 'client'] }, ['agreedBy']],
    [at('plan/agreement'), { agreedBy: ['client', 'sponsor'] }, ['agreedBy[1]']],
    [at('plan/agreement'), { agreedBy: ['client', 'coach', 'coach'] }, ['agreedBy']],
    [
      at(`goals/${id}/achieve`),
      { achievedOn: '2026-03-30', milestones: { [other]: 'missed' } },
      [`milestones.${other}`],
    ],
    [at(`goals/${id}/achieve`), { achievedOn: '2026-03-30', milestones: { x: 'reached' } }, ['milestones']],
    [at(`resources/${id}/allocate`), { to: other, amount: { amount: 600, currency: 'EUR' } }, ['amount.amount']],
    [at(`resources/${id}/allocate`), { to: other, amount: '600.00 EUR' }, ['amount']],
  ])('%s %j', async (url, body, paths) => {
    expect(await pathsOf(url, body)).toEqual(expect.arrayContaining(paths));
  });

  it('reads a number that is too large for JSON as no number', async () => {
    const body = '{"value":1e400,"observedOn":"2026-03-30","rater":"client"}';
    const answer = await http.ask('POST', at(`goals/${id}/progress`), body, { 'content-type': 'application/json' });
    expect(answer.json<{ errors: object[] }>().errors).toEqual([{ path: 'value', message: 'expected a number' }]);
  });
});
