import { randomUUID } from 'node:crypto';
import { createCommandHandling } from '../src/application/commands/command-handling';
import {
  engagementCommandOf,
  engagementDecider,
  engagementFold,
} from '../src/application/commands/engagement-commands';
import type { Envelope } from '../src/application/commands/messages';
import { createStreamStates, type StreamStates } from '../src/application/commands/stream-states';
import type { Engagement } from '../src/engagement/engagement';
import { createPostgresEventStore, migrateEventLog } from '../src/event-store/postgres/postgres-event-store';
import { createPostgresSnapshots, snapshotSchema } from '../src/event-store/postgres/snapshots';
import { systemClock } from '../src/platform/clock';
import { applySchema, createPool } from '../src/platform/database';
import { createLogger } from '../src/platform/logging';
import { benchEngagement, streamOf, type BenchEngagement } from './engagements';
import { compare, type Bench, type Case } from './harness';

const LONG = 10_000;
const SHORT = 10;
const ROUNDS = 7;
const COMMANDS = 200;
const settings = { timeZone: 'UTC', activeGoalCap: 3, noContactWeeks: 3 };

/** The median time of a command on a stream of 10,000 events against one of 10, with the state at hand and without. */
export async function longStream(bench: Bench): Promise<Case[]> {
  const url = await bench.newDatabase();
  const pool = createPool(url, () => undefined);
  await migrateEventLog(pool);
  await applySchema(pool, snapshotSchema);
  const store = createPostgresEventStore({ pool, connectionString: url });
  const newStates = () =>
    createStreamStates(store, createPostgresSnapshots(pool), engagementFold('UTC'), createLogger('error'));
  const handlingOn = (states: StreamStates<Engagement>) =>
    createCommandHandling({ store, clock: systemClock, timeZone: 'UTC' }, states, engagementDecider(settings));

  const long = benchEngagement();
  await store.appendMany([streamOf(long, LONG)]);
  const warm = handlingOn(newStates());
  const onceWarm = (engagement: BenchEngagement) => send(warm, engagement);
  const onceCold = (engagement: BenchEngagement) => send(handlingOn(newStates()), engagement);
  await onceWarm(long);
  await pool.query('ANALYZE');

  // A stream of 10 grows by what is measured on it, so each round has new ones, and takes them in turns.
  const shortOnes = async (): Promise<() => BenchEngagement> => {
    const engagements = Array.from({ length: COMMANDS / 4 }, benchEngagement);
    await store.appendMany(engagements.map((engagement) => streamOf(engagement, SHORT)));
    for (const engagement of engagements) await onceWarm(engagement);
    let turn = 0;
    return () => engagements[turn++ % engagements.length]!;
  };
  const compared = (name: string, goal: string, command: (engagement: BenchEngagement) => Promise<unknown>) =>
    compare(bench, {
      case: name,
      goal,
      against: 'the same command on a stream of 10 events',
      rounds: ROUNDS,
      counts: 'ms',
      ours: () => medianMs(COMMANDS, () => command(long)),
      floor: async () => {
        const next = await shortOnes();
        return medianMs(COMMANDS, () => command(next()));
      },
    });
  const cases = [
    await compared('long-stream-warm', '≤ 1.2', onceWarm),
    await compared('long-stream-cold', '≤ 3', onceCold),
  ];
  await store.close();
  await pool.end();
  return cases;
}

function send(
  handle: ReturnType<typeof createCommandHandling<Engagement, ReturnType<typeof engagementCommandOf>>>,
  engagement: BenchEngagement,
) {
  const { tenantId, engagementId, clientId, goalId } = engagement;
  const commandId = randomUUID();
  const envelope: Envelope<object> = {
    caller: { tenantId, id: clientId, roles: ['client'] },
    subjectId: engagementId,
    data: { goalId, value: 3, observedOn: '2026-01-02', rater: 'client', note: null, corrects: null },
    occurredAt: null,
    onBehalfOf: null,
    ifMatch: null,
    commandId,
    mayBeRepeated: false,
    correlationId: commandId,
    causationId: null,
  };
  return handle(envelope, engagementCommandOf('RecordProgress', envelope));
}

async function medianMs(times: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? NaN;
}
