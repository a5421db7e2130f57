import type { Command } from 'commander';
import { projections } from '../../projections';
import { readStatus } from '../../projections/engine/status';
import { systemClock } from '../platform/clock';
import { type Choose, print, type Run } from './command';
import { openHouse } from './house';
import { addVerifyCommand } from './projections-verify';
import { tableOf } from './table';

/** `cairn projections …` */
export function addProjectionCommands(program: Command, choose: Choose): void {
  const group = program
    .command('projections')
    .description('the read models: how they stand, and whether they are right');
  group
    .command('status')
    .description('show how far each read model is')
    .action(() => {
      choose(status);
    });
  addVerifyCommand(group, choose);
}

const status: Run = async (context) => {
  const { database, store } = await openHouse(context);
  const found = await readStatus(database.pool, store, systemClock, projections);
  print(
    ...tableOf(
      ['projection', 'version', 'state', 'events behind', 'seconds behind', 'parked', 'reader'],
      found.map(({ name, version, state, lagEvents, lagMs, parked, reader }) => [
        name,
        version,
        state,
        lagEvents,
        Math.round(lagMs / 1_000),
        parked,
        reader.state + (reader.lastError === null ? '' : `: ${reader.lastError}`),
      ]),
    ),
  );
};
