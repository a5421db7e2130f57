import type { Readable } from 'node:stream';
import { applyDecorators, Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeQuery } from '../openapi/describe-query';
import { prefers } from '../queries/csv';
import { QueryDesk } from '../queries/query-desk';
import { feedQuery } from '../queries/routes';
import { FeedStreams } from './feed-streams';

/** The feed: a part of it, or live as server-sent events. */
@ApiTags('integrations')
@Controller()
export class FeedController {
  constructor(
    @Inject(QueryDesk) private readonly desk: QueryDesk,
    @Inject(FeedStreams) private readonly streams: FeedStreams,
  ) {}

  @Get(feedQuery.path)
  @applyDecorators(...describeQuery(feedQuery))
  async read(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | string | Readable> {
    const isLive = request.method === 'GET' && prefers('text/event-stream', request.headers.accept);
    if (isLive) return this.streams.start(feedQuery, request, reply);
    void reply.header('Vary', 'Accept');
    return this.desk.ask(feedQuery, request, reply);
  }
}
