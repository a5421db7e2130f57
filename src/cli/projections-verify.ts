import { type Command, InvalidArgumentError, Option } from 'commander';
import { StartError } from '../platform/start-error';
import { describeDifference } from '../verification/difference';
import { verifiedModels } from '../verification/models';
import { readCheckpoints } from '../verification/reached';
import type { Verification } from '../verification/verification';
import { verifyAll, verifyEngagement, verifySample, type Watching } from '../verification/verify';
import type { Verified } from '../verification/verify-streams';
import { type Choose, print, type Run } from './command';
import { openHouse } from './house';
import { counted, type Tell, withShare } from './progress';

type Options = {
  readonly sample: number;
  readonly all?: true;
  readonly engagement?: string;
  readonly tenant?: string;
  readonly seed: number;
};

const SAMPLE = 100;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** `cairn projections verify …` */
export function addVerifyCommand(projections: Command, choose: Choose): void {
  projections
    .command('verify')
    .description('compare the rows with the log: every column, with what the events say')
    .addOption(
      new Option('--sample <streams>', 'so many streams chosen by chance').argParser(wholeNumber).default(SAMPLE),
    )
    .addOption(new Option('--all', 'every stream of the log').conflicts('engagement'))
    .addOption(new Option('--engagement <id>', 'one engagement').argParser(uuid))
    .option('--tenant <tenant>', 'of this tenant, where several have an engagement of that id')
    .addOption(new Option('--seed <number>', 'another number chooses other streams').argParser(wholeNumber).default(1))
    .addHelpText(
      'after',
      `
Runs beside everything else. What a projection has not had yet is not missed. Every stream that differs is named with
its first difference: the row, the column, both values, and the event behind it. Ends with 1 when there is one.

Read models that are verified:
${verifiedModels.map(({ name }) => name).join(', ')}.`,
    )
    .action((options: Options) => {
      choose(verify(options));
    });
}

function verify(options: Options): Run {
  return async (context) => {
    const { settings, database, store } = await openHouse(context);
    const verification: Verification = {
      pool: database.pool,
      store,
      timeZone: settings.timeZone,
      readReached: readCheckpoints,
    };
    const verified = await withShare(
      'Comparing',
      (tell) => walk(verification, options, watching(tell)),
      ({ streams, rows, values }) => `${counted(streams)} streams, ${counted(rows)} rows, ${counted(values)} values`,
    );
    if (verified.streams === 0 && options.engagement !== undefined) {
      throw new StartError(`There is no engagement ${options.engagement} in the log.`);
    }
    if (verified.differing > 0) {
      throw new StartError(
        `The rows of ${counted(verified.differing)} of ${counted(verified.streams)} streams differ.`,
      );
    }
    print(`The rows of ${counted(verified.streams)} streams are what the log says.`);
  };
}

function walk(verification: Verification, options: Options, watched: Watching): Promise<Verified> {
  if (options.engagement !== undefined) {
    return verifyEngagement(verification, options.engagement, options.tenant ?? null, watched);
  }
  return options.all === true
    ? verifyAll(verification, watched)
    : verifySample(verification, options.sample, options.seed, watched);
}

const PHASES = { choosing: 'choosing', comparing: 'compared', strays: 'rows without a stream' } as const;

function watching(tell: Tell): Watching {
  return {
    onProgress: ({ phase, streams, share }) => {
      tell(share, () => (phase === 'comparing' ? `${counted(streams)} streams ${PHASES[phase]}` : PHASES[phase]));
    },
    onDifference: (difference) => {
      print(describeDifference(difference));
    },
  };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1.');
  return Number(text);
}

function uuid(text: string): string {
  if (!UUID.test(text)) throw new InvalidArgumentError('Give the id of an engagement, a UUID.');
  return text;
}
