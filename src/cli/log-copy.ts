import { type Command, Option } from 'commander';
import { type MovedLog, moveLog } from '../event-store/copy/move-log';
import { StartError } from '../platform/start-error';
import { type Choose, print, type Run } from './command';
import { type LogEnd, openLog, STORE_NAMES, storeKinds } from './log-end';
import { withProgress } from './progress';

type Options = {
  readonly from: LogEnd['kind'];
  readonly to: LogEnd['kind'];
  readonly fromUrl?: string;
  readonly toUrl?: string;
  readonly skipUnreadable?: true;
};

/** How many of the streams that differ are shown. */
const DIFFERENCES = 10;

/** `cairn log …` */
export function addLogCommands(program: Command, choose: Choose): void {
  const log = program.command('log').description('the log of events');
  log
    .command('copy')
    .description('copy the log from one store to another, and compare both at the end')
    .addOption(new Option('--from <store>', 'where the log is').choices(storeKinds).makeOptionMandatory())
    .addOption(new Option('--to <store>', 'where it is to be copied').choices(storeKinds).makeOptionMandatory())
    .option('--from-url <url>', 'address of the source, instead of that of the settings')
    .option('--to-url <url>', 'address of the target, instead of that of the settings')
    .option(
      '--skip-unreadable',
      'leave out events that Cairn can not read, instead of stopping before anything is done',
    )
    .addHelpText('after', NOTES)
    .action((options: Options, command: Command) => {
      if (options.from === options.to && options.fromUrl === options.toUrl) {
        command.error('error: source and target are the same: choose another --to, or give --to-url', { exitCode: 2 });
      }
      choose(copy(options));
    });
}

const NOTES = `
Stop what writes to the source first: copied is what it holds at the start. Ids, times, metadata, schema versions, data
and order stay as they are. The target must be empty, or hold the beginning of such a copy: a copy that was interrupted
goes on where it stopped when the same command is run again.

Addresses come from DATABASE_URL (else the embedded Postgres) and EVENTSTOREDB_URL.

Examples:
  cairn log copy --from postgres --to eventstoredb
  cairn log copy --from eventstoredb --to postgres --to-url postgres://user:password@host:5432/cairn`;

function copy({ from, to, fromUrl, toUrl, skipUnreadable }: Options): Run {
  return async (context) => {
    const source = await openLog({ kind: from, url: fromUrl }, context);
    const target = await openLog({ kind: to, url: toUrl }, context);
    const moved = await moveLog({
      source,
      target,
      together: to === 'postgres',
      skipUnreadable: skipUnreadable === true,
      differences: DIFFERENCES,
      report: withProgress,
    });
    print(...tell(moved, `${STORE_NAMES[from]} to ${STORE_NAMES[to]}`));
    const { streams, sameOrder } = moved.comparison;
    if (streams > 0 || !sameOrder) throw new StartError('The two logs are not the same.');
  };
}

function tell(moved: MovedLog, way: string): readonly string[] {
  const { copied, there, events, streams, digest, comparison, unreadable, grown } = moved;
  const count = (number: number, one: string): string =>
    `${number.toLocaleString('en')} ${one}${number === 1 ? '' : 's'}`;
  const same = comparison.streams === 0;
  return [
    `${count(copied, 'event')} copied from ${way}, ${there.toLocaleString('en')} ${there === 1 ? 'was' : 'were'} there already.`,
    same
      ? `Both logs hold ${count(events, 'event')} in ${count(streams, 'stream')}, and each stream is the same in both (SHA-256 of all ${digest}).`
      : `${count(comparison.streams, 'stream')} of ${streams.toLocaleString('en')} differ:`,
    ...comparison.differences.map(
      (found) =>
        `  ${found.stream}: ${found.first} (${count(found.source, 'event')} in the source, ${found.target.toLocaleString('en')} in the target)`,
    ),
    ...(comparison.sameOrder || !same ? [] : ['The streams take turns in another order.']),
    ...(unreadable.length === 0
      ? []
      : [
          `${count(unreadable.length, 'event')} could not be read and ${unreadable.length === 1 ? 'is' : 'are'} not in the copy; later events of their streams moved up:`,
          ...unreadable.map(
            ({ stream, revision, type, eventId, problem }) =>
              `  ${stream} at revision ${revision} (${type}, ${eventId}): ${problem}`,
          ),
        ]),
    ...(grown ? ['The source has gone on since the start: stop what writes to it, and run this again.'] : []),
  ];
}
