import type { FastifyRequest } from 'fastify';
import { randomId } from '../../platform/ids';
import { correlationIdOf, parseTraceparent } from '../../platform/tracing';
import { uuid } from '../fields/kinds';
import { addReceived, receivedWith } from './received';

/**
 * What ties together everything that happens for one reason: X-Correlation-Id where it is a UUID, else the trace of an
 * incoming `traceparent`, else the request's id where that is a UUID, else a new id. The same whenever it is asked for.
 */
export function correlationOf(request: FastifyRequest): string {
  const known = receivedWith(request).correlationId;
  if (known !== null) return known;
  const correlationId = correlationGiven(request) ?? uuidOf(request.id) ?? randomId();
  addReceived(request, { correlationId });
  return correlationId;
}

/** The same, where whoever asks has said what the request belongs to. */
export function correlationGiven({ headers }: FastifyRequest): string | null {
  const trace = parseTraceparent(headers.traceparent);
  return uuidOf(headers['x-correlation-id']) ?? (trace && correlationIdOf(trace.traceId));
}

/** What the request comes of, an event or a command; null when it does not say so. */
export function causationOf({ headers }: FastifyRequest): string | null {
  return uuidOf(headers['x-causation-id']);
}

function uuidOf(given: unknown): string | null {
  const value = uuid.normalise(given);
  return typeof value === 'string' && uuid.fault(value) === null ? value : null;
}
