import { createHash } from 'node:crypto';
import type { BulkEventStore, OpaqueEvent } from '../event-store';
import { comparePositions } from '../position';
import { compareLogs, type LogComparison } from './compare-logs';
import { copyLog, type Copied } from './copy-log';
import { LogCopyRefused } from './refused';
import { type LogSurvey, surveyLog } from './survey';

/** Carries out `work`, which tells of events as they are done with; `total` is how many there will be, if known. */
type Reporter = <T>(
  title: string,
  total: number | undefined,
  work: (forward: (events: number) => void) => Promise<T>,
  note: (result: T) => string,
) => Promise<T>;

export type MoveRequest = {
  readonly source: BulkEventStore;
  readonly target: BulkEventStore;
  /** Whether the target's `appendMany` writes in the order it is given, as Postgres does. */
  readonly together: boolean;
  /** Copy what can be read where some events can't; else those stop the copy before it begins. */
  readonly skipUnreadable: boolean;
  /** How many of the streams that differ are looked into. */
  readonly differences: number;
  readonly report: Reporter;
};

export type MovedLog = Copied & {
  /** Of the source, up to its head at the start. */
  readonly events: number;
  readonly streams: number;
  /** SHA-256 (hex) over the digests of all streams, by name. */
  readonly digest: string;
  /** Left out. */
  readonly unreadable: readonly OpaqueEvent[];
  readonly comparison: LogComparison;
  /** The source has gone on meanwhile. */
  readonly grown: boolean;
};

/**
 * Copies the source as it is now into the target, and compares both by reading them anew.
 * @throws LogCopyRefused the source can't be read through, or the target holds something else
 */
export async function moveLog(request: MoveRequest): Promise<MovedLog> {
  const { source, target, together, skipUnreadable, differences, report } = request;
  const head = await source.head();
  const survey = await report(
    'Reading the source',
    await source.countAfter?.(null),
    (forward) => surveyLog(source, head, one(forward)),
    summary,
  );
  const [first] = survey.unreadable;
  if (first !== undefined && !skipUnreadable) throw unreadable(survey.unreadable.length, first);
  const copied = await report(
    'Copying',
    survey.events,
    (forward) =>
      copyLog({
        source,
        target,
        head,
        together,
        onProgress: (_kind, events) => {
          forward(events);
        },
      }),
    (done) => `${number(done.copied)} events copied, ${number(done.there)} were there`,
  );
  const targetHead = await target.head();
  const copy = await report(
    'Comparing',
    survey.events,
    (forward) => surveyLog(target, targetHead, one(forward)),
    summary,
  );
  const comparison = await compareLogs({ store: source, survey }, { store: target, survey: copy }, differences);
  const headNow = await source.head();
  return {
    ...copied,
    events: survey.events,
    streams: survey.streams.size,
    digest: digestOf(survey),
    unreadable: survey.unreadable,
    comparison,
    grown: headNow !== null && (head === null || comparePositions(headNow, head) > 0),
  };
}

function one(forward: (events: number) => void): () => void {
  return () => {
    forward(1);
  };
}

function summary({ events, streams }: LogSurvey): string {
  return `${number(events)} events in ${number(streams.size)} streams`;
}

function unreadable(count: number, first: OpaqueEvent): LogCopyRefused {
  const { type, eventId, stream, revision, problem } = first;
  const how = count === 1 ? 'an event that' : `${number(count)} events that`;
  return new LogCopyRefused(
    `The source holds ${how} can't be read, ${count === 1 ? '' : 'the first '}` +
      `in ${stream} at revision ${revision} (${type}, ${eventId}): ${problem} ` +
      'Nothing was copied. With --skip-unreadable such events are left out.',
  );
}

function digestOf(survey: LogSurvey): string {
  const hash = createHash('sha256');
  for (const [stream, { digest }] of [...survey.streams].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${stream} ${digest}\n`);
  }
  return hash.digest('hex');
}

function number(count: number): string {
  return count.toLocaleString('en');
}
