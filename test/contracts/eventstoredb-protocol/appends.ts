import { randomUUID } from 'node:crypto';
import {
  MaximumAppendSizeExceeded,
  StreamDeleted,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import type { Message } from 'google-protobuf';
import type { AppendResp, BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { Expected } from '../../support/eventstoredb/expected';
import { answered, type Ending, type RawClient } from '../../support/eventstoredb/raw-client';
import { appendRequests, batchRequest, type RawEvent } from '../../support/eventstoredb/raw-requests';

export const newName = (): string => `protocol-${randomUUID()}`;

/** What an append came to, in words that are the same for both ways of appending. */
type Outcome = {
  readonly revision?: string;
  readonly position?: readonly [commit: string, prepare: string];
  readonly wrong?: { readonly current: string; readonly expected: string };
  readonly error?: string;
};

export type AppendWay = (
  client: RawClient,
  stream: string,
  expected: Expected,
  events: readonly RawEvent[],
) => Promise<Outcome>;

export const appendRaw = (
  client: RawClient,
  stream: string,
  expected: Expected | undefined,
  events: readonly RawEvent[],
  headers = client.headers(),
): Promise<AppendResp | Ending> =>
  answered<AppendResp>((answer) => {
    const call = client.streams.append(headers, answer);
    for (const request of appendRequests(stream, expected, events)) call.write(request);
    call.end();
  });

/** Append: a call of its own. */
export const append: AppendWay = async (client, stream, expected, events) => {
  const response = await appendRaw(client, stream, expected, events);
  if ('code' in response) return { error: response.trailers.exception ?? response.details };
  const wrong = response.getWrongExpectedVersion();
  if (wrong) {
    return {
      wrong: {
        current: wrong.hasCurrentNoStream() ? 'none' : wrong.getCurrentRevision(),
        expected: wrong.hasExpectedAny()
          ? 'any'
          : wrong.hasExpectedNoStream()
            ? 'no-stream'
            : wrong.hasExpectedStreamExists()
              ? 'stream-exists'
              : wrong.getExpectedRevision(),
      },
    };
  }
  const success = response.getSuccess();
  const position = success?.getPosition();
  return {
    revision: success?.hasNoStream() ? 'none' : (success?.getCurrentRevision() ?? ''),
    position: [position?.getCommitPosition() ?? '', position?.getPreparePosition() ?? ''],
  };
};

/**
 * Sends batch requests on one call and gives every answer, in order of arrival, with how the call ended: by us, when all
 * is answered, since the server doesn't end it when it is half closed.
 */
export function batchRaw(
  client: RawClient,
  requests: readonly BatchAppendReq[],
  headers = client.headers(),
): Promise<{ answers: BatchAppendResp[]; ending: Ending }> {
  return new Promise((resolve) => {
    const answers: BatchAppendResp[] = [];
    const call = client.streams.batchAppend(headers);
    call.on('data', (answer: BatchAppendResp) => {
      answers.push(answer);
      if (answers.length === requests.filter((request) => request.getIsFinal()).length) call.cancel();
    });
    call.on('error', () => undefined);
    call.on('status', ({ code, details, metadata }) => {
      const trailers = Object.fromEntries(
        Object.entries(metadata.getMap()).map(([key, value]) => [key, String(value)]),
      );
      resolve({ answers, ending: { code, details, trailers } });
    });
    for (const request of requests) call.write(request);
  });
}

/** BatchAppend: one of many on a call. */
export const batchAppend: AppendWay = async (client, stream, expected, events) => {
  const { answers, ending } = await batchRaw(client, [batchRequest(stream, expected, events)]);
  const [answer] = answers;
  if (!answer) return { error: ending.trailers.exception ?? ending.details };
  const wrong = unpack(answer, 'WrongExpectedVersion', (bytes) => WrongExpectedVersion.deserializeBinary(bytes));
  if (wrong) {
    return {
      wrong: {
        current: wrong.hasCurrentNoStream() ? 'none' : wrong.getCurrentStreamRevision(),
        expected: wrong.hasExpectedAny()
          ? 'any'
          : wrong.hasExpectedNoStream()
            ? 'no-stream'
            : wrong.hasExpectedStreamExists()
              ? 'stream-exists'
              : wrong.getExpectedStreamPosition(),
      },
    };
  }
  if (answer.hasError()) return { error: ERROR_NAMES[answer.getError()?.getMessage() ?? ''] ?? 'unnamed' };
  const success = answer.getSuccess();
  const position = success?.getPosition();
  return {
    revision: success?.hasNoStream() ? 'none' : (success?.getCurrentRevision() ?? ''),
    position: [position?.getCommitPosition() ?? '', position?.getPreparePosition() ?? ''],
  };
};

/** The names that the other way of appending has for the same refusals. */
const ERROR_NAMES: Readonly<Record<string, string>> = {
  StreamDeleted: 'stream-deleted',
  MaximumAppendSizeExceeded: 'maximum-append-size-exceeded',
  AccessDenied: 'access-denied',
};

function unpack<Packed extends Message>(
  answer: BatchAppendResp,
  type: string,
  deserialize: (bytes: Uint8Array) => Packed,
): Packed | null {
  return answer.getError()?.getDetails()?.unpack(deserialize, `event_store.client.${type}`) ?? null;
}

/** What the details of a refusal in a batch say. */
export const detailsOf = {
  deleted: (answer: BatchAppendResp) =>
    unpack(answer, 'StreamDeleted', (bytes) => StreamDeleted.deserializeBinary(bytes)),
  tooLarge: (answer: BatchAppendResp) =>
    unpack(answer, 'MaximumAppendSizeExceeded', (bytes) => MaximumAppendSizeExceeded.deserializeBinary(bytes)),
};
