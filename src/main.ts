import 'reflect-metadata';
import { startCairn } from './composition/start';
import { systemClock } from './platform/clock';
import { runProgram } from './platform/lifecycle';
import { createLogger } from './platform/logging';
import { readEnvironment, readSettings } from './platform/settings';
import { traceFields } from './platform/tracing';

let logger = createLogger('info');

runProgram(
  async (lifecycle) => {
    const settings = readSettings(readEnvironment(process.cwd(), process.env));
    logger = createLogger(settings.logLevel, undefined, settings.tracing && traceFields);
    const { url } = await startCairn({ settings, clock: systemClock, logger, lifecycle });
    process.stdout.write(`Cairn listens on ${url}\n`);
  },
  () => logger,
);
