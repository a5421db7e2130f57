import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandResult, Envelope } from '../../application/commands/messages';
import type { Id } from '../../engagement/values';
import { randomId, uuidV5 } from '../../platform/ids';
import { API_DEPENDENCIES, type ApiDependencies } from '../dependencies';
import { bind, type Fault } from '../fields/bind';
import { causationOf, correlationOf } from '../pipeline/correlation';
import { keyOf } from '../pipeline/idempotency';
import { callerOf, receivedWith } from '../pipeline/received';
import { invalidRequest } from '../problems/problem';
import { pathIds } from '../pipeline/path-ids';
import { CommandFields } from './bodies/common';
import type { CommandRoute } from './route';

/** Keeps ids of commands apart from other derived ids. */
const COMMANDS = '3d2f1b86-7c5a-4e0d-9a64-5f8b1c7e2d90';
const REVISION = /^"(0|[1-9]\d{0,17})"$/;

/** Takes the request of a command route to the CommandBus, and its result back. */
@Injectable()
export class CommandDesk {
  constructor(
    private readonly bus: CommandBus,
    @Inject(API_DEPENDENCIES) private readonly deps: ApiDependencies,
  ) {}

  /** @throws {Problem} 400 for what the request alone shows; whatever the handler throws */
  async send(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<object> {
    const message = route.messageOf(this.envelopeFor(route, request));
    const result = await this.bus.execute<typeof message, CommandResult>(message);
    const { subjectId, revision, position, eventIds, made } = result;
    void reply.headers({ ETag: `"${revision}"`, 'Event-Position': position });
    return { [route.subject]: subjectId, revision, position, eventIds, ...made };
  }

  private envelopeFor(route: CommandRoute, request: FastifyRequest): Envelope<object> {
    const { identity, body } = receivedWith(request);
    const faults: Fault[] = [];
    const ids = pathIds(request, faults);
    const ifMatch = expectedRevision(request, faults);
    if (keyOf(request) === undefined) {
      faults.push({ path: 'Idempotency-Key', message: 'expected 1 to 200 visible ASCII characters' });
    }
    for (const name of Object.keys(request.query as object)) {
      faults.push({ path: name, message: 'is not a query parameter of this request' });
    }
    const { occurredAt, onBehalfOf, ...fields } = body as Partial<Record<string, unknown>>;
    const common = valueOf(bind(CommandFields, { occurredAt, onBehalfOf }), faults);
    const given = valueOf(bind(route.body, fields), faults);
    if (common?.occurredAt && common.occurredAt > this.deps.clock.now().toISOString()) {
      faults.push({ path: 'occurredAt', message: 'is in the future: give the present or the past, or leave it out' });
    }
    if (faults.length > 0 || !common || !given) throw invalidRequest(faults);

    const caller = callerOf(request);
    const commandId = identity === null ? randomId() : uuidV5(COMMANDS, identity);
    const { engagementId, ...otherIds } = ids;
    return {
      caller,
      subjectId: engagementId ?? subjectOf(route, { ...given, ...otherIds }, commandId),
      data: route.dataOf({ ...given, ...otherIds }),
      occurredAt: common.occurredAt,
      onBehalfOf: common.onBehalfOf,
      ifMatch,
      commandId,
      mayBeRepeated: identity !== null,
      correlationId: correlationOf(request),
      causationId: causationOf(request),
    };
  }
}

/** The id of what a command without an engagement in its path is about: named by the request, else derived. */
function subjectOf({ subject }: CommandRoute, given: Partial<Record<string, unknown>>, commandId: Id): Id {
  const chosen = given[subject];
  return typeof chosen === 'string' ? chosen : uuidV5(commandId, subject);
}

function expectedRevision(request: FastifyRequest, faults: Fault[]): bigint | null {
  const given = request.headers['if-match'];
  if (given === undefined) return null;
  const revision = REVISION.exec(given)?.[1];
  if (revision !== undefined) return BigInt(revision);
  faults.push({ path: 'If-Match', message: 'expected one revision in quotes, such as "7"' });
  return null;
}

function valueOf<T>(bound: { readonly value: T } | { readonly faults: readonly Fault[] }, faults: Fault[]): T | null {
  if ('value' in bound) return bound.value;
  faults.push(...bound.faults);
  return null;
}
