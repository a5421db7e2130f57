import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { outcomeOf, requestsOf, type EncodedAppend, type Outcome } from './append-messages';
import type { Connection } from './connection';
import { asError, breaksConnection, commandError, isDenied, isLasting, NotSent } from './failures';
import type { AppendCall, LogClient } from './log-client';
import { NoAnswer } from './within';

export type AppendChannel = {
  /** Sends the append once. Never rejects. */
  send(append: EncodedAppend): Promise<Outcome>;
};

type Pending = Map<string, (outcome: Outcome) => void>;
type Open = {
  readonly call: AppendCall;
  readonly client: LogClient;
  readonly pending: Pending;
  readonly release: () => void;
  ended: boolean;
};

/**
 * Sends appends over one call that stays open, each with a time limit, and tells the answers apart by their ids.
 *
 * The client has such a call too, with flaws that end the process: whoever waits is kept in one list for all clients, so
 * that one broken connection fails the appends of every other, and the answers that come for those then throw where no
 * one can catch it; and a connection that breaks while writes are queued up is an unhandled rejection.
 */
export function createAppendChannel(connection: Connection, timeoutMs: number): AppendChannel {
  let current: Promise<Open> | undefined;
  let sent = 0;

  async function open(): Promise<Open> {
    const client = await connection.client();
    const call = await client.appendCall();
    const release = connection.holds(() => {
      call.cancel();
    });
    const opened: Open = { call, client, pending: new Map(), ended: false, release };
    call.on('data', (answer: BatchAppendResp) => {
      const id = answer.getCorrelationId()?.getString() ?? '';
      // An answer that comes too late has no one waiting.
      opened.pending.get(id)?.(outcomeOf(answer));
    });
    call.on('error', (error) => {
      end(opened, commandError(error));
    });
    call.on('end', () => {
      end(opened, new Error('The server ended the call'));
    });
    return opened;
  }

  async function ready(): Promise<Open> {
    const known = current;
    const opened = await known?.catch(() => undefined);
    if (opened && !opened.ended) return opened;
    // Others who waited may have begun to open it anew.
    if (current === known) current = open();
    return current ?? open();
  }

  /** Whoever still waits on the call is not told by it any more. */
  function end(opened: Open, error: Error): void {
    if (opened.ended) return;
    opened.ended = true;
    opened.release();
    if (breaksConnection(error)) connection.suspect(opened.client);
    // Who was refused outright did nothing. Of all else one can't know how far it came.
    const outcome: Outcome = isLasting(error)
      ? { kind: 'refused', error, ...(isDenied(error) ? { denied: true } : {}) }
      : { kind: 'lost', error };
    for (const settle of [...opened.pending.values()]) settle(outcome);
  }

  return {
    send: async (append) => {
      try {
        return await sendOver(await ready(), append);
      } catch (error) {
        return { kind: 'undone', error: asError(error) };
      }
    },
  };

  /** @throws {NotSent} */
  async function sendOver(opened: Open, append: EncodedAppend): Promise<Outcome> {
    const { call, pending } = opened;
    if (opened.ended) throw new NotSent('The connection broke');
    sent += 1;
    const id = `00000000-0000-4000-8000-${sent.toString(16).padStart(12, '0')}`;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        // The rest of what waits on this call would wait in vain as well.
        end(opened, new NoAnswer('The server', timeoutMs));
        call.cancel();
      }, timeoutMs);
      pending.set(id, (outcome) => {
        clearTimeout(timer);
        pending.delete(id);
        resolve(outcome);
      });
      for (const request of requestsOf(append, id)) call.write(request);
    });
  }
}
