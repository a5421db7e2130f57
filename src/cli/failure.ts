import { inspect } from 'node:util';
import type { Logger } from '../platform/logging';
import { StartError } from '../platform/start-error';

/** The failure of a command as one sentence; where in the code it happened is told to the log only. */
export function explained(error: unknown, logger: Logger): StartError {
  if (error instanceof StartError) return error;
  logger.debug({ err: error }, 'the command failed');
  const message = error instanceof Error && error.message !== '' ? error.message : inspect(error);
  return new StartError(`This did not work: ${message.replace(/\s*\n\s*/g, ' ')} (LOG_LEVEL=debug tells more.)`, {
    cause: error,
  });
}
