import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail } from './mail';

/** The letter as it goes over the wire (RFC 5322). @param from the sender, as in `Cairn <cairn@example.org>` */
export function compose(from: string, { id, to, at, subject, text, html }: Mail): Promise<Buffer> {
  const composer = new MailComposer({
    from,
    to,
    subject,
    text,
    html,
    messageId: `<${id}@cairn>`,
    date: at,
    // So that nobody's holiday notice answers it (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    // Nothing of a letter is a file or an address to fetch from.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
