import { readFileSync } from 'node:fs';
import { types } from 'pg';
import { asAnalyst } from '../support/analyst';
import { openReadModels, type ReadModels } from '../support/read-models';
import { smallFirm } from '../support/small-firm';

type Source = { readonly type: string; readonly uid: string };
type Panel = {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly datasource: Source;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly options: { readonly xField?: string };
  readonly targets: readonly {
    readonly refId: string;
    readonly datasource: Source;
    readonly format: string;
    readonly rawSql: string;
  }[];
};
type Variable = { readonly name: string; readonly type: string; readonly query: string; readonly datasource?: Source };
type Dashboard = {
  readonly uid: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
};

const dashboard = JSON.parse(readFileSync('docs/grafana/cairn.json', 'utf8')) as Dashboard;
const SOURCE = { type: 'grafana-postgresql-datasource', uid: '${datasource}' };

const { INT4, INT8, FLOAT8, NUMERIC, TEXT, TIMESTAMP, TIMESTAMPTZ } = types.builtins;
const kinds = new Map<number, string>([
  ...[INT4, INT8, FLOAT8, NUMERIC].map((type) => [type, 'number'] as const),
  ...[TIMESTAMP, TIMESTAMPTZ].map((type) => [type, 'time'] as const),
  [TEXT, 'text'],
]);

/** What Grafana sends: its macros written out for a year, its variables with what was chosen. */
function sent(rawSql: string): string {
  return rawSql
    .replace(/\$__timeFilter\(([^)]+)\)/g, "$1 BETWEEN '2026-01-01T00:00:00Z' AND '2026-12-31T23:59:59Z'")
    .replaceAll('${tenant:sqlstring}', "'demo'");
}

describe('docs/grafana/cairn.json', () => {
  let models: ReadModels;
  beforeAll(async () => {
    models = await openReadModels();
    await models.play(smallFirm);
    await models.project();
  });
  afterAll(() => models.close());

  const run = async (sql: string) =>
    asAnalyst(models.pool, async (client) => {
      const { fields, rows } = await client.query<Record<string, unknown>>(sql);
      return {
        columns: fields.map(({ name, dataTypeID }) => ({ name, kind: kinds.get(dataTypeID) ?? String(dataTypeID) })),
        rows,
      };
    });

  it('lets one choose the data source and the tenant', async () => {
    const [source, tenant, ...others] = dashboard.templating.list;
    expect(source).toMatchObject({ name: 'datasource', type: 'datasource', query: SOURCE.type });
    expect(tenant).toMatchObject({ name: 'tenant', type: 'query', datasource: SOURCE });
    expect(others).toEqual([]);
    expect((await run(tenant?.query ?? '')).rows).toEqual([{ tenant_id: 'demo' }]);
  });

  it('has panels with an id and a place of their own', () => {
    const taken = new Set<string>();
    for (const { id, gridPos, title, description } of dashboard.panels) {
      expect({ title, fits: gridPos.x >= 0 && gridPos.x + gridPos.w <= 24, said: description !== '' }).toEqual({
        title,
        fits: true,
        said: true,
      });
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect({ title, taken: taken.has(`${x} ${y}`) }).toEqual({ title, taken: false });
          taken.add(`${x} ${y}`);
        }
      }
      expect(dashboard.panels.filter((other) => other.id === id)).toHaveLength(1);
    }
    expect(dashboard.panels).toHaveLength(8);
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39);
  });

  it.each(dashboard.panels.map((panel) => [panel.title, panel] as const))(
    'draws “%s” from columns that its kind of panel can show',
    async (_title, { type, options, datasource, targets }) => {
      expect(datasource).toEqual(SOURCE);
      expect(targets).toHaveLength(1);
      for (const { datasource: of, format, rawSql } of targets) {
        expect(of).toEqual(SOURCE);
        expect(rawSql).toContain('${tenant:sqlstring}');
        const { columns, rows } = await run(sent(rawSql));
        expect(sent(rawSql)).not.toContain('$');
        expect(rows.length).toBeGreaterThan(0);
        const [first, ...values] = columns;
        const numbers = values.filter(({ kind }) => kind === 'number').length;
        if (type === 'timeseries') {
          const named = values.filter(({ name, kind }) => name === 'metric' && kind === 'text').length;
          expect({ format, first, rest: values.length }).toEqual({
            format: 'time_series',
            first: { name: 'time', kind: 'time' },
            rest: numbers + named,
          });
          expect(format === 'time_series' && numbers > 0 && (named === 0 || numbers === 1)).toBe(true);
        } else {
          expect({ format, first: first?.kind, rest: values.length }).toEqual({
            format: 'table',
            first: 'text',
            rest: numbers,
          });
          expect(['barchart', 'table']).toContain(type);
          if (type === 'barchart') expect(options.xField).toBe(first?.name);
        }
      }
    },
  );

  it('shows what there is to count', async () => {
    const rowsOf = async (title: string) =>
      (await run(sent(dashboard.panels.find((panel) => panel.title === title)?.targets[0]?.rawSql ?? ''))).rows;
    expect(await rowsOf('Engagements by state')).toEqual(
      ['active', 'completed', 'paused', 'proposed'].map((state) => ({ state, engagements: '1' })),
    );
    expect(await rowsOf('Slippage of reached milestones')).toEqual([
      { days: '-7 to -1', baseline: '1', current: '2' },
      { days: '0 to 6', baseline: null, current: '1' },
      { days: '7 to 13', baseline: '1', current: null },
      { days: '14 to 20', baseline: '1', current: null },
    ]);
    expect(await rowsOf('Attainment (T) around 50')).toEqual([
      { t: '40 to 45', 'scored by clients': null, 'scored by coaches': '1' },
      { t: '50 to 55', 'scored by clients': '1', 'scored by coaches': null },
      { t: '60 to 65', 'scored by clients': '1', 'scored by coaches': null },
    ]);
    // On 10 May, of the two that go on: one of two milestones, and one of one.
    expect((await rowsOf('Completion')).at(-1)).toMatchObject({ completion: 2 / 3 });
  });

  it('ranks no coach', () => {
    expect(JSON.stringify(dashboard)).not.toMatch(/coach_id|volatility|per coach|by coach\b/i);
  });
});
