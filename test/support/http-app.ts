import { randomUUID } from 'node:crypto';
import { type DynamicModule, Module } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { CommandMessage, CommandResult } from '../../src/application/commands/messages';
import { configureApi, createApiAdapter } from '../../src/http/configure';
import type { ApiDependencies } from '../../src/http/dependencies';
import { HttpModule } from '../../src/http/http.module';
import { createLogger } from '../../src/platform/logging';
import { createMetrics } from '../../src/platform/metrics';
import { noTracing } from '../../src/platform/tracing';
import type { ClaimOutcome, KeptAnswer } from '../../src/records/idempotency';

type Message = CommandMessage<string, Readonly<Record<string, unknown>>>;
type Sent = { readonly params: Readonly<Record<string, unknown>> };

export const SECRET = 'a secret of the specs alone';
export const now = '2026-04-01T09:00:00.000Z';

/** The whole HTTP side over buses that remember what they carry and answer as they are told. */
export type HttpApp = {
  readonly app: NestFastifyApplication;
  readonly commands: Message[];
  readonly queries: Sent[];
  /** What the buses do next; they answer with a plain success until told otherwise. */
  answerCommand: (message: Message) => Promise<CommandResult> | CommandResult;
  answerQuery: (query: Sent) => unknown;
  readonly log: string[];
  token: (roles?: readonly string[], sub?: string, tenant?: string) => Promise<string>;
  inject: (options: InjectOptions) => Promise<LightMyRequestResponse>;
  /** Asks with the token of a coach. */
  ask: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'OPTIONS',
    url: string,
    payload?: unknown,
    headers?: Record<string, string>,
  ) => Promise<LightMyRequestResponse>;
  close: () => Promise<void>;
};

@Module({})
class Buses {}

/** Keys in memory, for what is not about their keeping. */
function keysInMemory(): ApiDependencies['idempotency'] {
  const kept = new Map<string, { digest: string; answer: KeptAnswer | null }>();
  const open = new Set<string>();
  return {
    claim: (owner, digest): Promise<ClaimOutcome> => {
      const name = JSON.stringify(owner);
      const known = kept.get(name);
      if (known && known.digest !== digest) return Promise.resolve({ kind: 'mismatch' });
      if (known?.answer) return Promise.resolve({ kind: 'answered', answer: known.answer });
      if (known && !open.delete(name)) return Promise.resolve({ kind: 'busy' });
      kept.set(name, { digest, answer: null });
      const claim = {
        keep: (answer: KeptAnswer) => Promise.resolve(void kept.set(name, { digest, answer })),
        release: () => Promise.resolve(void kept.delete(name)),
        leaveOpen: () => Promise.resolve(void open.add(name)),
      };
      return Promise.resolve({ kind: 'claimed', claim });
    },
  };
}

export async function createHttpApp(more: Partial<ApiDependencies> = {}): Promise<HttpApp> {
  const commands: Message[] = [];
  const queries: Sent[] = [];
  const log: string[] = [];
  const deps: ApiDependencies = {
    logger: createLogger('info', { write: (line: string) => void log.push(line) }),
    metrics: createMetrics(false),
    tracing: noTracing,
    faults: () => Promise.resolve([]),
    auth: { mode: 'dev' },
    secret: SECRET,
    rateLimit: undefined,
    clock: { now: () => new Date(now) },
    timeZone: 'UTC',
    idempotency: keysInMemory(),
    readSide: {
      waitUntil: (text) => Promise.resolve(text.startsWith('at-') ? text !== 'at-never' : null),
      position: () => Promise.resolve({ position: 'at-7', lagMs: 3.4 }),
    },
    ...more,
  };
  const result: HttpApp = {
    commands,
    queries,
    log,
    answerCommand: ({ envelope }) => ({
      subjectId: envelope.subjectId,
      revision: 7,
      position: 'at-8',
      eventIds: [randomUUID()],
      made: {},
    }),
    answerQuery: () => ({}),
  } as Partial<HttpApp> as HttpApp;

  const commandBus = {
    execute: (message: Message) => {
      commands.push(message);
      return Promise.resolve(message).then((given) => result.answerCommand(given));
    },
  };
  const queryBus = {
    execute: (query: Sent) => {
      queries.push(query);
      return Promise.resolve(query).then((given) => result.answerQuery(given));
    },
  };
  const buses: DynamicModule = {
    module: Buses,
    global: true,
    providers: [
      { provide: CommandBus, useValue: commandBus },
      { provide: QueryBus, useValue: queryBus },
    ],
    exports: [CommandBus, QueryBus],
  };

  const compiled = await Test.createTestingModule({ imports: [HttpModule.of(deps, buses)] }).compile();
  const options = { bodyParser: false, logger: false as const };
  const app = compiled.createNestApplication<NestFastifyApplication>(createApiAdapter(deps), options);
  configureApi(app, '0.0.0');
  await app.init();
  await app.getHttpAdapter().getInstance().ready();

  const inject: HttpApp['inject'] = (request) => app.inject(request);
  const token: HttpApp['token'] = async (roles = ['coach'], sub = randomUUID(), tenant = 'acme') => {
    const payload = { tenant, sub, roles };
    const answer = await inject({ method: 'POST', url: '/dev/tokens', payload });
    return answer.json<{ token: string }>().token;
  };
  const coach = deps.auth.mode === 'dev' ? await token() : '';
  log.length = 0;
  return Object.assign(result, {
    app,
    token,
    inject,
    ask: ((method, url, payload, headers = {}) =>
      inject({
        method,
        url,
        headers: { authorization: `Bearer ${coach}`, ...headers },
        ...(payload === undefined ? {} : { payload: payload as string | object }),
      })) satisfies HttpApp['ask'],
    close: () => app.close(),
  });
}
