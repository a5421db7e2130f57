import type { Position } from '../event-store';
import { createWatchdog, SubscriptionStalled } from './watchdog';

const at = (commit: bigint): Position => ({ commit, prepare: commit });

describe('the watchdog of a subscription', () => {
  it('is content while there is nothing newer, however long it lasts', async () => {
    const watchdog = createWatchdog(() => Promise.resolve(at(5n)));
    for (const upTo of [at(5n), at(5n), at(9n)]) await watchdog.compare(upTo);
    await createWatchdog(() => Promise.resolve(null)).compare(undefined);
  });

  it('waits one more silence for what is new', async () => {
    const watchdog = createWatchdog(() => Promise.resolve(at(8n)));
    await watchdog.compare(at(5n));
    await watchdog.compare(at(8n));
    await watchdog.compare(at(8n));
  });

  it.each([at(5n), undefined])('barks when it has not come by then (from %p)', async (upTo) => {
    const watchdog = createWatchdog(() => Promise.resolve(at(8n)));
    await watchdog.compare(upTo);
    await expect(watchdog.compare(upTo)).rejects.toThrow(SubscriptionStalled);
  });

  it('barks when some of it has not come, while more has', async () => {
    const heads = [at(8n), at(20n)];
    const watchdog = createWatchdog(() => Promise.resolve(heads.shift() ?? null));
    await watchdog.compare(at(5n));
    await expect(watchdog.compare(at(7n))).rejects.toThrow(SubscriptionStalled);
  });

  it('fails as asking for the head does', async () => {
    const watchdog = createWatchdog(() => Promise.reject(new Error('gone')));
    await expect(watchdog.compare(at(1n))).rejects.toThrow('gone');
  });
});
