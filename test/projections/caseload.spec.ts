import { readCaseload, type HealthLevel } from '../../projections/caseload/queries';
import { readEngagementIds } from '../../projections/overview/queries';
import { currentFacts, type CurrentFacts } from '../../src/application/queries/current-facts';
import { addDays } from '../../src/engagement/calendar';
import { stateOf } from '../../src/engagement/engagement';
import { healthOf } from '../../src/engagement/measures/health';
import type { Id } from '../../src/engagement/values';
import { historyOf } from '../support/histories';
import { openReadModels, type ReadModels } from '../support/read-models';

const tenantId = 'firm';
const levels: readonly HealthLevel[] = ['at-risk', 'attention', 'on-track'];
const everyone = { tenantId, reader: null, coachId: null, clientId: null, state: null, health: null };

describe('many engagements at once', () => {
  let models: ReadModels;
  let facts: ReadonlyMap<Id, CurrentFacts>;
  const histories = Array.from({ length: 150 }, (_, seed) =>
    historyOf({ seed: seed + 500, length: 12 + (seed % 40), coaches: 3 }),
  );
  const ids = histories.map(({ engagementId }) => engagementId);

  beforeAll(async () => {
    models = await openReadModels();
    await models.play(histories);
    await models.project();
    facts = await currentFacts(models.pool, tenantId, ids);
  });
  afterAll(() => models.close());

  const found = async (filter: Partial<Parameters<typeof readEngagementIds>[1]>): Promise<readonly Id[]> =>
    (await readEngagementIds(models.pool, { ...everyone, ...filter }, { limit: 200, after: null })).rows;
  const idsWhere = (test: (one: CurrentFacts['facts']) => boolean): readonly Id[] =>
    ids.filter((id) => test(facts.get(id)!.facts));

  it.each([
    ['2026-01-20', 'UTC', 3],
    ['2026-02-25', 'Pacific/Auckland', 2],
    ['2026-03-20', 'America/New_York', 3],
    ['2026-06-30', 'UTC', 20],
    ['2027-02-01', 'UTC', 60],
  ])('have the health on %s in %s that the measures give them', async (asOf, timeZone, noContactWeeks) => {
    const counts = [];
    for (const level of levels) {
      const expected = idsWhere((one) => healthOf(one, asOf, { timeZone, noContactWeeks }).level === level);
      const rows = await found({ health: { level, asOf, timeZone, noContactWeeks } });
      expect(new Set(rows)).toEqual(new Set(expected));
      counts.push(rows.length);
    }
    expect(counts.filter((count) => count > 0).length).toBeGreaterThanOrEqual(2);
  });

  it('begin and end to lack contact on the day that the measure says', async () => {
    for (let day = 0; day < 60; day += 1) {
      const terms = { asOf: addDays('2026-01-20', day), timeZone: 'UTC', noContactWeeks: 1 };
      const expected = idsWhere((one) => healthOf(one, terms.asOf, terms).level === 'attention');
      expect(new Set(await found({ health: { ...terms, level: 'attention' } }))).toEqual(new Set(expected));
    }
  });

  it('are found by their state', async () => {
    for (const state of ['proposed', 'agreed', 'active', 'paused', 'completed', 'ended-early'] as const) {
      const expected = idsWhere(({ engagement }) => stateOf(engagement) === state);
      expect(new Set(await found({ state }))).toEqual(new Set(expected));
    }
  });

  it('come what was proposed last first, page after page', async () => {
    const pages: Id[] = [];
    let after: unknown = null;
    do {
      const slice = await readEngagementIds(models.pool, everyone, { limit: 40, after });
      pages.push(...slice.rows);
      after = slice.next;
    } while (after !== null);
    expect(pages).toEqual([...ids].reverse());
  });

  it('are seen by their parties alone', async () => {
    const { clientId, sponsorId } = facts.get(ids[0]!)!.facts.engagement;
    const nobody = { clientId: null, coachId: null, sponsorId: null };
    expect(await found({ reader: { ...nobody, clientId } })).toEqual([ids[0]]);
    expect(await found({ reader: { ...nobody, coachId: clientId, sponsorId: clientId } })).toEqual([]);
    expect(await found({ reader: nobody })).toEqual([]);
    expect(await found({ reader: null, tenantId: 'other' })).toEqual([]);
    const sponsored = idsWhere(({ engagement }) => engagement.sponsorId !== null);
    const own = sponsored[0] ?? sponsorId;
    expect(await found({ reader: { ...nobody, sponsorId: facts.get(own!)!.facts.engagement.sponsorId } })).toEqual([
      own,
    ]);
  });

  it('show a sponsor no health that the client does not disclose', async () => {
    const terms = { asOf: '2026-03-20', timeZone: 'UTC', noContactWeeks: 3 };
    const outcomes = await Promise.all(
      idsWhere(({ engagement }) => engagement.sponsorId !== null).map(async (id) => {
        const { engagement } = facts.get(id)!.facts;
        const reader = { clientId: null, coachId: null, sponsorId: engagement.sponsorId };
        const seen = await Promise.all(levels.map((level) => found({ reader, health: { ...terms, level } })));
        const signature = engagement.signatures.find(({ party }) => party === 'client');
        const disclosed = signature?.discloses.includes('progress') ?? false;
        expect(seen.flat()).toEqual(disclosed ? [id] : []);
        return disclosed;
      }),
    );
    expect(new Set(outcomes)).toEqual(new Set([true, false]));
  });

  it('are a caseload, the most urgent first, with what is due next', async () => {
    const terms = { asOf: '2026-03-20', timeZone: 'UTC', noContactWeeks: 3 };
    const coachId = facts.get(ids[0]!)!.facts.engagement.coachId;
    const expected = idsWhere(
      ({ engagement }) => engagement.coachId === coachId && engagement.phase.endedAt === null,
    ).map((id) => {
      const { level } = healthOf(facts.get(id)!.facts, terms.asOf, terms);
      return { engagementId: id, level, dueNext: dueNext(facts.get(id)!) };
    });
    const rank = (one: (typeof expected)[number]): string =>
      `${levels.indexOf(one.level)} ${one.dueNext?.dueOn ?? '9999'} ${one.engagementId}`;
    expected.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));

    const rows = [];
    let after: unknown = null;
    do {
      const slice = await readCaseload(models.pool, { tenantId, coachId }, terms, { limit: 7, after });
      rows.push(...slice.rows);
      after = slice.next;
    } while (after !== null);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows).toEqual(expected);
  });
});

function dueNext({ facts: { engagement } }: CurrentFacts) {
  const { goals, milestones, actions } = engagement;
  const isOpen = (goalId: Id): boolean => ['active', 'on-hold'].includes(goals[goalId]?.lifecycle ?? '');
  const work = [
    ...Object.values(actions)
      .filter(({ state, milestoneId }) => state === 'open' && isOpen(milestones[milestoneId]?.goalId ?? ''))
      .map(({ actionId, title, dueOn }) => ({ kind: 'action' as const, id: actionId, title, dueOn })),
    ...Object.values(milestones)
      .filter(({ state, goalId }) => ['planned', 'missed'].includes(state) && isOpen(goalId))
      .map(({ milestoneId, title, dueOn }) => ({ kind: 'milestone' as const, id: milestoneId, title, dueOn })),
  ];
  return work.reduce<(typeof work)[number] | null>(
    (first, one) => (first === null || one.dueOn < first.dueOn ? one : first),
    null,
  );
}
