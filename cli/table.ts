/** Tables for people to read: columns aligned by what the eye sees, so that Chinese and Latin text may stand together. */
import { displayWidth, pad, truncate } from '../explainer/display-width.ts';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number;
  /** Numbers stand to the right. */
  readonly align?: 'left' | 'right';
  /** Longer texts are cut to so many cells. */
  readonly widest?: number;
}

/** Lines without trailing spaces: a heading, a rule, the rows, and under another rule the closing row. */
export function formatTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { closing }: { closing?: Row } = {},
): string {
  const all = closing === undefined ? rows : [...rows, closing];
  const cells = all.map((row) => columns.map((column) => cell(column, row)));
  const widths = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...cells.map((line) => displayWidth(line[index]!))),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, index) => pad(text, { width: widths[index]!, align: columns[index]!.align ?? 'left' }))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const body = cells.map(line);
  const last = closing === undefined ? [] : [rule, body.pop()!];
  return [line(columns.map(({ title }) => title)), rule, ...body, ...last].join('\n');
}

function cell<Row>({ value, widest }: Column<Row>, row: Row): string {
  const text = String(value(row));
  return widest === undefined ? text : truncate(text, widest);
}

/** Pairs of a name and a value, the values under one another. */
export function formatPairs(pairs: readonly (readonly [name: string, value: string | number])[]): string {
  const width = Math.max(...pairs.map(([name]) => displayWidth(name)));
  return pairs.map(([name, value]) => `${pad(name, { width, align: 'left' })}  ${value}`).join('\n');
}
