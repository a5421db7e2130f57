import { Controller, HttpCode, Inject, Post, Put, Req, Res, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeCommand } from '../openapi/describe-command';
import { CommandDesk } from './command-desk';
import type { CommandRoute } from './route';

/** Makes the controller of some command routes: one method a route, named after its command. */
export function commandController(tag: string, routes: readonly CommandRoute[]): Type<object> {
  @ApiTags(tag)
  @Controller()
  class CommandController {
    constructor(@Inject(CommandDesk) readonly desk: CommandDesk) {}
  }
  const { prototype } = CommandController;
  for (const route of routes) {
    const { kind } = route;
    const methods = {
      async [kind](this: CommandController, request: FastifyRequest, reply: FastifyReply): Promise<object> {
        return this.desk.send(route, request, reply);
      },
    };
    const descriptor = Object.getOwnPropertyDescriptor(methods, kind) ?? {};
    Object.defineProperty(prototype, kind, descriptor);
    Req()(prototype, kind, 0);
    Res({ passthrough: true })(prototype, kind, 1);
    const decorators = [
      route.method === 'PUT' ? Put(route.path) : Post(route.path),
      HttpCode(route.makes === null ? 200 : 201),
      ...describeCommand(route),
    ];
    for (const decorate of decorators) decorate(prototype, kind, descriptor);
  }
  return CommandController;
}
