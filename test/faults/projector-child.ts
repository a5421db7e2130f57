import { projections } from '../../projections';
import { createProjectionEngine } from '../../projections/engine/engine';
import { createPostgresEventStore } from '../../src/event-store/postgres/postgres-event-store';
import { createPool } from '../../src/platform/database';

/** A projector in a process of its own, to be killed: `<url of the database> <batch size>`. */
const [, , connectionString = '', batchSize] = process.argv;
const pool = createPool(connectionString, () => undefined);
const store = createPostgresEventStore({ pool, connectionString });
const engine = createProjectionEngine({
  pool,
  store,
  projections,
  timeZone: 'UTC',
  logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  batchSize: Number(batchSize),
});
process.stdout.write('started\n');
void engine.run(new AbortController().signal);
