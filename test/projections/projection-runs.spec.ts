import type { Projection } from '../../projections/engine/projection';
import { change, put } from '../../projections/engine/row-change';
import { defineTable } from '../../projections/engine/table';
import { moments as honest, type MomentRow } from '../../projections/overview/table';
import { historyOf } from '../support/histories';
import { openProjectionRuns, type ProjectionRuns } from '../support/projection-runs';

const streams = Array.from({ length: 4 }, (_, seed) => historyOf({ seed, length: 60 }));

/** What the spec of every projection checks can fail. */
describe('a projection that is not as it must be', () => {
  let runs: ProjectionRuns;
  afterEach(() => runs.close());

  const open = async (on: Projection['on'], moments = honest): Promise<void> => {
    runs = await openProjectionRuns({ name: 'faulty', version: 1, tables: [moments], on }, streams);
  };

  it('is found when it remembers what it has seen', async () => {
    let seen = 0;
    await open({
      BarrierIdentified: ({ data }) => {
        seen += 1;
        return [put(honest, { momentId: data.barrierId, kind: seen % 7 === 0 ? 'celebration' : 'setback' })];
      },
    });
    expect(await runs.live()).not.toEqual(runs.expected());
  });

  it('is found when a key that it calls new is not', async () => {
    const moments = defineTable<MomentRow>({
      ...honest,
      key: ['momentId'],
      columns: { momentId: 'uuid', kind: 'text' },
      onlyNewKeys: true,
    });
    const row = (momentId: string) => [put(moments, { momentId, kind: 'setback' })];
    await open(
      { BarrierIdentified: ({ data }) => row(data.barrierId), BarrierResolved: ({ data }) => row(data.barrierId) },
      moments,
    );
    await expect(runs.live()).rejects.toThrow('duplicate key');
  });

  it('is not found when it is as it must be', async () => {
    await open({
      BarrierIdentified: ({ data }) => [put(honest, { momentId: data.barrierId, kind: 'setback' })],
      BarrierResolved: ({ data }) => [change(honest, { momentId: data.barrierId }, { set: { kind: 'celebration' } })],
    });
    expect(await runs.live()).toEqual(runs.expected());
    expect(await runs.redelivered()).toEqual(runs.expected());
    expect(await runs.rebuilt()).toEqual(runs.expected());
    expect(runs.expected()['read_model.moments']?.length).toBeGreaterThan(5);
  });
});
