import { type EventStore, type StoredEvent, UnreadableEvent } from '../event-store';
import { contentOf } from './canonical';
import type { LogSurvey } from './survey';

/** A log and what `surveyLog` found in it. */
export type SurveyedLog = { readonly store: Pick<EventStore, 'readStream'>; readonly survey: LogSurvey };

/** A stream that is not the same in both logs. */
type StreamDifference = {
  readonly stream: string;
  /** How many events each of them has. */
  readonly source: number;
  readonly target: number;
  /** Where they part, as a clause. */
  readonly first: string;
};

export type LogComparison = {
  /** How many streams differ. */
  readonly streams: number;
  /** The first of them, by name. */
  readonly differences: readonly StreamDifference[];
  /** Whether the streams take turns in the same order. */
  readonly sameOrder: boolean;
};

/** Compares two logs by their surveys, and looks into the streams that differ, at most `limit` of them. */
export async function compareLogs(source: SurveyedLog, target: SurveyedLog, limit: number): Promise<LogComparison> {
  const names = new Set([...source.survey.streams.keys(), ...target.survey.streams.keys()]);
  const differing = [...names]
    .filter((name) => source.survey.streams.get(name)?.digest !== target.survey.streams.get(name)?.digest)
    .sort();
  const differences: StreamDifference[] = [];
  for (const stream of differing.slice(0, limit)) {
    differences.push({
      stream,
      source: source.survey.streams.get(stream)?.events ?? 0,
      target: target.survey.streams.get(stream)?.events ?? 0,
      first: await firstDifference(source, target, stream),
    });
  }
  return { streams: differing.length, differences, sameOrder: source.survey.order === target.survey.order };
}

async function firstDifference(source: SurveyedLog, target: SurveyedLog, stream: string): Promise<string> {
  const theirs = target.store.readStream(stream)[Symbol.asyncIterator]();
  try {
    for await (const ours of source.store.readStream(stream)) {
      const next = await theirs.next();
      if (next.done === true) return `the target has none from revision ${ours.revision} on`;
      const fields = differingFields(ours, next.value);
      if (fields.length > 0) return `at revision ${ours.revision} they differ in ${fields.join(', ')}`;
    }
    const more = await theirs.next();
    return more.done === true ? 'they differ' : `the source has none from revision ${more.value.revision} on`;
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    return `it can't be read further than revision ${error.event.revision}`;
  }
}

const FIELDS = ['eventId', 'type', 'schemaVersion', 'data', 'metadata'] as const;

function differingFields(ours: StoredEvent, theirs: StoredEvent): readonly string[] {
  return FIELDS.filter((field) => contentOf({ ...ours, [field]: theirs[field] }) !== contentOf(ours));
}
