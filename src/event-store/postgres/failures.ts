import { DatabaseError } from 'pg';
import { EventStoreUnavailable } from '../event-store';

/**
 * What an error says about the statement that met it.
 * - `refused`: the server answered that it did nothing, and would again.
 * - `undone`: the server did nothing, and may do it when asked again.
 * - `unavailable`: nothing was done, for want of a connection, of room or of memory.
 * - `lost`: no answer came; it may or may not have been done.
 */
export type Failure = 'refused' | 'undone' | 'unavailable' | 'lost';

/** No connection could be had, so nothing was sent. */
export class NotSent extends Error {}

const UNIQUE_VIOLATION = '23505';

export function failureOf(error: unknown): Failure {
  if (error instanceof NotSent) return 'unavailable';
  if (!(error instanceof DatabaseError) || error.code === undefined) return 'lost';
  const { code } = error;
  if (code.startsWith('40')) return 'undone';
  if (code.startsWith('53')) return 'unavailable';
  // These end the connection, and the server may have committed before it told us.
  const ends = ['08', '57P', '25P03', '25P04', '58', 'XX'].some((prefix) => code.startsWith(prefix));
  return ends ? 'lost' : 'refused';
}

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === UNIQUE_VIOLATION;
}

/** Runs a reading statement; a server that can't be reached becomes the port's error for that. */
export async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failureOf(error) === 'refused' ? error : unavailable(error);
  }
}

export function unavailable(cause: unknown): EventStoreUnavailable {
  const why = cause instanceof Error && cause.message !== '' ? cause.message : String(cause);
  return new EventStoreUnavailable(`The event log can't be reached: ${why}`, { cause });
}
