import { createLifecycle } from './lifecycle';
import { createLogger } from './logging';

describe('a lifecycle', () => {
  let logged: string[];
  const logger = createLogger('error', { write: (line) => logged.push(line) });
  beforeEach(() => (logged = []));

  it('stops what started last first, one after the other', async () => {
    const lifecycle = createLifecycle(() => logger);
    const order: string[] = [];
    for (const name of ['database', 'pool', 'requests']) {
      lifecycle.onStop(name, async () => {
        order.push(`${name} stops`);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${name} stopped`);
      });
    }
    expect(await lifecycle.stop()).toBe(true);
    expect(order).toEqual([
      'requests stops',
      'requests stopped',
      'pool stops',
      'pool stopped',
      'database stops',
      'database stopped',
    ]);
  });

  it('stops once, however often it is asked', async () => {
    const lifecycle = createLifecycle(() => logger);
    const stop = jest.fn();
    lifecycle.onStop('it', stop);
    expect(await Promise.all([lifecycle.stop(), lifecycle.stop()])).toEqual([true, true]);
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('goes on after a stop that fails or never ends, and says so', async () => {
    const lifecycle = createLifecycle(() => logger);
    const database = jest.fn();
    lifecycle.onStop('database', database);
    lifecycle.onStop('pool', () => Promise.reject(new Error('broken')));
    lifecycle.onStop('requests', () => new Promise(() => undefined), 10);
    expect(await lifecycle.stop()).toBe(false);
    expect(database).toHaveBeenCalledTimes(1);
    expect(logged.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'requests did not stop cleanly',
      'pool did not stop cleanly',
    ]);
  });

  it('also stops what a start in progress adds meanwhile', async () => {
    const lifecycle = createLifecycle(() => logger);
    const late = jest.fn();
    lifecycle.onStop('early', () => {
      lifecycle.onStop('late', late);
    });
    await lifecycle.stop();
    expect(late).toHaveBeenCalledTimes(1);
  });
});
