import { notifyDeps } from '../../../src/composition/worker';
import type { Delivery, Mail } from '../../../src/jobs/mail/mail';
import { notify } from '../../../src/jobs/notify/start';
import { sweep } from '../../../src/jobs/notify/sweep';
import type { NewJob } from '../../../src/jobs/queues';
import { createLogger } from '../../../src/platform/logging';
import { readSettings, type Settings } from '../../../src/platform/settings';
import type { Person, Preferences } from '../../../src/records/preferences';
import { noPreferences, writePreferences } from '../../../src/records/preferences';
import type { TestCairn } from '../cairn';

/** The work of a worker, done by hand: no queue, no mail server, at the present of the product's clock. */
export type Desk = {
  /** What was delivered so far, oldest first. */
  readonly mails: Mail[];
  /** What becomes of the next letters; `sent` unless told otherwise. */
  deliver: (mail: Mail) => Delivery | Promise<Delivery>;
  readonly sweep: () => Promise<readonly NewJob[]>;
  readonly work: (jobs: readonly NewJob[]) => Promise<void>;
  /** Sweeps and works, and answers the letters that came of it. */
  readonly run: () => Promise<readonly Mail[]>;
  readonly prefer: (person: Person, preferences: Partial<Preferences>) => Promise<void>;
  readonly deps: ReturnType<typeof notifyDeps>;
  readonly close: () => Promise<void>;
};

export function openDesk({ running, clock }: TestCairn, more: Partial<Settings> = {}): Desk {
  const { pool, store } = running;
  const settings = { ...readSettings({}), ...more };
  const desk: Pick<Desk, 'mails' | 'deliver'> = { mails: [], deliver: () => ({ outcome: 'sent' }) };
  const deps = notifyDeps(
    { settings, clock, logger: createLogger('silent'), database: { pool, connectionString: '' }, store },
    {
      channel: 'email',
      deliver: async (mail) => {
        const delivery = await desk.deliver(mail);
        if (delivery.outcome === 'sent') desk.mails.push(mail);
        return delivery;
      },
    },
  );
  const work: Desk['work'] = async (jobs) => {
    for (const { data } of jobs) await notify(deps, data);
  };
  return Object.assign(desk, {
    deps,
    work,
    sweep: () => sweep(deps),
    run: async () => {
      const before = desk.mails.length;
      await work(await sweep(deps));
      return desk.mails.slice(before);
    },
    prefer: (person: Person, preferences: Partial<Preferences>) =>
      writePreferences(pool, person, { ...noPreferences, ...preferences }),
    close: () => deps.ledger.close(),
  });
}
