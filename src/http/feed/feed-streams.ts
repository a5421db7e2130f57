import { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FollowFeed } from '../../application/queries/queries';
import { API_DEPENDENCIES, type ApiDependencies } from '../dependencies';
import { Problem } from '../problems/problem';
import { QueryDesk } from '../queries/query-desk';
import type { QueryRoute } from '../queries/route';
import { toEventStream } from './event-stream';

/** Between two signs of life on a quiet stream. */
const HEARTBEAT_MS = 15_000;
/** Each one reads the log for itself. */
const MOST_STREAMS = 100;
/** A token may have run out meanwhile: the reader comes back with a new one, and goes on where it was. */
const LONGEST_MS = 3_600_000;

/** The live feeds that this process serves. */
@Injectable()
export class FeedStreams implements OnModuleDestroy {
  private readonly open = new Set<AbortController>();
  private isClosing = false;

  constructor(
    private readonly bus: QueryBus,
    @Inject(QueryDesk) private readonly desk: QueryDesk,
    @Inject(API_DEPENDENCIES) { metrics }: ApiDependencies,
  ) {
    metrics.gauge('cairn_feed_streams', 'Live feeds that are being read', () => this.open.size);
  }

  /** @throws {Problem} 400, 403, and 429 when there are too many already */
  async start(route: QueryRoute, request: FastifyRequest, reply: FastifyReply): Promise<Readable> {
    const resumed = request.headers['last-event-id'];
    const resumeAt = typeof resumed === 'string' && resumed !== '' ? resumed : undefined;
    const { asked, parameters, list } = this.desk.read(
      route,
      request,
      resumeAt === undefined ? undefined : { name: 'Last-Event-ID', cursor: resumeAt },
    );
    const ending = this.takePlace();
    try {
      const { caller, page } = asked;
      const { types = [] } = parameters;
      const parts = await this.bus.execute(new FollowFeed({ caller, types, after: page.after, signal: ending.signal }));
      const cursorOf = (place: Parameters<QueryDesk['sign']>[1]) => this.desk.sign(list, place);
      const stop = (): void => {
        this.leave(ending);
      };
      const stream = Readable.from(toEventStream(parts, HEARTBEAT_MS, cursorOf, stop), { highWaterMark: 1 });
      const longest = setTimeout(stop, LONGEST_MS).unref();
      // Of the answer, not of `stream`, which closes only when what it pulls from has ended.
      reply.raw.once('close', () => {
        clearTimeout(longest);
        stop();
      });
      void reply.type('text/event-stream; charset=utf-8').headers({ Vary: 'Accept', 'X-Accel-Buffering': 'no' });
      return stream;
    } catch (error) {
      this.leave(ending);
      throw error;
    }
  }

  onModuleDestroy(): void {
    this.isClosing = true;
    for (const ending of this.open) this.leave(ending);
  }

  private takePlace(): AbortController {
    if (this.isClosing || this.open.size >= MOST_STREAMS) {
      throw new Problem(
        'too-many-requests',
        'Too many live feeds are open here: try again later, or ask page by page.',
        {
          headers: { 'Retry-After': '30' },
        },
      );
    }
    const ending = new AbortController();
    this.open.add(ending);
    return ending;
  }

  private leave(ending: AbortController): void {
    this.open.delete(ending);
    ending.abort();
  }
}
