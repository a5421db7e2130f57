import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readSettings } from '../src/platform/settings';

type Service = {
  readonly image?: string;
  readonly build?: string;
  readonly environment: Record<string, string>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly healthcheck?: object;
};
type Compose = { readonly services: Record<string, Service>; readonly volumes: Record<string, null> };

const compose = parse(fs.readFileSync('docker-compose.yml', 'utf8')) as Compose;
const dockerfile = fs.readFileSync('Dockerfile', 'utf8');
const services = Object.entries(compose.services);
const cairn = compose.services.cairn!;

describe('docker-compose.yml', () => {
  it.each(services)('%s comes from an exact version or a Dockerfile that is there', (_name, { image, build }) => {
    if (image !== undefined) expect(image).toMatch(/^[\w/.-]+:\d+\.\d+/);
    else expect(fs.existsSync(path.join(build!, 'Dockerfile'))).toBe(true);
  });

  it.each(services)('%s has a health check, and waits for the health of what it needs', (_name, service) => {
    expect(service.healthcheck !== undefined || /^HEALTHCHECK/m.test(dockerfile)).toBe(true);
    for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(compose.services[needed]?.healthcheck).toBeDefined();
      expect(condition).toBe('service_healthy');
    }
  });

  it.each(services)('%s mounts volumes that are declared', (_name, { volumes = [] }) => {
    for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  });

  it('sets settings that Cairn knows and accepts', () => {
    const documented = Object.keys(cairn.environment).filter((name) => name !== 'NODE_ENV');
    const source = fs.readFileSync('src/platform/settings.ts', 'utf8');
    for (const name of documented) expect(source).toContain(`'${name}'`);
    const settings = readSettings({ ...imageEnvironment(), ...cairn.environment });
    expect(settings).toMatchObject({ role: 'all', host: '0.0.0.0', auth: { mode: 'dev' } });
    expect(cairn.ports).toEqual([`127.0.0.1:3000:${settings.port}`]);
  });

  it('connects Cairn to the database that it starts', () => {
    const url = new URL(cairn.environment.DATABASE_URL!);
    const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = compose.services[url.hostname]!.environment;
    expect([url.username, url.password, url.pathname]).toEqual([POSTGRES_USER, POSTGRES_PASSWORD, `/${POSTGRES_DB}`]);
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
    const started = /^CMD .*"(dist\/[^"]+)\.js"\]$/m.exec(dockerfile)?.[1];
    expect(fs.existsSync(`${started!.replace(/^dist\//, '')}.ts`)).toBe(true);
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
