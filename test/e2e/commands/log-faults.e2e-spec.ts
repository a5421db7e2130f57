import { randomUUID } from 'node:crypto';
import { AppendOutcomeUnknown, EventStoreUnavailable } from '../../../src/event-store/event-store';
import { expectDone, expectProblem, header } from '../../support/answers';
import { anEngagement, done, now } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { sampleEvent } from '../../support/sample-events';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());
afterEach(() => {
  jest.restoreAllMocks();
});

const setback = { description: 'A rejection' };

describe('A command', () => {
  it('on a stream with an event that can not be read is refused, naming it and what to do; others go on', async () => {
    const [on, other] = [await anEngagement(cairn), await anEngagement(cairn)];
    const last = done(await on.post('/setbacks', setback));
    const foreign = sampleEvent({}, { type: 'FromTheFuture' });
    const stream = `engagement-acme_${on.id}`;
    await cairn.running.store.append(stream, BigInt(Number(last.body.revision)), [foreign]);

    const answer = await on.post('/setbacks', setback);
    expectProblem(answer, 503, 'store-unavailable');
    expect(header(answer, 'retry-after')).toBe('60');
    expect(answer.body.detail).toMatch(new RegExp(`^FromTheFuture \\(event ${foreign.eventId}, ${stream} at`));
    expect(answer.body.detail).toMatch(/Nothing was appended\. Whoever runs this server should/);
    expectDone(await other.post('/setbacks', setback), 'setbackId');
  });

  it.each([
    ['was not appended', () => new EventStoreUnavailable('gone'), /nothing was appended.*send the same request again/],
    ['may have been', () => new AppendOutcomeUnknown('x'), /is not known: send it again with the same Idempotency-Key/],
  ])('is told that it %s when the log is lost, and the same request goes on', async (_, fault, detail) => {
    const on = await anEngagement(cairn);
    const key = { 'idempotency-key': randomUUID() };
    const before = await cairn.running.store.head();
    jest.spyOn(cairn.running.store, 'append').mockRejectedValueOnce(fault());
    const answer = await on.post('/setbacks', setback, on.coach, key);
    expectProblem(answer, 503, 'store-unavailable');
    expect(header(answer, 'retry-after')).toBe('1');
    expect(answer.body.detail).toMatch(detail);
    expect(await cairn.running.store.head()).toEqual(before);
    expectDone(await on.post('/setbacks', setback, on.coach, key), 'setbackId');
  });
});
