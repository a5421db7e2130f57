import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../platform/start-error';
import { compose } from './compose';
import type { Delivery, Mail, Mailer } from './mail';

/**
 * Writes each letter into a file of the folder, which any mail program opens, in place of sending it. A file appears
 * whole or not at all, and is never written over.
 */
export function outboxMailer(folder: string, from: string): Mailer {
  let made: Promise<unknown> | undefined;

  async function write(mail: Mail): Promise<void> {
    await (made ??= mkdir(folder, { recursive: true }));
    const name = `${mail.at.slice(0, 19).replaceAll(':', '')}Z-${mail.id}.eml`;
    const draft = join(folder, `.${name}.draft`);
    await writeFile(draft, await compose(from, mail));
    // A link fails where the name is taken, which a renaming does not.
    await link(draft, join(folder, name)).finally(() => rm(draft));
  }

  return {
    channel: 'outbox',
    deliver: (mail): Promise<Delivery> =>
      write(mail).then(
        (): Delivery => ({ outcome: 'sent' }),
        (error: unknown): Delivery => {
          made = undefined;
          return errorCode(error) === 'EEXIST'
            ? { outcome: 'sent' }
            : { outcome: 'not-sent', problem: `outbox ${errorCode(error) ?? 'fault'}` };
        },
      ),
  };
}
