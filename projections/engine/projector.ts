import type { Pool } from 'pg';
import {
  isOpaque,
  UnreadableEvent,
  type EventStore,
  type LogBatch,
  type LogEvent,
  type Position,
} from '../../src/event-store/event-store';
import { comparePositions } from '../../src/event-store/position';
import type { Logger } from '../../src/platform/logging';
import { createTurns } from '../../src/platform/turns';
import { applyBatch, type Member } from './apply-batch';
import { reportReader } from './checkpoints';
import type { OnProjected } from './projected-batch';
import type { ProjectedEvent } from './projection';
import { toProjectedEvent } from './to-projected-event';

export type ProjectorOptions = {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly timeZone: string;
  readonly batchSize: number;
  readonly logger: Pick<Logger, 'info' | 'error'>;
  /** Called when a batch has been committed, and when everything there was has been. */
  readonly onProgress: () => void;
  readonly onProjected?: OnProjected;
};

export type Projector = {
  /**
   * Carries the log to the members' rows until `signal` aborts. Members that are equally far share one read of the log
   * and one transaction a batch; one that is behind (new, rebuilt, or stopped before) catches up beside the others and
   * joins them then, so that none waits for it.
   */
  readonly run: (members: readonly Member[], signal: AbortSignal) => Promise<void>;
};

export function createProjector(options: ProjectorOptions): Projector {
  const { pool, store, batchSize, logger, onProgress } = options;

  const project = (event: LogEvent): ProjectedEvent => {
    if (isOpaque(event)) throw new UnreadableEvent(event);
    return toProjectedEvent(event, options.timeZone);
  };

  const apply = async (members: Set<Member>, batch: LogBatch): Promise<void> => {
    const events = batch.events.map(project);
    const begun = performance.now();
    const projections = [...members].map(({ projection }) => projection.name);
    const stops = await applyBatch(pool, [...members], events);
    options.onProjected?.({ events, projections, tookMs: performance.now() - begun });
    for (const { member, event, message } of stops) {
      members.delete(member);
      const { name } = member.projection;
      logger.error({ projection: name, eventId: event.eventId, type: event.type }, `${name} stopped: ${message}`);
    }
    onProgress();
  };

  /** Up to the head of the log, wherever it is by then. */
  const catchUp = async (members: Set<Member>, signal: AbortSignal): Promise<void> => {
    let head = await store.head();
    if (isThere(members, head)) return;
    for await (const batch of readAhead(store, { ...afterOption(foremost(members)), batchSize, signal })) {
      await apply(members, batch);
      if (isThere(members, head)) head = await store.head();
      if (isThere(members, head)) return;
    }
  };

  const follow = async (
    live: Set<Member>,
    takeTurn: (work: () => Promise<void>) => Promise<void>,
    signal: AbortSignal,
  ) => {
    const after = foremost(live);
    for await (const batch of readAhead(store, { ...afterOption(after), batchSize, signal })) {
      await takeTurn(() => apply(live, batch));
    }
  };

  return {
    run: async (members, signal) => {
      const live = new Set<Member>();
      const inTurn = createTurns();
      const takeTurn = (work: () => Promise<void>): Promise<void> => inTurn('live', work);
      const failed = new AbortController();
      const working = AbortSignal.any([signal, failed.signal]);
      let following: Promise<void> | undefined;

      const join = async (group: Set<Member>): Promise<void> => {
        await report(pool, group, 'catching-up');
        await catchUp(group, working);
        // The others pause for the last few events, or there might be new ones for ever.
        await takeTurn(async () => {
          await catchUp(group, working);
          if (working.aborted) return;
          await report(pool, group, 'live');
          for (const member of group) live.add(member);
          onProgress();
        });
        if (live.size > 0) following ??= follow(live, takeTurn, working);
        await following;
      };

      const joining = groupByPosition(members).map(async (group) => {
        try {
          await join(group);
        } catch (error) {
          failed.abort(error);
          throw error;
        }
      });
      const outcomes = await Promise.allSettled(joining);
      const failure = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failure) throw failure.reason;
      // With every projection stopped there is nothing to do until the next start.
      if (!working.aborted) await untilAborted(working);
    },
  };
}

async function report(pool: Pool, members: ReadonlySet<Member>, state: 'live' | 'catching-up'): Promise<void> {
  const names = [...members].map(({ projection }) => projection.name);
  await reportReader(pool, names, { state, attempts: 0, error: null });
}

/** The next batch is fetched while one is being projected, as long as there is more than one waiting. */
async function* readAhead(
  store: EventStore,
  options: { readonly after?: Position; readonly batchSize: number; readonly signal: AbortSignal },
): AsyncGenerator<LogBatch> {
  // A fetch that nobody waits for any more is not waited for either.
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const batches = store.subscribe({ ...options, signal })[Symbol.asyncIterator]();
  try {
    let next = batches.next();
    for (;;) {
      const fetched = await next;
      if (fetched.done === true || options.signal.aborted) return;
      const isFull = fetched.value.events.length >= options.batchSize;
      if (isFull) {
        next = batches.next();
        // Whoever awaits it sees its failure; until then it is not an unhandled one.
        next.catch(() => undefined);
      }
      yield fetched.value;
      if (!isFull) next = batches.next();
    }
  } finally {
    ended.abort();
    await batches.return?.();
  }
}

/** Where the group's reader begins: none of its members has come less far. */
function foremost(members: ReadonlySet<Member>): Position | null {
  let first: Position | null | undefined;
  for (const { position } of members) {
    if (first === undefined) first = position;
    else if (first !== null && (position === null || comparePositions(position, first) < 0)) first = position;
  }
  return first ?? null;
}

function isThere(members: ReadonlySet<Member>, head: Position | null): boolean {
  if (head === null || members.size === 0) return true;
  const position = foremost(members);
  return position !== null && comparePositions(position, head) >= 0;
}

function afterOption(position: Position | null): { after?: Position } {
  return position ? { after: position } : {};
}

function groupByPosition(members: readonly Member[]): readonly Set<Member>[] {
  const groups = new Map<string, Set<Member>>();
  for (const member of members) {
    const key = member.position ? `${member.position.commit}.${member.position.prepare}` : '';
    groups.set(key, (groups.get(key) ?? new Set<Member>()).add(member));
  }
  return [...groups.values()];
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}
