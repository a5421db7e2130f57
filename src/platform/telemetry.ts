import { hostname } from 'node:os';
import type { Context, Span as OtelSpan, SpanContext, SpanOptions } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import { randomId } from './ids';
import type { Logger } from './logging';
import type { TracingSettings } from './settings';
import {
  currentSpan,
  type NewSpan,
  type ParentSpan,
  runWithin,
  type Span,
  type SpanPlace,
  type Tracing,
} from './tracing';

export type Telemetry = {
  readonly tracing: Tracing;
  /** Gives the exporter what it was not given yet. */
  readonly flush: () => Promise<void>;
  /** Sends what was not sent yet, for a few seconds at most, and ends. Never rejects. */
  readonly stop: () => Promise<void>;
};

export type TelemetryOptions = {
  readonly version: string;
  readonly role: string;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
};

/** A stop waits no longer for a collector that does not answer. */
const FLUSH_MS = 3_000;

/** Sends spans to the collector that the settings name, in batches and in the background. */
export async function startTelemetry(settings: TracingSettings, options: TelemetryOptions): Promise<Telemetry> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const exporter = new OTLPTraceExporter({ url: settings.url.href, headers: { ...settings.headers } });
  return createTelemetry(quietly(exporter, settings.url.origin, options.logger), options);
}

/** Gives spans to `exporter`. Loads OpenTelemetry, which a program without a collector never does. */
export async function createTelemetry(
  exporter: SpanExporter,
  { version, role }: Omit<TelemetryOptions, 'logger'>,
): Promise<Telemetry> {
  const { BasicTracerProvider, BatchSpanProcessor, RandomIdGenerator } = await import('@opentelemetry/sdk-trace-base');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } = await import('@opentelemetry/api');
  const kinds = { server: SpanKind.SERVER, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER };
  const random = new RandomIdGenerator();
  /** What the span that is being started is to be found by; starting one waits for nothing. */
  let wanted: NonNullable<NewSpan['at']> = {};
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'cairn',
      'service.version': version,
      'service.instance.id': randomId(),
      'host.name': hostname(),
      'cairn.role': role,
    }),
    idGenerator: {
      generateTraceId: () => wanted.traceId ?? random.generateTraceId(),
      generateSpanId: () => wanted.spanId ?? random.generateSpanId(),
    },
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('cairn', version);

  const contextOf = ({ traceId, spanId, sampled }: ParentSpan, isRemote = false): SpanContext => ({
    traceId,
    spanId,
    traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote,
  });
  const start = (
    span: NewSpan,
    place: NonNullable<NewSpan['at']>,
    parent: Context,
    links: readonly SpanPlace[],
  ): OtelSpan => {
    const options: SpanOptions = {
      kind: span.kind ? kinds[span.kind] : SpanKind.INTERNAL,
      attributes: { ...span.attributes },
      links: links.map((link) => ({ context: contextOf({ ...link, sampled: true }) })),
      startTime: performance.now() - (span.startedMsAgo ?? 0),
    };
    wanted = place;
    try {
      return tracer.startSpan(span.name, options, parent);
    } finally {
      wanted = {};
    }
  };

  const begin = (span: NewSpan): OtelSpan => {
    const above = span.parent === undefined ? currentSpan() : span.parent;
    const { at = {}, links = [] } = span;
    if (!above) return start(span, at, ROOT_CONTEXT, links);
    if (at.traceId === undefined || at.traceId === above.traceId) {
      const parent = trace.setSpanContext(ROOT_CONTEXT, contextOf(above, Boolean(span.parent)));
      return start(span, at, parent, links);
    }
    if (above.sampled) return start(span, at, ROOT_CONTEXT, [above, ...links]);
    const { traceId, spanId = random.generateSpanId() } = at;
    return trace.wrapSpanContext(contextOf({ traceId, spanId, sampled: false }));
  };

  const handle = (span: OtelSpan): Span => {
    const { traceId, spanId, traceFlags } = span.spanContext();
    const place = { traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 };
    return {
      run: (work) => runWithin(place, work),
      set: (attributes) => {
        span.setAttributes(attributes);
      },
      end: (fault) => {
        if (fault !== undefined) span.setAttribute('error.type', fault).setStatus({ code: SpanStatusCode.ERROR });
        span.end(performance.now());
      },
    };
  };

  return {
    tracing: { isOn: true, begin: (span) => handle(begin(span)) },
    flush: () => provider.forceFlush(),
    stop: async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, FLUSH_MS);
      });
      // What could not be sent has been told already.
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}

/** The exporter, with one warning for as long as the collector does not take what it is given. */
function quietly(exporter: SpanExporter, collector: string, logger: TelemetryOptions['logger']): SpanExporter {
  let isFailing = false;
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        const { error } = result;
        if (error && !isFailing) {
          const why = error.message;
          logger.warn(
            { collector, why },
            'traces could not be sent to the collector, and are lost until it takes them',
          );
        }
        if (!error && isFailing) logger.info({ collector }, 'the collector takes traces again');
        isFailing = error !== undefined;
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}
