import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OPERATIONS_DEPENDENCIES, type OperationsDependencies } from '../dependencies';

/** For those who run the program. Not part of the contract's /v1, and open to all who reach the port. */
@ApiExcludeController()
@Controller()
export class OperationsController {
  constructor(@Inject(OPERATIONS_DEPENDENCIES) private readonly deps: OperationsDependencies) {}

  /** Whether the process answers at all. */
  @Get('health/live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether it can do its work; 503 with the reasons when it can't. */
  @Get('health/ready')
  async ready(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly status: 'ok' | 'unavailable'; readonly reasons: readonly string[] }> {
    const reasons = await this.deps.faults();
    if (reasons.length === 0) return { status: 'ok', reasons };
    void reply.code(503).header('Retry-After', '1');
    return { status: 'unavailable', reasons };
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { contentType, text } = await this.deps.metrics.read();
    void reply.type(contentType);
    return text;
  }
}
