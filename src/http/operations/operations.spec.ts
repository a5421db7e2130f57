import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createHttpApp } from '../../../test/support/http-app';
import { createLogger } from '../../platform/logging';
import { createMetrics } from '../../platform/metrics';
import { noTracing } from '../../platform/tracing';
import { configureOperations, createOperationsAdapter } from '../configure';
import type { OperationsDependencies } from '../dependencies';
import { OperationsModule } from '../http.module';

const path = '/v1/engagements/6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f/start';

describe('health and metrics', () => {
  it('say that all is well, without a token', async () => {
    const http = await createHttpApp();
    const live = await http.inject({ method: 'GET', url: '/health/live' });
    expect([live.statusCode, live.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await http.inject({ method: 'GET', url: '/health/ready' });
    expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'ok', reasons: [] }]);
    await http.close();
  });

  it('say what is not', async () => {
    const reasons = ['The projection audit has stopped.'];
    const http = await createHttpApp({ faults: () => Promise.resolve(reasons) });
    const ready = await http.inject({ method: 'GET', url: '/health/ready' });
    expect([ready.statusCode, ready.json()]).toEqual([503, { status: 'unavailable', reasons }]);
    expect((await http.inject({ method: 'GET', url: '/health/live' })).statusCode).toBe(200);
    await http.close();
  });

  it('count answers by the pattern of their route', async () => {
    const http = await createHttpApp();
    await http.ask('POST', path);
    await http.ask('GET', '/v1/nothing/at/all');
    const { body, headers } = await http.inject({ method: 'GET', url: '/metrics' });
    expect(headers['content-type']).toMatch(/^text\/plain; version=/);
    expect(body).toContain(
      'http_request_duration_seconds_count{method="POST",route="/v1/engagements/:engagementId/start",status="200"} 1',
    );
    expect(body).toContain('http_request_duration_seconds_count{method="GET",route="(none)",status="404"} 1');
    expect(body).not.toContain('6f1c2f0e');
    await http.close();
  });

  it('leave out a value that can not be had', async () => {
    const metrics = createMetrics(true);
    metrics.gauge('lag_seconds', 'How far behind', () => 2.5);
    metrics.gauge('broken', 'Nothing', () => Promise.reject(new Error('gone')));
    const { text } = await metrics.read();
    expect(text).toContain('lag_seconds 2.5');
    expect(text).not.toMatch(/^broken \d/m);
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('are all there is in a program without the API', async () => {
    const deps: OperationsDependencies = {
      logger: createLogger('silent'),
      metrics: createMetrics(false),
      tracing: noTracing,
      faults: () => Promise.resolve([]),
    };
    const compiled = await Test.createTestingModule({ imports: [OperationsModule.of(deps)] }).compile();
    const options = { bodyParser: false, logger: false as const };
    const app = compiled.createNestApplication<NestFastifyApplication>(createOperationsAdapter(deps), options);
    configureOperations(app);
    await app.init();
    const statusOf = async (method: 'GET' | 'POST', url: string) => {
      const answer = await app.inject({ method, url });
      return [answer.statusCode, answer.headers['content-type']];
    };
    expect(await statusOf('GET', '/health/ready')).toEqual([200, expect.stringMatching(/^application\/json/)]);
    expect(await statusOf('GET', '/v1/engagements')).toEqual([
      404,
      expect.stringMatching(/^application\/problem\+json/),
    ]);
    expect(await statusOf('POST', '/metrics')).toEqual([405, expect.stringMatching(/^application\/problem\+json/)]);
    expect(await statusOf('GET', '/%zz')).toEqual([400, expect.stringMatching(/^application\/problem\+json/)]);
    await app.close();
  });
});

describe('a stop', () => {
  it('lets what is in progress end, and does not wait for idle connections', async () => {
    const http = await createHttpApp();
    await http.app.listen(0, '127.0.0.1');
    const { port } = http.app.getHttpServer().address() as AddressInfo;

    const agent = new Agent({ keepAlive: true });
    const [idle] = (await once(get({ port, path: '/health/live', agent }), 'response')) as [NodeJS.ReadableStream];
    idle.resume();
    await once(idle, 'end');

    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');

    let finish: () => void = () => undefined;
    let reached: () => void = () => undefined;
    const inHandler = new Promise<void>((resolve) => (reached = resolve));
    const plain = http.answerCommand;
    http.answerCommand = async (message) => {
      reached();
      await new Promise<void>((resolve) => (finish = resolve));
      return plain(message);
    };
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await http.token()}\r\nContent-Length: 0\r\n\r\n`,
    );
    await inHandler;
    const closed = http.close();
    expect(await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 50, 'in progress'))])).toBe(
      'in progress',
    );
    finish();
    await Promise.all([closed, once(socket, 'close')]);
    expect(text).toMatch(/^HTTP\/1.1 200 OK/);
    expect(text).toContain('"revision":7');
    silent.destroy();
    agent.destroy();
  });

  it.each([
    ['in their order', [0, 1]],
    ['in the other order', [1, 0]],
  ])('lets each request of a connection end that are done %s', async (_how, order) => {
    const http = await createHttpApp();
    await http.app.listen(0, '127.0.0.1');
    const { port } = http.app.getHttpServer().address() as AddressInfo;
    const plain = http.answerCommand;
    const finish: (() => void)[] = [];
    const bothReached = new Promise<void>((resolve) => {
      http.answerCommand = async (message) => {
        await new Promise<void>((done) => {
          finish.push(done);
          if (finish.length === 2) resolve();
        });
        return plain(message);
      };
    });
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    const authorization = `Authorization: Bearer ${await http.token()}`;
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\n${authorization}\r\nContent-Length: 0\r\n\r\n`.repeat(2));
    await bothReached;
    const closed = Promise.all([http.close(), once(socket, 'close')]);
    for (const at of order) {
      finish[at]?.();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await closed;
    expect(text.match(/HTTP\/1.1 200 OK/g)).toHaveLength(2);
  });
});
