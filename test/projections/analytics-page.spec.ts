import { readFileSync } from 'node:fs';
import { asAnalyst } from '../support/analyst';
import { openReadModels, type ReadModels } from '../support/read-models';
import { smallFirm } from '../support/small-firm';
import { contract } from './analytics-contract';

const page = readFileSync('docs/analytics.md', 'utf8');

/** The answers to the page's questions, in its order, counted by hand from the small firm. */
const answers: readonly (readonly object[])[] = [
  [{ major: 1, minor: 0 }],
  [{ coach_id: 'coach-1', active: 1 }],
  [
    { source: 'client', lifecycle: 'active', goals: 1 },
    { source: 'coach', lifecycle: 'active', goals: 1 },
    { source: 'joint', lifecycle: 'cancelled', goals: 1 },
    { source: 'sponsor', lifecycle: 'active', goals: 1 },
  ],
  // 10 March against 1 March (then 15 March), 18 March against 20 March, 30 April against 10 April (then 25 April).
  [{ on_time: 1 / 3, on_time_as_redated: 2 / 3 }],
  [
    { category: 'external', came_back: 1, barriers: 1 },
    { category: 'internal', came_back: 0, barriers: 1 },
    { category: 'skill', came_back: 0, barriers: 1 },
  ],
  [
    { adapted: false, days: -2 },
    { adapted: true, days: 0 },
  ],
  [{ client_above_coach: 20 }],
  [
    { missed_by: 'client', check_ins: 1 },
    { missed_by: 'coach', check_ins: 1 },
  ],
  // The one whose engagement ended on 30 April is there to the end of that month.
  [
    { month: '2026-01', reached: 0, in_scope: 2, overdue: 0 },
    { month: '2026-02', reached: 0, in_scope: 3, overdue: 0 },
    { month: '2026-03', reached: 2, in_scope: 4, overdue: 0 },
    { month: '2026-04', reached: 3, in_scope: 4, overdue: 1 },
  ],
  [{ without_contact: 1, active: 1 }],
  [
    { reason_code: 'barrier', adaptations: 2 },
    { reason_code: 'circumstances', adaptations: 1 },
  ],
  [
    { category: 'skill', median_open_days: 12 },
    { category: 'external', median_open_days: 8 },
    { category: 'internal', median_open_days: null },
  ],
  [{ milestones: 1 }],
  [
    { from_t: 50, engagements: 1 },
    { from_t: 60, engagements: 1 },
  ],
  [
    { month: '2026-01', held: 1, missed: 0 },
    { month: '2026-02', held: 2, missed: 0 },
    { month: '2026-03', held: 0, missed: 2 },
  ],
];

const questions = [...page.matchAll(/\n([^\n]+)\n\n```sql\n([\s\S]*?)```/g)].map(([, question = '', sql = '']) => ({
  question,
  sql,
}));

describe('docs/analytics.md', () => {
  let models: ReadModels;
  beforeAll(async () => {
    models = await openReadModels();
    await models.play(smallFirm);
    await models.project();
  });
  afterAll(() => models.close());

  it('asks as many questions as are answered here', () => {
    expect(questions).toHaveLength(answers.length);
    expect(page.match(/```sql\n/g)).toHaveLength(answers.length);
  });

  it.each(questions.map(({ question, sql }, index) => ({ question, sql, answer: answers[index] })))(
    '$question',
    async ({ sql, answer }) => {
      const { rows } = await asAnalyst(models.pool, (client) => client.query<Record<string, unknown>>(sql));
      // Counts and sums are bigints, which come as text.
      const numbers = rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
          ]),
        ),
      );
      expect(numbers).toEqual(answer);
    },
  );

  it('says of each view which columns it has', () => {
    for (const [view, columns] of Object.entries(contract.views)) {
      if (view === 'contract') continue;
      const start = page.indexOf(`### \`${view}\``);
      const section = page.slice(start, page.indexOf('\n## ', start)).split('\n### ')[0] ?? '';
      const described = [...section.matchAll(/^\| (`[^|]+`) +\| ([a-z ]+?) +\|/gm)].flatMap(
        ([, names = '', type = '']) =>
          [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => [
            name,
            type.replace('timestamptz', 'timestamp with time zone'),
          ]),
      );
      expect({ view, columns: described }).toEqual({ view, columns: Object.entries(columns).slice(5) });
    }
  });

  it('makes a login that reads the views, and nothing else', async () => {
    const setup = /```sql setup\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const client = await models.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(setup);
      await client.query('SET LOCAL ROLE dashboards');
      const { rows } = await client.query('SELECT DISTINCT tenant_id FROM analytics.daily_facts');
      expect(rows).toEqual([{ tenant_id: 'demo' }]);
      await expect(client.query('SELECT 1 FROM read_model.goals')).rejects.toThrow('permission denied');
      await client.query('ROLLBACK');
    } finally {
      client.release(true);
    }
  });
});
