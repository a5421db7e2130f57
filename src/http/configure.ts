import type { IncomingMessage } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { randomId } from '../platform/ids';
import type { ApiDependencies, OperationsDependencies } from './dependencies';
import { serveOpenApi } from './openapi/document';
import { closeConnectionsOnStop } from './pipeline/connections';
import { concludeClaim } from './pipeline/idempotency';
import { createReceive } from './pipeline/receive';
import { decorateRequests } from './pipeline/received';
import { collectRoutes, type RouteTable } from './pipeline/route-table';
import { concludeSpan, traceRequests } from './pipeline/trace-requests';
import { answerUnreadable, createAnswerUnroutable } from './pipeline/unroutable';
import { ProblemFilter } from './problems/problem.filter';

type Receive = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
type AnswerUnroutable = (error: Error, request: FastifyRequest, reply: FastifyReply) => void;

/** A request that sends its headers and body more slowly than this is given up. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Longer parts of a path reach their route and are refused there, with the field's name. */
const MOST_PARAMETER_LENGTH = 8_192;
const REQUEST_ID = /^[!-~]{1,128}$/;
const UNKNOWN_ROUTE = '(none)';

/**
 * The server of the API. For `NestFactory.create(AppModule, adapter, { bodyParser: false })`: bodies are read here, in
 * the order in which requests are refused.
 */
export function createApiAdapter(deps: ApiDependencies): FastifyAdapter {
  return createAdapter(deps, createAnswerUnroutable(deps), (routes) => createReceive(deps, routes));
}

/** The server of a program that has health and metrics to show, and nothing else. */
export function createOperationsAdapter(deps: OperationsDependencies): FastifyAdapter {
  return createAdapter(deps, createAnswerUnroutable(null), (routes) => (request) => {
    routes.require(request);
    return Promise.resolve();
  });
}

/** What the application needs besides its modules, before it listens. `version` is shown on the OpenAPI page. */
export function configureApi(app: INestApplication, version: string): void {
  configureOperations(app);
  serveOpenApi(app, version);
}

export function configureOperations(app: INestApplication): void {
  app.useGlobalFilters(new ProblemFilter());
}

function createAdapter(
  deps: OperationsDependencies,
  answerUnroutable: AnswerUnroutable,
  receiveBy: (routes: RouteTable) => Receive,
): FastifyAdapter {
  const adapter = new FastifyAdapter({
    loggerInstance: deps.logger,
    // One line an answer, written below.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomId();
    },
    requestTimeout: REQUEST_TIMEOUT_MS,
    // What still arrives while a stop waits is answered like anything else.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MOST_PARAMETER_LENGTH },
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  decorateRequests(fastify);
  closeConnectionsOnStop(fastify);
  const receive = receiveBy(collectRoutes(fastify));
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request, _payload, done) => {
    done(null);
  });
  traceRequests(fastify, deps.tracing);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headersFor(request));
    done();
  });
  fastify.addHook('onRequest', receive);
  fastify.addHook('onSend', async (request, reply, payload) => {
    await concludeClaim(request, reply, payload);
    return payload;
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    concludeSpan(deps.tracing, request, reply, () => {
      recordAnswer(deps, request, reply);
    });
    done();
  });
  return adapter;
}

function headersFor(request: FastifyRequest): Readonly<Record<string, string>> {
  return {
    'X-Request-Id': request.id,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...(request.url.startsWith('/docs') ? {} : { 'Cache-Control': 'no-store' }),
  };
}

function recordAnswer({ metrics, logger }: OperationsDependencies, request: FastifyRequest, reply: FastifyReply): void {
  const { method } = request;
  const route = request.routeOptions.url ?? UNKNOWN_ROUTE;
  const milliseconds = reply.elapsedTime;
  metrics.answered(method, route, reply.statusCode, milliseconds);
  const ms = Math.round(milliseconds * 10) / 10;
  logger.info({ requestId: request.id, method, route, status: reply.statusCode, ms }, 'answered');
}
