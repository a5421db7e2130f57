import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { NodePreference } from '@eventstore/db-client';
import { StartError } from '../../platform/start-error';

type Endpoint = { readonly address: string; readonly port: number };

/** What a connection string says. The client's own reader of them prints passwords when it meets what it doesn't know. */
export type EventStoreDbAddress = {
  readonly hosts: readonly [Endpoint, ...Endpoint[]];
  /** Ask these hosts which nodes there are, and choose by `nodePreference`. */
  readonly discover: 'none' | 'dns' | 'gossip';
  readonly tls: false | Tls;
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  readonly nodePreference: NodePreference;
  /** Of the client, in ms and times, as far as they are given. */
  readonly tuning: Readonly<Partial<Record<Tuning, number>>>;
  readonly connectionName: string | undefined;
  /** For people: hosts alone. */
  readonly shown: string;
};

type Tls = {
  readonly verify: boolean;
  readonly authority: Buffer | undefined;
  /** The client's own certificate, where it shows one. */
  readonly own: { readonly certificate: Buffer; readonly key: Buffer } | undefined;
};

const TUNING = [
  'maxDiscoverAttempts',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
] as const;
type Tuning = (typeof TUNING)[number];

const PREFERENCES: Readonly<Record<string, NodePreference>> = {
  leader: 'leader',
  follower: 'follower',
  random: 'random',
  readonlyreplica: 'read_only_replica',
};
/** Known to the client, and settled by this adapter itself. */
const WITHOUT_EFFECT = ['throwonappendfailure', 'defaultdeadline'];
const FORM =
  'Expected esdb://user:password@host:2113?tls=true, esdb+discover://… for a cluster, or kurrentdb://… alike.';
const SCHEME = /^(esdb|kurrentdb)(\+discover)?:\/\//i;

/**
 * Reads a connection string as the client takes them, `kurrentdb://` included, and the certificates it names.
 * @throws {StartError} without what the string holds of secrets
 */
export function readConnectionString(text: string): EventStoreDbAddress {
  const scheme = SCHEME.exec(text.trim());
  if (!scheme) throw fault('it does not begin with esdb:// or kurrentdb://');
  const rest = text.trim().slice(scheme[0].length);
  const [authority, query = ''] = split(rest, /\/*\?|\/+$/);
  const at = authority.lastIndexOf('@');
  const hosts = readHosts(authority.slice(at + 1));
  const options = readOptions(query);
  const taken = new Set<string>();
  const option = (name: string): string | undefined => {
    taken.add(flat(name));
    return options.get(flat(name));
  };

  const address: EventStoreDbAddress = {
    hosts,
    discover: scheme[2] !== undefined ? 'dns' : hosts.length > 1 ? 'gossip' : 'none',
    credentials: at < 0 ? undefined : readCredentials(authority.slice(0, at)),
    nodePreference: readPreference(option('nodePreference')),
    tuning: readTuning(option),
    connectionName: option('connectionName'),
    tls: readTls(option),
    shown: `esdb://${hosts.map(({ address, port }) => `${address}:${port}`).join(',')}`,
  };
  for (const key of options.keys()) {
    if (!taken.has(key) && !WITHOUT_EFFECT.includes(key)) throw fault(`there is no option ${key}`);
  }
  return address;
}

function readHosts(text: string): EventStoreDbAddress['hosts'] {
  const hosts = text.split(',').map((host): Endpoint => {
    const match = /^(\[[0-9a-f:.]+\]|[^:[\]\s/]+)(?::(\d{1,5}))?$/i.exec(host.trim());
    const port = Number(match?.[2] ?? 2113);
    if (!match?.[1] || port < 1 || port > 65535) throw fault('its host is missing or malformed');
    return { address: match[1], port };
  });
  const [first, ...others] = hosts;
  if (!first) throw fault('it names no host');
  return [first, ...others];
}

function readOptions(query: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const pair of query.split('&').filter((text) => text !== '')) {
    const [key, value = ''] = split(pair, /=/);
    if (value === '') throw fault(`its option ${key} has no value`);
    options.set(flat(key), decode(value, `its option ${key}`));
  }
  return options;
}

function readCredentials(text: string): EventStoreDbAddress['credentials'] {
  const [username, password] = split(text, /:/);
  if (username === '' || password === undefined || password === '') throw fault('it names no user with a password');
  return { username: decode(username, 'its user'), password: decode(password, 'its password') };
}

function readPreference(value = 'leader'): NodePreference {
  const preference = PREFERENCES[flat(value)];
  if (preference === undefined) throw fault('nodePreference is leader, follower, random or readOnlyReplica');
  return preference;
}

function readTuning(option: (name: string) => string | undefined): EventStoreDbAddress['tuning'] {
  const given = TUNING.flatMap((name): [Tuning, number][] => {
    const value = option(name);
    if (value === undefined) return [];
    if (!/^(-1|\d{1,9})$/.test(value)) throw fault(`${name} is a whole number`);
    return [[name, Number(value)]];
  });
  return Object.fromEntries(given);
}

function readTls(option: (name: string) => string | undefined): EventStoreDbAddress['tls'] {
  const yes = (name: string) => {
    const value = option(name) ?? 'true';
    if (value !== 'true' && value !== 'false') throw fault(`${name} is true or false`);
    return value === 'true';
  };
  const [on, verify] = [yes('tls'), yes('tlsVerifyCert')];
  const [authority, certificate, key] = [option('tlsCAFile'), option('userCertFile'), option('userKeyFile')];
  if (!on) return false;
  if ((certificate === undefined) !== (key === undefined)) throw fault('userCertFile and userKeyFile go together');
  return {
    verify,
    authority: authority === undefined ? undefined : readCertificate('tlsCAFile', authority),
    own:
      certificate === undefined || key === undefined
        ? undefined
        : { certificate: readCertificate('userCertFile', certificate), key: readCertificate('userKeyFile', key) },
  };
}

function readCertificate(option: string, path: string): Buffer {
  try {
    return readFileSync(resolve(path));
  } catch (error) {
    throw new StartError(`EVENTSTOREDB_URL names ${path} as its ${option}, which can't be read: check that path.`, {
      cause: error,
    });
  }
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw fault(`${what} is not percent-encoded`);
  }
}

function flat(key: string): string {
  return key.trim().toLowerCase().replace(/[_-]/g, '');
}

/** The text before the first match and the one after it. */
function split(text: string, by: RegExp): [string, string?] {
  const match = by.exec(text);
  return match ? [text.slice(0, match.index), text.slice(match.index + match[0].length)] : [text];
}

function fault(reason: string): StartError {
  return new StartError(`EVENTSTOREDB_URL is no connection string of EventStoreDB: ${reason}. ${FORM}`);
}
