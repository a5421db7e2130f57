import { connect, type ClientHttp2Session } from 'node:http2';
import { isIP } from 'node:net';
import { BACKWARDS, END } from '@eventstore/db-client';
import { errorCode, StartError } from '../../platform/start-error';
import { backOff } from '../backoff';
import { createConnection } from './connection';
import { readConnectionString, type EventStoreDbAddress } from './connection-string';
import { isDenied, isLasting, isUnknownUser } from './failures';
import { createInbox } from './inbox';
import { NoAnswer, within } from './within';

const UNTRUSTED = "its certificate isn't trusted: name the certificate of its authority as tlsCAFile";
const SILENT = 'it does not answer';
const NO_EVENT_STORE = 'what listens there is no EventStoreDB';

/** By the codes of sockets and of TLS. */
const FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ETIMEDOUT: SILENT,
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of its host could not be looked up',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  EPROTO: 'it speaks no TLS: add tls=false if that is meant',
};

/**
 * Asks the server for one answer, so that what is wrong is told at the start and not by the first command.
 * @throws {StartError} in one sentence: what is wrong with the connection string, the server or the credentials
 */
export async function checkEventStoreDb(url: string, timeoutMs = 8_000): Promise<void> {
  const address = readConnectionString(url);
  const endsAt = performance.now() + timeoutMs;
  const left = () => Math.max(1, endsAt - performance.now());
  const reason = (await reachFirst(address, left() / 2)) ?? (await askUntil(address, left));
  if (reason === null) return;
  throw new StartError(
    `The EventStoreDB at ${address.shown} can't be used: ${reason}. Check EVENTSTOREDB_URL and that server.`,
  );
}

/** Null when one of the hosts speaks HTTP/2 to us, else why the first doesn't. */
async function reachFirst(address: EventStoreDbAddress, ms: number): Promise<string | null> {
  const reasons = await Promise.all(address.hosts.map((host) => reach(host, address.tls, ms)));
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

async function reach(
  host: EventStoreDbAddress['hosts'][number],
  tls: EventStoreDbAddress['tls'],
  ms: number,
): Promise<string | null> {
  const session = connect(`${tls ? 'https' : 'http'}://${host.address}:${host.port}`, {
    ...(tls && {
      rejectUnauthorized: tls.verify,
      // An address is no name that a server could be asked for.
      ...(isIP(host.address.replace(/[[\]]/g, '')) !== 0 && { servername: '' }),
      ...(tls.authority && { ca: tls.authority }),
      ...(tls.own && { cert: tls.own.certificate, key: tls.own.key }),
    }),
  });
  try {
    await within(ms, 'The server', settled(session));
    return null;
  } catch (error) {
    if (error instanceof NoAnswer) return SILENT;
    const code = errorCode(error) ?? '';
    const known = FAULTS[code.startsWith('ERR_SSL') ? 'EPROTO' : code];
    return known ?? (tls ? NO_EVENT_STORE : `${NO_EVENT_STORE}, or it wants TLS (tls=true)`);
  } finally {
    session.destroy();
  }
}

/** Resolves when the other side has said how it speaks HTTP/2. */
function settled(session: ClientHttp2Session): Promise<void> {
  return new Promise((resolve, reject) => {
    session.once('remoteSettings', () => {
      resolve();
    });
    session.on('error', reject);
    session.once('close', () => {
      reject(new Error('It closed the connection'));
    });
  });
}

/** A server that has just started may not be ready yet. */
async function askUntil(address: EventStoreDbAddress, left: () => number): Promise<string | null> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await ask(address, left());
      return null;
    } catch (error) {
      if (isUnknownUser(error)) return 'it refused the user or the password';
      if (isDenied(error)) {
        return address.credentials
          ? 'its user may not read $all: put the user among $admins, or let it in by the ACL of $all'
          : 'it wants a user who may read $all, and none is named';
      }
      if (isLasting(error)) return NO_EVENT_STORE;
      if (left() < 200) return error instanceof NoAnswer ? SILENT : 'it is not ready to answer, or has no leader';
      await backOff({ firstMs: 100, capMs: 500 }, attempt);
    }
  }
}

/** Reads the last event of all, whatever it is. */
async function ask(address: EventStoreDbAddress, ms: number): Promise<void> {
  const connection = createConnection(address, address.nodePreference, ms);
  try {
    const client = await connection.client();
    const call = client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 });
    const inbox = createInbox(call, () => call.cancel());
    try {
      while (inbox.take(1).length === 0) {
        const next = await inbox.wait(ms);
        if (next === 'silent') throw new NoAnswer('The server', ms);
        if (next === 'ended') return;
      }
    } finally {
      inbox.close();
    }
  } finally {
    connection.close();
  }
}
