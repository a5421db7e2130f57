import { StartError } from '../platform/start-error';

export type DemoArguments = {
  /** End after the printing instead of serving on. */
  readonly exit: boolean;
  /** Start anew, without what an earlier demo recorded. */
  readonly fresh: boolean;
  readonly help: boolean;
};

export const USAGE = `npm run demo [-- --fresh] [-- --exit]

Plays coaching cases through the API and prints what the record answers, then keeps serving until Ctrl-C.
What was played stays in the data folder: the next run finds it and goes straight to the printing. With
EVENT_STORE=eventstoredb the log is in the EventStoreDB that EVENTSTOREDB_URL names, and stays there.

  --fresh   empty the demo's data folder first
  --exit    end after the printing
`;

/** @throws StartError for anything that is not understood */
export function readArguments(given: readonly string[]): DemoArguments {
  const known = ['--exit', '--fresh', '--help', '-h'];
  const unknown = given.find((argument) => !known.includes(argument));
  if (unknown !== undefined) {
    throw new StartError(`The demo does not know ${unknown}: it takes --fresh, --exit or --help.`);
  }
  return {
    exit: given.includes('--exit'),
    fresh: given.includes('--fresh'),
    help: given.includes('--help') || given.includes('-h'),
  };
}
