import { Readable } from 'node:stream';
import { collect, sampleEvent } from '../../../test/support/sample-events';
import type { StoredEvent } from '../event-store';
import { WAVE_LIMITS, waves } from './waves';

/** Events of the streams that the letters name, in that order. */
function eventsOf(letters: string, data: object): AsyncIterable<StoredEvent> {
  const next = new Map<string, bigint>();
  const events = letters.split('').map((stream, index): StoredEvent => {
    const revision = next.get(stream) ?? 0n;
    next.set(stream, revision + 1n);
    return { ...sampleEvent(data), stream, revision, position: { commit: BigInt(index), prepare: BigInt(index) } };
  });
  return Readable.from(events) as AsyncIterable<StoredEvent>;
}

const shapes = async (letters: string, limits = WAVE_LIMITS, data: object = {}) =>
  (await collect(waves(eventsOf(letters, data), limits))).map((wave) =>
    wave.map(({ stream, expectedRevision, events }) => `${stream}${String(expectedRevision)}+${events.length}`),
  );

describe('the waves of a copy', () => {
  it('end where a stream would come back', async () => {
    expect(await shapes('aabca')).toEqual([['ano-stream+2', 'bno-stream+1', 'cno-stream+1'], ['a1+1']]);
    expect(await shapes('abab')).toEqual([
      ['ano-stream+1', 'bno-stream+1'],
      ['a0+1', 'b0+1'],
    ]);
    expect(await shapes('')).toEqual([]);
  });

  it('end where they are full', async () => {
    expect(await shapes('aaabb', { ...WAVE_LIMITS, events: 2 })).toEqual([
      ['ano-stream+2'],
      ['a1+1', 'bno-stream+1'],
      ['b0+1'],
    ]);
    const big = { text: 'x'.repeat(1000) };
    expect(await shapes('aabb', { ...WAVE_LIMITS, bytes: 3000 }, big)).toEqual([['ano-stream+2'], ['bno-stream+2']]);
    expect(await shapes('aaab', { ...WAVE_LIMITS, appendBytes: 3000 }, big)).toEqual([
      ['ano-stream+2'],
      ['a1+1', 'bno-stream+1'],
    ]);
  });

  it('take an event that is larger than any limit alone', async () => {
    const limits = { events: 10, bytes: 10, appendBytes: 10 };
    expect(await shapes('aab', limits)).toEqual([['ano-stream+1'], ['a0+1'], ['bno-stream+1']]);
  });
});
