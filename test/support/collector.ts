import { type AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { createTelemetry } from '../../src/platform/telemetry';
import type { Tracing } from '../../src/platform/tracing';

/** A span as specs look at it; ids in hexadecimal, links as `<trace> <span>`. */
export type SeenSpan = {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly links: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly isFault: boolean;
};

/** Traces of one process, kept in memory. */
export type Collected = {
  readonly tracing: Tracing;
  /** What was told so far, in the order in which it ended. */
  readonly spans: () => Promise<readonly SeenSpan[]>;
  /** Everything of it as text, resources too. */
  readonly text: () => Promise<string>;
};

export async function collectTraces(role = 'all'): Promise<Collected> {
  const exporter = new InMemorySpanExporter();
  const telemetry = await createTelemetry(exporter, { version: '0.0.0', role });
  const finished = async (): Promise<readonly ReadableSpan[]> => {
    await telemetry.flush();
    return exporter.getFinishedSpans();
  };
  return {
    tracing: telemetry.tracing,
    spans: async () => (await finished()).map(seen),
    text: async () =>
      JSON.stringify(
        (await finished()).map((span) => [seen(span), span.status, span.events, span.resource.attributes]),
      ),
  };
}

function seen(span: ReadableSpan): SeenSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    name: span.name,
    traceId,
    spanId,
    parentId: span.parentSpanContext?.spanId ?? null,
    links: span.links.map(({ context }) => `${context.traceId} ${context.spanId}`),
    attributes: span.attributes,
    isFault: span.status.code === SpanStatusCode.ERROR,
  };
}

export type CollectorServer = {
  readonly url: URL;
  /** Paths, headers and parsed bodies of what was sent. */
  readonly received: readonly { readonly path: string; readonly headers: object; readonly body: unknown }[];
  /** What it answers from now on. */
  status: number;
  readonly close: () => Promise<void>;
};

/** Takes OTLP over HTTP, at a port of its own. */
export async function startCollector(): Promise<CollectorServer> {
  const received: { path: string; headers: object; body: unknown }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(text) as unknown });
      response.writeHead(collector.status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const collector: CollectorServer = {
    url: new URL(`http://127.0.0.1:${port}/v1/traces`),
    received,
    status: 200,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
  return collector;
}
