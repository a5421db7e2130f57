import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readEnvironment, readSettings, SettingsError } from './settings';

function faultsOf(environment: Record<string, string>): Record<string, string> {
  try {
    readSettings(environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return Object.fromEntries(error.faults.map(({ name, expected }) => [name, expected]));
  }
  return {};
}

describe('settings', () => {
  it('have defaults that work', () => {
    expect(readSettings({})).toEqual({
      role: 'all',
      port: 3000,
      host: '127.0.0.1',
      dataDir: path.resolve('data'),
      databaseUrl: undefined,
      eventStore: { kind: 'postgres' },
      redisUrl: undefined,
      smtpUrl: undefined,
      mailFrom: 'Cairn <cairn@localhost>',
      publicUrl: undefined,
      webhookAllowPrivate: false,
      secret: undefined,
      rateLimit: undefined,
      auth: { mode: 'dev' },
      timeZone: 'UTC',
      activeGoalCap: 3,
      noContactWeeks: 3,
      logLevel: 'info',
      tracing: undefined,
    });
  });

  it('are read from the environment', () => {
    const settings = readSettings({
      ROLE: 'api',
      PORT: '0',
      HOST: '::1',
      DATA_DIR: '/srv/cairn',
      DATABASE_URL: 'postgresql://me:pw@db/cairn?sslmode=require',
      EVENT_STORE: 'eventstoredb',
      EVENTSTOREDB_URL: 'esdb+discover://me:pw@a:2113,b:2113,c:2113?tls=true',
      REDIS_URL: 'redis+sentinel://a:26379,b:26379/cairn',
      SMTP_URL: 'smtp://me:pw@mail:587',
      MAIL_FROM: 'The firm <coaching@firm.example>',
      PUBLIC_URL: 'https://cairn.firm.example/',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      SECRET: 'sixteen or more!',
      RATE_LIMIT: '600',
      AUTH_MODE: 'jwks',
      AUTH_ISSUER: 'https://id.example',
      AUTH_AUDIENCE: 'cairn',
      AUTH_JWKS_URL: 'https://id.example/keys',
      TENANT_TIME_ZONE: 'Europe/Berlin',
      ACTIVE_GOAL_CAP: '5',
      NO_CONTACT_WEEKS: '4',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'production',
    });
    expect(settings).toMatchObject({
      role: 'api',
      port: 0,
      host: '::1',
      dataDir: path.resolve('/srv/cairn'),
      databaseUrl: 'postgresql://me:pw@db/cairn?sslmode=require',
      eventStore: { kind: 'eventstoredb', url: 'esdb+discover://me:pw@a:2113,b:2113,c:2113?tls=true' },
      redisUrl: 'redis+sentinel://a:26379,b:26379/cairn',
      smtpUrl: 'smtp://me:pw@mail:587',
      mailFrom: 'The firm <coaching@firm.example>',
      publicUrl: 'https://cairn.firm.example',
      webhookAllowPrivate: true,
      secret: 'sixteen or more!',
      rateLimit: 600,
      auth: {
        mode: 'jwks',
        issuer: 'https://id.example',
        audience: 'cairn',
        jwksUrl: new URL('https://id.example/keys'),
      },
      timeZone: 'Europe/Berlin',
      activeGoalCap: 5,
      noContactWeeks: 4,
      logLevel: 'debug',
    });
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('count as not set when empty, and lose the blanks around them', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ', LOG_LEVEL: ' warn ', RATE_LIMIT: 'off' })).toMatchObject({
      port: 3000,
      databaseUrl: undefined,
      logLevel: 'warn',
      rateLimit: undefined,
    });
  });

  it('name every fault at once, each with what was expected', () => {
    const environment = {
      ROLE: 'everything',
      PORT: '65536',
      HOST: 'not a host',
      DATABASE_URL: 'mysql://root:hunter2@db/cairn',
      EVENT_STORE: 'files',
      REDIS_URL: 'http://root:hunter2@redis',
      SMTP_URL: 'mailto:root:hunter2@mail',
      MAIL_FROM: 'nobody',
      PUBLIC_URL: 'cairn.firm.example',
      WEBHOOK_ALLOW_PRIVATE: 'yes',
      SECRET: 'short',
      RATE_LIMIT: '0',
      AUTH_MODE: 'jwks',
      AUTH_JWKS_URL: 'file:///keys',
      TENANT_TIME_ZONE: '+02:00',
      ACTIVE_GOAL_CAP: '2.5',
      NO_CONTACT_WEEKS: 'three',
      LOG_LEVEL: 'loud',
    };
    expect(faultsOf(environment)).toEqual({
      ROLE: 'expected all, api, projector or worker, not "everything"',
      PORT: 'expected a whole number from 0 to 65535, not "65536"',
      HOST: 'expected an address or a host name such as 127.0.0.1, not "not a host"',
      DATABASE_URL: 'expected an address like postgres://user:password@host:5432/database',
      EVENT_STORE: 'expected postgres or eventstoredb, not "files"',
      REDIS_URL: expect.stringContaining('expected an address like redis://'),
      SMTP_URL: expect.stringContaining('expected an address like smtp://'),
      MAIL_FROM: 'expected a sender such as Cairn <cairn@example.org>, not "nobody"',
      PUBLIC_URL: 'expected an http or https address, not "cairn.firm.example"',
      WEBHOOK_ALLOW_PRIVATE: 'expected true or false, not "yes"',
      SECRET: 'expected at least 16 characters',
      RATE_LIMIT: 'expected off or requests a minute from 1, not "0"',
      AUTH_ISSUER: 'is not set, but needed with AUTH_MODE=jwks: the issuer (iss) of your tokens',
      AUTH_AUDIENCE: 'is not set, but needed with AUTH_MODE=jwks: the audience (aud) of your tokens',
      AUTH_JWKS_URL: 'expected an http or https address, not "file:///keys"',
      TENANT_TIME_ZONE: 'expected an IANA time zone such as Europe/Berlin or UTC, not "+02:00"',
      ACTIVE_GOAL_CAP: 'expected a whole number from 1 to 100, not "2.5"',
      NO_CONTACT_WEEKS: 'expected a whole number from 1 to 520, not "three"',
      LOG_LEVEL: 'expected fatal, error, warn, info, debug, trace or silent, not "loud"',
    });
    expect(() => readSettings(environment)).toThrow(
      /^Cairn can't start with these settings:\n {2}ROLE: .*\n {2}PORT: /,
    );
    expect(() => readSettings(environment)).not.toThrow(/hunter2/);
  });

  it("need the address of an event store of one's own, and never show it", () => {
    expect(faultsOf({ EVENT_STORE: 'eventstoredb' })).toEqual({
      EVENTSTOREDB_URL:
        'is not set, but needed with EVENT_STORE=eventstoredb: esdb://host:2113 with the options of your cluster',
    });
    const { EVENTSTOREDB_URL: fault } = faultsOf({
      EVENT_STORE: 'eventstoredb',
      EVENTSTOREDB_URL: 'http://root:hunter2@log',
    });
    expect(fault).toMatch(/^expected an address like esdb:/);
    expect(fault).not.toContain('hunter2');
  });

  it('name the collector of traces as OpenTelemetry does', () => {
    const tracingIn = (environment: Record<string, string>) => {
      const { tracing } = readSettings(environment);
      return tracing && { url: tracing.url.href, headers: tracing.headers };
    };
    const all = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/', OTEL_EXPORTER_OTLP_HEADERS: 'a=1%2C2, b=x y' };
    expect(tracingIn(all)).toEqual({ url: 'http://collector:4318/v1/traces', headers: { a: '1,2', b: 'x y' } });
    expect(
      tracingIn({
        ...all,
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/here',
        OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'b=z',
      }),
    ).toEqual({ url: 'https://traces.example/here', headers: { a: '1,2', b: 'z' } });
    const faults = faultsOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'grpc://hunter2@collector:4317',
      OTEL_EXPORTER_OTLP_HEADERS: 'hunter2',
    });
    expect(Object.keys(faults)).toEqual(['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS']);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it('refuse tokens for everyone in production', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toHaveProperty('AUTH_MODE');
    expect(faultsOf({ NODE_ENV: 'production', AUTH_MODE: 'dev' })).toHaveProperty('AUTH_MODE');
    expect(faultsOf({ NODE_ENV: 'development', AUTH_MODE: 'dev' })).toEqual({});
  });

  it('know time zones by their names only', () => {
    expect(faultsOf({ TENANT_TIME_ZONE: 'Mars/Olympus' })).toHaveProperty('TENANT_TIME_ZONE');
    expect(faultsOf({ TENANT_TIME_ZONE: 'America/New_York' })).toEqual({});
  });
});

describe('the .env file', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-env-'))));
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it('stands behind the environment', () => {
    fs.writeFileSync(path.join(folder, '.env'), 'PORT=4000\nLOG_LEVEL="warn" # quiet\n');
    expect(readEnvironment(folder, { PORT: '5000' })).toMatchObject({ PORT: '5000', LOG_LEVEL: 'warn' });
  });

  it('may be missing', () => {
    expect(readEnvironment(folder, { PORT: '5000' })).toEqual({ PORT: '5000' });
  });
});
