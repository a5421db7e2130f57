import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { StartError } from '../../platform/start-error';
import { compose } from './compose';
import type { Delivery, Mailer } from './mail';

type SmtpError = SMTPConnection.SMTPError;

const CONNECT_MS = 8_000;
const ANSWER_MS = 30_000;

/**
 * Sends each letter over a connection of its own. What a failure means is known by how far the talk had come: before the
 * letter itself went out nothing was sent; after that, and without an answer, nobody can tell.
 */
export function smtpMailer(url: string, from: string): Mailer {
  const sender = /<([^<>]+)>$/.exec(from)?.[1] ?? from;
  return {
    channel: 'email',
    deliver: async (mail): Promise<Delivery> => {
      const bytes = await compose(from, mail);
      let connection: SMTPConnection;
      try {
        connection = await open(url);
      } catch (error) {
        return { outcome: 'not-sent', problem: problemIn(error) };
      }
      let begun = false;
      const letter = new Readable({
        read() {
          begun = true;
          this.push(bytes);
          this.push(null);
        },
      });
      try {
        await called((done) => {
          connection.once('error', done);
          connection.send({ from: sender, to: [mail.to.address] }, letter, done);
        });
        return { outcome: 'sent' };
      } catch (error) {
        return { outcome: outcomeOf(error, begun), problem: problemIn(error) };
      } finally {
        connection.quit();
      }
    },
  };
}

/** Greets the server once and logs in, within 10 seconds. @throws StartError in one sentence, without the password */
export async function probeSmtp(url: string): Promise<void> {
  try {
    const connection = await open(url);
    connection.quit();
  } catch (error) {
    const { host = '', port } = parseConnectionUrl(url);
    const where = port === undefined ? host : `${host}:${port}`;
    const sentence = `The mail server ${where} can't be used: ${reasonIn(error)}. Check SMTP_URL and that server.`;
    throw new StartError(sentence, { cause: error });
  }
}

async function open(url: string): Promise<SMTPConnection> {
  const { auth, ...options } = parseConnectionUrl(url);
  const connection = new SMTPConnection({
    ...options,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
  });
  // An error that comes when nobody waits for anything any more would end the process.
  connection.on('error', () => undefined);
  try {
    await called((done) => {
      connection.once('error', done);
      connection.connect(done);
    });
    if (auth) {
      await called((done) => {
        connection.once('error', done);
        connection.login(auth, done);
      });
    }
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

function outcomeOf(error: unknown, begun: boolean): 'refused' | 'not-sent' | 'unknown' {
  const code = (error as SmtpError).responseCode;
  // The server answered: it did not take the letter over.
  if (typeof code === 'number') return code >= 500 ? 'refused' : 'not-sent';
  if ((error as SmtpError).code === 'EENVELOPE') return 'refused';
  return begun ? 'unknown' : 'not-sent';
}

/** A word for the record; what a server says may hold an address, and is not kept. */
function problemIn(error: unknown): string {
  const { responseCode, code } = error as SmtpError;
  return typeof responseCode === 'number' ? `smtp ${responseCode}` : `smtp ${code ?? 'fault'}`;
}

const REASONS: Readonly<Record<string, string>> = {
  EDNS: 'there is no host of that name',
  ETIMEDOUT: 'it does not answer',
  ECONNECTION: 'it can not be connected to',
  ESOCKET: 'it can not be connected to',
  ETLS: 'no secure connection could be made',
  EAUTH: 'it refused the user or the password',
  EPROTOCOL: 'it is no mail server',
};

function reasonIn(error: unknown): string {
  return REASONS[(error as SmtpError).code ?? ''] ?? 'it can not be connected to';
}

function called(work: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    work((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
