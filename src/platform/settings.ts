import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import {
  anyText,
  collectorUrl,
  databaseUrl,
  eventStoreDbUrl,
  headerList,
  host,
  mailSender,
  oneOf,
  publicUrl,
  rateLimit,
  redisUrl,
  secret,
  smtpUrl,
  timeZone,
  trueOrFalse,
  webAddress,
  wholeNumber,
  type Parser,
} from './setting-values';
import { errorCode, StartError } from './start-error';

/** `all` is every role in one process. */
type Role = (typeof ROLES)[number];

export type AuthSettings =
  | { readonly mode: 'dev' }
  | { readonly mode: 'jwks'; readonly issuer: string; readonly audience: string; readonly jwksUrl: URL };

/** Where the log of record is. */
export type EventStoreSettings =
  | { readonly kind: 'postgres' }
  /** `url` may hold a password: never to be shown. */
  | { readonly kind: 'eventstoredb'; readonly url: string };

/** Where traces go, by OTLP over HTTP with JSON. Both may hold secrets: never to be shown. */
export type TracingSettings = { readonly url: URL; readonly headers: Readonly<Record<string, string>> };

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
  readonly eventStore: EventStoreSettings;
  /** BullMQ's queues on Redis; undefined means in Postgres. */
  readonly redisUrl: string | undefined;
  /** Where mail goes; undefined means into files of `dataDir`. */
  readonly smtpUrl: string | undefined;
  /** The sender of mail, as in `Cairn <cairn@example.org>`. */
  readonly mailFrom: string;
  /** What links begin with, without a slash at the end; undefined means no links. */
  readonly publicUrl: string | undefined;
  /** Whether webhooks may go to private addresses and over plain http; for tests. */
  readonly webhookAllowPrivate: boolean;
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
  /** Undefined: nobody collects traces. */
  readonly tracing: TracingSettings | undefined;
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

export type Environment = Readonly<Record<string, string | undefined>>;

const ROLES = ['all', 'api', 'projector', 'worker'] as const;
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
    role: reader.read('ROLE', 'all', oneOf(ROLES)),
    port: reader.read('PORT', 3000, wholeNumber(0, 65_535)),
    host: reader.read('HOST', '127.0.0.1', host),
    dataDir: resolve(reader.read('DATA_DIR', './data', anyText)),
    databaseUrl: reader.read('DATABASE_URL', undefined, databaseUrl),
    eventStore: readEventStore(reader),
    redisUrl: reader.read('REDIS_URL', undefined, redisUrl),
    smtpUrl: reader.read('SMTP_URL', undefined, smtpUrl),
    mailFrom: reader.read('MAIL_FROM', 'Cairn <cairn@localhost>', mailSender),
    publicUrl: reader.read('PUBLIC_URL', undefined, publicUrl),
    webhookAllowPrivate: reader.read('WEBHOOK_ALLOW_PRIVATE', false, trueOrFalse),
    secret: reader.read('SECRET', undefined, secret),
    rateLimit: reader.read('RATE_LIMIT', undefined, rateLimit),
    auth: readAuth(reader, environment.NODE_ENV === 'production'),
    timeZone: reader.read('TENANT_TIME_ZONE', 'UTC', timeZone),
    activeGoalCap: reader.read('ACTIVE_GOAL_CAP', 3, wholeNumber(1, 100)),
    noContactWeeks: reader.read('NO_CONTACT_WEEKS', 3, wholeNumber(1, 520)),
    logLevel: reader.read('LOG_LEVEL', 'info', oneOf(LOG_LEVELS)),
    tracing: readTracing(reader),
  };
  if (reader.faults.length > 0) throw new SettingsError(reader.faults);
  return Object.freeze({
    ...settings,
    auth: Object.freeze(settings.auth),
    eventStore: Object.freeze(settings.eventStore),
  });
}

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

function readEventStore(reader: Reader): EventStoreSettings {
  const kind = reader.read('EVENT_STORE', 'postgres', oneOf(['postgres', 'eventstoredb'] as const));
  if (kind === 'postgres') return { kind };
  const why = 'with EVENT_STORE=eventstoredb: esdb://host:2113 with the options of your cluster';
  return { kind, url: reader.required('EVENTSTOREDB_URL', '', why, eventStoreDbUrl) };
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

/** By the names and rules of OpenTelemetry: an address for all signals gets a path for each, one for traces is whole. */
function readTracing(reader: Reader): TracingSettings | undefined {
  const all = reader.read('OTEL_EXPORTER_OTLP_ENDPOINT', undefined, collectorUrl);
  const own = reader.read('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', undefined, collectorUrl);
  const headers = {
    ...reader.read('OTEL_EXPORTER_OTLP_HEADERS', {}, headerList),
    ...reader.read('OTEL_EXPORTER_OTLP_TRACES_HEADERS', {}, headerList),
  };
  if (own) return { url: own, headers };
  return all && { url: new URL(`${all.href.replace(/\/$/, '')}/v1/traces`), headers };
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
