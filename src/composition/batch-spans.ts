import type { OnProjected } from '../../projections/engine/projected-batch';
import type { Clock } from '../platform/clock';
import { type SpanPlace, spanPlaceOf, type Tracing } from '../platform/tracing';

/** A span takes no more; the newest appends of a batch are pointed at then. */
const MOST_LINKS = 128;

/**
 * A span for each batch that was written to rows, which points at the appends that its events come of, whichever process
 * appended them: what an event carries says where the span of its append is found.
 */
export function batchSpans(tracing: Tracing, clock: Clock): OnProjected | undefined {
  if (!tracing.isOn) return undefined;
  return ({ events, projections, tookMs }) => {
    const [first] = events;
    if (!first) return;
    const appends = new Map<string, SpanPlace>();
    for (const event of events) {
      // What can't be read does not say which command it is of.
      const place = 'commandId' in event && spanPlaceOf(event.correlationId, event.commandId);
      if (place) appends.set(`${place.traceId} ${place.spanId}`, place);
    }
    tracing
      .begin({
        name: 'project events',
        kind: 'consumer',
        attributes: {
          'cairn.events': events.length,
          'cairn.appends': appends.size,
          'cairn.projections': projections.join(','),
          // Of the batch's first event, which waited longest.
          'cairn.lag_ms': Math.max(0, clock.now().getTime() - Date.parse(first.recordedAt)),
        },
        parent: null,
        links: [...appends.values()].slice(-MOST_LINKS),
        startedMsAgo: tookMs,
      })
      .end();
  };
}
