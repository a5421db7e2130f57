import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { StartError } from '../../platform/start-error';
import { checkEventStoreDb } from './check';
import { createCertificate } from '../../../test/support/eventstoredb/certificate';
import { startEventStoreDb, type EventStoreDbDouble } from '../../../test/support/eventstoredb/server';

/** What the check says, within the time that a start may take. */
async function said(url: string, timeoutMs?: number): Promise<string> {
  const error = await checkEventStoreDb(url, timeoutMs).then(
    () => new Error('nothing'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('No error was thrown');
  if (error.message !== 'nothing') expect(error).toBeInstanceOf(StartError);
  expect(error.message).not.toContain('s3cret');
  return error.message;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('the check of EventStoreDB at the start', () => {
  it('is content with a server that answers', async () => {
    const server = await startEventStoreDb();
    expect(await said(server.connectionString)).toBe('nothing');
    expect(server.open.subscriptions).toBe(0);
    await server.stop();
  });

  it.each([
    ['mysql://root:s3cret@localhost', /does not begin with esdb:\/\/ or kurrentdb:\/\//],
    ['esdb://root:s3cret@', /host is missing/],
    ['esdb://host:s3cret', /host is missing or malformed/],
    ['esdb://admin:s3cret@localhost?tsl=false', /there is no option tsl\b/],
    ['esdb://admin:s3cret@localhost?tls=no', /tls is true or false/],
    ['esdb://admin:s3cret@localhost?tlsCAFile=/no/such.crt', /names \/no\/such.crt as its tlsCAFile/],
  ])('refuses %s for what is wrong with it', async (url, reason) => {
    expect(await said(url)).toMatch(reason);
  });

  it('tells of a closed port', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await said(`esdb://admin:s3cret@127.0.0.1:${port}?tls=false`)).toBe(
      `The EventStoreDB at esdb://127.0.0.1:${port} can't be used: nothing listens there. ` +
        'Check EVENTSTOREDB_URL and that server.',
    );
  });

  it('tells of a name that no host has', async () => {
    expect(await said('esdb://nowhere.invalid:2113?tls=false')).toMatch(/no host of that name|could not be looked up/);
  });

  it('tells of what listens and never answers', async () => {
    const server = createServer(() => undefined);
    const port = await listening(server);
    expect(await said(`esdb://127.0.0.1:${port}?tls=false`, 400)).toMatch(/it does not answer/);
    expect(await said(`esdb://127.0.0.1:${port}?tls=true`, 400)).toMatch(/it does not answer/);
    server.close();
  });

  it.each<[string, () => Server]>([
    ['a web server', () => createHttpServer((_, response) => response.end('hello'))],
    ['Redis', () => createServer((socket) => socket.on('data', () => socket.write("-ERR unknown command 'PRI'\r\n")))],
    ['one that hangs up', () => createServer((socket) => socket.destroy())],
  ])('tells of %s in its place', async (_, start) => {
    const server = start();
    const port = await listening(server);
    expect(await said(`esdb://127.0.0.1:${port}?tls=false`)).toMatch(/no EventStoreDB, or it wants TLS/);
    expect(await said(`esdb://127.0.0.1:${port}?tls=true`)).toMatch(/speaks no TLS|no EventStoreDB/);
    server.close();
  });

  describe('with TLS and users', () => {
    const certificate = createCertificate();
    const other = createCertificate();
    let server: EventStoreDbDouble;
    let host: string;
    beforeAll(async () => {
      server = await startEventStoreDb({ certificate, users: { admin: 'an s3cret:@&', guest: 's3cret' } });
      host = `127.0.0.1:${server.port}`;
    });
    afterAll(async () => {
      await server.stop();
      certificate.remove();
      other.remove();
    });
    const password = encodeURIComponent('an s3cret:@&');

    it('is content with an authority it trusts and a user that may read, whichever the scheme', async () => {
      expect(await said(`esdb://admin:${password}@${host}?tlsCAFile=${certificate.file}`)).toBe('nothing');
      expect(await said(`kurrentdb://admin:${password}@${host}/?tls=true&tlsCAFile=${certificate.file}`)).toBe(
        'nothing',
      );
      expect(await said(`esdb://admin:${password}@${host}?tlsVerifyCert=false`)).toBe('nothing');
    });

    it('tells of a certificate that it does not trust', async () => {
      const untrusted = /its certificate isn't trusted: name the certificate of its authority as tlsCAFile/;
      expect(await said(`esdb://admin:${password}@${host}`)).toMatch(untrusted);
      expect(await said(`esdb://admin:${password}@${host}?tlsCAFile=${other.file}`)).toMatch(untrusted);
    });

    it('tells of TLS that is left out', async () => {
      expect(await said(`esdb://${host}?tls=false`)).toMatch(/or it wants TLS \(tls=true\)/);
    });

    it.each([
      ['a wrong password', 'admin:s3cret@', /it refused the user or the password/],
      ['an unknown user', 'nobody:s3cret@', /it refused the user or the password/],
      ['a user that may not read', 'guest:s3cret@', /its user may not read \$all: put the user among \$admins/],
      ['no user', '', /it wants a user who may read \$all, and none is named/],
    ])('tells of %s', async (_, user, reason) => {
      expect(await said(`esdb://${user}${host}?tlsCAFile=${certificate.file}`)).toMatch(reason);
    });
  });
});
