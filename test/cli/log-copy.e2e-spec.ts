import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../support/cli-process';
import { openEventLog, type EventLog } from '../support/event-log';
import { startServerProcess } from '../support/server-process';
import { newStream, sampleEvents } from '../support/sample-events';

const SIMPLE = ['log', 'copy', '--from', 'postgres', '--to', 'postgres'];

describe('cairn log copy', () => {
  let source: EventLog;
  let target: EventLog;
  beforeAll(async () => {
    [source, target] = await Promise.all([openEventLog('shared server'), openEventLog('shared server')]);
  }, 30_000);
  afterAll(() => Promise.all([source.close(), target.close()]));

  const copy = (...more: string[]) =>
    runCli([...SIMPLE, '--to-url', target.url, ...more], { DATABASE_URL: source.url, LOG_LEVEL: '' });

  it('copies, compares and tells, and does nothing the second time', async () => {
    await source.store.append(newStream(), 'no-stream', sampleEvents(3));
    await source.store.append(newStream(), 'no-stream', sampleEvents(2));
    const first = await copy();
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toMatch(
      /^5 events copied from Postgres to Postgres, 0 were there already\.\nBoth logs hold 5 events in 2 streams, and each stream is the same in both \(SHA-256 of all [0-9a-f]{64}\)\.\n$/,
    );
    expect(first.error).toMatch(
      /^Reading the source {3}5 events in 2 streams\nCopying {14}5 events copied, 0 were there\nComparing {12}5 events in 2 streams\n$/,
    );
    const second = await copy();
    expect(second.code).toBe(0);
    expect(second.out).toContain('0 events copied from Postgres to Postgres, 5 were there already.');
    expect(second.out.split('SHA-256')[1]).toBe(first.out.split('SHA-256')[1]);
  }, 60_000);

  it('says what differs, and ends with 1', async () => {
    const { stream } = (await target.readAll())[0]!;
    await target.pool.query(`UPDATE event_log.event SET type = 'Other' WHERE stream = $1 AND revision = 1`, [stream]);
    const { code, out, error } = await copy();
    expect(code).toBe(1);
    expect(out).toContain(
      `1 stream of 2 differ:\n  ${stream}: at revision 1 they differ in type (3 events in the source, 3 in the target)`,
    );
    expect(error.trimEnd().split('\n').at(-1)).toBe('The two logs are not the same.');
  }, 60_000);

  it('refuses a target with other events in one sentence, and ends with 1', async () => {
    const stream = newStream();
    await target.store.append(stream, 'no-stream', sampleEvents(1));
    const { code, out, error } = await copy();
    expect([code, out]).toEqual([1, '']);
    expect(error.trimEnd().split('\n').at(-1)).toMatch(
      new RegExp(`^The target holds other events: stream ${stream} differs from the source at revision 0\\.`),
    );
  }, 60_000);

  it.each([
    [['--from-url', 'postgres://nobody:secret@127.0.0.1:1/none'], /can't be used: nothing listens there/],
    [['--from-url', 'nonsense'], /DATABASE_URL: expected an address like postgres/],
  ])(
    'fails with %j in a sentence that names the cause',
    async (more, said) => {
      const { code, error } = await copy(...more);
      expect(code).toBe(1);
      expect(error).toMatch(said);
      expect(error).not.toContain('secret');
      expect(error).not.toMatch(/^\s+at /m);
    },
    60_000,
  );

  it('joins the embedded Postgres that runs, and starts it when none does', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'cairn-cli-'));
    chmodSync(dataDir, 0o755);
    const fresh = await openEventLog('shared server');
    const copyEmbedded = () => runCli([...SIMPLE, '--to-url', fresh.url], { DATA_DIR: dataDir, LOG_LEVEL: '' });

    const server = await startServerProcess(dataDir);
    const [clientId, coachId] = [randomUUID(), randomUUID()];
    const coach = { sub: coachId, roles: ['coach'], tenant: 'acme' };
    await server.send(coach, '/v1/engagements', { clientId, coachId, startsOn: '2026-01-01', endsOn: '2030-01-01' });
    const joined = await copyEmbedded();
    expect([joined.code, joined.out.split('\n')[0]]).toEqual([
      0,
      '1 event copied from Postgres to Postgres, 0 were there already.',
    ]);
    await server.stop();
    const alone = await copyEmbedded();
    expect([alone.code, alone.out.split('\n')[0]]).toEqual([
      0,
      '0 events copied from Postgres to Postgres, 1 was there already.',
    ]);
    await fresh.close();
    rmSync(dataDir, { recursive: true, force: true });
  }, 120_000);
});
