import { Presets, SingleBar } from 'cli-progress';

/** Where progress is shown: the standard error, so that the results of a command can be piped on. */
export type ProgressOutput = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** Tells how far something is: its share from 0 to 1, null where that can't be told, and in words, asked for when shown. */
export type Tell = (share: number | null, words: () => string) => void;

type Shown = { readonly tell: Tell; readonly end: () => void };

const TITLE_WIDTH = 20;
const BAR_EVERY_MS = 100;
const PLAIN_EVERY_MS = 10_000;

/**
 * Carries out `work` and shows how far it is: with a bar and an estimate on a terminal, by a line now and then elsewhere.
 * `note` says what came of it.
 */
export async function withShare<T>(
  title: string,
  work: (tell: Tell) => Promise<T>,
  note: (result: T) => string,
  output: ProgressOutput = process.stderr,
): Promise<T> {
  const shown = output.isTTY === true ? bar(title, output) : plainLines(title, output);
  let result: T;
  try {
    result = await work(shown.tell);
  } finally {
    shown.end();
  }
  output.write(`${title.padEnd(TITLE_WIDTH)} ${note(result)}\n`);
  return result;
}

/**
 * The same for what is counted.
 *
 * @param total undefined when it isn't known
 */
export function withProgress<T>(
  title: string,
  total: number | undefined,
  work: (forward: (by: number) => void) => Promise<T>,
  note: (result: T) => string,
  output: ProgressOutput = process.stderr,
): Promise<T> {
  let at = 0;
  const counting = (tell: Tell): Promise<T> =>
    work((by) => {
      at += by;
      tell(total === undefined || total === 0 ? null : at / total, () =>
        total === undefined ? counted(at) : `${counted(at)} of ${counted(total)}`,
      );
    });
  return withShare(title, counting, note, output);
}

export function counted(count: number): string {
  return count.toLocaleString('en');
}

/** `about 2 min left`; empty where it can't be told yet. */
export function timeLeft(share: number | null, elapsedMs: number): string {
  if (share === null || share <= 0) return '';
  const seconds = Math.max(0, ((1 - share) * elapsedMs) / share / 1_000);
  if (seconds < 90) return `about ${Math.round(seconds)} s left`;
  return seconds < 5_400
    ? `about ${Math.round(seconds / 60)} min left`
    : `about ${(seconds / 3_600).toFixed(1)} h left`;
}

/** Shows at most once in `everyMs`, and how much time was left by then. */
function atTimes(everyMs: number, show: (share: number | null, words: string, left: string) => void): Tell {
  const started = performance.now();
  let shownAt = started;
  return (share, words) => {
    const now = performance.now();
    if (now - shownAt < everyMs) return;
    shownAt = now;
    show(share, words(), timeLeft(share, now - started));
  };
}

function bar(title: string, output: ProgressOutput): Shown {
  const single = new SingleBar(
    {
      format: `${title.padEnd(TITLE_WIDTH)} {bar} {percentage} %  {words}  {left}`,
      stream: output,
      barsize: 30,
      clearOnComplete: true,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  single.start(1, 0, { words: '', left: '' });
  return {
    tell: atTimes(BAR_EVERY_MS, (share, words, left) => {
      single.update(share ?? 0, { words, left });
    }),
    end: () => {
      single.stop();
    },
  };
}

function plainLines(title: string, output: ProgressOutput): Shown {
  return {
    tell: atTimes(PLAIN_EVERY_MS, (share, words, left) => {
      const parts = [words, share === null ? '' : `${Math.floor(100 * share)} %`, left];
      output.write(`${title.padEnd(TITLE_WIDTH)} ${parts.filter((part) => part !== '').join(', ')}\n`);
    }),
    end: () => undefined,
  };
}
