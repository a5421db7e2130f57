import { currentFacts } from '../../src/application/queries/current-facts';
import type { EngagementEvent, PastEngagementEvent } from '../../src/engagement/events';
import { engagementCatalogue } from '../../src/engagement/catalogue';
import { foldFacts } from '../../src/engagement/measures/facts';
import type { NewEvent } from '../../src/event-store/event-store';
import { historyOf, type History } from '../support/histories';
import { openReadModels, type ReadModels } from '../support/read-models';

/** What folding the events gives, which the rows must say too. */
function folded({ events }: History) {
  return foldFacts(
    events.map(
      ({ type, data, eventId, metadata: { occurredAt } }) =>
        ({ type, data, eventId, occurredAt, occurredOn: occurredAt.slice(0, 10) }) as PastEngagementEvent,
    ),
  );
}

describe('the rows of an engagement', () => {
  let models: ReadModels;
  const histories = Array.from({ length: 60 }, (_, seed) => historyOf({ seed: seed + 1, length: 20 + seed * 4 }));

  beforeAll(async () => {
    models = await openReadModels();
    await models.play(histories);
    await models.project({ batchSize: 97 });
  });
  afterAll(() => models.close());

  it('say what folding its stream says', async () => {
    const ids = histories.map(({ engagementId }) => engagementId);
    const current = await currentFacts(models.pool, 'firm', ids);
    expect(current.size).toBe(histories.length);
    for (const history of histories) {
      const found = current.get(history.engagementId);
      expect(found?.revision).toBe(history.events.length - 1);
      expect(found?.facts).toEqual(folded(history));
      expect(Object.keys(found?.facts.engagement.goals ?? {})).toEqual(
        Object.keys(folded(history)?.engagement.goals ?? {}),
      );
    }
  });

  it('are made of every kind of event and of plan change', () => {
    const all = histories.flatMap(({ events }) => events);
    expect(new Set(all.map(({ type }) => type))).toEqual(new Set(Object.keys(engagementCatalogue)));
    expect(new Set(all.flatMap(changesIn)).size).toBe(17);
  });

  it('are not those of another tenant', async () => {
    const [first] = histories;
    const current = await currentFacts(models.pool, 'other', [first?.engagementId ?? '']);
    expect(current.size).toBe(0);
  });
});

function changesIn({ type, data }: NewEvent): readonly string[] {
  const event = { type, data } as EngagementEvent;
  return event.type === 'PlanAdapted' ? event.data.changes.map(({ op }) => op) : [];
}
