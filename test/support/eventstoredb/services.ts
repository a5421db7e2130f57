import type { sendUnaryData, ServerUnaryCall, ServiceError } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import type { Empty } from '@eventstore/db-client/generated/shared_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import {
  DeleteResp,
  ReadResp,
  TombstoneResp,
  type DeleteReq,
  type TombstoneReq,
} from '@eventstore/db-client/generated/streams_pb';
import { expectationOf } from './expected';
import type { FaultyMethod } from './faults';
import { streamName, structuredUuid } from './messages';
import { faultyCall, refusal, type Node } from './node';
import { rpcError, streamDeleted, unauthenticated, wrongExpectedVersion } from './rpc-errors';

const SERVER_VERSION = '23.10.8';
const { VNodeState } = MemberInfo;
const STATES = { leader: VNodeState.LEADER, follower: VNodeState.FOLLOWER, electing: VNodeState.UNKNOWN };
/** What the server says about its methods beside their names. */
const FEATURES: Readonly<Record<string, readonly string[]>> = {
  read: ['position', 'events'],
  batchappend: ['deadline_duration'],
};

/** The Streams service, with answers to reads that may be bytes already. */
export const streamsService = {
  ...StreamsService,
  read: {
    ...StreamsService.read,
    responseSerialize: (answer: ReadResp | Buffer): Buffer =>
      Buffer.isBuffer(answer) ? answer : Buffer.from(answer.serializeBinary()),
  },
};

type Unary<Request, Response> = (call: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>) => void;

/** A handler that is asked once and answers once, with the faults of its method around it. */
function unary<Request, Response>(
  node: Node,
  method: FaultyMethod,
  handle: (call: ServerUnaryCall<Request, Response>) => Response | ServiceError,
): Unary<Request, Response> {
  return (call, answer) => {
    const fail = (error: ServiceError) => {
      answer(error);
    };
    const run = async () => {
      const fault = node.faults.take(method);
      const faulty = faultyCall(node, call, fail);
      if (fault && fault.when !== 'after' && !(await node.faults.happen(method, fault, faulty))) return;
      const response = node.access.who(call.metadata) ? handle(call) : unauthenticated();
      if (fault?.when === 'after' && !(await node.faults.happen(method, fault, faulty))) return;
      if (response instanceof Error) fail(response);
      else answer(null, response);
    };
    run().catch((error: unknown) => {
      fail(rpcError(status.UNKNOWN, String(error)));
    });
  };
}

export function handleGossip(node: Node): Unary<Empty, ClusterInfo> {
  return unary(node, 'gossip', () => {
    const info = new ClusterInfo();
    for (const { id, endpoint, role, alive } of node.members()) {
      info.addMembers(
        new MemberInfo()
          .setInstanceId(structuredUuid(id))
          .setTimeStamp((BigInt(Date.now()) * 10_000n).toString())
          .setState(STATES[role])
          .setIsAlive(alive)
          .setHttpEndPoint(new EndPoint().setAddress(endpoint.host).setPort(endpoint.port)),
      );
    }
    return info;
  });
}

export function handleFeatures(node: Node): Unary<Empty, SupportedMethods> {
  return unary(node, 'features', () => {
    const methods = new SupportedMethods().setEventStoreServerVersion(SERVER_VERSION);
    for (const service of [StreamsService, GossipService, ServerFeaturesService]) {
      for (const { path } of Object.values(service) as { path: string }[]) {
        const [, name = '', method = ''] = path.toLowerCase().split('/');
        methods.addMethods(
          new SupportedMethod()
            .setServiceName(name)
            .setMethodName(method)
            .setFeaturesList([...(FEATURES[method] ?? [])]),
        );
      }
    }
    return methods;
  });
}

export function handleDelete(node: Node): Unary<DeleteReq, DeleteResp> {
  return unary(node, 'delete', (call) => {
    const position = remove(node, call, 'soft');
    if (position instanceof Error) return position;
    return new DeleteResp().setPosition(
      new DeleteResp.Position().setCommitPosition(position).setPreparePosition(position),
    );
  });
}

export function handleTombstone(node: Node): Unary<TombstoneReq, TombstoneResp> {
  return unary(node, 'tombstone', (call) => {
    const position = remove(node, call, 'hard');
    if (position instanceof Error) return position;
    return new TombstoneResp().setPosition(
      new TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position),
    );
  });
}

function remove(
  node: Node,
  call: ServerUnaryCall<DeleteReq, DeleteResp> | ServerUnaryCall<TombstoneReq, TombstoneResp>,
  how: 'soft' | 'hard',
): string | ServiceError {
  const options = call.request.getOptions();
  const stream = streamName(options?.getStreamIdentifier());
  const expected =
    options &&
    expectationOf({
      revision: options.hasRevision() ? options.getRevision() : undefined,
      noStream: options.hasNoStream(),
      any: options.hasAny(),
      streamExists: options.hasStreamExists(),
    });
  if (expected === undefined) return rpcError(status.UNKNOWN, 'Exception was thrown by handler.');
  const refused = refusal(node, call, 'delete', stream);
  if (refused) return refused;
  const outcome = node.log.remove(stream, expected, how);
  if (outcome.kind === 'deleted') return streamDeleted(stream);
  if (outcome.kind === 'wrong-version') return wrongExpectedVersion('Delete', stream, expected, outcome.current);
  return outcome.position.toString();
}
