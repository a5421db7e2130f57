import { Controller, Get, Inject, Req, Res, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeQuery } from '../openapi/describe-query';
import { QueryDesk } from './query-desk';
import type { QueryRoute } from './route';

/** Makes the controller of some query routes: one method a route, named after its query. */
export function queryController(tag: string, routes: readonly QueryRoute[]): Type<object> {
  @ApiTags(tag)
  @Controller()
  class QueryController {
    constructor(@Inject(QueryDesk) readonly desk: QueryDesk) {}
  }
  const { prototype } = QueryController;
  for (const route of routes) {
    const { name } = route;
    const methods = {
      async [name](this: QueryController, request: FastifyRequest, reply: FastifyReply): Promise<object | string> {
        return this.desk.ask(route, request, reply);
      },
    };
    const descriptor = Object.getOwnPropertyDescriptor(methods, name) ?? {};
    Object.defineProperty(prototype, name, descriptor);
    Req()(prototype, name, 0);
    Res({ passthrough: true })(prototype, name, 1);
    for (const decorate of [Get(route.path), ...describeQuery(route)]) decorate(prototype, name, descriptor);
  }
  return QueryController;
}
