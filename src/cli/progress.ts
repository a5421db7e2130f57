import { Presets, SingleBar } from 'cli-progress';

/** Where progress is shown: the standard error, so that the results of a command can be piped on. */
export type ProgressOutput = NodeJS.WritableStream & { readonly isTTY?: boolean };

type Shown = { readonly forward: (by: number) => void; readonly end: () => void };

const TITLE_WIDTH = 20;
const PLAIN_EVERY_MS = 10_000;

/**
 * Carries out `work` and shows how far it is, by the numbers that it tells: with a bar and an estimate on a terminal, by
 * a line now and then elsewhere. `note` says what came of it.
 *
 * @param total undefined when it isn't known
 */
export async function withProgress<T>(
  title: string,
  total: number | undefined,
  work: (forward: (by: number) => void) => Promise<T>,
  note: (result: T) => string,
  output: ProgressOutput = process.stderr,
): Promise<T> {
  const shown = output.isTTY === true ? bar(title, total, output) : plainLines(title, total, output);
  let result: T;
  try {
    result = await work(shown.forward);
  } finally {
    shown.end();
  }
  output.write(`${title.padEnd(TITLE_WIDTH)} ${note(result)}\n`);
  return result;
}

function bar(title: string, total: number | undefined, output: ProgressOutput): Shown {
  const titled = title.padEnd(TITLE_WIDTH);
  const format =
    total === undefined
      ? `${titled} {value}`
      : `${titled} {bar} {percentage} %  {value} of {total}  {eta_formatted} left`;
  const single = new SingleBar(
    {
      format,
      stream: output,
      barsize: 30,
      clearOnComplete: true,
      gracefulExit: false,
      etaBuffer: 1_000,
      formatValue: (value, _options, type) =>
        type === 'value' || type === 'total' ? value.toLocaleString('en') : String(value),
    },
    Presets.shades_classic,
  );
  single.start(total ?? Number.MAX_SAFE_INTEGER, 0);
  return {
    forward: (by) => {
      single.increment(by);
    },
    end: () => {
      single.stop();
    },
  };
}

function plainLines(title: string, total: number | undefined, output: ProgressOutput): Shown {
  const started = performance.now();
  let told = started;
  let at = 0;
  return {
    forward: (by) => {
      at += by;
      const now = performance.now();
      if (now - told < PLAIN_EVERY_MS) return;
      told = now;
      output.write(`${title.padEnd(TITLE_WIDTH)} ${howFar(at, total, now - started)}\n`);
    },
    end: () => undefined,
  };
}

/** `1,200 of 4,000 (30 %), about 2 min left` */
export function howFar(at: number, total: number | undefined, elapsedMs: number): string {
  if (total === undefined || total === 0) return at.toLocaleString('en');
  const percent = Math.floor((100 * at) / total);
  const left = at === 0 ? '' : `, about ${duration(((total - at) * elapsedMs) / at / 1_000)} left`;
  return `${at.toLocaleString('en')} of ${total.toLocaleString('en')} (${percent} %)${left}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}
