import { setTimeout as delay } from 'node:timers/promises';
import { sampleEvent } from '../../../test/support/sample-events';
import type { FeedPart } from '../../application/queries/queries';
import { toCloudEvent } from '../../integrations/cloud-events/cloud-event';
import { toEventStream } from './event-stream';

const cursorOf = (place: unknown): string => `c-${String(place)}`;

function part(place: number, ...goalIds: string[]): FeedPart {
  const items = goalIds.map((goalId, index) => {
    const sample = sampleEvent({ goalId }, { type: 'GoalResumed' });
    const event = toCloudEvent({ ...sample, stream: 's_1', revision: 0n, position: { commit: 0n, prepare: 0n } });
    if (!event) throw new Error('GoalResumed is published');
    return { event, place: place + index };
  });
  return { items, upTo: place + goalIds.length };
}

it('writes each event with the cursor after it, in one piece a part', async () => {
  async function* parts() {
    await Promise.resolve();
    yield part(1, 'one', 'two');
    yield part(3);
  }
  const stop = jest.fn();
  const written: string[] = [];
  for await (const text of toEventStream(parts(), 1_000, cursorOf, stop)) written.push(text);
  expect(written).toHaveLength(2);
  expect(written[0]).toBe('retry: 1000\n\n');
  const frames = (written[1] ?? '').split('\n\n');
  expect(frames.map((frame) => frame.split('\n').slice(0, 2))).toEqual([
    ['id: c-1', 'event: cairn.GoalResumed'],
    ['id: c-2', 'event: cairn.GoalResumed'],
    [''],
  ]);
  expect(JSON.parse(frames[0]?.split('\ndata: ')[1] ?? '')).toMatchObject({ data: { goalId: 'one' } });
  expect(stop).toHaveBeenCalled();
});

it('shows that it lives while nothing comes, with the newest cursor', async () => {
  async function* parts() {
    yield part(7);
    await delay(10_000, undefined, { ref: false });
  }
  const written = toEventStream(parts(), 5, cursorOf, () => undefined);
  await written.next();
  expect((await written.next()).value).toBe('id: c-7\n:\n\n');
  expect((await written.next()).value).toBe('id: c-7\n:\n\n');
});

it('pulls no further than its reader has taken', async () => {
  let pulled = 0;
  async function* parts() {
    for (;;) {
      await Promise.resolve();
      pulled += 1;
      yield part(pulled, 'x');
    }
  }
  const stop = jest.fn();
  const written = toEventStream(parts(), 1_000, cursorOf, stop);
  for (let taken = 0; taken < 3; taken += 1) await written.next();
  await delay(20);
  expect(pulled).toBeLessThanOrEqual(3);
  await written.return(undefined);
  expect(stop).toHaveBeenCalled();
});
