import { type AppendResult, type NewEvent, WrongExpectedRevision } from '../../event-store/event-store';
import { currentSpan, faultOf, spanPlaceOf, traceIdOf, type Tracing } from '../../platform/tracing';
import { Refused } from '../refused';
import type { Handle } from './command-handlers';
import type { Envelope } from './messages';

/** The commands' handler, with a span for each command: its kind and its ids, and how it was refused. */
export function withCommandSpans<Kind extends string>(tracing: Tracing, handle: Handle<Kind>): Handle<Kind> {
  if (!tracing.isOn) return handle;
  return async (kind, envelope) => {
    const { commandId, correlationId, causationId } = envelope;
    const span = tracing.begin({
      name: kind,
      attributes: {
        'cairn.command_id': commandId,
        'cairn.correlation_id': correlationId,
        ...(causationId === null ? {} : { 'cairn.causation_id': causationId }),
      },
      // Below the request, in whichever trace that is; what no request asked for begins the trace of its conversation.
      at: currentSpan() ? undefined : { traceId: traceIdOf(correlationId) },
    });
    try {
      const result = await span.run(() => handle(kind, envelope));
      span.end();
      return result;
    } catch (error) {
      const isRefusal = error instanceof Refused;
      if (isRefusal) span.set({ 'cairn.refusal': error.code });
      span.end(isRefusal ? undefined : faultOf(error));
      throw error;
    }
  };
}

/**
 * Appends, and tells of it in a span that is found by the command's id in the trace of its correlation id, with one below
 * it for each event that is found by the event's id: see `spanPlaceOf`. An append that conflicts leaves no span, since
 * the next attempt is to be found there.
 * @param retries how often the command had been decided before
 */
export async function appendInSpan(
  tracing: Tracing,
  { correlationId, commandId }: Envelope<unknown>,
  stream: string,
  events: readonly NewEvent[],
  retries: number,
  append: () => Promise<AppendResult>,
): Promise<AppendResult> {
  if (!tracing.isOn) return append();
  const begun = performance.now();
  const tell = (fault?: string): void => {
    const category = stream.slice(0, stream.indexOf('-'));
    const span = tracing.begin({
      name: `append to ${category}`,
      kind: 'producer',
      attributes: { 'cairn.stream_category': category, 'cairn.events': events.length, 'cairn.retries': retries },
      at: spanPlaceOf(correlationId, commandId),
      startedMsAgo: performance.now() - begun,
    });
    span.run(() => {
      for (const { type, eventId } of events) {
        tracing.begin({ name: type, kind: 'producer', at: spanPlaceOf(correlationId, eventId) }).end();
      }
    });
    span.end(fault);
  };
  try {
    const appended = await append();
    tell();
    return appended;
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) tell(faultOf(error));
    throw error;
  }
}
