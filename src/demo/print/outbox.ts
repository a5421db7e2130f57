import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Notification } from '../../application/queries/shapes';
import type { Instant, IsoDate } from '../../engagement/values';
import type { Api } from '../api';
import { lettersOn, outboxOf } from '../letters';
import { client, coach, engagementId } from '../stories/career-season/people';
import { type Eml, readEml } from './eml';
import { bold, dim, print, printTable, printTitle } from './terminal';
import { dateInWords } from './words';

/** Who was told of what in the season, and two of the letters: a reminder, and a digest. */
export async function printOutbox(api: Api, dataDir: string, today: IsoDate): Promise<void> {
  printTitle('The outbox', 'GET …/notifications', 'Who was told of what is due, when, and by which rule?');
  const told = await api.list<Notification>(coach, `/engagements/${engagementId}/notifications`);
  if (told.length === 0) {
    print('  Nothing in this database: what was sent is kept beside the log, where it was sent.');
    return;
  }
  printTable(
    [{ title: 'when' }, { title: 'to' }, { title: 'rule' }, { title: 'how' }],
    told.map(({ at, to, rule, channel, state }) => [
      `${dateInWords(at)} ${at.slice(11, 16)}`,
      to.name ?? to.participantId,
      rule,
      dim(`${channel}, ${state}`),
    ]),
  );
  const { reminder, digest } = lettersOn(today);
  await printLetter(dataDir, reminder, client.email);
  await printLetter(dataDir, digest, coach.email);
  print('', dim(`  Without SMTP_URL letters are files in ${outboxOf(dataDir)}, which any mail program opens.`));
}

async function printLetter(dataDir: string, at: Instant, address: string): Promise<void> {
  const letter = (await lettersOf(dataDir, at)).find(({ to }) => to.includes(address));
  if (!letter) return;
  const [body = ''] = letter.text.split('\n-- ');
  print('', `  ${dim('To')} ${letter.to}   ${bold(letter.subject)}`);
  print(
    ...body
      .trim()
      .split('\n')
      .map((line) => `  ${dim('│')} ${line}`.trimEnd()),
  );
}

/** The names of the files begin with the instant. */
async function lettersOf(dataDir: string, at: Instant): Promise<readonly Eml[]> {
  const folder = outboxOf(dataDir);
  const names = await readdir(folder).catch(() => []);
  const ofThen = names.filter((name) => name.startsWith(`${at.slice(0, 19).replaceAll(':', '')}Z-`));
  return Promise.all(ofThen.map(async (name) => readEml(await readFile(join(folder, name), 'latin1'))));
}
