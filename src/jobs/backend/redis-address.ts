import { StartError } from '../../platform/start-error';

/** What `REDIS_URL` says, apart from how it is connected to. */
export type RedisAddress = {
  readonly kind: 'single' | 'sentinel' | 'cluster';
  /** The nodes of a cluster, the sentinels, or the one server. */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  /** The name that the sentinels watch over; empty otherwise. */
  readonly master: string;
  readonly database: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly tls: boolean;
  /** A file of certificates to trust (`?ca=`), and whether others are refused (`?verify=false`). */
  readonly ca: string | undefined;
  readonly verify: boolean;
};

const ADDRESS = /^(redis|rediss)(?:\+(sentinel|cluster))?:\/\/(?:([^@/?]*)@)?([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;
const REDIS_PORT = 6_379;
const SENTINEL_PORT = 26_379;

/** @throws StartError for an address whose parts make no sense together */
export function parseRedisAddress(url: string): RedisAddress {
  const match = ADDRESS.exec(url);
  const [, scheme, topology, credentials = '', hosts = '', path = '', query = ''] = match ?? [];
  const kind = topology === 'sentinel' || topology === 'cluster' ? topology : 'single';
  const nodes = hosts.split(',').map((host) => nodeOf(host, kind === 'sentinel' ? SENTINEL_PORT : REDIS_PORT));
  const colon = credentials.indexOf(':');
  const [user, password] = colon < 0 ? [credentials, ''] : [credentials.slice(0, colon), credentials.slice(colon + 1)];
  const options = new URLSearchParams(query);
  const [master, database] = kind === 'sentinel' ? path.split('/') : ['', path];
  const address = {
    kind,
    nodes: nodes.flatMap((node) => node ?? []),
    master: decodeURIComponent(master ?? ''),
    database: Number(database ?? 0),
    username: user === '' ? undefined : decodeURIComponent(user),
    password: password === '' ? undefined : decodeURIComponent(password),
    tls: scheme === 'rediss',
    ca: options.get('ca') ?? undefined,
    verify: options.get('verify') !== 'false',
  } as const;
  const wrong = faultOf(address, nodes.length);
  if (wrong !== null || !match) throw new StartError(`REDIS_URL can't be used: ${wrong ?? 'it is no address'}.`);
  return address;
}

function nodeOf(host: string, port: number): { readonly host: string; readonly port: number } | null {
  const [, name, given] = /^(\[[\da-f:]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(host) ?? [];
  return name === undefined ? null : { host: name.replace(/[[\]]/g, ''), port: Number(given ?? port) };
}

function faultOf({ kind, nodes, master, database }: RedisAddress, given: number): string | null {
  if (nodes.length < given || nodes.some(({ port }) => port < 1 || port > 65_535)) return 'a host in it is none';
  if (kind === 'single' && nodes.length > 1) return 'several hosts need redis+sentinel:// or redis+cluster://';
  if (kind === 'sentinel' && master === '')
    return 'a sentinel address ends with the name of the master, as in /mymaster';
  if (!Number.isInteger(database) || database < 0) return 'the number of the database is none';
  if (kind === 'cluster' && database !== 0) return 'a cluster has no numbered databases';
  return null;
}
