import { randomUUID } from 'node:crypto';
import { AppendOutcomeUnknown } from '../../../src/event-store/event-store';
import { expectConflict, expectDone, expectProblem, header } from '../../support/answers';
import { aGoal, anEngagement, done, goalBody, now } from '../../support/builders';
import { startTestCairn, type TestCairn, type Answer } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const withKey = (key: string = randomUUID()) => ({ 'idempotency-key': key });
const setback = { description: 'A rejection' };

const essence = (answer: Answer) => ({
  status: answer.status,
  body: answer.body,
  etag: header(answer, 'etag'),
  position: header(answer, 'event-position'),
  type: header(answer, 'content-type'),
});

describe('The same request again', () => {
  it('gets the first answer again, and nothing is appended', async () => {
    const on = await anEngagement(cairn);
    const key = withKey();
    const first = await on.post('/setbacks', setback, on.coach, key);
    expectDone(first, 'setbackId');
    const again = await on.post('/setbacks', setback, on.coach, key);
    expect(essence(again)).toEqual(essence(first));
    const next = await on.post('/setbacks', setback);
    expect(next.body.revision).toBe(Number(first.body.revision) + 1);
  });

  it('gets it when the world has moved on, and whatever else is wrong by then', async () => {
    const on = await anEngagement(cairn);
    const key = withKey();
    const first = await on.post('/goals', goalBody(), on.coach, key);
    done(await on.post('/end-early', { reason: 'Enough' }));
    cairn.clock.advance(60_000);
    const again = await on.post('/goals', goalBody(), on.coach, { ...key, 'if-match': '"1"' });
    expect(essence(again)).toEqual(essence(first));
  });

  it('gets the proposal of an engagement and the registration of a person again', async () => {
    const coach = cairn.as('coach', randomUUID());
    const requests = [
      ['/engagements', { clientId: randomUUID(), coachId: coach.id, startsOn: '2026-03-01', endsOn: '2026-12-31' }],
      ['/participants', { kind: 'client', name: 'Ada' }],
    ] as const;
    for (const [path, body] of requests) {
      const key = withKey();
      const first = await coach.post(path, body, key);
      expect(first.status).toBe(201);
      expect(essence(await coach.post(path, body, key))).toEqual(essence(first));
      expect((await coach.post(path, body, withKey())).body).not.toEqual(first.body);
    }
  });

  it('is another command without the key, or with another', async () => {
    const on = await anEngagement(cairn);
    const ids = new Set<unknown>();
    for (const headers of [{}, {}, withKey(), withKey()]) {
      ids.add((await on.post('/setbacks', setback, on.coach, headers)).body.setbackId);
    }
    expect(ids.size).toBe(4);
  });
});

describe('Another request under the same key', () => {
  it('is a mismatch: another body, another path, another method', async () => {
    const on = await anEngagement(cairn);
    const other = await anEngagement(cairn, { coach: on.coach });
    const key = withKey();
    const first = await on.post('/setbacks', setback, on.coach, key);
    const mismatches = [
      await on.post('/setbacks', { description: 'Another' }, on.coach, key),
      await on.post('/setbacks', { ...setback, nonsense: true }, on.coach, key),
      await on.post('/start', setback, on.coach, key),
      await other.post('/setbacks', setback, on.coach, key),
      await on.coach.put(on.at('/vision'), setback, key),
      await on.coach.raw('POST', on.at('/setbacks'), '{"broken', { 'content-type': 'application/json', ...key }),
    ];
    for (const answer of mismatches) expectProblem(answer, 422, 'idempotency-mismatch');
    const again = await on.post('/setbacks', setback, on.coach, key);
    expect(essence(again)).toEqual(essence(first));
  });

  it('is not one of another caller, or in another tenant', async () => {
    const key = withKey();
    const on = await anEngagement(cairn);
    const twin = await anEngagement(cairn, {
      tenant: 'elsewhere',
      coach: cairn.as('coach', on.coach.id, 'elsewhere'),
    });
    const answers = [
      await on.post('/setbacks', setback, on.coach, key),
      await on.post('/setbacks', { description: 'Mine' }, on.client, key),
      await twin.post('/setbacks', { description: 'Ours' }, twin.coach, key),
    ];
    for (const answer of answers) expectDone(answer, 'setbackId');
  });
});

