import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { API_DEPENDENCIES, type ApiDependencies } from '../dependencies';
import { bind } from '../fields/bind';
import { receivedWith } from '../pipeline/received';
import { invalidRequest } from '../problems/problem';
import { DevTokenBody } from './claims';
import { signDevToken } from './tokens';

/** Hands a token to anyone who asks. Part of the program only where AUTH_MODE is `dev`. */
@ApiTags('development')
@Controller('dev')
export class DevTokensController {
  constructor(@Inject(API_DEPENDENCIES) private readonly deps: ApiDependencies) {}

  @Post('tokens')
  @HttpCode(200)
  @ApiOperation({ summary: 'Get a token, with AUTH_MODE=dev', operationId: 'signDevToken', security: [] })
  @ApiBody({ type: DevTokenBody })
  @ApiOkResponse({ schema: { type: 'object', required: ['token'], properties: { token: { type: 'string' } } } })
  async sign(@Req() request: FastifyRequest): Promise<{ readonly token: string }> {
    const bound = bind(DevTokenBody, receivedWith(request).body);
    if ('faults' in bound) throw invalidRequest(bound.faults);
    return { token: await signDevToken(bound.value, this.deps.secret) };
  }
}
