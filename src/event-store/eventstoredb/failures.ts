import {
  AccessDeniedError,
  convertToCommandError,
  InvalidArgumentError,
  isCommandError,
  NotLeaderError,
  StreamDeletedError,
  TimeoutError,
  UnknownError,
} from '@eventstore/db-client';
import { EventStoreUnavailable } from '../event-store';

/** There was no connection, so nothing was sent. */
export class NotSent extends Error {}

/** The log ends before a place that was read from it: it is another one, or was restored from an older backup. */
export class LogShorter extends Error {
  constructor() {
    super(
      'The log ends before the place that has been read already, as one that was restored from an older backup does: ' +
        'what was derived from it must be rebuilt',
    );
    this.name = 'LogShorter';
  }
}

const UNAUTHENTICATED = 16;
const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;

/** Whether the server would answer the same call in the same way again. */
export function isLasting(error: unknown): boolean {
  return (
    isDenied(error) ||
    error instanceof StreamDeletedError ||
    error instanceof InvalidArgumentError ||
    statusOf(error) === UNIMPLEMENTED
  );
}

/** Whether the server let go of a subscription because news came faster than it was taken. */
export function isTooSlow(error: unknown): boolean {
  return error instanceof TimeoutError;
}

/** Whether the server refused the user: unknown, with a wrong password, or without the right to do this. */
export function isDenied(error: unknown): boolean {
  const status = statusOf(error);
  return error instanceof AccessDeniedError || status === UNAUTHENTICATED || status === PERMISSION_DENIED;
}

/** Whether the user itself was refused, whatever it asked for. */
export function isUnknownUser(error: unknown): boolean {
  return statusOf(error) === UNAUTHENTICATED;
}

/**
 * Whether the connection is to be made anew. An answer of the server's shows that it works; where a node is not the
 * leader, the client itself goes to the one that is. All else counts as broken, plain errors without a type too.
 */
export function breaksConnection(error: unknown): boolean {
  const answered = [NotLeaderError, TimeoutError, UnknownError, LogShorter].some((kind) => error instanceof kind);
  return !answered && !isLasting(error);
}

/** The error of a call as the port has it. */
export function asPortError(error: unknown): unknown {
  if (isDenied(error)) return unavailable('it refuses this user: check the credentials in EVENTSTOREDB_URL', error);
  return isLasting(error) || error instanceof EventStoreUnavailable ? error : unavailable(reasonOf(error), error);
}

export function unavailable(reason: string, cause?: unknown): EventStoreUnavailable {
  return new EventStoreUnavailable(`The event log can't be reached: ${reason}`, { cause });
}

/** What an error says; the client leaves many of its messages empty. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return isCommandError(error) ? error.type : error.name;
}

/** A bare error of gRPC as the client would give it, where it tells of another leader or of a refusal. */
export function commandError(error: Error): Error {
  try {
    return convertToCommandError(error);
  } catch {
    // It reads what not every error has.
    return error;
  }
}

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'number' ? error.code : undefined;
}
