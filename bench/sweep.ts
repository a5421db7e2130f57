import { dayOf } from '../src/engagement/calendar';
import { applyReadModelSchema } from '../projections';
import { readDue } from '../projections/due/queries';
import { sweep as sweepOnce } from '../src/jobs/notify/sweep';
import { createPool, type Pool } from '../src/platform/database';
import { applyEffectLedgerSchema } from '../src/records/effect-ledger';
import { applyPreferencesSchema } from '../src/records/preferences';
import { type Bench, type Case, compare } from './harness';

const ENGAGEMENTS = 100_000;
const DUE = 1_000;
const COACHES = 4_000;
const ROUNDS = 7;
/** A Thursday: the weekly briefs are told of. */
const NOW = '2026-04-02T09:00:00.000Z';
const settings = { timeZone: 'UTC', noContactWeeks: 3 } as const;

/**
 * What a worker asks every two minutes: the due of 100,000 engagements that go on, made into jobs by the preferences of
 * whom it concerns and by what they were told, against the query for what is due alone.
 */
export async function sweep(bench: Bench): Promise<Case[]> {
  const pool = createPool(await bench.newDatabase(), () => undefined);
  await applyReadModelSchema(pool);
  await applyEffectLedgerSchema(pool);
  await applyPreferencesSchema(pool);
  await fill(pool);
  const terms = { now: NOW, today: dayOf(NOW, settings.timeZone), ...settings };
  const timed = async (work: () => Promise<readonly unknown[]>): Promise<number> => {
    const start = performance.now();
    const found = await work();
    const took = performance.now() - start;
    if (found.length < DUE / 2) throw new Error(`Only ${found.length} things were due`);
    return took;
  };
  const measured = await compare(bench, {
    case: 'sweep',
    goal: '≤ 3',
    against: `the query for the ${DUE} due of ${ENGAGEMENTS.toLocaleString('en')} engagements alone`,
    rounds: ROUNDS,
    counts: 'ms',
    ours: () => timed(() => sweepOnce({ db: pool, clock: { now: () => new Date(NOW) }, settings })),
    floor: () => timed(() => readDue(pool, terms)),
  });
  await pool.end();
  return [measured];
}

const stamps = `0, md5('event' || n)::uuid, n, n`;
const engagement = `'bench', md5('engagement' || n)::uuid`;

/**
 * Each with five check-ins that were held, one that is to come, a goal, four milestones and four actions; one in a
 * hundred has something due. Half of them have done so much that only one milestone is open.
 */
async function fill(pool: Pool): Promise<void> {
  const day = (from: string, days: string): string => `date '2026-04-02' ${from} ${days}`;
  const every = `generate_series(1, ${ENGAGEMENTS}) n`;
  const isDue = (kind: number): string => `(n % ${ENGAGEMENTS / DUE} = 0 AND n / ${ENGAGEMENTS / DUE} % 4 = ${kind})`;
  await pool.query(`
    INSERT INTO read_model.participants (tenant_id, participant_id, kind, name, email, ${STAMPS})
    SELECT 'bench', md5('client' || n)::uuid, 'client', 'Client ' || n, n || '@example.org', ${stamps} FROM ${every};
    INSERT INTO read_model.engagements
      (tenant_id, engagement_id, client_id, coach_id, starts_on, ends_on, status, started_at, last_change_at, active_from,
       active_to, plan_revision, proposed_commit, proposed_prepare, ${STAMPS})
    SELECT ${engagement}, md5('client' || n)::uuid, md5('coach' || n % ${COACHES})::uuid, ${day('-', '100')},
           ${day('+', `CASE WHEN ${isDue(0)} THEN 5 ELSE 100 END`)}, 'active', ${day('-', '100')}, ${day('-', '1')}, '[]', '[]', 1, n, n,
           ${stamps}
    FROM ${every};
    INSERT INTO read_model.check_ins (tenant_id, engagement_id, check_in_id, state, scheduled_for, held_at, ${STAMPS})
    SELECT ${engagement}, md5(n || ' ' || held)::uuid, 'held', ${day('-', '14 * held')}, ${day('-', '14 * held')}, ${stamps}
    FROM ${every}, generate_series(1, 5) held;
    INSERT INTO read_model.check_ins (tenant_id, engagement_id, check_in_id, state, scheduled_for, ${STAMPS})
    SELECT ${engagement}, md5(n || ' next')::uuid, 'scheduled',
           ${day('+', `CASE WHEN ${isDue(1)} THEN 1 WHEN ${isDue(2)} THEN -2 ELSE 7 END`)} + time '16:00', ${stamps}
    FROM ${every};
    INSERT INTO read_model.goals (tenant_id, engagement_id, goal_id, specific, achievability, relevance, start_on, due_on,
       source, weight, lifecycle, retargets, ${STAMPS})
    SELECT ${engagement}, md5('goal' || n)::uuid, 'To walk the dog', '{}', 'Health', ${day('-', '100')}, ${day('+', '90')},
           'client', 1, 'active', 0, ${stamps}
    FROM ${every};
    INSERT INTO read_model.milestones
      (tenant_id, engagement_id, milestone_id, goal_id, title, criterion, due_on, "order", state, ${STAMPS})
    SELECT ${engagement}, md5(n || ' milestone ' || m)::uuid, md5('goal' || n)::uuid, 'Around the block', 'Once a day',
           ${day('+', `CASE WHEN ${isDue(3)} AND m = 3 THEN -3 ELSE 30 * (m - 2) END`)}, m,
           CASE WHEN m > 2 THEN 'planned' ELSE 'reached' END, ${stamps}
    FROM ${every}, generate_series(1, 4) m;
    INSERT INTO read_model.actions
      (tenant_id, engagement_id, action_id, milestone_id, title, owner, due_on, state, ${STAMPS})
    SELECT ${engagement}, md5(n || ' action ' || m)::uuid, md5(n || ' milestone ' || m)::uuid, 'Find the leash', 'client',
           ${day('+', '30 * (m - 2) - 5')}, CASE WHEN m > 2 THEN 'open' ELSE 'completed' END, ${stamps}
    FROM ${every}, generate_series(1, 4) m;`);
  await pool.query('VACUUM ANALYZE');
}

const STAMPS = 'ordinal, event_id, commit_position, prepare_position';
