import type { Metadata } from '@grpc/grpc-js';
import type { EventLog } from './event-log';
import { contentOf } from './logged';

/** Names and passwords; `admin` may do everything. Without users everyone may, as on an insecure server. */
export type Users = Readonly<Record<string, string>>;

export type Action = 'read' | 'write' | 'delete';

/** A user by name, or someone without credentials. */
type Caller = { readonly user: string | undefined };

export type Access = {
  /** Undefined for wrong credentials. */
  who(headers: Metadata): Caller | undefined;
  may(caller: Caller, action: Action, stream: string): boolean;
};

const ACL_KEYS = { read: '$r', write: '$w', delete: '$d' } as const;

/** Who may do what, by the access lists in the streams' metadata; else users may use streams and admins `$` ones. */
export function createAccess(users: Users | undefined, log: EventLog): Access {
  if (!users) return { who: () => ({ user: undefined }), may: () => true };
  const known = new Map(
    Object.entries(users).map(([name, password]) => [
      `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
      name,
    ]),
  );
  return {
    who: (headers) => {
      const [authorization] = headers.get('authorization');
      if (authorization === undefined) return { user: undefined };
      const user = known.get(authorization.toString());
      return user === undefined ? undefined : { user };
    },
    may: ({ user }, action, stream) => {
      if (user === 'admin') return true;
      if (user === undefined) return false;
      const listed = rolesOf(log, stream, action);
      if (listed) return listed.includes(user) || listed.includes('$all');
      return !stream.startsWith('$');
    },
  };
}

function rolesOf(log: EventLog, stream: string, action: Action): readonly string[] | undefined {
  const newest = log.stream(`$$${stream}`)?.events.at(-1);
  if (!newest) return undefined;
  const { data } = contentOf(newest) as { data: { $acl?: Record<string, string | string[] | undefined> } | undefined };
  const roles = data?.$acl?.[ACL_KEYS[action]];
  return typeof roles === 'string' ? [roles] : roles;
}
