import 'reflect-metadata';
import { pino } from 'pino';
import { startCairn } from '../composition/start';
import type { IsoDate } from '../engagement/values';
import { type Lifecycle, runProgram } from '../platform/lifecycle';
import { createLogger, type Logger } from '../platform/logging';
import { readEnvironment, readSettings } from '../platform/settings';
import { errorCode } from '../platform/start-error';
import { createApi } from './api';
import { readArguments, USAGE } from './arguments';
import { catchUp } from './catch-up';
import { emptyFolder, markPlayed, openRecord } from './data-folder';
import { createDemoClock } from './demo-clock';
import { letterEntries } from './letters';
import { play } from './play';
import { printAnswers } from './print';
import { printAddress } from './print/address';
import { printOpening } from './print/opening';
import { print } from './print/terminal';
import { demoSettings } from './settings';
import { OPENS_ON } from './stories/walk-the-dog';
import type { Entry } from './timeline';

/** Log lines would run through the pictures: they go to the standard error, and only errors do unless asked. */
const loggerOf = (level: Parameters<typeof createLogger>[0]): Logger => createLogger(level, pino.destination(2));
let logger = loggerOf('error');

/** Whoever read along has gone (`npm run demo | head`): that is an end like any other. */
function endWithItsReader(): void {
  process.stdout.on('error', (error) => {
    if (errorCode(error) !== 'EPIPE') throw error;
    process.kill(process.pid, 'SIGTERM');
  });
}

/** Starts everything, plays the cases unless an earlier run did, prints the answers, and serves on. */
async function demo(lifecycle: Lifecycle): Promise<void> {
  endWithItsReader();
  const given = readArguments(process.argv.slice(2));
  if (given.help) {
    print(USAGE);
    return;
  }
  const environment = readEnvironment(process.cwd(), process.env);
  const asked = readSettings(environment);
  const settings = demoSettings(asked);
  if (environment.LOG_LEVEL) logger = loggerOf(settings.logLevel);

  if (given.fresh) await emptyFolder(settings.dataDir);
  const record = await openRecord(settings.dataDir, new Date().toISOString().slice(0, 10));
  const clock = createDemoClock(new Date(OPENS_ON));
  if (record.played) clock.release();
  printOpening(settings.dataDir, record);
  if (asked.databaseUrl !== undefined) print('  DATABASE_URL is left alone: the demo brings a Postgres of its own.');
  // A worker would write the letters of two years while they pass; of two mornings they are written apart.
  const cairn = await startCairn({ settings, clock, logger, lifecycle, parts: ['api', 'projector'] });
  const api = createApi(cairn.url);

  const show = async (signal: AbortSignal): Promise<void> => {
    const letters = (day: IsoDate): readonly Entry[] => letterEntries({ settings, ...cairn }, clock, day);
    const stage = { api, store: cairn.store, clock, letters, signal };
    const today = record.played ? record.today : await play(stage, record.today);
    clock.release();
    await catchUp(cairn, signal);
    if (!record.played) markPlayed(settings.dataDir, { ...record, today });
    await printAnswers(api, settings.dataDir, today, signal);
  };
  const leaving = new AbortController();
  const shown = show(leaving.signal);
  // Stops before what it plays on does: a request that is on its way is still answered.
  lifecycle.onStop('the demo', () => {
    leaving.abort();
    return shown.catch(() => undefined);
  });
  await shown;
  printAddress(api, settings.dataDir, !given.exit);
  if (given.exit) await lifecycle.stop();
}

runProgram(demo, () => logger);
