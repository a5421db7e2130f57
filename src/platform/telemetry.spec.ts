import { startCollector, type CollectorServer } from '../../test/support/collector';
import { createLogger } from './logging';
import { startTelemetry, type Telemetry } from './telemetry';
import { traceFields } from './tracing';

describe('spans on their way to a collector', () => {
  let collector: CollectorServer;
  let log: { level: string; msg: string }[];

  beforeEach(async () => {
    collector = await startCollector();
    log = [];
  });
  afterEach(() => collector.close());

  const started = (): Promise<Telemetry> =>
    startTelemetry(
      { url: collector.url, headers: { 'x-key': 'one two' } },
      {
        version: '1.2.3',
        role: 'api',
        logger: createLogger('info', { write: (line) => void log.push(JSON.parse(line) as (typeof log)[number]) }),
      },
    );
  const tell = ({ tracing, flush }: Telemetry): Promise<void> => {
    tracing.begin({ name: 'work' }).end();
    // That a collector takes nothing is told by the log, not by an error of the exporter.
    return flush().catch(() => undefined);
  };

  it('say which program they are of, and are sent at the latest when it stops', async () => {
    const telemetry = await started();
    telemetry.tracing.begin({ name: 'work' }).end('TypeError');
    await telemetry.stop();
    expect(collector.received).toMatchObject([{ path: '/v1/traces', headers: { 'x-key': 'one two' } }]);
    const { resourceSpans } = collector.received[0]!.body as {
      resourceSpans: [{ resource: object; scopeSpans: object }];
    };
    expect(resourceSpans[0].resource).toMatchObject({
      attributes: expect.arrayContaining([
        { key: 'service.name', value: { stringValue: 'cairn' } },
        { key: 'service.version', value: { stringValue: '1.2.3' } },
        { key: 'cairn.role', value: { stringValue: 'api' } },
      ]),
    });
    expect(resourceSpans[0].scopeSpans).toMatchObject([{ spans: [{ name: 'work', status: { code: 2 } }] }]);
    expect(log).toEqual([]);
  });

  it('are lost with one warning while the collector does not take them, and with one line when it does again', async () => {
    const telemetry = await started();
    collector.status = 400;
    await tell(telemetry);
    await tell(telemetry);
    expect(log).toMatchObject([{ level: 'warn', collector: collector.url.origin }]);
    collector.status = 200;
    await tell(telemetry);
    await tell(telemetry);
    expect(log).toMatchObject([{ level: 'warn' }, { level: 'info' }]);
    await telemetry.stop();
  });

  it('disturb nobody when there is no collector', async () => {
    // So that it is not tried again and again until long after.
    process.env.OTEL_EXPORTER_OTLP_TIMEOUT = '500';
    await collector.close();
    const telemetry = await started();
    const span = telemetry.tracing.begin({ name: 'work' });
    expect(span.run(() => 'done')).toBe('done');
    span.end();
    await telemetry.stop();
    expect(log).toMatchObject([{ level: 'warn' }]);
    delete process.env.OTEL_EXPORTER_OTLP_TIMEOUT;
  });

  it('are named by what is logged within them', async () => {
    const telemetry = await started();
    const lines: string[] = [];
    const logger = createLogger('info', { write: (line: string) => void lines.push(line) }, traceFields);
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const span = telemetry.tracing.begin({ name: 'work', at: { traceId, spanId: '00f067aa0ba902b7' } });
    await span.run(async () => {
      await Promise.resolve();
      logger.info('within');
    });
    logger.info('outside');
    expect(JSON.parse(lines[0]!)).toMatchObject({ trace_id: traceId, span_id: '00f067aa0ba902b7', msg: 'within' });
    expect(JSON.parse(lines[1]!)).not.toHaveProperty('trace_id');
    span.end();
    await telemetry.stop();
  });
});
