import { inspect } from 'node:util';
import type { Logger } from './logging';
import { StartError } from './start-error';

export type Lifecycle = {
  /**
   * Registers how to stop something that was just started. What was started last stops first; a stop that takes longer
   * than `withinMs` or fails is logged, and the next one runs.
   */
  readonly onStop: (name: string, stop: () => unknown, withinMs?: number) => void;
  /** Stops everything once; every call gets the same outcome: whether all of it stopped cleanly. Never rejects. */
  readonly stop: () => Promise<boolean>;
};

const DEFAULT_STOP_MS = 15_000;

export function createLifecycle(logger: () => Logger): Lifecycle {
  const steps: { name: string; stop: () => unknown; withinMs: number }[] = [];
  let outcome: Promise<boolean> | undefined;

  const stopAll = async (): Promise<boolean> => {
    let clean = true;
    // What a start in progress adds meanwhile is stopped too.
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      try {
        await within(step.withinMs, step.stop);
      } catch (error) {
        clean = false;
        logger().error({ err: error }, `${step.name} did not stop cleanly`);
      }
    }
    return clean;
  };

  return {
    onStop: (name, stop, withinMs = DEFAULT_STOP_MS) => {
      steps.push({ name, stop, withinMs });
    },
    stop: () => (outcome ??= stopAll()),
  };
}

/** A key press reaches the process twice under npm, from the terminal and from npm: the second within this is the same. */
const SAME_SIGNAL_MS = 500;

/**
 * Runs a program: `start` resolves when it serves (or has done its work, after calling `lifecycle.stop` itself).
 * SIGINT, SIGTERM and SIGHUP stop it in order and end the process with `stopped` (1 instead of 0 when something did not
 * stop cleanly); a second signal ends it at once. A StartError is printed as its one message, any other error with its stack; both stop
 * what had started and end with 1.
 *
 * @param logger asked for when something is to be logged, since it may be made only within `start`
 * @param stopped the exit code after a signal: 0 for a server, which has then done its work
 */
export function runProgram(start: (lifecycle: Lifecycle) => Promise<void>, logger: () => Logger, stopped = 0): void {
  const lifecycle = createLifecycle(logger);
  let firstSignalAt: number | undefined;

  const end = async (code: number): Promise<void> => {
    const clean = await lifecycle.stop();
    process.exit(code === 0 && !clean ? 1 : code);
  };
  const onSignal = (): void => {
    if (firstSignalAt === undefined) {
      firstSignalAt = performance.now();
      void end(stopped);
    } else if (performance.now() - firstSignalAt > SAME_SIGNAL_MS) {
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

  start(lifecycle).catch((error: unknown) => {
    // A start that a signal cut short fails for that reason alone.
    if (firstSignalAt !== undefined) return;
    process.stderr.write(`${error instanceof StartError ? error.message : inspect(error)}\n`);
    void end(1);
  });
}

async function within(milliseconds: number, work: () => unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`it took longer than ${milliseconds} ms`));
    }, milliseconds);
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
