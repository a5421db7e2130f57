import { NotFoundException, PayloadTooLargeException, ServiceUnavailableException } from '@nestjs/common';
import { createHttpApp, type HttpApp } from '../../../test/support/http-app';
import { Refused } from '../../application/refused';
import {
  AppendOutcomeUnknown,
  AppendTooLarge,
  EventStoreUnavailable,
  UnreadableEvent,
} from '../../event-store/event-store';
import { problemCodes, type ProblemCode } from './codes';
import { toProblem } from './to-problem';

const url = '/v1/engagements/6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f/start';
const withCode = (code: string, message = 'something') => Object.assign(new Error(message), { code });

describe('the codes', () => {
  it('have the statuses of the contract', () => {
    const codesOf = (wanted: number) =>
      Object.entries(problemCodes).flatMap(([code, { status }]) => (status === wanted ? [code] : []));
    expect(codesOf(400)).toEqual(['invalid-request']);
    expect(codesOf(401)).toEqual(['unauthenticated']);
    expect(codesOf(403)).toEqual(['forbidden', 'reason-required']);
    expect(codesOf(404)).toEqual(['not-found']);
    expect(codesOf(405)).toEqual(['method-not-allowed']);
    expect(codesOf(412)).toEqual(['revision-stale']);
    expect(codesOf(413)).toEqual(['body-too-large']);
    expect(codesOf(415)).toEqual(['unsupported-media-type']);
    expect(codesOf(422)).toEqual(['idempotency-mismatch']);
    expect(codesOf(429)).toEqual(['too-many-requests']);
    expect(codesOf(503)).toEqual(['not-yet-projected', 'store-unavailable']);
    expect(codesOf(409).sort()).toEqual(
      [
        'agreement-not-signed dates-out-of-order outside-engagement milestone-after-goal action-after-milestone',
        'in-the-future open-milestones too-many-active-goals engagement-paused engagement-ended engagement-not-started',
        'over-budget other-currency plan-is-agreed plan-not-agreed plan-revision-stale plan-change-stale',
        'already-exists unknown-reference wrong-state goal-has-no-measure goal-has-no-scale',
      ]
        .join(' ')
        .split(' ')
        .sort(),
    );
  });
});

const foreign = {
  stream: 'engagement-acme_1',
  revision: 12n,
  position: { commit: 1n, prepare: 1n },
  eventId: '7f3c',
  type: 'PlanAdapted',
  recordedAt: '2026-01-05T10:00:00.000Z',
  problem: 'It has version 9, and 2 is the newest that is known.',
};

describe('an error becomes', () => {
  it.each<[string, unknown, number, ProblemCode, string | undefined]>([
    ['a refusal', new Refused('wrong-state', 'It is paused.'), 409, 'wrong-state', undefined],
    ['a refusal to be tried again', new Refused('not-yet-projected', 'Not yet.'), 503, 'not-yet-projected', '1'],
    ['an unreachable log', new EventStoreUnavailable('gone'), 503, 'store-unavailable', '1'],
    ['an unknown outcome', new AppendOutcomeUnknown('engagement-x'), 503, 'store-unavailable', '1'],
    ['an unreadable event', new UnreadableEvent(foreign), 503, 'store-unavailable', '60'],
    ['more than the log takes', new AppendTooLarge('engagement-x', 1_048_576), 413, 'body-too-large', undefined],
    ['a refused connection', withCode('ECONNREFUSED'), 503, 'store-unavailable', '1'],
    ['a server that shuts down', withCode('57P01'), 503, 'store-unavailable', '1'],
    ['a server that has no room', withCode('53300'), 503, 'store-unavailable', '1'],
    ['a connection that broke', new Error('Connection terminated unexpectedly'), 503, 'store-unavailable', '1'],
    ['a pool without connections', new Error('timeout exceeded when trying to connect'), 503, 'store-unavailable', '1'],
    ['a statement that is wrong', withCode('42P01'), 500, 'internal-error', undefined],
    ['a bug', new TypeError('x is not a function'), 500, 'internal-error', undefined],
    ['no error at all', 'thrown text', 500, 'internal-error', undefined],
    ["Nest's 404", new NotFoundException('Cannot GET /x'), 404, 'not-found', undefined],
    ["Nest's 413", new PayloadTooLargeException(), 413, 'body-too-large', undefined],
    ["Nest's 503", new ServiceUnavailableException(), 500, 'internal-error', undefined],
    [
      "Fastify's 400",
      Object.assign(new Error('bad'), { name: 'FastifyError', statusCode: 400 }),
      400,
      'invalid-request',
      undefined,
    ],
    ['a status of others', Object.assign(new Error('bad'), { statusCode: 404 }), 500, 'internal-error', undefined],
  ])('%s', (_what, error, status, code, retryAfter) => {
    const { details, headers } = toProblem(error);
    expect(details).toMatchObject({ status, code, type: `urn:cairn:problem:${code}` });
    expect(headers['Retry-After']).toBe(retryAfter);
  });

  it('what says whether anything was written, and what to do', () => {
    const said = (error: Error) => toProblem(error).details.detail;
    expect(said(new EventStoreUnavailable('gone'))).toMatch(/nothing was appended.*send the same request again/);
    expect(said(new AppendOutcomeUnknown('engagement-x'))).toMatch(/is not known.*with the same Idempotency-Key/);
  });

  it('what names the event that can not be read, and what to do about it', () => {
    const said = toProblem(new UnreadableEvent(foreign)).details.detail;
    expect(said).toMatch(/^PlanAdapted \(event 7f3c, engagement-acme_1 at 12\) can't be read: It has version 9/);
    expect(said).toMatch(/Nothing was appended\..* release that knows the event/);
  });

  it('what tells nothing of the inside', () => {
    const secrets = new Error('password of the database at 10.0.0.1');
    expect(JSON.stringify(toProblem(secrets).details)).not.toMatch(/password|10\.0/);
    expect(JSON.stringify(toProblem(withCode('ECONNREFUSED', 'connect 10.0.0.1:5432')).details)).not.toMatch(/10\.0/);
  });

  it('what names a rule only where one refuses, as a number', () => {
    expect(toProblem(new Refused('forbidden', 'A sponsor accepts no goal.', { rule: 2 })).details.rule).toBe(2);
    expect(toProblem(new Refused('forbidden', 'No.', { rule: null })).details).not.toHaveProperty('rule');
    expect(toProblem(new Refused('forbidden', 'No.')).details.errors).toEqual([]);
  });
});

describe('over HTTP', () => {
  let http: HttpApp;

  beforeAll(async () => {
    http = await createHttpApp();
  });

  afterAll(async () => {
    await http.close();
  });

  it('a bug is 500, and in the log with the id of the request', async () => {
    http.answerCommand = () => {
      throw new Error('the inside');
    };
    const answer = await http.ask('POST', url, {}, { 'x-request-id': 'find-me' });
    expect(answer.statusCode).toBe(500);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/problem\+json/),
      'x-request-id': 'find-me',
      'cache-control': 'no-store',
    });
    expect(answer.body).not.toContain('the inside');
    expect(http.log.join('')).toMatch(/find-me.*the inside|the inside.*find-me/s);
  });

  it('gives a request an id of its own when it has none that can be written', async () => {
    for (const given of ['', 'with blank', 'x'.repeat(129), 'ü']) {
      const answer = await http.inject({ method: 'GET', url: '/health/live', headers: { 'x-request-id': given } });
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});
