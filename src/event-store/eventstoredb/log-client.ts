import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { Channel, ClientDuplexStream } from '@grpc/grpc-js';
import { NotSent, reasonOf } from './failures';
import { within } from './within';

export type AppendCall = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;

/** States of a channel as gRPC numbers them, whose package is the client's and not ours to run. */
const READY: readonly number[] = [2];
/** It tries again after a while, or was closed. */
const FAILED: readonly number[] = [3, 4];

/** The client, with what it shows only to its heirs. */
export class LogClient extends EventStoreDBClient {
  #channel: Channel | undefined;

  /**
   * Resolves when there is a connection, made now if need be.
   * @throws {NotSent} there is none to be had in `ms`.
   */
  async ready(ms: number): Promise<void> {
    try {
      await within(ms, 'The server', this.#connect());
    } catch (error) {
      throw error instanceof NotSent ? error : new NotSent(reasonOf(error), { cause: error });
    }
  }

  async #connect(): Promise<void> {
    // Asks the cluster for its nodes first, where the connection string says so.
    const channel = await this.getChannel();
    this.#channel = channel;
    for (;;) {
      const state = channel.getConnectivityState(true);
      if (READY.includes(state)) return;
      if (FAILED.includes(state)) throw new NotSent('there is no connection to be had');
      await new Promise<void>((resolve) => {
        channel.watchConnectivityState(state, Infinity, () => {
          resolve();
        });
      });
    }
  }

  /** A call that takes any number of appends, at the leader alone. Errors that tell of another leader are followed. */
  appendCall(): Promise<AppendCall> {
    return this.GRPCStreamCreator(StreamsClient, 'appendToStream', (client) =>
      client.batchAppend(...this.callArguments({ requiresLeader: true }, { deadline: Infinity })),
    )();
  }

  /** Takes no further calls; the open ones go on, and the connection ends with the last of them. */
  release(): void {
    this.#channel?.close();
  }
}
