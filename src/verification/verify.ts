import { createHash } from 'node:crypto';
import type { Difference } from './difference';
import { subjectIn } from './subject';
import { modelsIn, tableIn, type Verification } from './verification';
import { NOTHING_VERIFIED, sum, verifyStreams, type Verified } from './verify-streams';
import { START_OF_WALK, walkOn, type WalkPlace } from './walk';

export type Progress = {
  /** `choosing` a sample; `comparing` streams; looking among the rows for `strays`, which no stream of the log has. */
  readonly phase: 'choosing' | 'comparing' | 'strays';
  /** Compared so far. */
  readonly streams: number;
  /** How much of the phase is done, from 0 to 1; null where it can't be told. */
  readonly share: number | null;
};

export type Watching = {
  readonly onProgress?: (progress: Progress) => void;
  /** Told of the first difference of each stream, as soon as it is found. */
  readonly onDifference?: (difference: Difference) => void;
  /** Ends the walk after the streams at hand; what was compared until then is answered. */
  readonly signal?: AbortSignal;
};

const STREAMS_A_STEP = 50;
/** Of all that there may be; each is told to `onDifference`. */
const DIFFERENCES_KEPT = 20;

/**
 * Compares the rows of every stream of the log with what its events define, and looks for rows of streams that are not
 * in the log. In bounded memory, and in short transactions, so that it can run beside everything else.
 */
export async function verifyAll(verification: Verification, watching: Watching = {}): Promise<Verified> {
  const total = await countEvents(verification);
  let verified = NOTHING_VERIFIED;
  let passed = 0;
  let place: WalkPlace | null = START_OF_WALK;
  while (place && !isAborted(watching)) {
    const step = await walkOn(verification, place, STREAMS_A_STEP);
    verified = add(verified, await verifyStreams(verification, step.streams), watching);
    passed += step.eventsPassed;
    const phase = place.along === 'log' ? 'comparing' : 'strays';
    const share = phase === 'comparing' ? shareOf(passed, total) : null;
    watching.onProgress?.({ phase, streams: verified.streams, share });
    place = step.next;
  }
  return verified;
}

/**
 * Compares the rows of `size` streams, chosen by chance: the same ones for the same seed and log, each as likely as any
 * other. The whole log is passed once to choose them.
 */
export async function verifySample(
  verification: Verification,
  size: number,
  seed: number,
  watching: Watching = {},
): Promise<Verified> {
  const chosen = await chooseStreams(verification, size, seed, watching);
  let verified = NOTHING_VERIFIED;
  for (let at = 0; at < chosen.length && !isAborted(watching); at += STREAMS_A_STEP) {
    const streams = chosen.slice(at, at + STREAMS_A_STEP);
    verified = add(verified, await verifyStreams(verification, streams), watching);
    watching.onProgress?.({
      phase: 'comparing',
      streams: verified.streams,
      share: verified.streams / chosen.length,
    });
  }
  return verified;
}

/**
 * Compares the rows of one engagement. Without a tenant those of every tenant that has it; where it has no row, the
 * whole log is passed to find it. Nothing was compared (`streams` is 0) when it is not there either.
 *
 * @param engagementId a UUID
 */
export async function verifyEngagement(
  verification: Verification,
  engagementId: string,
  tenantId: string | null = null,
  watching: Watching = {},
): Promise<Verified> {
  const id = engagementId.toLowerCase();
  const streams =
    tenantId === null
      ? await streamsOfEngagement(verification, id, watching)
      : [subjectIn('engagementId', tenantId, id).stream];
  return add(NOTHING_VERIFIED, await verifyStreams(verification, streams), watching);
}

function add(verified: Verified, more: Verified, { onDifference }: Watching): Verified {
  for (const difference of more.differences) onDifference?.(difference);
  const all = sum(verified, more);
  return { ...all, differences: all.differences.slice(0, DIFFERENCES_KEPT) };
}

/** The streams with the smallest hashes of seed and name: a choice that needs to hold no more than it gives. */
async function chooseStreams(
  verification: Verification,
  size: number,
  seed: number,
  watching: Watching,
): Promise<readonly string[]> {
  let chosen: { readonly stream: string; readonly hash: string }[] = [];
  const smallest = (): typeof chosen => [...chosen].sort((a, b) => (a.hash < b.hash ? -1 : 1)).slice(0, size);
  for await (const streams of streamsOfLog(verification, watching)) {
    chosen.push(...streams.map((stream) => ({ stream, hash: hashOf(seed, stream) })));
    if (chosen.length > 2 * size + 1_000) chosen = smallest();
  }
  return smallest().map(({ stream }) => stream);
}

function hashOf(seed: number, stream: string): string {
  return createHash('sha256').update(`${seed} ${stream}`).digest('hex');
}

async function streamsOfEngagement(
  verification: Verification,
  engagementId: string,
  watching: Watching,
): Promise<readonly string[]> {
  const [table] = modelsIn(verification).flatMap(({ scope, tables }) => (scope === 'engagementId' ? tables : []));
  if (!table) return [];
  const { rows } = await verification.pool.query<{ readonly tenantId: string }>(
    `SELECT DISTINCT tenant_id AS "tenantId" FROM ${tableIn(verification, table.name)} WHERE engagement_id = $1`,
    [engagementId],
  );
  if (rows.length > 0) return rows.map(({ tenantId }) => subjectIn('engagementId', tenantId, engagementId).stream);
  const found: string[] = [];
  for await (const streams of streamsOfLog(verification, watching)) {
    found.push(...streams.filter((stream) => stream.startsWith('engagement-') && stream.endsWith(`_${engagementId}`)));
  }
  return found;
}

async function* streamsOfLog(verification: Verification, watching: Watching): AsyncGenerator<readonly string[]> {
  const total = await countEvents(verification);
  let passed = 0;
  let place: WalkPlace | null = START_OF_WALK;
  while (place?.along === 'log' && !isAborted(watching)) {
    const step = await walkOn(verification, place, Infinity);
    yield step.streams;
    passed += step.eventsPassed;
    watching.onProgress?.({ phase: 'choosing', streams: 0, share: shareOf(passed, total) });
    place = step.next;
  }
}

async function countEvents({ store }: Verification): Promise<number | null> {
  return (await store.countAfter?.(null)) ?? null;
}

function shareOf(passed: number, total: number | null): number | null {
  return total === null || total === 0 ? null : Math.min(1, passed / total);
}

function isAborted({ signal }: Watching): boolean {
  return signal?.aborted === true;
}
