import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import type { Run } from './command';
import { addJobCommands } from './jobs';
import { addLogCommands } from './log-copy';
import { addProjectionCommands } from './projections';

/** What was asked for is no command: the reason has been printed. */
export class UsageError extends Error {
  constructor(
    /** 0 after help that was asked for. */
    readonly exitCode: 0 | 2,
    options?: ErrorOptions,
  ) {
    super('wrong usage', options);
    this.name = 'UsageError';
  }
}

/** Where help and complaints go. */
export type Console = { readonly out: (text: string) => void; readonly error: (text: string) => void };

/**
 * Reads the arguments after `cairn`.
 * @throws UsageError when there is nothing to be carried out: help was asked for, or something is wrong
 */
export function readCommand(args: readonly string[], console: Console): Run {
  let chosen: Run | undefined;
  const program = new Command('cairn')
    .description('Looks after a Cairn: its log, its read models and its due work.')
    .version(version, '-v, --version')
    .configureOutput({ writeOut: console.out, writeErr: console.error })
    .configureHelp({ helpWidth: 110 })
    .exitOverride()
    .addHelpText(
      'after',
      '\nThe settings are those of the server, from the environment and from .env: see docs/operations.md.\n' +
        'A running embedded Postgres is joined; when none runs, it is started for as long as the command takes.',
    );
  const choose = (run: Run): void => {
    chosen = run;
  };
  addLogCommands(program, choose);
  addProjectionCommands(program, choose);
  addJobCommands(program, choose);
  pointToHelp(program, 'cairn');
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new UsageError(error.exitCode === 0 ? 0 : 2, { cause: error });
  }
  if (chosen === undefined) throw new UsageError(2);
  return chosen;
}

/** After a complaint each command says where its own help is. */
function pointToHelp(command: Command, path: string): void {
  command.helpCommand(false).showHelpAfterError(`See ${path} --help.`);
  for (const sub of command.commands) pointToHelp(sub, `${path} ${sub.name()}`);
}
