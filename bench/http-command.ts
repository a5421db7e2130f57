import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { extname, join } from 'node:path';
import { createPostgresEventStore, migrateEventLog } from '../src/event-store/postgres/postgres-event-store';
import { createPool } from '../src/platform/database';
import { benchEngagement, type BenchEngagement, streamOf } from './engagements';
import { type Bench, type Case, compare } from './harness';

const ENGAGEMENTS = 1_000;
const CONNECTIONS = 32;
const ROUNDS = 5;
const ROUND_MS = 3_000;

type Server = { readonly url: string; readonly stop: () => Promise<void> };

/**
 * `POST …/progress` over 1,000 engagements on 32 connections against a route that validates the same body and inserts a
 * row. The client is this process, each server one of its own. Once with the API alone, once with the projector beside
 * it in the same process, as it is when embedded.
 */
export async function httpCommand(bench: Bench): Promise<Case[]> {
  const engagements = Array.from({ length: ENGAGEMENTS }, benchEngagement).map((engagement) => ({
    ...engagement,
    clientId: '00000000-0000-4000-8000-000000000001',
  }));
  const [url, floorUrl] = [await bench.newDatabase(), await bench.newDatabase()];
  await prepare(url, engagements);
  const floor = await start('floor-server', { DATABASE_URL: floorUrl });
  const cases: Case[] = [];
  for (const [name, role, goal] of [
    ['http-command', 'api', '≥ 0.6'],
    ['http-command-projecting', 'all', null],
  ] as const) {
    const ours = await start('../src/main', { DATABASE_URL: url, PORT: '0', ROLE: role, LOG_LEVEL: 'error' });
    const authorization = `Bearer ${await tokenOf(ours.url, engagements[0]!)}`;
    await rate(ours.url, engagements, { authorization });
    await rate(floor.url, engagements, {});
    cases.push(
      await compare(bench, {
        case: name,
        goal,
        against: 'a Nest/Fastify route that validates the same DTO and inserts one row',
        rounds: ROUNDS,
        counts: 'requests/s',
        ours: () => rate(ours.url, engagements, { authorization }),
        floor: () => rate(floor.url, engagements, {}),
      }),
    );
    await ours.stop();
  }
  await floor.stop();
  return cases;
}

async function prepare(url: string, engagements: readonly BenchEngagement[]): Promise<void> {
  const pool = createPool(url, () => undefined);
  await migrateEventLog(pool);
  const store = createPostgresEventStore({ pool, connectionString: url });
  await store.appendMany(engagements.map((engagement) => streamOf(engagement, 5)));
  await store.close();
  await pool.end();
}

/** Requests answered in a second, by as many callers as there are connections. */
async function rate(url: string, engagements: readonly BenchEngagement[], headers: Record<string, string>) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const body = JSON.stringify({ value: 3, observedOn: '2026-01-02', rater: 'client' });
  const until = performance.now() + ROUND_MS;
  let answered = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < until) {
      const { engagementId, goalId } = engagements[answered % engagements.length]!;
      await post(`${url}/v1/engagements/${engagementId}/goals/${goalId}/progress`, body, headers, agent);
      answered += 1;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, caller));
  agent.destroy();
  return (answered * 1_000) / (performance.now() - started);
}

function post(url: string, body: string, headers: Record<string, string>, agent?: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      ...(agent ? { agent } : {}),
    };
    const sent = request(url, options, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => {
        if ((answer.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`${String(answer.statusCode)} ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function tokenOf(url: string, { tenantId, clientId }: BenchEngagement): Promise<string> {
  const claims = JSON.stringify({ tenant: tenantId, sub: clientId, roles: ['client'] });
  const { token } = JSON.parse(await post(`${url}/dev/tokens`, claims, {})) as { token: string };
  return token;
}

/** Runs a program of this build in a process of its own, until it says where it listens. */
async function start(program: string, environment: Record<string, string>): Promise<Server> {
  const child = fork(join(__dirname, `${program}${extname(__filename)}`), {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const url = await addressOf(child);
  return {
    url,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    const url = /listens on (\S+)/.exec(output)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`The server ended before it listened: ${output}`);
}
