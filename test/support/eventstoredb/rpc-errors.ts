import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { UNARY_NAMES, type Expected } from './expected';

/** An error as a call ends with it: gRPC status, sentence and trailers, the same as the real server's. */
export function rpcError(code: status, details: string, trailers: Record<string, string> = {}): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export type Endpoint = { readonly host: string; readonly port: number };

export const notLeader = (leader: Endpoint): ServiceError =>
  rpcError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': leader.host,
    'leader-endpoint-port': String(leader.port),
  });

export const notReady = (): ServiceError => rpcError(status.UNAVAILABLE, 'Server Is Not Ready');

export const accessDenied = (): ServiceError =>
  rpcError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const unauthenticated = (): ServiceError => rpcError(status.UNAUTHENTICATED, 'Unauthenticated');

/** The server's own time-out: whether the write happened is not known to it either. */
export const timedOut = (what: string): ServiceError => rpcError(status.ABORTED, `Operation timed out: ${what}`);

export const streamDeleted = (stream: string): ServiceError =>
  rpcError(status.FAILED_PRECONDITION, `Event stream '${asTrailer(stream)}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': asTrailer(stream),
  });

export const maxAppendSizeExceeded = (maximum: number): ServiceError =>
  rpcError(status.INVALID_ARGUMENT, `Maximum Append Size of ${maximum} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maximum),
  });

/** Deleting answers with a status where appending answers with a message. */
export function wrongExpectedVersion(operation: string, stream: string, expected: Expected, current: bigint) {
  const wanted = typeof expected === 'bigint' ? expected : UNARY_NAMES[expected];
  return rpcError(
    status.FAILED_PRECONDITION,
    `${operation} failed due to WrongExpectedVersion. Stream: ${asTrailer(stream)}, ` +
      `Expected version: ${wanted}, Actual version: ${current}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': asTrailer(stream),
      'expected-version': String(wanted),
      'actual-version': String(current),
    },
  );
}

/** Trailers are ASCII. */
function asTrailer(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
