import { join } from 'node:path';
import { notifyDeps } from '../composition/worker';
import type { IsoDate } from '../engagement/values';
import type { BulkEventStore } from '../event-store/event-store';
import { outboxMailer } from '../jobs/mail/outbox';
import { notify } from '../jobs/notify/start';
import { sweep } from '../jobs/notify/sweep';
import type { NewJob } from '../jobs/queues';
import type { Clock } from '../platform/clock';
import type { Pool } from '../platform/database';
import { createLogger } from '../platform/logging';
import type { Settings } from '../platform/settings';
import type { ReadSide } from '../../projections/engine/read-side';
import { calendarOf, client, coach } from './stories/career-season/people';
import type { Entry } from './timeline';

/** What letters are written from. */
export type Desk = {
  readonly settings: Settings;
  readonly pool: Pool;
  readonly store: BulkEventStore;
  readonly readSide: Pick<ReadSide, 'waitUntil'>;
};

/** The two mornings of the season whose letters are written: the reminder before a check-in, and a digest. */
export function lettersOn(today: IsoDate): { readonly reminder: string; readonly digest: string } {
  const { at } = calendarOf(today);
  return { reminder: at(-1, 'Tue', '08:30'), digest: at(0, 'Mon', '08:30') };
}

export const outboxOf = (dataDir: string): string => join(dataDir, 'outbox');

const ROWS_MS = 60_000;

/**
 * A worker that works on two mornings only, and for the people of the season: those of two years of a whole firm would
 * be thousands of letters. What is due it finds as any worker does.
 */
export function letterEntries(
  { settings, pool, store, readSide }: Desk,
  clock: Clock,
  today: IsoDate,
): readonly Entry[] {
  const database = { pool, connectionString: '' };
  const mailer = outboxMailer(outboxOf(settings.dataDir), settings.mailFrom);
  const deps = notifyDeps({ settings, clock, logger: createLogger('silent'), database, store }, mailer);
  const write = async (kind: 'reminder' | 'digest'): Promise<void> => {
    const head = await store.head();
    if (head) await readSide.waitUntil(head, ROWS_MS);
    const isTheirs = ({ data }: NewJob): boolean =>
      data.kind === kind && (data.participantId === client.id || data.participantId === coach.id);
    for (const { data } of (await sweep(deps)).filter(isTheirs)) await notify(deps, data);
  };
  return (['reminder', 'digest'] as const).map((kind) => ({
    at: lettersOn(today)[kind],
    size: 0,
    play: () => write(kind),
  }));
}
