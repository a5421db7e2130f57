import { openEventLog, type EventLog } from '../../test/support/event-log';
import { newStream, sampleEvent } from '../../test/support/sample-events';
import { findEarlierRun } from './earlier-run';
import type { FirmStream } from './firm/generate';

/** Three streams of four events, the first of them recorded on the day. */
function firmOf(day: string): readonly FirmStream[] {
  return streams.map(({ stream, ids }) => ({
    stream,
    events: ids.map((eventId, at) => {
      const event = sampleEvent({ at }, { eventId });
      return { ...event, metadata: { ...event.metadata, recordedAt: `${day}T08:0${at}:00.000Z` } };
    }),
  }));
}

const newIds = (count: number) => Array.from({ length: count }, () => sampleEvent().eventId);
const streams = Array.from({ length: 3 }, () => ({ stream: newStream(), ids: newIds(4) }));

describe('what an earlier run of the demo left in the log', () => {
  let log: EventLog;
  beforeEach(async () => {
    log = await openEventLog('shared server');
  }, 30_000);
  afterEach(() => log.close());

  const firm = firmOf('2024-11-25');
  const play = async (played: readonly FirmStream[], count = 4) => {
    for (const { stream, events } of played) await log.store.append(stream, 'no-stream', events.slice(0, count));
  };

  it('is a part when there is nothing', async () => {
    expect(await findEarlierRun(log.store, firm, 731)).toBe('part');
  });

  it('is a part when some is missing, anywhere', async () => {
    await play(firm.slice(0, 1));
    expect(await findEarlierRun(log.store, firm, 731)).toBe('part');
    await play(firm.slice(1), 3);
    expect(await findEarlierRun(log.store, firm, 731)).toBe('part');
  });

  it('is all when nothing is missing, also when someone went on from there', async () => {
    await play(firm);
    await log.store.append(firm[1]!.stream, 3n, [sampleEvent()]);
    expect(await findEarlierRun(log.store, firm, 731)).toBe('all');
  });

  it('is the firm of another day, whose day it tells', async () => {
    await play(firmOf('2024-10-01'), 2);
    expect(await findEarlierRun(log.store, firm, 731)).toEqual({ upTo: '2026-10-02' });
  });

  it('is told apart also where the people are the same, and the engagements are not', async () => {
    await play(firm.slice(0, 2));
    const last = firmOf('2024-11-26').slice(-1);
    await play(last, 1);
    expect(await findEarlierRun(log.store, firm, 731)).toEqual({ upTo: '2026-11-26' });
  });
});
