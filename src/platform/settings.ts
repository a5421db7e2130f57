import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { errorCode, StartError } from './start-error';

/** `all` is every role of this release in one process. */
type Role = 'all' | 'api' | 'projector';

export type AuthSettings =
  | { readonly mode: 'dev' }
  | { readonly mode: 'jwks'; readonly issuer: string; readonly audience: string; readonly jwksUrl: URL };

export type LogLevel = (typeof LOG_LEVELS)[number];

export type Settings = {
  readonly role: Role;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  /** A Postgres of one's own; undefined means the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly eventStore: 'postgres';
  /** Undefined: one is made once and kept in the database (see `secret.ts`). */
  readonly secret: string | undefined;
  /** Requests a minute for each caller; undefined is no limit. */
  readonly rateLimit: number | undefined;
  readonly auth: AuthSettings;
  /** IANA name; calendar days begin and end in it. */
  readonly timeZone: string;
  readonly activeGoalCap: number;
  readonly noContactWeeks: number;
  readonly logLevel: LogLevel;
};

/** One wrong setting: its name and a clause that says what was expected. */
export type SettingFault = { readonly name: string; readonly expected: string };

/** Names every wrong setting at once. */
export class SettingsError extends StartError {
  override readonly name = 'SettingsError';

  constructor(readonly faults: readonly SettingFault[]) {
    const lines = faults.map(({ name, expected }) => `\n  ${name}: ${expected}`);
    super(`Cairn can't start with these settings:${lines.join('')}`);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The environment with the `.env` file of `directory` behind it: what the environment sets wins. */
export function readEnvironment(directory: string, environment: Environment): Environment {
  return { ...readEnvFile(resolve(directory, '.env')), ...environment };
}

/**
 * Checks the environment against the table of settings. An empty value counts as not set.
 * @throws SettingsError with every fault
 */
export function readSettings(environment: Environment): Settings {
  const reader = new Reader(environment);
  const settings: Settings = {
    role: reader.read('ROLE', 'all', role),
    port: reader.read('PORT', 3000, wholeNumber(0, 65_535)),
    host: reader.read('HOST', '127.0.0.1', host),
    dataDir: resolve(reader.read('DATA_DIR', './data', anyText)),
    databaseUrl: reader.read('DATABASE_URL', undefined, databaseUrl),
    eventStore: reader.read('EVENT_STORE', 'postgres', eventStore),
    secret: reader.read('SECRET', undefined, secret),
    rateLimit: reader.read('RATE_LIMIT', undefined, rateLimit),
    auth: readAuth(reader, environment.NODE_ENV === 'production'),
    timeZone: reader.read('TENANT_TIME_ZONE', 'UTC', timeZone),
    activeGoalCap: reader.read('ACTIVE_GOAL_CAP', 3, wholeNumber(1, 100)),
    noContactWeeks: reader.read('NO_CONTACT_WEEKS', 3, wholeNumber(1, 520)),
    logLevel: reader.read('LOG_LEVEL', 'info', oneOf(LOG_LEVELS)),
  };
  if (reader.faults.length > 0) throw new SettingsError(reader.faults);
  return Object.freeze({ ...settings, auth: Object.freeze(settings.auth) });
}

/** A value, or the clause that says what was expected instead. */
type Parsed<T> = { readonly value: T } | { readonly expected: string };
type Parser<T> = (text: string) => Parsed<T>;

/** Reads settings one by one and gathers the faults, so that they can be told together. */
class Reader {
  readonly faults: SettingFault[] = [];

  constructor(private readonly environment: Environment) {}

  text(name: string): string | undefined {
    const text = this.environment[name]?.trim();
    return text === '' ? undefined : text;
  }

  /** The parsed value; the default when it is not set, and also, beside the noted fault, when it is wrong. */
  read<T, D>(name: string, otherwise: D, parser: Parser<T>): T | D {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const parsed = parser(text);
    if ('value' in parsed) return parsed.value;
    this.fault(name, parsed.expected);
    return otherwise;
  }

  required<T>(name: string, placeholder: T, why: string, parser: Parser<T>): T {
    if (this.text(name) === undefined) this.fault(name, `is not set, but needed ${why}`);
    return this.read(name, placeholder, parser);
  }

  fault(name: string, expected: string): void {
    this.faults.push({ name, expected });
  }
}

function readAuth(reader: Reader, production: boolean): AuthSettings {
  const mode = reader.read('AUTH_MODE', 'dev', oneOf(['dev', 'jwks'] as const));
  if (mode === 'dev') {
    if (production) {
      reader.fault('AUTH_MODE', 'expected jwks with NODE_ENV=production, since dev hands a token to anyone who asks');
    }
    return { mode };
  }
  const why = 'with AUTH_MODE=jwks';
  return {
    mode,
    issuer: reader.required('AUTH_ISSUER', '', `${why}: the issuer (iss) of your tokens`, anyText),
    audience: reader.required('AUTH_AUDIENCE', '', `${why}: the audience (aud) of your tokens`, anyText),
    jwksUrl: reader.required('AUTH_JWKS_URL', new URL('http://unset'), `${why}: where the keys are`, webAddress),
  };
}

const anyText: Parser<string> = (text) => ({ value: text });

function wholeNumber(from: number, to: number): Parser<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= from && value <= to
      ? { value }
      : { expected: `expected a whole number from ${from} to ${to}, not ${quoted(text)}` };
  };
}

