import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonValue, PageOf } from '../../application/queries/page';
import type { AnalyticsTable } from '../../application/queries/shapes';
import { dayOf } from '../../engagement/calendar';
import { API_DEPENDENCIES, type ApiDependencies } from '../dependencies';
import { bind, type Fault } from '../fields/bind';
import { pathIds } from '../pipeline/path-ids';
import { callerOf } from '../pipeline/received';
import { pathOf } from '../pipeline/route-table';
import { invalidRequest, Problem } from '../problems/problem';
import { prefers, toCsv } from './csv';
import { createCursors, type Cursors } from './cursors';
import type { QueryParameters } from './parameters';
import type { Asked, QueryRoute } from './route';

const WAIT_MS = 5_000;
const FIRST_LIMIT = 50;
/** What says which part of a list is wanted, not which list. */
const NOT_FILTERS = ['limit', 'cursor', 'after', 'minPosition'];

type AllParameters = QueryParameters & {
  readonly limit?: number;
  readonly cursor?: string | null;
  /** The cursor of the feed. */
  readonly after?: string | null;
  readonly types?: readonly string[];
  readonly asOf?: string | null;
};

/** What a request asks of its route, and the list that its cursors are good for. */
export type ReadRequest = { readonly asked: Asked; readonly parameters: AllParameters; readonly list: string };

/** Takes the request of a query route to the QueryBus, and its result back. */
@Injectable()
export class QueryDesk {
  private readonly cursors: Cursors;

  constructor(
    private readonly bus: QueryBus,
    @Inject(API_DEPENDENCIES) private readonly deps: ApiDependencies,
  ) {
    this.cursors = createCursors(deps.secret);
  }

  /** @throws {Problem} 400 for what the request alone shows, 503 when the position isn't reached; whatever the handler throws */
  async ask(route: QueryRoute, request: FastifyRequest, reply: FastifyReply): Promise<object | string> {
    const { asked, parameters, list } = this.read(route, request);
    await this.awaitPosition(request, parameters.minPosition);
    // Read before the query: what it shows is at least as new as this.
    const { position, lagMs } = await this.deps.readSide.position();
    const result = await this.bus.execute(route.queryOf(asked, parameters));
    void reply.headers({ 'Projection-Position': position, 'Projection-Lag': String(Math.round(lagMs)) });
    if (route.isList) return this.partOf(list, result as PageOf<object>);
    if (route.name !== 'GetAnalytics') return result as object;
    void reply.header('Vary', 'Accept');
    if (!prefers('text/csv', request.headers.accept)) return result as object;
    void reply.type('text/csv; charset=utf-8; header=present');
    return toCsv(result as AnalyticsTable);
  }

  /**
   * @param resumeAt a cursor that came in another place, with the name of that place
   * @throws {Problem} 400 for what the request alone shows
   */
  read(
    route: QueryRoute,
    request: FastifyRequest,
    resumeAt?: { readonly name: string; readonly cursor: string },
  ): ReadRequest {
    const faults: Fault[] = [];
    const inPath = route.words.length > 0 ? (request.params as Record<string, string>) : pathIds(request, faults);
    const bound = bind(route.parameters, request.query as object);
    if ('faults' in bound) throw invalidRequest([...faults, ...bound.faults]);
    const parameters: AllParameters = bound.value;
    if (parameters.asOf && parameters.asOf > dayOf(this.deps.clock.now().toISOString(), this.deps.timeZone)) {
      faults.push({ path: 'asOf', message: 'is in the future: ask for today or a day before' });
    }
    const caller = callerOf(request);
    const filters = Object.entries(parameters).filter(([name]) => !NOT_FILTERS.includes(name));
    const list =
      route.cursorsOf === 'tenant'
        ? tenantList(caller.tenantId, route.name)
        : JSON.stringify([caller.tenantId, caller.id, pathOf(request).toLowerCase(), filters]);
    const { cursor = null, after: afterCursor = null } = parameters;
    const place = resumeAt ?? { name: afterCursor === null ? 'cursor' : 'after', cursor: cursor ?? afterCursor };
    const after = this.placeIn(list, place, faults);
    if (faults.length > 0) throw invalidRequest(faults);

    const asked: Asked = {
      caller,
      accessReason: accessReasonOf(request),
      page: { limit: parameters.limit ?? FIRST_LIMIT, after },
      inPath: (name) => {
        const part = inPath[name];
        if (part === undefined) throw new Error(`${route.path} has no ${name}.`);
        return part;
      },
    };
    return { asked, parameters, list };
  }

  /** The cursor of a place in a list. */
  sign(list: string, place: JsonValue): string {
    return this.cursors.sign(list, place);
  }

  private placeIn(
    list: string,
    { name, cursor }: { readonly name: string; readonly cursor: string | null },
    faults: Fault[],
  ): JsonValue {
    const place = cursor === null ? null : this.cursors.open(list, cursor);
    if (place !== undefined) return place;
    faults.push({ path: name, message: 'is not the next of an earlier answer to this query: begin without it' });
    return null;
  }

  private partOf(list: string, { items, next }: PageOf<object>): object {
    return { items, next: next === null ? null : this.sign(list, next) };
  }

  private async awaitPosition(request: FastifyRequest, parameter: string | null): Promise<void> {
    const header = request.headers['min-position'];
    const wanted = typeof header === 'string' ? header : parameter;
    if (wanted === null) return;
    const passed = await this.deps.readSide.waitUntil(wanted, WAIT_MS);
    if (passed === null) {
      const path = header === undefined ? 'minPosition' : 'Min-Position';
      throw invalidRequest([{ path, message: 'is no position: give the Event-Position of a command' }]);
    }
    if (!passed) {
      const detail = 'The read models have not come to this position within 5 seconds: ask again in a moment.';
      throw new Problem('not-yet-projected', detail, { headers: { 'Retry-After': '1' } });
    }
  }
}

/** What cursors are signed for that are good for every reader of the tenant, whatever the filters. */
function tenantList(tenantId: string, name: string): string {
  return JSON.stringify([tenantId, name]);
}

/** Node reads headers byte by byte, people write them in UTF-8. */
function accessReasonOf({ headers }: FastifyRequest): string | null {
  const given = headers['access-reason'];
  if (typeof given !== 'string') return null;
  const text = Buffer.from(given, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? given : text;
}
