import type { Metadata, ServiceError } from '@grpc/grpc-js';
import type { Access, Action } from './access';
import type { EventLog } from './event-log';
import type { FaultEffect, Faults, FaultyCall } from './faults';
import { accessDenied, notLeader, notReady, rpcError, unauthenticated, type Endpoint } from './rpc-errors';

export type Role = 'leader' | 'follower' | 'electing';

export type Member = { readonly id: string; readonly endpoint: Endpoint; readonly role: Role; readonly alive: boolean };

/** A subscription that is open at this node. */
export type OpenSubscription = {
  end(error: ServiceError): void;
  /** It stays open and sends nothing more. */
  silence(): void;
};

/** What every handler of one node of the double works with. */
export type Node = {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly access: Access;
  readonly maxAppendSize: number;
  readonly subscriptions: Set<OpenSubscription>;
  readonly members: () => readonly Member[];
  role(): Role;
  /** Breaks the connection of a caller, by its address and port. */
  disconnect(peer: string): void;
};

/** A call as far as faults and refusals go. */
type Call = { readonly metadata: Metadata; getPeer(): string };

/** Whoever may read may do so without a leader; a follower passes on what does not insist on the leader. */
export function roleRefusal(node: Node, call: Call, action: Action): ServiceError | undefined {
  const role = node.role();
  const requiresLeader = call.metadata.get('requires-leader')[0]?.toString().toLowerCase() === 'true';
  if (role === 'electing') return action === 'read' && !requiresLeader ? undefined : notReady();
  const leader = node.members().find((member) => member.role === 'leader')?.endpoint;
  return role === 'follower' && requiresLeader && leader ? notLeader(leader) : undefined;
}

/** Why a node refuses a call outright, undefined when it does not. */
export function refusal(node: Node, call: Call, action: Action, stream: string): ServiceError | undefined {
  const caller = node.access.who(call.metadata);
  if (!caller) return unauthenticated();
  if (!node.access.may(caller, action, stream)) return accessDenied();
  return roleRefusal(node, call, action);
}

/** The way in which a call meets faults: `end` and `giveUp` are its own. */
export function faultyCall(
  node: Node,
  call: Call,
  end: (error: ServiceError) => void,
  giveUp: () => void = () => undefined,
): FaultyCall {
  return {
    end: (effect) => {
      end(errorOf(effect));
    },
    giveUp,
    disconnect: () => {
      node.disconnect(call.getPeer());
    },
  };
}

function errorOf(effect: Extract<FaultEffect, { kind: 'status' }>): ServiceError {
  return rpcError(effect.code, effect.details ?? 'An injected fault', effect.trailers);
}
