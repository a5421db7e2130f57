import { mkdirSync, writeFileSync } from 'node:fs';
import { TUNING } from '../src/platform/embedded/server';
import { createDatabaseOn } from '../test/support/database';
import { startOwnServer } from '../test/support/own-server';

/** One line of the result: a median of rounds. Ratios are to a floor measured in the same round. */
export type Case = {
  readonly case: string;
  readonly unit: 'ratio' | 'MB' | 'count' | 'share';
  /** The median. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** In words, such as `≥ 0.7`; null where the value is only reported. */
  readonly goal: string | null;
  /** What a ratio is to, and what the numbers behind it were. */
  readonly against: string;
  readonly rounds: number;
};

export type Bench = {
  /** Address of a new, empty database on the run's server, which writes as safely as a production one does. */
  newDatabase(): Promise<string>;
  /** Tells the one who waits how far we are. */
  say(text: string): void;
};

export type Part = (bench: Bench) => Promise<Case[]>;

export type Comparison = {
  readonly case: string;
  readonly goal: string | null;
  readonly against: string;
  readonly rounds: number;
  /** Both give a number of the same unit: work done in a second (`more`), or time taken (`less`). */
  readonly ours: () => Promise<number>;
  readonly floor: () => Promise<number>;
  /** What the two numbers count, such as `appends/s`. */
  readonly counts: string;
};

/** Runs both in turns, so that what else the machine does meets them alike; the order changes every round. */
export async function compare(bench: Bench, comparison: Comparison): Promise<Case> {
  const { ours, floor, rounds, counts } = comparison;
  const pairs: { ours: number; floor: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const oursFirst = round % 2 === 1;
    const early = oursFirst ? await ours() : await floor();
    const late = oursFirst ? await floor() : await ours();
    const pair = oursFirst ? { ours: early, floor: late } : { ours: late, floor: early };
    pairs.push(pair);
    bench.say(`${comparison.case} ${round + 1}/${rounds}: ${short(pair.ours)} against ${short(pair.floor)} ${counts}`);
  }
  const middle = (pick: (pair: { ours: number; floor: number }) => number) => short(median(pairs.map(pick)));
  const behind = `${middle((pair) => pair.ours)} to ${middle((pair) => pair.floor)} ${counts}`;
  return summarise(
    pairs.map((pair) => pair.ours / pair.floor),
    { case: comparison.case, unit: 'ratio', goal: comparison.goal, against: `${comparison.against} (${behind})` },
  );
}

/** The case that the values of several rounds make. */
function summarise(values: readonly number[], labels: Pick<Case, 'case' | 'unit' | 'goal' | 'against'>): Case {
  return {
    ...labels,
    value: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    rounds: values.length,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** Runs the parts on a server of their own, prints the table and writes `bench/out/results.json`. */
export async function runParts(parts: readonly Part[]): Promise<void> {
  const server = await startOwnServer({ durable: true, flags: TUNING.flatMap((setting) => ['-c', setting]) });
  const bench: Bench = {
    newDatabase: async () => (await createDatabaseOn(server.url)).url,
    say: (text) => process.stderr.write(`${text}\n`),
  };
  const cases: Case[] = [];
  try {
    for (const part of parts) cases.push(...(await part(bench)));
  } finally {
    await server.stop();
  }
  mkdirSync('bench/out', { recursive: true });
  writeFileSync('bench/out/results.json', `${JSON.stringify(cases, null, 2)}\n`);
  process.stdout.write(toTable(cases));
}

function toTable(cases: readonly Case[]): string {
  const rows = cases.map((one) => [
    one.case,
    one.unit,
    short(one.min),
    short(one.value),
    short(one.max),
    one.goal ?? '',
    one.against,
    String(one.rounds),
  ]);
  const header = ['case', 'unit', 'min', 'median', 'max', 'goal', 'against', 'rounds'];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [header, header.map(() => '---'), ...rows].map(line).join('');
}
