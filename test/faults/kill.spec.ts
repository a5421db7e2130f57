import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chmodSync } from 'node:fs';
import { type Server, startServerProcess } from '../support/server-process';

/** How often the server is killed: a few times in `npm test`, the whole count in `npm run test:faults`. */
const KILLS = process.env.CAIRN_FAULTS === 'full' ? 20 : 3;
const WRITERS = 8;
const ENGAGEMENTS = 4;

type Sent = { readonly key: string; readonly at: number; readonly value: number };

describe(`kill -9 under load, ${KILLS} times`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'cairn-kill-'));
  chmodSync(dataDir, 0o755);
  const acknowledged = new Map<string, readonly string[]>();
  const tenant = 'acme';
  const [clientId, coachId, goalId] = [randomUUID(), randomUUID(), randomUUID()];
  const engagements = Array.from({ length: ENGAGEMENTS }, () => randomUUID());
  let server: Server;

  beforeAll(async () => {
    server = await startServerProcess(dataDir);
    for (const id of engagements) await prepare(id);
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  it(
    'loses no acknowledged event and repeats none',
    async () => {
      let value = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const unanswered = await loadUntilKilled(() => (value += 1), 150 + ((kill * 97) % 400));
        server = await startServerProcess(dataDir);
        // What got no answer may or may not have happened; the caller asks again under the same key.
        const [first, ...others] = unanswered;
        if (first) await record(await contested(first, () => (value += 1)));
        for (const sent of others) await record(sent);
      }
      for (const [at, id] of engagements.entries()) await checkRecord(at, id);
      expect(acknowledged.size).toBe(value);
      expect(value).toBeGreaterThan(KILLS);
    },
    KILLS * 30_000,
  );

  async function prepare(id: string): Promise<void> {
    const at = (path: string) => `/v1/engagements/${id}${path}`;
    const by = {
      coach: { sub: coachId, roles: ['coach'], tenant },
      client: { sub: clientId, roles: ['client'], tenant },
    };
    await server.send(by.coach, '/v1/engagements', {
      engagementId: id,
      clientId,
      coachId,
      startsOn: '2026-01-01',
      endsOn: '2030-01-01',
    });
    await server.send(by.coach, at('/agreement'), { party: 'coach' });
    await server.send(by.client, at('/agreement'), { party: 'client' });
    await server.send(by.coach, at('/start'), {});
    await server.send(by.client, at('/goals'), {
      goalId,
      specific: 'Walk the dog every day',
      measure: { metric: 'walks', unit: 'a week', baseline: 0, target: 7, direction: 'increase' },
      achievability: { confidence: 7 },
      relevance: 'Health',
      startOn: '2026-01-01',
      dueOn: '2029-12-01',
      source: 'client',
    });
  }

  /** Sends one observation after the other from several writers; resolves with what had no answer when it was killed. */
  async function loadUntilKilled(next: () => number, killAfterMs: number): Promise<readonly Sent[]> {
    const unanswered: Sent[] = [];
    let killed = false;
    const writer = async (number: number): Promise<void> => {
      while (!killed) {
        const sent = { key: randomUUID(), at: number % ENGAGEMENTS, value: next() };
        try {
          await record(sent);
        } catch {
          unanswered.push(sent);
        }
      }
    };
    const writers = Array.from({ length: WRITERS }, (_, number) => writer(number));
    await new Promise((resolve) => setTimeout(resolve, killAfterMs));
    killed = true;
    await server.kill();
    await Promise.all(writers);
    return unanswered;
  }

  async function record({ key, at, value }: Sent): Promise<void> {
    const client = { sub: clientId, roles: ['client'], tenant };
    const path = `/v1/engagements/${engagements[at]}/goals/${goalId}/progress`;
    const body = { value, observedOn: '2026-01-02', rater: 'client' };
    const answer = await server.send(client, path, body, { 'idempotency-key': key });
    acknowledged.set(`${at}/${value}`, answer.eventIds);
  }

  /**
   * Another request comes with the key before it is asked again. It is refused, or carried out as a command of its own
   * because the key was never stored, and then the first was not carried out either: it takes a new key.
   */
  async function contested(sent: Sent, next: () => number): Promise<Sent> {
    const other = { ...sent, value: next() };
    const refusal = await record(other).then(
      () => null,
      (error: unknown) => String(error),
    );
    if (refusal === null) return { ...sent, key: randomUUID() };
    expect(refusal).toContain('idempotency-mismatch');
    await record({ ...other, key: randomUUID() });
    return sent;
  }

  /** The record holds each acknowledged observation once, and its revisions have no gap. */
  async function checkRecord(at: number, id: string): Promise<void> {
    const coach = { sub: coachId, roles: ['coach'], tenant };
    const { position } = await server.send(coach, `/v1/engagements/${id}/notes`, { visibility: 'shared', text: 'end' });
    const entries: { revision: number; eventId: string; type: string; data: { value: number } }[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = `?limit=200&minPosition=${position}${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = await server.read(coach, `/v1/engagements/${id}/audit${query}`);
      entries.push(...page.items);
      cursor = page.next;
    }
    expect(entries.map(({ revision }) => revision)).toEqual(entries.map((_, index) => index));
    const recorded = entries.filter(({ type }) => type === 'ProgressRecorded');
    const expected = [...acknowledged].filter(([key]) => key.startsWith(`${at}/`));
    expect(new Map(recorded.map(({ data, eventId }) => [`${at}/${data.value}`, [eventId]]))).toEqual(new Map(expected));
    expect(recorded).toHaveLength(expected.length);
  }
});
