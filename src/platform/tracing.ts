import { AsyncLocalStorage } from 'node:async_hooks';

/** Where a span is found, as in W3C's Trace Context: 32 and 16 hexadecimal digits in lower case, not all of them zero. */
export type SpanPlace = { readonly traceId: string; readonly spanId: string };

/** A span that others begin below; one that is not `sampled` is kept by nobody, and neither is what is below it. */
export type ParentSpan = SpanPlace & { readonly sampled: boolean };

/** Codes, counts and ids of messages. Never what people are called by, and never a text that somebody wrote. */
type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export type NewSpan = {
  /** One of few: no ids. */
  readonly name: string;
  /** Default: something within the program. */
  readonly kind?: 'server' | 'producer' | 'consumer';
  readonly attributes?: SpanAttributes;
  /**
   * Where it is to be found, so that others can point at it; chosen at random where not given. In another trace than the
   * work in which it begins it has no parent, and points at that work instead.
   */
  readonly at?: { readonly [Part in keyof SpanPlace]?: string | undefined } | undefined;
  /** What another program said it is below of; null: nothing. Default: the work in which it begins. */
  readonly parent?: ParentSpan | null;
  readonly links?: readonly SpanPlace[];
  /** How long ago it began, for what is told when it is over; default 0. */
  readonly startedMsAgo?: number;
};

export type Span = {
  /** What begins within `work` is below this span. */
  readonly run: <T>(work: () => T) => T;
  readonly set: (attributes: SpanAttributes) => void;
  /** @param fault of what kind it was, where it failed by a fault of the program or of what it stands on */
  readonly end: (fault?: string) => void;
};

/** Tells what the program does to whoever collects traces. Never fails, and waits for nothing. */
export type Tracing = {
  /** Whether anybody collects; else there is nothing to prepare. */
  readonly isOn: boolean;
  readonly begin: (span: NewSpan) => Span;
};

const nothing: Span = { run: (work) => work(), set: () => undefined, end: () => undefined };

export const noTracing: Tracing = { isOn: false, begin: () => nothing };

const current = new AsyncLocalStorage<ParentSpan>();

/** The span in which the caller works. */
export function currentSpan(): ParentSpan | undefined {
  return current.getStore();
}

export function runWithin<T>(span: ParentSpan, work: () => T): T {
  return current.run(span, work);
}

/** What a log line says of the span in which it is written. */
export function traceFields(): { readonly trace_id?: string; readonly span_id?: string } {
  const span = current.getStore();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

/** Of what kind a fault is, without its message, which may quote what somebody wrote. */
export function faultOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ZEROS = /^0+$/;

/** The trace that is derived from a correlation id: the UUID's bytes. Undefined when it is no UUID, or all zeros. */
export function traceIdOf(correlationId: string): string | undefined {
  const digits = UUID.test(correlationId) ? correlationId.replaceAll('-', '') : '0';
  return ZEROS.test(digits) ? undefined : digits;
}

/** The correlation id from which `traceIdOf` derives the trace. */
export function correlationIdOf(traceId: string): string {
  return traceId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * Where the span is found that stands for a message of a conversation: the append of a command, by the command's id, or
 * an event, by the event's. The first eight bytes of the id, in the conversation's trace; whoever knows the metadata of
 * an event knows it without asking. Undefined where one of them is no UUID.
 */
export function spanPlaceOf(correlationId: string, messageId: string): SpanPlace | undefined {
  const traceId = traceIdOf(correlationId);
  const spanId = UUID.test(messageId) ? messageId.replaceAll('-', '').slice(0, 16) : '0';
  return traceId === undefined || ZEROS.test(spanId) ? undefined : { traceId, spanId };
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The span that a `traceparent` header (W3C Trace Context) names; null when it can't be read. */
export function parseTraceparent(header: unknown): ParentSpan | null {
  const parts = typeof header === 'string' ? TRACEPARENT.exec(header) : null;
  const [, version, traceId = '', spanId = '', flags = '', more] = parts ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return null;
  if (ZEROS.test(traceId) || ZEROS.test(spanId)) return null;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
