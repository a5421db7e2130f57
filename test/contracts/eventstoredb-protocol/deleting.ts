import { status } from '@grpc/grpc-js';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import {
  DeleteReq,
  TombstoneReq,
  type DeleteResp,
  type TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb';
import { streamIdentifier, streamName } from '../../support/eventstoredb/messages';
import { answered, type Ending, type RawClient } from '../../support/eventstoredb/raw-client';
import { batchRequest, rawEvent } from '../../support/eventstoredb/raw-requests';
import { append, appendRaw, batchRaw, detailsOf, newName } from './appends';
import { readAllOf, written } from './reading';

export function describeProtocolOfDeleting(client: () => RawClient): void {
  const remove = (stream: string, revision?: bigint) =>
    answered<DeleteResp>((answer) => {
      const options = new DeleteReq.Options().setStreamIdentifier(streamIdentifier(stream));
      if (revision === undefined) options.setAny(new Empty());
      else options.setRevision(revision.toString());
      client().streams.delete(new DeleteReq().setOptions(options), client().headers(), answer);
    });
  const tombstone = (stream: string) =>
    answered<TombstoneResp>((answer) => {
      const options = new TombstoneReq.Options().setStreamIdentifier(streamIdentifier(stream)).setAny(new Empty());
      client().streams.tombstone(new TombstoneReq().setOptions(options), client().headers(), answer);
    });
  const positionOf = (answer: DeleteResp | TombstoneResp | Ending) =>
    'code' in answer ? answer.details : answer.getPosition()?.toObject();

  describe('Delete', () => {
    it('leaves a stream absent that goes on after its last revision', async () => {
      const { stream } = await written(client(), 3);
      const position = positionOf(await remove(stream));
      const { events } = await readAllOf(client(), `$$${stream}`);
      expect(position).toEqual({
        commitPosition: String(events[0]?.position),
        preparePosition: String(events[0]?.position),
      });
      const [answer] = (await readAllOf(client(), stream)).messages;
      expect(answer?.hasStreamNotFound()).toBe(true);
      expect((await append(client(), stream, 1n, [rawEvent()])).wrong?.current).toBe('2');
      const event = rawEvent();
      expect((await append(client(), stream, 'no-stream', [event])).revision).toBe('3');
      expect((await readAllOf(client(), stream)).events).toMatchObject([{ id: event.id, revision: 3n }]);
      // Of metadata only the newest is shown.
      expect((await readAllOf(client(), `$$${stream}`)).events).toMatchObject([{ revision: 1n }]);
    });

    it('refuses another revision with a status and trailers', async () => {
      const { stream } = await written(client(), 3);
      expect(await remove(stream, 1n)).toEqual({
        code: status.FAILED_PRECONDITION,
        details:
          `Delete failed due to WrongExpectedVersion. Stream: ${stream}, ` + 'Expected version: 1, Actual version: 2',
        trailers: {
          exception: 'wrong-expected-version',
          'stream-name': stream,
          'expected-version': '1',
          'actual-version': '2',
        },
      });
    });
  });

  describe('Tombstone', () => {
    it('ends a stream for ever', async () => {
      const { stream } = await written(client(), 2);
      expect(positionOf(await tombstone(stream))).toHaveProperty('commitPosition');
      const deleted = {
        code: status.FAILED_PRECONDITION,
        details: `Event stream '${stream}' is deleted.`,
        trailers: { exception: 'stream-deleted', 'stream-name': stream },
      };
      expect((await readAllOf(client(), stream)).ending).toEqual(deleted);
      expect(await appendRaw(client(), stream, 'any', [rawEvent()])).toEqual(deleted);
      expect(await remove(stream)).toEqual(deleted);
      const { answers } = await batchRaw(client(), [batchRequest(stream, 'any', [rawEvent()])]);
      expect(answers[0]?.getError()?.toObject()).toMatchObject({ code: 5, message: 'StreamDeleted' });
      const details = answers[0] && detailsOf.deleted(answers[0]);
      expect(streamName(details?.getStreamIdentifier())).toBe(stream);
    });

    it('ends a stream that never was', async () => {
      const stream = newName();
      await tombstone(stream);
      expect((await append(client(), stream, 'no-stream', [rawEvent()])).error).toBe('stream-deleted');
    });
  });
}
