import { Presets, SingleBar } from 'cli-progress';
import { print } from './terminal';

/** How far something is. */
export type Progress = {
  /** By so much, arrived at what `note` says. */
  readonly forward: (by: number, note: string) => void;
  /** It is complete; `note` says what came of it. */
  readonly done: (note: string) => void;
};

const PLAIN_STEPS = 4;

/** A bar in a terminal; elsewhere a line each quarter of the way. */
export function showProgress(title: string, total: number): Progress {
  return process.stdout.isTTY ? bar(title, total) : plainLines(title, total);
}

function bar(title: string, total: number): Progress {
  const format = `  ${title.padEnd(24)} {bar} {percentage} %  {note}`;
  const single = new SingleBar(
    { format, barsize: 30, gracefulExit: false, clearOnComplete: true },
    Presets.shades_classic,
  );
  single.start(total, 0, { note: '' });
  return {
    forward: (by, note) => {
      single.increment(by, { note });
    },
    done: (note) => {
      single.stop();
      print(`  ${title.padEnd(24)} ${note}`);
    },
  };
}

function plainLines(title: string, total: number): Progress {
  let at = 0;
  let told = 0;
  return {
    forward: (by, note) => {
      at += by;
      const quarter = Math.floor((PLAIN_STEPS * at) / total);
      if (quarter <= told || quarter >= PLAIN_STEPS) return;
      told = quarter;
      print(`  ${title}: ${Math.round((100 * at) / total)} %${note === '' ? '' : `, ${note}`}`);
    },
    done: (note) => {
      print(`  ${title}: ${note}`);
    },
  };
}
