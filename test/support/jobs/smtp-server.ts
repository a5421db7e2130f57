import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What a mail server does with a letter. `drop` hangs up after the letter came, and never says what became of it. */
type Manner = 'accept' | 'drop' | 'refuse-recipient' | 'defer-recipient' | 'refuse-letter' | 'no-greeting';

export type SmtpServer = {
  readonly url: string;
  /** Letters that came whole, whatever was answered. */
  readonly letters: { readonly to: string; readonly content: string }[];
  /** By recipient's address; `accept` unless told otherwise. */
  mannerOf: (recipient: string) => Manner;
  /** Null: no login is wanted. */
  login: { readonly user: string; readonly pass: string } | null;
  readonly stop: () => Promise<void>;
};

/** A mail server that speaks as much SMTP as it takes to be sent letters. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const sockets = new Set<Socket>();
  const server: SmtpServer = {
    url: '',
    letters: [],
    mannerOf: () => 'accept',
    login: null,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      tcp.close();
      await once(tcp, 'close');
    },
  };
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    talk(socket, server);
  }).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  return Object.assign(server, { url: `smtp://127.0.0.1:${port}` });
}

function talk(socket: Socket, server: SmtpServer): void {
  let text = '';
  let to = '';
  let inLetter = false;
  const say = (line: string): void => {
    socket.write(`${line}\r\n`);
  };
  if (server.mannerOf('') === 'no-greeting') return;
  say('220 test ESMTP');
  socket.on('data', (chunk) => {
    text += chunk.toString('utf8');
    for (;;) {
      const end = inLetter ? '\r\n.\r\n' : '\r\n';
      const at = text.indexOf(end);
      if (at < 0) return;
      const part = text.slice(0, at);
      text = text.slice(at + end.length);
      if (inLetter) takeLetter(part);
      else answer(part);
    }
  });

  function takeLetter(content: string): void {
    inLetter = false;
    server.letters.push({ to, content });
    const manner = server.mannerOf(to);
    if (manner === 'drop') socket.destroy();
    else say(manner === 'refuse-letter' ? '554 not this one' : '250 taken');
  }

  function answer(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') say(server.login ? '250-test\r\n250 AUTH PLAIN' : '250 test');
    else if (verb === 'AUTH') {
      const [, user, pass] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0');
      say(user === server.login?.user && pass === server.login?.pass ? '235 welcome' : '535 go away');
    } else if (verb === 'RCPT') {
      to = /<([^>]*)>/.exec(line)?.[1] ?? '';
      const manner = server.mannerOf(to);
      if (manner === 'refuse-recipient') say('550 no such person');
      else say(manner === 'defer-recipient' ? '451 come again' : '250 ok');
    } else if (verb === 'DATA') {
      inLetter = true;
      say('354 go on');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else say('250 ok');
  }
}
