import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ParsedMail, simpleParser } from 'mailparser';
import { startCairn } from '../../src/composition/start';
import { createLifecycle, type Lifecycle } from '../../src/platform/lifecycle';
import { createLogger } from '../../src/platform/logging';
import { readSettings, type Settings } from '../../src/platform/settings';
import { anEngagement, done, now } from '../support/builders';
import { startTestCairn, type TestCairn } from '../support/cairn';
import { type SmtpServer, startSmtpServer } from '../support/jobs/smtp-server';

let dataDir: string;
let cairn: TestCairn;
let smtp: SmtpServer;
let lifecycle: Lifecycle;
beforeEach(async () => {
  dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'cairn-outbox-'));
  cairn = await startTestCairn({ now });
  smtp = await startSmtpServer();
  lifecycle = createLifecycle(() => createLogger('silent'));
});
afterEach(async () => {
  await lifecycle.stop();
  await smtp.stop();
  await cairn.stop();
  await fs.rm(dataDir, { recursive: true });
});

/** A process with the role `worker` beside the one that serves the API. */
async function startWorker(more: Partial<Settings> = {}, write: (line: string) => void = () => undefined) {
  const { connectionString } = cairn.running.pool.options;
  const settings = { ...readSettings({ DATABASE_URL: connectionString, PORT: '0', ROLE: 'worker' }), dataDir, ...more };
  const { url } = await startCairn({
    settings,
    clock: cairn.clock,
    logger: createLogger('info', { write }),
    lifecycle,
  });
  return url;
}

/** Two people whose engagement ends in nine days, at the hour of their digest. */
async function endingSoon(): Promise<void> {
  const on = await anEngagement(cairn, { sponsor: false, proposal: { endsOn: '2026-04-10' } });
  const register = (participantId: string, kind: string, name: string) =>
    on.coach.post('/participants', { participantId, kind, name, email: `${kind}@example.org` });
  done(await register(on.client.id, 'client', 'Kim Client'));
  done(await register(on.coach.id, 'coach', 'Alex Coach'));
  await cairn.settled();
}

async function outbox(count: number): Promise<readonly ParsedMail[]> {
  const folder = path.join(dataDir, 'outbox');
  for (;;) {
    const names = (await fs.readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
    if (names.length >= count) {
      return Promise.all(names.map(async (name) => simpleParser(await fs.readFile(path.join(folder, name)))));
    }
    await sleep(20);
  }
}

const addressesOf = (mails: readonly ParsedMail[]) =>
  mails.flatMap(({ to }) => [to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address))).toSorted();

describe('a process with the role worker', () => {
  it('writes letters into the outbox without SMTP_URL, and says so once', async () => {
    await endingSoon();
    const log: string[] = [];
    await startWorker({}, (line) => log.push(line));
    const mails = await outbox(2);
    expect(addressesOf(mails)).toEqual(['client@example.org', 'coach@example.org']);
    expect(mails[0]!.text).toContain('The engagement ends on Fri, 10 April 2026.');
    expect(log.filter((line) => line.includes('SMTP_URL is not set'))).toHaveLength(1);
  });

  it('sends them by SMTP, and shows how the queues and effects stand', async () => {
    await endingSoon();
    smtp.mannerOf = (recipient) => (recipient.startsWith('coach') ? 'refuse-recipient' : 'accept');
    const url = await startWorker({ smtpUrl: smtp.url });
    while (smtp.letters.length === 0) await sleep(20);
    expect(smtp.letters.map(({ to }) => to)).toEqual(['client@example.org']);
    const metrics = async () => (await fetch(`${url}/metrics`)).text();
    while (!(await metrics()).includes('cairn_effects{state="failed"} 1')) await sleep(20);
    expect(await metrics()).toMatch(/^cairn_jobs_failed\{queue="notifications"\} 0$/m);
    expect(await metrics()).toMatch(/^cairn_jobs_oldest_seconds\{queue="notifications"\} \d/m);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  it('does not start with a mail server or a Redis that is not there', async () => {
    await expect(startWorker({ smtpUrl: 'smtp://127.0.0.1:1' })).rejects.toThrow(
      /^The mail server 127\.0\.0\.1:1 can't/,
    );
    await expect(startWorker({ redisUrl: 'redis://127.0.0.1:1' })).rejects.toThrow(/^Redis at 127\.0\.0\.1:1 can't/);
  });
});
