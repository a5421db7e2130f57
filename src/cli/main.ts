#!/usr/bin/env node
import { pino } from 'pino';
import { runProgram } from '../platform/lifecycle';
import { createLogger, type Logger } from '../platform/logging';
import { readEnvironment, readSettings, type Environment } from '../platform/settings';
import type { Run } from './command';
import { explained } from './failure';
import { readCommand, UsageError } from './program';

/** A command that a signal ended has not done its work, as shells have it for Ctrl-C. */
const INTERRUPTED = 130;

/** Log lines go to the standard error, and only errors do unless asked. */
const loggerOf = (level: Parameters<typeof createLogger>[0]): Logger => createLogger(level, pino.destination(2));
let logger = loggerOf('error');

function readRun(): Run {
  try {
    return readCommand(process.argv.slice(2), {
      out: (text) => process.stdout.write(text),
      error: (text) => process.stderr.write(text),
    });
  } catch (error) {
    if (error instanceof UsageError) process.exit(error.exitCode);
    throw error;
  }
}

function useLogLevel(environment: Environment): void {
  if (environment.LOG_LEVEL) logger = loggerOf(readSettings(environment).logLevel);
}

const run = readRun();
runProgram(
  async (lifecycle) => {
    try {
      const environment = readEnvironment(process.cwd(), process.env);
      useLogLevel(environment);
      await run({ environment, lifecycle, logger });
    } catch (error) {
      throw explained(error, logger);
    }
    if (!(await lifecycle.stop())) process.exitCode = 1;
  },
  () => logger,
  INTERRUPTED,
);
