import { Readable } from 'node:stream';
import { openEventLog, type EventLog } from '../../../test/support/event-log';
import { newStream, sampleEvent, sampleEvents } from '../../../test/support/sample-events';
import type { BulkEventStore, LogEvent, OpaqueEvent } from '../event-store';
import { compareLogs } from './compare-logs';
import { contentOf } from './canonical';
import { copyLog, type CopyRequest } from './copy-log';
import { LogCopyRefused } from './refused';
import { surveyLog } from './survey';

describe('copying a log', () => {
  let source: EventLog;
  let target: EventLog;
  beforeEach(async () => {
    [source, target] = await Promise.all([openEventLog('shared server'), openEventLog('shared server')]);
  }, 30_000);
  afterEach(() => Promise.all([source.close(), target.close()]));

  /** Streams that take turns, with what JSON and numbers can be. */
  async function fill(log: EventLog, turns = 6): Promise<void> {
    const [a, b, c] = [newStream(), newStream(), newStream()];
    const next = new Map<string, bigint>();
    for (let turn = 0; turn < turns; turn += 1) {
      for (const [stream, count] of [a, b, c].map((name, at) => [name, (turn + at) % 3] as const)) {
        if (count === 0) continue;
        const events = [
          ...sampleEvents(count - 1),
          sampleEvent(
            {
              z: 1,
              a: { __proto__x: null, text: '\u0000 Grüße 👋\t\\N', big: '9007199254740993', small: 0.1 },
              list: [],
            },
            { schemaVersion: 1 + turn, type: `Type${turn}` },
          ),
        ];
        const at = next.get(stream);
        const { revision } = await log.store.append(stream, at ?? 'no-stream', events);
        next.set(stream, revision);
      }
    }
  }

  const copy = async (over: Partial<CopyRequest> = {}) =>
    copyLog({ source: source.store, target: target.store, head: await source.store.head(), together: true, ...over });

  /** All of the log but positions, which are its own. */
  const contents = async (log: EventLog) =>
    (await log.readAll()).map((event) => [event.stream, contentOf(event as never)]);

  const compare = async () =>
    compareLogs(
      { store: source.store, survey: await surveyLog(source.store, await source.store.head(), () => undefined) },
      { store: target.store, survey: await surveyLog(target.store, await target.store.head(), () => undefined) },
      10,
    );

  it('keeps ids, order, metadata, schema versions and data', async () => {
    await fill(source);
    const total = (await source.readAll()).length;
    expect(await copy()).toEqual({ copied: total, there: 0 });
    expect(await contents(target)).toEqual(await contents(source));
    expect(await compare()).toEqual({ streams: 0, differences: [], sameOrder: true });
  });

  it('writes one append after the other where a target would mix them', async () => {
    await fill(source);
    const sizes: number[] = [];
    const appendMany: BulkEventStore['appendMany'] = (appends) => {
      sizes.push(appends.length);
      return target.store.appendMany(appends);
    };
    await copy({ together: false, target: { ...target.store, appendMany } });
    expect(new Set(sizes)).toEqual(new Set([1]));
    expect(await contents(target)).toEqual(await contents(source));
  });

  it('does nothing twice, and copies what has come since', async () => {
    await fill(source, 3);
    await copy();
    const before = await target.readAll();
    expect(await copy()).toEqual({ copied: 0, there: before.length });
    expect(await target.readAll()).toEqual(before);
    await fill(source, 4);
    expect((await copy()).there).toBe(before.length);
    expect(await contents(target)).toEqual(await contents(source));
  });

  it('tells how far it is', async () => {
    await fill(source);
    const seen = { there: 0, copied: 0 };
    const onProgress: CopyRequest['onProgress'] = (kind, events) => (seen[kind] += events);
    const head = (await source.readAll())[3]!.position;
    await copy({ head, onProgress });
    expect(seen).toEqual({ there: 0, copied: 4 });
    await copy({ onProgress });
    expect(seen).toEqual({ there: 4, copied: (await source.readAll()).length });
  });

  it('stops at the head that it was given', async () => {
    await fill(source);
    const all = await source.readAll();
    expect(await copy({ head: all[4]!.position })).toEqual({ copied: 5, there: 0 });
    expect(await copy({ head: null, target: (await emptied()).store })).toEqual({ copied: 0, there: 0 });
  });

  /** The target anew. */
  async function emptied(): Promise<EventLog> {
    await target.pool.query('TRUNCATE event_log.event');
    return target;
  }

  it.each([1, 2, 3, 5])('goes on after a run that was cut off before write number %i', async (writes) => {
    await fill(source);
    const limits = { events: 3, bytes: 1_000_000, appendBytes: 1_000_000 };
    let left = writes;
    const breaking: BulkEventStore = {
      ...target.store,
      appendMany: (appends) => {
        left -= 1;
        return left === 0 ? Promise.reject(new Error('cut off')) : target.store.appendMany(appends);
      },
    };
    await expect(copy({ target: breaking, limits })).rejects.toThrow('cut off');
    // Other limits: the waves of the second run are not those of the first.
    const { there } = await copy({ limits: { ...limits, events: 4 } });
    expect(there > 0).toBe(writes > 1);
    expect(await contents(target)).toEqual(await contents(source));
  });

  it('finds what readers can not see yet in its place', async () => {
    await fill(source);
    const blind: BulkEventStore = {
      ...target.store,
      // As if an open transaction held back the readers of the whole log.
      readAll: () => Readable.from([]) as AsyncIterable<LogEvent>,
    };
    const half = (await source.readAll())[5]!.position;
    await copy({ head: half });
    await copy({ target: blind });
    expect(await contents(target)).toEqual(await contents(source));
  });

  it('refuses a target with other events, and names where', async () => {
    await fill(source);
    const stream = (await source.readAll())[0]!.stream;
    await target.store.append(stream, 'no-stream', sampleEvents(1));
    await expect(copy()).rejects.toThrow(`The target holds other events: stream ${stream} differs`);
    await expect(
      copy({ target: { ...target.store, readAll: source.store.readAll.bind(null, { limit: 0 }) } }),
    ).rejects.toThrow(`stream ${stream} differs from the source at revision 0`);
    expect(await target.readAll()).toHaveLength(1);
  });

  it('refuses a target with more than the source', async () => {
    await fill(source);
    await copy();
    const stream = newStream();
    await target.store.append(stream, 'no-stream', sampleEvents(1));
    await expect(copy()).rejects.toThrow(LogCopyRefused);
    await expect(copy()).rejects.toThrow(`stream ${stream} differs from the source at revision 0`);
  });

  it('leaves out what can not be read, and moves up what comes after it', async () => {
    const stream = newStream();
    await source.store.append(stream, 'no-stream', sampleEvents(4));
    const all = await source.readAll();
    const { position, eventId, type } = all[1]!;
    const opaque: OpaqueEvent = {
      stream,
      revision: 1n,
      position,
      eventId,
      type,
      recordedAt: '2026-01-05T10:00:00.000Z',
      problem: 'Not ours.',
    };
    const partly = {
      readAll: () => Readable.from(all.map((event) => (event === all[1] ? opaque : event))) as AsyncIterable<LogEvent>,
    };
    expect(await copy({ source: partly })).toEqual({ copied: 3, there: 0 });
    const copied = await target.readAll();
    expect(copied.map((event) => [event.eventId, event.revision])).toEqual(
      [all[0], all[2], all[3]].map((event, at) => [event!.eventId, BigInt(at)]),
    );
    const survey = await surveyLog(partly, await source.store.head(), () => undefined);
    expect(survey).toMatchObject({ events: 3, unreadable: [opaque] });
    expect(survey.streams).toEqual((await surveyLog(target.store, await target.store.head(), () => undefined)).streams);
  });

  it('finds what differs, and names the first place', async () => {
    await fill(source);
    await copy();
    const [changed, cut, extra] = [...new Set((await source.readAll()).map(({ stream }) => stream))].sort();
    await target.pool.query(`UPDATE event_log.event SET data = '{"n":-1}' WHERE stream = $1 AND revision = 1`, [
      changed,
    ]);
    await target.pool.query('DELETE FROM event_log.event WHERE stream = $1 AND revision > 1', [cut]);
    const revision = await target.store.streamRevision(extra!);
    await target.store.append(extra!, revision!, sampleEvents(1));
    const { streams, differences } = await compare();
    expect(streams).toBe(3);
    expect(differences.map(({ stream, first }) => [stream, first])).toEqual([
      [changed, 'at revision 1 they differ in data'],
      [cut, 'the target has none from revision 2 on'],
      [extra, `the source has none from revision ${revision! + 1n} on`],
    ]);
    expect(differences[2]!.target).toBe(differences[2]!.source + 1);
  });

  it('finds that streams take turns in another order', async () => {
    const [a, b] = [newStream(), newStream()];
    const [one, other] = [sampleEvents(1), sampleEvents(1)];
    await source.store.append(a, 'no-stream', one);
    await source.store.append(b, 'no-stream', other);
    await target.store.append(b, 'no-stream', other);
    await target.store.append(a, 'no-stream', one);
    expect(await compare()).toEqual({ streams: 0, differences: [], sameOrder: false });
    await expect(copy()).rejects.toThrow(LogCopyRefused);
  });
});
