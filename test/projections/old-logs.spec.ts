import { currentFacts } from '../../src/application/queries/current-facts';
import { engagementFold } from '../../src/application/commands/engagement-commands';
import type { Engagement } from '../../src/engagement/engagement';
import { historyOf } from '../support/histories';
import { openReadModels, type ReadModels } from '../support/read-models';

const LARGEST = 2_147_483_647;
const TIME_ZONE = 'America/New_York';

/** What the API no longer takes may be in a log from before. */
describe('a log with places and years beyond those that are accepted', () => {
  let models: ReadModels;
  const histories = Array.from({ length: 10 }, (_, seed) =>
    historyOf({ seed: seed + 700, tenantId: 'acme', length: 60 }),
  ).map((history) => ({
    ...history,
    events: history.events.map((event) => ({
      ...event,
      ...(event.type === 'MilestonePlanned' ? { data: { ...event.data, order: LARGEST } } : {}),
      metadata: { ...event.metadata, occurredAt: event.metadata.occurredAt.replace(/^\d{4}/, '0026') },
    })),
  }));
  beforeAll(async () => {
    models = await openReadModels();
    await models.play(histories);
  });
  afterAll(() => models.close());

  it('is projected to its end, with the places that the fold has', async () => {
    await models.project({ timeZone: TIME_ZONE });
    const fold = engagementFold(TIME_ZONE);
    const facts = await currentFacts(
      models.pool,
      'acme',
      histories.map(({ engagementId }) => engagementId),
    );
    const ordersOf = (state: Engagement | null | undefined) =>
      Object.values(state?.milestones ?? {}).map(({ milestoneId, order }) => [milestoneId, order]);
    for (const { engagementId, events } of histories) {
      const folded = events.reduce<Engagement | null>((state, event) => fold.evolve(state, event), null);
      expect(new Map(ordersOf(facts.get(engagementId)?.facts.engagement) as [string, number][])).toEqual(
        new Map(ordersOf(folded) as [string, number][]),
      );
    }
    const { rows } = await models.pool.query<{ most: string }>(
      'SELECT max("order") AS most FROM read_model.milestones',
    );
    expect(Number(rows[0]?.most)).toBeGreaterThan(LARGEST);
  });

  it('has days with four digits', async () => {
    const { rows } = await models.pool.query<{ day: string }>(
      'SELECT min(occurred_on)::text AS day FROM read_model.audit',
    );
    expect(rows[0]?.day).toMatch(/^0026-\d\d-\d\d$/);
  });
});
