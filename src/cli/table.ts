/** Columns under their titles, two spaces apart, as lines. Numbers stand at the right edge of theirs. */
export function tableOf(titles: readonly string[], rows: readonly (readonly (string | number)[])[]): readonly string[] {
  const shown = (cell: string | number): string => (typeof cell === 'number' ? cell.toLocaleString('en') : cell);
  const widths = titles.map((title, at) => Math.max(title.length, ...rows.map((row) => shown(row[at] ?? '').length)));
  const line = (cells: readonly (string | number)[]): string =>
    cells
      .map((cell, at) => {
        const isNumber = rows.every((row) => typeof row[at] === 'number');
        return isNumber ? shown(cell).padStart(widths[at] ?? 0) : shown(cell).padEnd(widths[at] ?? 0);
      })
      .join('  ')
      .trimEnd();
  return [titles, ...rows].map(line);
}
