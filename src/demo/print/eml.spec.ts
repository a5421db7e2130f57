import { compose } from '../../jobs/mail/compose';
import type { Mail } from '../../jobs/mail/mail';
import { readEml } from './eml';

const mail = (text: string): Mail => ({
  id: 'b1f0f2c5-3a0e-4c58-9d0a-6f6f3c8f1f4e',
  to: { name: 'Ines Wintrow', address: 'ines@example.org' },
  at: '2026-04-01T09:00:00.000Z',
  subject: 'Coaching: one thing is due, and a subject that is so long that it has to go on in the next line',
  text,
  html: '<p>no</p>',
});
const read = async (text: string) => readEml((await compose('Cairn <cairn@localhost>', mail(text))).toString('latin1'));

describe('a letter as the outbox has it', () => {
  it.each([
    ['plain', 'Hello Ines,\n\n* one\n* two'],
    [
      'with other letters',
      'The milestone “Prüfung = bestanden” was due on Fri, 13 November 2026, and it is still open.',
    ],
    ['in other letters', 'Ώρα για καφέ, και όλα όσα πρέπει να γίνουν μέχρι την Παρασκευή'],
  ])('is read as it was written: %s', async (_which, text) => {
    const { subject } = mail(text);
    expect(await read(text)).toEqual({ to: 'Ines Wintrow <ines@example.org>', subject, text });
  });
});
