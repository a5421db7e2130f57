import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { startProxy, type Proxy } from './tcp-proxy';

const MEBIBYTE = 1024 * 1024;

describe('the network between us and a server', () => {
  let server: Server;
  let proxy: Proxy;
  /** What the server has received. */
  let received = '';
  const atServer = new Set<Socket>();
  const opened: Socket[] = [];

  beforeAll(async () => {
    server = createServer((socket) => {
      atServer.add(socket);
      socket.on('close', () => atServer.delete(socket));
      socket.on('error', () => undefined);
      socket.on('data', (piece) => {
        received += piece.toString();
        socket.write(piece);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await startProxy(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  beforeEach(() => {
    received = '';
  });
  afterEach(() => {
    proxy.restore();
    for (const socket of opened.splice(0)) socket.destroy();
  });
  afterAll(async () => {
    await proxy.close();
    for (const socket of atServer) socket.destroy();
    server.close();
  });

  /** A connection that keeps what it is sent and how it ended. */
  const dial = () => {
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    opened.push(socket);
    const state = { got: '', error: '', closed: false };
    socket.on('data', (piece) => {
      state.got += piece.toString();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      state.error = error.code ?? '';
    });
    socket.on('close', () => {
      state.closed = true;
    });
    return { socket, state };
  };
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 30));
  const echoed = async (text = 'hello') => {
    const connection = dial();
    connection.socket.write(text);
    await until(() => connection.state.got === text);
    return connection;
  };

  it('loses everything and tells nobody when it is half open, until there is a new connection', async () => {
    const { socket, state } = await echoed();
    const mode = proxy.impose({ kind: 'half-open' });
    socket.write(' lost');
    await mode.met;
    const late = dial();
    late.socket.write('never');
    await until(() => mode.hits === 2);
    proxy.restore();
    socket.write(' for ever');
    for (const end of atServer) end.destroy();
    await aWhile();
    expect([state.got, state.closed, late.state.got, late.state.closed]).toEqual(['hello', false, '', false]);
    expect(received).toBe('hello');
    await echoed('new');
  });

  it.each<['to-server' | 'to-client' | undefined, string]>([
    ['to-server', ''],
    ['to-client', ' more'],
    [undefined, ''],
  ])('holds back what goes %s while it is stalled, and gives it out in order afterwards', async (way, there) => {
    const { socket, state } = await echoed();
    const mode = proxy.impose({ kind: 'stalled', ...(way && { way }) });
    socket.write(' more');
    await mode.met;
    await aWhile();
    expect([received, state.got]).toEqual([`hello${there}`, 'hello']);
    proxy.restore();
    socket.write(' and more');
    await until(() => state.got === 'hello more and more');
    expect(mode.hits).toBeGreaterThan(0);
  });

  it('takes its time when it is slow, and keeps the order', async () => {
    const { socket, state } = await echoed();
    const mode = proxy.impose({ kind: 'slow', delayMs: 20, bytesPerSecond: 1_000 });
    const pieces = ['1'.repeat(20), '2'.repeat(20), '3'.repeat(20)];
    for (const piece of pieces) {
      socket.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await mode.met;
    expect(received).toBe('hello');
    await until(() => received !== 'hello');
    proxy.restore();
    socket.write('4');
    await until(() => state.got.endsWith('4'));
    expect(state.got).toBe(`hello${pieces.join('')}4`);
  });

  it.each([
    ['to-server', 0, 'hello', 'hello'],
    ['to-server', 3, 'hello mo', undefined],
    ['to-client', 0, 'hello more', 'hello'],
  ] as const)('breaks the connection %s after %i bytes, once', async (way, afterBytes, there, back) => {
    const { socket, state } = await echoed();
    const mode = proxy.impose({ kind: 'reset', way, afterBytes });
    socket.write(' more');
    await mode.met;
    await until(() => state.closed);
    await aWhile();
    expect(state.error).toBe('ECONNRESET');
    expect(received).toBe(there);
    if (back !== undefined) expect(state.got).toBe(back);
    expect(mode.hits).toBe(1);
    await echoed('again');
    expect(mode.hits).toBe(1);
  });

  it('breaks every connection and every new one while it is down', async () => {
    const { state } = await echoed();
    const mode = proxy.impose({ kind: 'down' });
    await until(() => state.closed);
    const late = dial();
    await until(() => late.state.closed);
    expect(mode.hits).toBe(1);
    proxy.restore();
    await echoed('again');
  });

  it('does not take more from one end than the other takes', async () => {
    const { socket } = await echoed();
    for (const end of atServer) end.pause();
    let taken = true;
    for (let sent = 0; sent < 64 && taken; sent += 1) {
      taken = socket.write(Buffer.alloc(MEBIBYTE));
      if (!taken) taken = await Promise.race([once(socket, 'drain').then(() => true), aWhile().then(() => false)]);
    }
    expect(taken).toBe(false);
  });
});