function oneOf<const T extends string>(allowed: readonly T[]): Parser<T> {
  return (text) => {
    const value = allowed.find((candidate) => candidate === text);
    return value === undefined ? { expected: `expected ${choice(allowed)}, not ${quoted(text)}` } : { value };
  };
}

const role: Parser<Role> = (text) =>
  text === 'worker'
    ? { expected: 'worker comes with a later release; expected all, api or projector' }
    : oneOf(['all', 'api', 'projector'] as const)(text);

const eventStore: Parser<'postgres'> = (text) =>
  text === 'eventstoredb'
    ? { expected: "eventstoredb isn't in this release; expected postgres" }
    : oneOf(['postgres'] as const)(text);

const host: Parser<string> = (text) =>
  /^[\w.:%-]+$/.test(text)
    ? { value: text }
    : { expected: `expected an address or a host name such as 127.0.0.1, not ${quoted(text)}` };

const secret: Parser<string> = (text) =>
  text.length >= 16 ? { value: text } : { expected: 'expected at least 16 characters' };

const rateLimit: Parser<number | undefined> = (text) => {
  if (text === 'off') return { value: undefined };
  const parsed = wholeNumber(1, 1_000_000)(text);
  return 'value' in parsed ? parsed : { expected: `expected off or requests a minute from 1, not ${quoted(text)}` };
};

/** Its value is never shown, since it may hold a password. */
const databaseUrl: Parser<string> = (text) =>
  URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol)
    ? { value: text }
    : { expected: 'expected an address like postgres://user:password@host:5432/database' };

const webAddress: Parser<URL> = (text) =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
    ? { value: new URL(text) }
    : { expected: `expected an http or https address, not ${quoted(text)}` };

const timeZone: Parser<string> = (text) => {
  const expected = `expected an IANA time zone such as Europe/Berlin or UTC, not ${quoted(text)}`;
  try {
    const { timeZone: value } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    // Offsets such as +02:00 pass too, but Postgres reads their sign the other way round.
    return /^[+-]/.test(value) ? { expected } : { value: text };
  } catch {
    return { expected };
  }
};

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function choice(allowed: readonly string[]): string {
  return allowed.length < 2 ? allowed.join('') : `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1) ?? ''}`;
}

function readEnvFile(path: string): Environment {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'EISDIR') return {};
    throw new StartError(`The settings in ${path} can't be read (${code ?? String(error)}): let this user read it.`);
  }
}
