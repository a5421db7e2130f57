import type { AnalyticsTable } from '../../application/queries/shapes';
import type { Api, Reader } from '../api';
import { cyan, printTable, printTitle } from './terminal';

const BAR = 30;

/** Why plans change in the firm, over all its time. */
export async function printAnalytics(api: Api, manager: Reader): Promise<void> {
  printTitle(
    'Why plans change',
    'GET /analytics/adaptations',
    'Adaptations in the whole firm by reason, over two years',
  );
  const { columns, rows } = await api.get<AnalyticsTable>(manager, '/analytics/adaptations');
  const [reason, count] = [columns.indexOf('reason_code'), columns.indexOf('adaptations')];
  const totals = new Map<string, number>();
  for (const row of rows) {
    const key = String(row[reason]);
    totals.set(key, (totals.get(key) ?? 0) + Number(row[count]));
  }
  const sorted = [...totals].sort(([, a], [, b]) => b - a);
  const most = sorted[0]?.[1] ?? 1;
  printTable(
    [{ title: 'reason' }, { title: 'adaptations', right: true }, { title: '' }],
    sorted.map(([key, total]) => [key, String(total), cyan('▇'.repeat(Math.max(1, Math.round((BAR * total) / most))))]),
  );
}
