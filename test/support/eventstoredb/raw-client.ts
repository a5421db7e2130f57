import { readFileSync } from 'node:fs';
import { credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';

/** How a call ended: the status and the trailers that the server gave. */
export type Ending = { readonly code: status; readonly details: string; readonly trailers: Record<string, string> };

/** A read as it goes: every message so far, and its end when it has one. */
export type RawRead = {
  readonly messages: readonly ReadResp[];
  /** Resolves when there are so many messages, or the read has ended. */
  reached(count: number): Promise<void>;
  readonly ended: Promise<Ending>;
  cancel(): void;
};

/** The protocol without a client on top: messages go out and come in as they are. */
export type RawClient = {
  readonly streams: StreamsClient;
  readonly gossip: GossipClient;
  readonly features: ServerFeaturesClient;
  /** Headers of a call, with the credentials of the connection string, or others, or none. */
  headers(as?: { user: string; password: string } | null): Metadata;
  read(request: ReadReq, headers?: Metadata): RawRead;
  close(): void;
};

export function openRawClient(connectionString: string): RawClient {
  const url = new URL(connectionString.replace(/^\w+:/, 'http:'));
  const authority = url.searchParams.get('tlsCAFile');
  const channel =
    url.searchParams.get('tls') === 'false'
      ? credentials.createInsecure()
      : credentials.createSsl(authority ? readFileSync(authority) : null);
  const options = { 'grpc.max_receive_message_length': -1 };
  const own = url.username
    ? { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
    : null;
  const streams = new StreamsClient(url.host, channel, options);
  const gossip = new GossipClient(url.host, channel, options);
  const features = new ServerFeaturesClient(url.host, channel, options);
  const headers: RawClient['headers'] = (as = own) => {
    const metadata = new Metadata();
    if (as) {
      metadata.set('authorization', `Basic ${Buffer.from(`${as.user}:${as.password}`).toString('base64')}`);
    }
    return metadata;
  };
  return {
    streams,
    gossip,
    features,
    headers,
    read: (request, metadata = headers()) => readRaw(streams, request, metadata),
    close: () => {
      for (const client of [streams, gossip, features]) client.close();
    },
  };
}

function readRaw(streams: StreamsClient, request: ReadReq, metadata: Metadata): RawRead {
  const messages: ReadResp[] = [];
  let wake: () => void = () => undefined;
  let over = false;
  const call = streams.read(request, metadata);
  call.on('data', (message: ReadResp) => {
    messages.push(message);
    wake();
  });
  const ended = new Promise<Ending>((resolve) => {
    call.on('error', () => undefined);
    call.on('status', ({ code, details, metadata: trailers }) => {
      over = true;
      resolve({ code, details, trailers: textOf(trailers) });
      wake();
    });
  });
  return {
    messages,
    ended,
    reached: async (count) => {
      while (messages.length < count && !over) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    cancel: () => {
      call.cancel();
    },
  };
}

/** How a call that answers once ended, or its answer. */
export function answered<Response>(
  call: (answer: (error: ServiceError | null, response?: Response) => void) => void,
): Promise<Response | Ending> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error) resolve({ code: error.code, details: error.details, trailers: textOf(error.metadata) });
      else if (response === undefined) reject(new Error('Neither an answer nor an error'));
      else resolve(response);
    });
  });
}

/** What the server wrote into the trailers itself. */
function textOf(metadata: Metadata): Record<string, string> {
  const own = Object.entries(metadata.getMap()).filter(
    ([key]) => !['date', 'server', 'content-type', 'content-length'].includes(key),
  );
  return Object.fromEntries(own.map(([key, value]) => [key, value.toString()]));
}
