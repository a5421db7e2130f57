import { randomUUID } from 'node:crypto';
import { projections } from '../../../projections';
import { batchSpans } from '../../../src/composition/batch-spans';
import { startProjector } from '../../../src/composition/projector';
import { createLifecycle } from '../../../src/platform/lifecycle';
import { createLogger } from '../../../src/platform/logging';
import { readSettings } from '../../../src/platform/settings';
import { aGoal, anEngagement, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { type Collected, collectTraces, type SeenSpan, startCollector } from '../../support/collector';

const digitsOf = (id: string): string => id.replaceAll('-', '');
const NOTES = 'POST /v1/engagements/:engagementId/notes';

describe('the traces', () => {
  let api: Collected;
  let projector: Collected;
  let cairn: TestCairn;
  let on: Case;
  const lifecycle = createLifecycle(() => createLogger('silent'));

  beforeAll(async () => {
    [api, projector] = [await collectTraces('api'), await collectTraces('projector')];
    cairn = await startTestCairn({ parts: ['api'], tracing: api.tracing });
    // Another process, as far as traces go: what it knows of the API's spans it has from the log.
    const spans = batchSpans(projector.tracing, cairn.clock);
    startProjector(readSettings({}), createLogger('silent'), lifecycle, cairn.running, spans);
    on = await anEngagement(cairn);
  });
  afterAll(async () => {
    await lifecycle.stop();
    await cairn.stop();
  });

  const note = (more: Record<string, string> = {}, text = 'A note') =>
    on.coach.post(on.at('/notes'), { visibility: 'shared', text }, more);

  /** The note's request, its command, its append and its event, with what the log says of it. */
  async function chainOf(answer: Awaited<ReturnType<typeof note>>) {
    expect(answer.status).toBe(201);
    const [eventId] = answer.body.eventIds as [string];
    const [stored] = await cairn.running.store.findInStream(`engagement-acme_${on.id}`, [eventId]);
    const { correlationId, commandId } = stored!.metadata;
    const spans = await api.spans();
    const event = spans.find(({ spanId }) => spanId === digitsOf(eventId).slice(0, 16))!;
    const append = spans.find(({ spanId }) => spanId === digitsOf(commandId).slice(0, 16))!;
    const command = spans.find((span) => span.attributes['cairn.command_id'] === commandId)!;
    const request = spans.find(({ spanId }) => spanId === command.parentId)!;
    return { request, command, append, event, correlationId, commandId };
  }

  const placeOf = ({ traceId, spanId }: SeenSpan) => `${traceId} ${spanId}`;

  it('go from the request to its command, its append and its events', async () => {
    const { request, command, append, event, correlationId } = await chainOf(await note());
    const traceId = digitsOf(correlationId);
    expect([request, command, append, event]).toMatchObject([
      { name: NOTES, traceId, parentId: null, isFault: false },
      { name: 'RecordNote', traceId, parentId: request.spanId },
      { name: 'append to engagement', traceId, parentId: command.spanId },
      { name: 'NoteRecorded', traceId, parentId: append.spanId },
    ]);
    expect(request.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/v1/engagements/:engagementId/notes',
      'http.response.status_code': 201,
    });
    expect(append.attributes).toEqual({
      'cairn.stream_category': 'engagement',
      'cairn.events': 1,
      'cairn.retries': 0,
    });
  });

  it('point from the batch of another process to the append, by what the event carries', async () => {
    const { append } = await chainOf(await note());
    await cairn.settled();
    const batches = (await projector.spans()).filter(({ links }) => links.includes(placeOf(append)));
    expect(batches).toMatchObject([{ name: 'project events', parentId: null, isFault: false }]);
    const [batch] = batches;
    expect(batch!.traceId).not.toBe(append.traceId);
    expect(batch!.attributes).toMatchObject({
      'cairn.events': expect.any(Number),
      'cairn.lag_ms': 0,
      'cairn.projections': projections.map(({ name }) => name).join(),
    });
  });

  it("go on with the caller's trace, which then is the correlation", async () => {
    const [traceId, spanId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
    const { request, append, correlationId } = await chainOf(
      await note({ traceparent: `00-${traceId}-${spanId}-01`, 'x-request-id': randomUUID() }),
    );
    expect(request).toMatchObject({ traceId, parentId: spanId });
    expect(append.traceId).toBe(traceId);
    expect(digitsOf(correlationId)).toBe(traceId);
  });

  it('lead from the append back to a request that belongs to another trace', async () => {
    const [traceId, correlation] = ['0af7651916cd43dd8448eb211c80319c', randomUUID()];
    const { request, command, append, correlationId } = await chainOf(
      await note({ traceparent: `00-${traceId}-b7ad6b7169203331-01`, 'x-correlation-id': correlation }),
    );
    expect(correlationId).toBe(correlation);
    expect([request.traceId, command.traceId]).toEqual([traceId, traceId]);
    expect(append).toMatchObject({ traceId: digitsOf(correlation), parentId: null, links: [placeOf(command)] });
    await cairn.settled();
    const links = (await projector.spans()).flatMap((batch) => batch.links);
    expect(links).toContain(placeOf(append));
  });

  it('lead from a request back to the event or the command it comes of, in the same conversation alone', async () => {
    const correlation = { 'x-correlation-id': randomUUID() };
    const first = await note(correlation);
    const cause = await chainOf(first);
    const [eventId] = first.body.eventIds as [string];
    const byEvent = await chainOf(await note({ ...correlation, 'x-causation-id': eventId }));
    expect(byEvent.request.links).toEqual([placeOf(cause.event)]);
    const byCommand = await chainOf(await note({ ...correlation, 'x-causation-id': cause.commandId }));
    expect(byCommand.request.links).toEqual([placeOf(cause.append)]);
    const elsewhere = await chainOf(await note({ 'x-causation-id': eventId }));
    expect(elsewhere.request.links).toEqual([]);
  });

  it('leave out what the caller does not want kept', async () => {
    const traceId = '5bf92f3577b34da6a3ce929d0e0e4737';
    const before = (await api.spans()).length;
    await note({ traceparent: `00-${traceId}-00f067aa0ba902b7-00` });
    await note({ traceparent: `00-${traceId}-00f067aa0ba902b7-00`, 'x-correlation-id': randomUUID() });
    expect(await api.spans()).toHaveLength(before);
  });

  it('say how a command was refused, which is no fault, and leave no append behind', async () => {
    const before = (await api.spans()).length;
    const path = on.at('/notes');
    const refused = await on.coach.post(path, { visibility: 'shared', text: 'Late' }, { 'if-match': '"0"' });
    expect(refused.status).toBe(412);
    const spans = (await api.spans()).slice(before);
    expect(spans).toMatchObject([
      { name: 'RecordNote', isFault: false, attributes: { 'cairn.refusal': 'revision-stale' } },
      { name: NOTES, isFault: false, attributes: { 'http.response.status_code': 412 } },
    ]);
  });

  it('leave out probes, and name unknown paths by their method alone', async () => {
    const before = (await api.spans()).length;
    await cairn.root.get('/health/live');
    await cairn.root.get('/metrics');
    await on.coach.get('/people/nobody-knows');
    const spans = (await api.spans()).slice(before);
    expect(spans.map(({ name }) => name)).toEqual(['GET']);
  });

  it('hold no text that somebody wrote, and no id of a person', async () => {
    const marker = 'Zaphod';
    const headers = { 'x-request-id': marker, 'user-agent': marker, 'access-reason': marker };
    await note(headers, marker);
    await aGoal(on, { specific: marker });
    const person = { kind: 'client', name: marker, email: `${marker}@example.org`, participantId: randomUUID() };
    expect((await cairn.as('admin').post('/participants', person)).status).toBe(201);
    await cairn.as('admin').get(`/participants/${person.participantId}?${marker}=${marker}`, headers);
    await on.coach.post(on.at('/pause'), { reason: marker, [marker]: marker }, headers);
    await on.coach.post(`/engagements/${marker}/pause`, { reason: marker }, headers);
    await on.coach.get(`/${marker}`, headers);
    await cairn.settled();
    const text = (await api.text()) + (await projector.text());
    expect(text).toContain('ParticipantRegistered');
    for (const personal of [marker, on.client.id, on.coach.id, person.participantId, on.id]) {
      expect(text.toLowerCase()).not.toContain(personal.toLowerCase());
    }
  });
});

describe('a collector that is not there', () => {
  it('disturbs neither who asks nor the stop', async () => {
    process.env.OTEL_EXPORTER_OTLP_TIMEOUT = '500';
    const gone = await startCollector();
    await gone.close();
    const cairn = await startTestCairn({ settings: { tracing: { url: gone.url, headers: {} } } });
    const { coach, id } = await anEngagement(cairn);
    await cairn.settled();
    const answer = await coach.get(`/engagements/${id}`);
    expect([answer.status, await cairn.stop()]).toEqual([200, true]);
    delete process.env.OTEL_EXPORTER_OTLP_TIMEOUT;
  });
});
