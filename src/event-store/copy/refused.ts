import { StartError } from '../../platform/start-error';

/** The copy stops, and nothing was written over: the message says what is in the way and what to do. */
export class LogCopyRefused extends StartError {
  override readonly name = 'LogCopyRefused';
}

/** The target has an event of its own where one of the source belongs. */
export function holdsOthers(stream: string, revision: bigint): LogCopyRefused {
  return new LogCopyRefused(
    `The target holds other events: stream ${stream} differs from the source at revision ${revision}. ` +
      'Copy into an empty log, or into one that only an earlier run of this copy wrote to.',
  );
}
