import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseTraceparent, type Span, spanPlaceOf, traceIdOf, type Tracing } from '../../platform/tracing';
import { causationOf, correlationGiven, correlationOf } from './correlation';

/** Asked so often, by machines, that they would hide everything else. */
const PROBES = new Set(['/health/live', '/health/ready', '/metrics']);
const NAME = 'span';

/**
 * A span for each request, from its headers to the end of its answer: below the caller's when `traceparent` names one,
 * else the root of the trace of its correlation id. It says by which route it was answered and how, and nothing of who
 * asks or what about. Hooks that are added later run within it.
 */
export function traceRequests(fastify: FastifyInstance, tracing: Tracing): void {
  if (!tracing.isOn) return;
  fastify.decorateRequest(NAME, null);
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (PROBES.has(routeOf(request) ?? '')) {
      done();
      return;
    }
    const span = begin(tracing, request);
    request.setDecorator<Span>(NAME, span);
    span.run(done);
  });
}

/** Within the request's span, where it has one: what is done when the answer has gone out. */
export function concludeSpan(tracing: Tracing, request: FastifyRequest, reply: FastifyReply, work: () => void): void {
  const span = tracing.isOn ? request.getDecorator<Span | null>(NAME) : null;
  if (!span) {
    work();
    return;
  }
  span.run(work);
  const { statusCode } = reply;
  span.set({ 'http.response.status_code': statusCode });
  span.end(statusCode >= 500 ? String(statusCode) : undefined);
}

function begin(tracing: Tracing, request: FastifyRequest): Span {
  const { method } = request;
  const route = routeOf(request);
  const correlationId = correlationOf(request);
  const causationId = causationOf(request);
  // Where the cause is found is known only when its conversation goes on.
  const cause = causationId !== null && correlationGiven(request) !== null && spanPlaceOf(correlationId, causationId);
  const parent = parseTraceparent(request.headers.traceparent);
  return tracing.begin({
    name: route === undefined ? method : `${method} ${route}`,
    kind: 'server',
    attributes: { 'http.request.method': method, ...(route === undefined ? {} : { 'http.route': route }) },
    parent,
    at: parent ? undefined : { traceId: traceIdOf(correlationId) },
    links: cause ? [cause] : [],
  });
}

/** As a pattern, without ids. */
function routeOf(request: FastifyRequest): string | undefined {
  return request.is404 ? undefined : request.routeOptions.url;
}
