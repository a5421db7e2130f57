import { simpleParser } from 'mailparser';
import { type SmtpServer, startSmtpServer } from '../../../test/support/jobs/smtp-server';
import type { Mail } from './mail';
import { probeSmtp, smtpMailer } from './smtp';

const FROM = 'Cairn <cairn@example.org>';
let server: SmtpServer;
beforeEach(async () => {
  server = await startSmtpServer();
});
afterEach(() => server.stop());

const mail = (address = 'kim@example.org'): Mail => ({
  id: '11111111-1111-4111-8111-111111111111',
  to: { name: 'Kim "the" Client, Jr.', address },
  at: '2026-04-01T08:00:00.000Z',
  subject: 'Coaching: größer',
  text: 'Größe\n.\nend\n',
  html: '<p>Größe</p>',
});

describe('a letter by SMTP', () => {
  it('arrives as it was written', async () => {
    expect(await smtpMailer(server.url, FROM).deliver(mail())).toEqual({ outcome: 'sent' });
    const [{ to, content }] = server.letters as [(typeof server.letters)[0]];
    expect(to).toBe('kim@example.org');
    const parsed = await simpleParser(content.replaceAll('\r\n..', '\r\n.'));
    expect(parsed).toMatchObject({
      subject: 'Coaching: größer',
      messageId: '<11111111-1111-4111-8111-111111111111@cairn>',
      text: 'Größe\n.\nend\n',
      html: '<p>Größe</p>',
      date: new Date('2026-04-01T08:00:00.000Z'),
      from: { text: '"Cairn" <cairn@example.org>' },
    });
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it.each([
    ['refuse-recipient', { outcome: 'refused', problem: 'smtp 550' }],
    ['refuse-letter', { outcome: 'refused', problem: 'smtp 554' }],
    ['defer-recipient', { outcome: 'not-sent', problem: 'smtp 451' }],
    ['drop', { outcome: 'unknown', problem: 'smtp ECONNECTION' }],
  ] as const)('to a server with the manner %s', async (manner, delivery) => {
    server.mannerOf = () => manner;
    expect(await smtpMailer(server.url, FROM).deliver(mail())).toEqual(delivery);
  });

  it('to a server that is away was certainly not sent', async () => {
    await server.stop();
    expect(await smtpMailer(server.url, FROM).deliver(mail())).toMatchObject({ outcome: 'not-sent' });
    server = await startSmtpServer();
  });

  it('takes no line of its own from an address or a name', async () => {
    const evil = { ...mail(), to: { name: 'Kim\r\nBcc: other@example.org', address: 'kim@example.org' } };
    await smtpMailer(server.url, FROM).deliver(evil);
    expect(server.letters.map(({ to }) => to)).toEqual(['kim@example.org']);
    expect(server.letters[0]?.content).not.toMatch(/^Bcc:/im);
  });
});

describe('SMTP_URL', () => {
  const withLogin = (login: string) => server.url.replace('smtp://', `smtp://${login}@`);

  it('with the right login is fine', async () => {
    server.login = { user: 'cairn', pass: 's3cret' };
    await probeSmtp(withLogin('cairn:s3cret'));
    expect(await smtpMailer(withLogin('cairn:s3cret'), FROM).deliver(mail())).toEqual({ outcome: 'sent' });
  });

  it('with a wrong login ends the start with one sentence, without the password', async () => {
    server.login = { user: 'cairn', pass: 's3cret' };
    const error: unknown = await probeSmtp(withLogin('cairn:wr0ng')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/refused the user or the password/),
    });
    expect(String(error)).not.toContain('wr0ng');
  });

  it('of a server that is not there ends the start with one sentence', async () => {
    await expect(probeSmtp('smtp://127.0.0.1:1')).rejects.toThrow(
      "The mail server 127.0.0.1:1 can't be used: it can not be connected to. Check SMTP_URL and that server.",
    );
  });
});
