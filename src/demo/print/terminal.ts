import Table from 'cli-table3';
import pc from 'picocolors';

/** Nothing that is printed is wider, however wide the terminal is. */
export const WIDTH = 100;

/** Where the demo prints: the standard output. Colours as picocolors decides (a terminal, and no NO_COLOR). */
export function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

export const { bold, dim, cyan, green, yellow, red } = pc;

/** The title of a section, the request behind it at the right edge, and the question it answers. */
export function printTitle(title: string, request: string, question: string): void {
  print('', bold(cyan(title)) + (request && dim(request.padStart(WIDTH - title.length))), question, '');
}

/** Breaks a text into lines of `width` characters at most, none longer than WIDTH with the `indent` before it. */
export function wrap(text: string, indent = '', width = WIDTH): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const room = lines.length === 0 ? width : WIDTH - indent.length;
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
}

/** Cuts a text that is longer than `length`. */
export const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

type Column = { readonly title: string; readonly width?: number; readonly right?: boolean };

/** A table with light lines: the titles, a rule, the rows. */
export function printTable(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const none = { left: '', right: '', mid: '', middle: '  ' };
  const table = new Table({
    head: columns.map(({ title }) => dim(title)),
    colAligns: columns.map(({ right }) => (right === true ? 'right' : 'left')),
    colWidths: columns.map(({ width }) => width ?? null),
    wordWrap: true,
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: none.left,
      'left-mid': '',
      mid: none.mid,
      'mid-mid': '',
      right: none.right,
      'right-mid': '',
      middle: none.middle,
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  print(
    table
      .toString()
      .split('\n')
      .map((line) => `  ${line}`.trimEnd())
      .join('\n'),
  );
}
