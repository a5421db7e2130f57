import { analyticsViews, readAnalyticsView, type AnalyticsViewName } from '../../projections/analytics/queries';
import { currentFacts } from '../../src/application/queries/current-facts';
import { attainmentByRater } from '../../src/engagement/measures/attainment';
import { barrierMeasures } from '../../src/engagement/measures/barriers';
import type { Facts } from '../../src/engagement/measures/facts';
import { slippageOf } from '../../src/engagement/measures/slippage';
import type { Id } from '../../src/engagement/values';
import { historyOf } from '../support/histories';
import { openReadModels, type ReadModels } from '../support/read-models';

const LAST_DAY = '2099-12-31';

describe('analytics', () => {
  let models: ReadModels;
  let all: readonly Facts[];
  const histories = Array.from({ length: 120 }, (_, seed) =>
    historyOf({ seed: seed + 900, tenantId: 'demo', length: 20 + (seed % 60), coaches: 4 }),
  );

  beforeAll(async () => {
    models = await openReadModels();
    await models.play([...histories, historyOf({ seed: 1, tenantId: 'other', length: 60 })]);
    await models.project();
    const ids = histories.map(({ engagementId }) => engagementId);
    all = [...(await currentFacts(models.pool, 'demo', ids)).values()].map(({ facts }) => facts);
  });
  afterAll(() => models.close());

  const read = async (view: AnalyticsViewName, scope: { coachId?: Id; sponsorId?: Id; minClients?: number } = {}) =>
    (await readAnalyticsView(models.pool, view, { tenantId: 'demo', ...scope })).rows;

  it('counts adaptations by month and reason', async () => {
    const adaptations = all.flatMap(({ engagement }) =>
      engagement.plan.adaptations.map(({ effectiveOn, reasonCode }) => ({
        key: `${effectiveOn.slice(0, 7)} ${reasonCode}`,
        engagementId: engagement.engagementId,
      })),
    );
    const expected = grouped(adaptations, ({ key }) => key).map(([key, group]) => [
      ...key.split(' '),
      group.length,
      new Set(group.map(({ engagementId }) => engagementId)).size,
    ]);
    expect(expected.length).toBeGreaterThan(5);
    expect(await read('adaptations')).toEqual(expected);
  });

  it('averages the days that resolved barriers were open, as the measure does', async () => {
    const barriers = all.flatMap(({ engagement }) => Object.values(engagement.barriers));
    const expected = grouped(barriers, ({ category }) => category).map(([category, group]) => {
      const { open, resolved } = barrierMeasures(group, LAST_DAY);
      return [category, group.length, open.length, resolved.count, resolved.medianDays, resolved.meanDays];
    });
    const rows = await read('barriers');
    expect(rows.map((row) => row.slice(0, 5))).toEqual(expected.map((row) => row.slice(0, 5)));
    rows.forEach((row, index) => {
      expect(row[5]).toBeCloseTo(Number(expected[index]?.[5]), 9);
    });
    expect(expected.some((row) => Number(row[2]) > 0 && Number(row[3]) > 1)).toBe(true);
  });

  it('spreads the slippage of reached milestones over weeks', async () => {
    const slips = all
      .flatMap(({ engagement }) => Object.values(engagement.milestones))
      .filter(({ state }) => state === 'reached')
      .map((milestone) => slippageOf(milestone, LAST_DAY));
    const buckets = (days: readonly (number | null)[]): Map<number, number> => {
      const counts = new Map<number, number>();
      for (const day of days) {
        if (day !== null) counts.set(Math.floor(day / 7) * 7, (counts.get(Math.floor(day / 7) * 7) ?? 0) + 1);
      }
      return counts;
    };
    const rowsOf = (against: string, counts: Map<number, number>) =>
      [...counts].sort(([a], [b]) => a - b).map(([from, count]) => [against, from, from + 7, count]);
    const expected = [
      ...rowsOf('baseline', buckets(slips.map(({ baseline }) => baseline))),
      ...rowsOf('current', buckets(slips.map(({ current }) => current))),
    ];
    expect(expected.length).toBeGreaterThan(5);
    expect(await read('slippage')).toEqual(expected);
  });

  it('spreads T over buckets for each rater, as the measure has it', async () => {
    const scores = all.flatMap((facts) => attainmentByRater(facts, LAST_DAY));
    const expected = grouped(scores, ({ rater }) => rater).flatMap(([rater, group]) =>
      grouped(group, ({ now }) => String(1000 + Math.floor(Number(Number(now).toFixed(6)) / 5) * 5)).map(
        ([from, some]) => [rater, Number(from) - 1000, Number(from) - 995, some.length],
      ),
    );
    expect(expected.length).toBeGreaterThan(6);
    expect(await read('attainment')).toEqual(expected);
  });

  it('has the T of each engagement, at baseline and now', async () => {
    const { rows } = await models.pool.query<Record<string, number | string>>(
      `SELECT engagement_id, rater, goals, baseline_t, now_t, change FROM analytics.attainment_facts
       WHERE tenant_id = 'demo'`,
    );
    const found = new Map(rows.map((row) => [`${row.engagement_id} ${row.rater}`, row]));
    let compared = 0;
    for (const facts of all) {
      for (const { rater, goals, baseline, now, change } of attainmentByRater(facts, LAST_DAY)) {
        const row = found.get(`${facts.engagement.engagementId} ${rater}`);
        expect(row?.goals).toBe(goals);
        expect(row?.baseline_t).toBeCloseTo(Number(baseline), 9);
        expect(row?.now_t).toBeCloseTo(Number(now), 9);
        expect(row?.change).toBeCloseTo(Number(change), 9);
        compared += 1;
      }
    }
    expect(compared).toBe(rows.length);
  });

  it('has the same T for weights whose squares and ratios are too small for a number', async () => {
    const client = await models.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`
        UPDATE read_model.goals
        SET weight = ('{0,5e-324,1e-201,1e-200,1e-110,1e-100,1,100}'::double precision[])[1 + get_byte(uuid_send(goal_id), 3) % 8]`);
      const ids = histories.map(({ engagementId }) => engagementId);
      const facts = await currentFacts(client, 'demo', ids);
      const { rows } = await client.query<{ engagement_id: Id; rater: string; now_t: number }>(
        `SELECT engagement_id, rater, now_t FROM analytics.attainment_facts WHERE tenant_id = 'demo'`,
      );
      expect(rows.length).toBeGreaterThan(20);
      for (const row of rows) {
        const ofEngagement = facts.get(row.engagement_id);
        const measured = ofEngagement ? attainmentByRater(ofEngagement.facts, LAST_DAY) : [];
        expect(row.now_t).toBeCloseTo(Number(measured.find(({ rater }) => rater === row.rater)?.now), 9);
      }
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });

  it('counts check-ins by month', async () => {
    const checkIns = all.flatMap(({ engagement }) => Object.values(engagement.checkIns));
    const rows = await read('check-ins');
    expect(rows.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(checkIns.length);
    expect(rows.reduce((sum, [, , held]) => sum + Number(held), 0)).toBe(
      checkIns.filter(({ state }) => state === 'held').length,
    );
  });

  it('counts only the engagements of a coach or a sponsor, and no small groups', async () => {
    const count = (rows: Awaited<ReturnType<typeof read>>) => rows.reduce((sum, row) => sum + Number(row[1]), 0);
    const barriersOf = (test: (facts: Facts) => boolean) =>
      all.filter(test).flatMap(({ engagement }) => Object.keys(engagement.barriers)).length;
    const coachId = all[0]?.engagement.coachId ?? '';
    expect(count(await read('barriers', { coachId }))).toBe(
      barriersOf(({ engagement }) => engagement.coachId === coachId),
    );
    const sponsored = all.find(
      ({ engagement }) => engagement.sponsorId !== null && Object.keys(engagement.barriers).length > 0,
    );
    const sponsorId = sponsored?.engagement.sponsorId ?? '';
    expect(count(await read('barriers', { sponsorId }))).toBe(Object.keys(sponsored?.engagement.barriers ?? {}).length);
    for (const view of Object.keys(analyticsViews) as AnalyticsViewName[]) {
      expect(await read(view, { sponsorId, minClients: 5 })).toEqual([]);
      expect((await read(view, { minClients: 5 })).length).toBeGreaterThan(0);
      expect((await read(view, { minClients: 5 })).length).toBeLessThanOrEqual((await read(view)).length);
    }
  });
});

/** The groups in the order of their keys. */
function grouped<T>(values: readonly T[], keyOf: (value: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
