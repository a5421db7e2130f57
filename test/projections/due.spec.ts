import { type DueRule, readDue, readDueOf } from '../../projections/due/queries';
import { currentFacts, type CurrentFacts } from '../../src/application/queries/current-facts';
import { dayOf } from '../../src/engagement/calendar';
import type { Id } from '../../src/engagement/values';
import { dueFor, dueKinds, tellingsOf } from '../../src/jobs/due';
import { historyOf } from '../support/histories';
import { openReadModels, type ReadModels } from '../support/read-models';

const tenantId = 'firm';

describe('what is due in many engagements at once', () => {
  let models: ReadModels;
  let facts: ReadonlyMap<Id, CurrentFacts>;
  let newest = '';
  const seenRules = new Set<DueRule>();
  const histories = Array.from({ length: 200 }, (_, seed) =>
    historyOf({ seed: seed + 900, length: 4 + (seed % 50), coaches: 5 }),
  );

  beforeAll(async () => {
    models = await openReadModels();
    await models.play(histories);
    await models.project();
    facts = await currentFacts(
      models.pool,
      tenantId,
      histories.map(({ engagementId }) => engagementId),
    );
    newest = histories
      .flatMap(({ events }) => events.map(({ metadata }) => metadata.recordedAt))
      .toSorted()
      .at(-1)!;
  });
  afterAll(() => models.close());

  /** The present comes after everything that was recorded; the past is looked at for what lay ahead then. */
  const laterBy = (days: number) => new Date(Date.parse(newest) + days * 86_400_000 + 1).toISOString();

  it.each([
    [-40, 'UTC', 3],
    [0, 'UTC', 3],
    [1, 'Pacific/Auckland', 1],
    [3, 'America/New_York', 2],
    [40, 'Europe/Berlin', 6],
    [260, 'UTC', 30],
    [300, 'UTC', 60],
    [310, 'UTC', 60],
    [320, 'UTC', 60],
  ])('is, %i days later in %s, what their own states say', async (days, timeZone, noContactWeeks) => {
    const now = laterBy(days);
    const settings = { timeZone, noContactWeeks };
    const today = dayOf(now, timeZone);
    const expected = [...facts.values()].flatMap(({ facts: { engagement } }) =>
      [engagement.clientId, engagement.coachId].flatMap((participantId) =>
        dueFor(engagement, participantId, { now, today, settings }).map(({ key }) => `${participantId} ${key}`),
      ),
    );
    const rows = await readDue(models.pool, { now, today, ...settings });
    const found = rows.flatMap((row) => tellingsOf(row).map(({ participantId, key }) => `${participantId} ${key}`));
    expect(found.toSorted()).toEqual(expected.toSorted());
    for (const { rule } of rows) seenRules.add(rule);

    const [person] = found[0]!.split(' ') as [string];
    const ofPerson = await readDueOf(models.pool, { now, today, ...settings }, { tenantId, participantId: person });
    const keys = (participantId: string, all: typeof rows) =>
      all.flatMap((row) => tellingsOf(row).filter((telling) => telling.participantId === participantId));
    expect(new Set(keys(person, ofPerson))).toEqual(new Set(keys(person, rows)));
    expect(ofPerson.length).toBeLessThan(rows.length);
  });

  it('was of every kind above', () => {
    expect([...seenRules].toSorted()).toEqual(Object.keys(dueKinds).toSorted());
  });
});
