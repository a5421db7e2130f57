import { Controller, Delete, HttpCode, Inject, Injectable, Post, Put, Req, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { bind, type Fault } from '../fields/bind';
import { describeRecord } from '../openapi/describe-record';
import { keyOf } from '../pipeline/idempotency';
import { pathIds } from '../pipeline/path-ids';
import { callerOf, receivedWith } from '../pipeline/received';
import { invalidRequest } from '../problems/problem';
import type { RecordRoute } from './record-route';

/** Takes the request of a record route to the CommandBus, and its result back. */
@Injectable()
export class RecordDesk {
  constructor(private readonly bus: CommandBus) {}

  /** @throws {Problem} 400 for what the request alone shows; whatever the handler throws */
  async send(route: RecordRoute, request: FastifyRequest): Promise<unknown> {
    const faults: Fault[] = [];
    const ids = pathIds(request, faults);
    if (keyOf(request) === undefined) {
      faults.push({ path: 'Idempotency-Key', message: 'expected 1 to 200 visible ASCII characters' });
    }
    for (const name of Object.keys(request.query as object)) {
      faults.push({ path: name, message: 'is not a query parameter of this request' });
    }
    const bound = bind(route.body, receivedWith(request).body);
    if ('faults' in bound) throw invalidRequest([...faults, ...bound.faults]);
    if (faults.length > 0) throw invalidRequest(faults);
    const inPath = (name: string): string => {
      const id = ids[name];
      if (id === undefined) throw new Error(`${route.path} has no ${name}.`);
      return id;
    };
    return this.bus.execute(route.commandOf({ caller: callerOf(request), inPath }, bound.value));
  }
}

const METHODS = { POST: Post, PUT: Put, DELETE: Delete } as const;

/** Makes the controller of some record routes: one method a route, named after its command. */
export function recordController(tag: string, routes: readonly RecordRoute[]): Type<object> {
  @ApiTags(tag)
  @Controller()
  class RecordController {
    constructor(@Inject(RecordDesk) readonly desk: RecordDesk) {}
  }
  const { prototype } = RecordController;
  for (const route of routes) {
    const { name } = route;
    const methods = {
      async [name](this: RecordController, request: FastifyRequest): Promise<unknown> {
        return this.desk.send(route, request);
      },
    };
    const descriptor = Object.getOwnPropertyDescriptor(methods, name) ?? {};
    Object.defineProperty(prototype, name, descriptor);
    Req()(prototype, name, 0);
    const decorators = [METHODS[route.method](route.path), HttpCode(route.status), ...describeRecord(route)];
    for (const decorate of decorators) decorate(prototype, name, descriptor);
  }
  return RecordController;
}
