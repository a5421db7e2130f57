import type { Logger } from '../platform/logging';
import type { Lifecycle } from '../platform/lifecycle';
import type { Environment } from '../platform/settings';

/** What a command works with. */
export type CliContext = {
  /** The settings, as the server reads them. */
  readonly environment: Environment;
  /** Stops what the command starts. */
  readonly lifecycle: Lifecycle;
  /** To the standard error; the results of a command go to the standard output by `print`. */
  readonly logger: Logger;
};

/** A command with its options read, ready to be carried out. @throws StartError what a person can put right */
export type Run = (context: CliContext) => Promise<void>;

/** To be called by the command that was asked for. */
export type Choose = (run: Run) => void;

export function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
