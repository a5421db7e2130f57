import { Cluster, Redis } from 'ioredis';
import { errorCode, StartError } from '../../platform/start-error';
import type { RedisAddress } from './redis-address';

type Connecting = {
  readonly maxRetriesPerRequest: number | null;
  readonly readCa: (file: string) => string;
  /** Whether to give up when the first attempt fails, rather than to try again for ever. */
  readonly once?: boolean;
};

const CONNECT_MS = 8_000;
const LONGEST_WAIT_MS = 5_000;

/** A client for the address. It connects by itself, and again whenever the connection is lost. */
export function connectRedis(
  address: RedisAddress,
  { maxRetriesPerRequest, readCa, once = false }: Connecting,
): Redis | Cluster {
  const { kind, nodes, master, database, username, password, tls, ca, verify } = address;
  const retry = once ? () => null : (times: number) => Math.min(LONGEST_WAIT_MS, 50 * 2 ** Math.min(times, 10));
  const security = tls ? { tls: { rejectUnauthorized: verify, ...(ca === undefined ? {} : { ca: readCa(ca) }) } } : {};
  const options = {
    ...security,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    maxRetriesPerRequest,
    connectTimeout: CONNECT_MS,
    retryStrategy: retry,
    lazyConnect: once,
  };
  if (kind === 'cluster') {
    const startupNodes = nodes.map((node) => ({ ...node }));
    return new Cluster(startupNodes, { redisOptions: options, clusterRetryStrategy: retry, lazyConnect: once });
  }
  if (kind === 'sentinel') {
    const sentinels = nodes.map((node) => ({ ...node }));
    const ofSentinels = 'tls' in security ? { enableTLSForSentinelMode: true, sentinelTLS: security.tls } : {};
    return new Redis({
      ...options,
      ...ofSentinels,
      sentinels,
      name: master,
      db: database,
      sentinelRetryStrategy: retry,
    });
  }
  return new Redis({ ...options, ...nodes[0], db: database });
}

const FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of its host could not be looked up',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to that host',
  ENOENT: 'the file named by ca is not there',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate can not be verified',
};

/** Asks the server once, within 10 seconds. @throws StartError in one sentence, without the password */
export async function probeRedis(address: RedisAddress, readCa: (file: string) => string): Promise<void> {
  const where = address.nodes.map(({ host, port }) => `${host}:${port}`).join(',');
  let client: Redis | Cluster | undefined;
  let last: unknown;
  let timer: NodeJS.Timeout | undefined;
  try {
    client = connectRedis(address, { maxRetriesPerRequest: 1, readCa, once: true });
    client.on('error', (error: unknown) => {
      last = error;
    });
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(Object.assign(new Error('it does not answer'), { code: 'ETIMEDOUT' }));
      }, CONNECT_MS);
    });
    await Promise.race([client.connect().then(() => client?.ping()), late]);
  } catch (error) {
    const cause = reasonIn(last) === undefined ? error : last;
    const reason = reasonIn(cause) ?? (cause instanceof Error ? cause.message : String(cause));
    throw new StartError(`Redis at ${where} can't be used: ${reason}. Check REDIS_URL and that server.`, { cause });
  } finally {
    clearTimeout(timer);
    client?.disconnect();
  }
}

function reasonIn(error: unknown): string | undefined {
  const known = FAULTS[errorCode(error) ?? ''];
  if (known !== undefined) return known;
  const text = error instanceof Error ? error.message : '';
  if (/WRONGPASS|invalid password|invalid username/i.test(text)) return 'it refused the user or the password';
  if (/NOAUTH|Authentication required/i.test(text)) return 'it wants a password';
  if (/cluster support disabled/i.test(text)) return 'it is no cluster';
  return undefined;
}
