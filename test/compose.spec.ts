import fs from 'node:fs';
import path from 'node:path';
import Ajv, { type AnySchemaObject } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { readSettings } from '../src/platform/settings';

type Service = {
  readonly image: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly environment?: Record<string, string | number>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly read_only?: boolean;
};
type Compose = { readonly services: Record<string, Service>; readonly volumes: Record<string, null> };

const compose = parse(fs.readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as Compose;
const dockerfile = fs.readFileSync('Dockerfile', 'utf8');
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const theirs = services.filter(([, { build }]) => build === undefined);
const serviceOf = (name: string): Service => compose.services[name]!;

/** Where it is from: test/support/compose-spec/NOTICE. */
function specification(): AnySchemaObject {
  const schema = JSON.parse(fs.readFileSync('test/support/compose-spec/schema.json', 'utf8')) as AnySchemaObject;
  // As it is written there, the name of draft 7 is not the one that validators know it by.
  return { ...schema, $schema: 'http://json-schema.org/draft-07/schema#' };
}

describe('docker-compose.yml', () => {
  it('is what the Compose Specification allows', () => {
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    for (const format of ['duration', 'expose', 'ports', 'subnet_ip_address']) ajv.addFormat(format, true);
    const validate = ajv.compile(specification());
    // Extensions such as x-cairn are allowed, and checked where they are merged in.
    void validate(compose);
    expect(validate.errors).toBeNull();
    void validate({ services: { a: { image: 'b', dependson: ['c'] } } });
    expect(validate.errors).not.toBeNull();
  });

  it('runs what it is for, the single node without a profile and the cluster with one', () => {
    const named = (profile: string | undefined) =>
      services.filter(([, { profiles }]) => profiles?.[0] === profile).map(([name]) => name);
    expect(named(undefined)).toEqual(['eventstoredb', 'postgres', 'redis', 'api', 'projector', 'worker']);
    expect(named('cluster')).toEqual([
      ...['certificates', 'esdb1', 'esdb2', 'esdb3', 'cluster-postgres'],
      ...['cluster-api', 'cluster-projector', 'cluster-worker'],
    ]);
  });

  it.each(services)('%s comes from an exact version or a Dockerfile that is there', (_name, { image, build }) => {
    expect(image).toMatch(/^[\w/.-]+:\d+\.\d+/);
    if (build !== undefined) expect(fs.existsSync(path.join(build, 'Dockerfile'))).toBe(true);
  });

  it('calls its image by the version of the product', () => {
    const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { version: string };
    for (const [, { image }] of ours) expect(image).toBe(`cairn:${version}`);
  });

  it.each(services)('%s waits until what it needs is well, in its own profile or in none', (_name, service) => {
    for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
      const { healthcheck, profiles = [], build } = serviceOf(needed);
      if (condition === 'service_healthy') expect(healthcheck !== undefined || build !== undefined).toBe(true);
      else expect([needed, condition]).toEqual(['certificates', 'service_completed_successfully']);
      expect([[], service.profiles ?? []]).toContainEqual(profiles);
    }
  });

  it.each(services)('%s mounts volumes that are declared', (_name, { volumes = [] }) => {
    for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  });

  it.each(theirs)('%s is asked for its health where it answers', (name, { image, healthcheck }) => {
    const asked = healthcheck?.test.join(' ') ?? '';
    if (name === 'certificates') expect(healthcheck).toBeUndefined();
    else if (image.startsWith('eventstore/')) expect(asked).toMatch(/https?:\/\/localhost:2113\/health\/live/);
    else expect(asked).toMatch(/^CMD (pg_isready|redis-cli ping)/);
  });

  it.each(ours)(
    '%s has settings that Cairn knows and accepts, and no way to write but where it must',
    (name, service) => {
      const known = fs.readFileSync('src/platform/settings.ts', 'utf8');
      for (const setting of Object.keys(service.environment!)) {
        if (setting !== 'NODE_ENV') expect(known).toContain(`'${setting}'`);
      }
      const environment = { ...imageEnvironment(), ...(service.environment as Record<string, string>) };
      const settings = readSettings(environment);
      expect(settings).toMatchObject({ role: name.replace('cluster-', ''), host: '0.0.0.0', auth: { mode: 'dev' } });
      for (const port of service.ports ?? [])
        expect(port).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+:${settings.port}$`));
      expect(service.read_only).toBe(true);
    },
  );

  it.each(ours)('%s is connected to the stores that it waits for, and to no others', (_name, service) => {
    const { DATABASE_URL, EVENTSTOREDB_URL, REDIS_URL } = service.environment as Record<string, string>;
    const hosts = [DATABASE_URL, EVENTSTOREDB_URL, REDIS_URL].flatMap((url) =>
      /\/\/(?:[^@/]*@)?([^/?]+)/
        .exec(url!)![1]!
        .split(',')
        .map((host) => host.split(':')[0]!),
    );
    const awaited = Object.keys(service.depends_on!).filter((needed) => serviceOf(needed).build === undefined);
    for (const needed of awaited) expect(hosts).toContain(needed);
    // The projector has no queues.
    for (const host of hosts.filter((name) => name !== 'redis')) expect(awaited).toContain(host);
    const database = new URL(DATABASE_URL!);
    const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = serviceOf(database.hostname).environment!;
    expect([database.username, database.password, database.pathname]).toEqual([
      POSTGRES_USER,
      POSTGRES_PASSWORD,
      `/${POSTGRES_DB}`,
    ]);
  });

  it('gives the two installations nothing in common but the machine of the queues', () => {
    const [one, other] = [serviceOf('api'), serviceOf('cluster-api')].map(({ environment }) => environment!);
    for (const setting of ['DATABASE_URL', 'EVENTSTOREDB_URL', 'REDIS_URL']) {
      expect(one![setting]).not.toBe(other![setting]);
    }
  });

  it.each([1, 2, 3])('makes node %i of the cluster one that knows the others and has its own certificate', (number) => {
    const name = `esdb${number}`;
    const { environment } = serviceOf(name);
    const seeds = String(environment!.EVENTSTORE_GOSSIP_SEED).split(',');
    const others = [1, 2, 3].filter((other) => other !== number).map((other) => `esdb${other}:2113`);
    expect(seeds).toEqual(others);
    expect(environment).toMatchObject({
      EVENTSTORE_CLUSTER_SIZE: 3,
      EVENTSTORE_NODE_HOST_ADVERTISE_AS: name,
      EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS: name,
      EVENTSTORE_CERTIFICATE_FILE: `/certificates/node${number}/node.crt`,
      EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE: `/certificates/node${number}/node.key`,
    });
    expect(environment).not.toHaveProperty('EVENTSTORE_INSECURE');
  });

  it('keeps the keys of the cluster from Cairn', () => {
    for (const [, { volumes = [] }] of ours) {
      expect(volumes.filter((volume) => volume.startsWith('certificates:'))).toEqual([]);
    }
  });
});

describe('Dockerfile', () => {
  it('copies what is there and what is not kept out', () => {
    const kept = fs.readFileSync('.dockerignore', 'utf8').split('\n');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources]) =>
      sources!.split(' '),
    );
    expect(copied.length).toBeGreaterThan(5);
    for (const source of copied) {
      expect(fs.existsSync(source)).toBe(true);
      expect(kept).toContain(`!${source}`);
    }
  });

  it('does not run as root, and starts what the build makes', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    const programs = [...dockerfile.matchAll(/(dist\/src\/[\w/]+)\.js/g)].map(([, program]) => program!);
    expect(new Set(programs)).toEqual(new Set(['dist/src/main', 'dist/src/cli/main']));
    for (const program of programs) expect(fs.existsSync(`${program.replace(/^dist\//, '')}.ts`)).toBe(true);
  });

  it('comes from an exact version and leaves out what only development needs', () => {
    for (const [, image] of dockerfile.matchAll(/^FROM (\S+)/gm)) expect(image).toMatch(/^node:\d+\.\d+\.\d+-/);
    expect(dockerfile).toMatch(/npm prune --omit=dev --omit=optional/);
  });

  it('asks for its health where Cairn answers', () => {
    const path = /^HEALTHCHECK[\s\S]*?\$\{process\.env\.PORT\}\/([\w/]+)`/m.exec(dockerfile)?.[1];
    const controller = fs.readFileSync('src/http/operations/operations.controller.ts', 'utf8');
    expect(controller).toContain(`@Get('${path}')`);
  });

  it('refuses tokens for everyone unless it is told otherwise', () => {
    expect(() => readSettings(imageEnvironment())).toThrow(/AUTH_MODE/);
  });
});

/** What the image sets. */
function imageEnvironment(): Record<string, string> {
  const pairs = /^ENV (.+)$/m.exec(dockerfile)![1]!.split(' ');
  return Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]));
}