describe('Duplicates at the same time', () => {
  it('get one answer, and one of them is carried out', async () => {
    const on = await anEngagement(cairn);
    const key = withKey();
    const before = done(await on.post('/setbacks', setback));
    const answers = await Promise.all(Array.from({ length: 8 }, () => on.post('/setbacks', setback, on.coach, key)));
    for (const answer of answers) expect(essence(answer)).toEqual(essence(answers[0]!));
    expect(answers[0]!.body.revision).toBe(Number(before.body.revision) + 1);
    expect(done(await on.post('/setbacks', setback)).body.revision).toBe(Number(before.body.revision) + 2);
  });

  it('of another body are a mismatch, and the first is carried out', async () => {
    const on = await anEngagement(cairn);
    const key = withKey();
    const send = (description: string) => on.post('/setbacks', { description }, on.coach, key);
    const answers = await Promise.all([send('One'), send('Two')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  });
});

describe('A refusal', () => {
  it('is not kept: the same request may succeed later, and the key takes another body', async () => {
    const on = await anEngagement(cairn, { state: 'signed' });
    const key = withKey();
    const refused = await on.post('/setbacks', setback, on.coach, key);
    expectConflict(refused, 'engagement-not-started');
    expectProblem(await on.post('/setbacks', { nonsense: true }, on.coach, key), 400, 'invalid-request');
    expectProblem(await on.post('/notes', { visibility: 'shared', text: 'A' }, on.client, key), 403, 'forbidden');
    done(await on.post('/start'));
    expectDone(await on.post('/setbacks', setback, on.coach, key), 'setbackId');
    expectProblem(await on.post('/setbacks', { description: 'B' }, on.coach, key), 422, 'idempotency-mismatch');
  });
});

describe('A command that happened without an answer', () => {
  const forget = (on: { coach: { id: string } }) =>
    cairn.running.pool.query('DELETE FROM records.idempotency WHERE caller = $1', [on.coach.id]);

  it('gives its result to the same request alone', async () => {
    const on = await anEngagement(cairn);
    const other = await anEngagement(cairn, { coach: on.coach });
    const key = withKey();
    const { store } = cairn.running;
    const append = store.append.bind(store);
    const lossy = jest.spyOn(store, 'append').mockImplementationOnce(async (stream, expected, events) => {
      await append(stream, expected, events);
      throw new AppendOutcomeUnknown(stream);
    });
    expectProblem(await on.post('/setbacks', setback, on.coach, key), 503, 'store-unavailable');
    lossy.mockRestore();
    const mismatches = () => [
      on.post('/setbacks', { description: 'Another' }, on.coach, key),
      other.post('/setbacks', setback, on.coach, key),
    ];
    for (const answer of await Promise.all(mismatches())) expectProblem(answer, 422, 'idempotency-mismatch');
    const first = await on.post('/setbacks', setback, on.coach, key);
    expectDone(first, 'setbackId');
    for (const answer of await Promise.all(mismatches())) expectProblem(answer, 422, 'idempotency-mismatch');
    expect(done(await on.post('/setbacks', setback)).body.revision).toBe(Number(first.body.revision) + 1);
  });

  it('gives it also when nothing is kept under the key', async () => {
    const on = await anEngagement(cairn);
    const key = withKey();
    const first = await on.post('/setbacks', setback, on.coach, key);
    await forget(on);
    expect(essence(await on.post('/setbacks', setback, on.coach, key))).toEqual(essence(first));
    expect(done(await on.post('/setbacks', setback)).body.revision).toBe(Number(first.body.revision) + 1);
  });

  it('never gives it to another request, even when nothing is kept under the key', async () => {
    const on = await anEngagement(cairn);
    const other = await anEngagement(cairn, { coach: on.coach });
    const key = withKey();
    const results = new Set<unknown>();
    for (const send of [
      () => on.post('/setbacks', setback, on.coach, key),
      () => on.post('/setbacks', { description: 'Another' }, on.coach, key),
      () => other.post('/setbacks', setback, on.coach, key),
    ]) {
      const answer = await send();
      expectDone(answer, 'setbackId');
      results.add(answer.body.eventIds[0]).add(answer.body.setbackId);
      await forget(on);
    }
    expect(results.size).toBe(6);
  });
});

describe('A key', () => {
  it.each(['x', 'x'.repeat(200), '!"#$%&()~', 'a-1_b.c'])('may be %s', async (key) => {
    const on = await anEngagement(cairn, { sponsor: false });
    expectDone(await on.post('/setbacks', setback, on.coach, withKey(key)), 'setbackId');
  });

  it.each(['x'.repeat(201), 'a b', '\u00e4'])('is malformed as %j', async (key) => {
    const on = await anEngagement(cairn, { sponsor: false });
    expectProblem(await on.post('/setbacks', setback, on.coach, withKey(key)), 400, 'invalid-request');
  });

  it('serves one goal for one goal', async () => {
    const on = await anEngagement(cairn);
    const key = withKey();
    const goal = await aGoal(on);
    const hold = () => on.post(`/goals/${goal}/hold`, { reason: 'Later' }, on.client, key);
    const first = await hold();
    expectDone(first);
    expect(essence(await hold())).toEqual(essence(first));
  });
});
