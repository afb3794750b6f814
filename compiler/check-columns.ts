/** Columns that a table names: they exist, have the type their use needs, and show nothing that ought not to be seen. */
import { type Checking, meantAmong, suggest } from './checking.ts';
import { privacyOf, type WholeTable } from './fields.ts';
import type { Column } from './form-language.ts';
import { SAY } from './messages.ts';
import { NOTES } from './messages/notes.ts';

const TITLES: readonly string[] = ['text', 'long-text', 'choice'];

/** The words in lists of tasks are read over shoulders: what is sensitive does not go there. */
export function checkRowTitle(checking: Checking, { id, rowTitle, columns, written }: WholeTable): void {
  if (rowTitle === undefined) return;
  const { places, report } = checking;
  const column = columns.find((each) => each.id === rowTitle);
  if (column === undefined) {
    const fit = columns.filter(({ type }) => TITLES.includes(type));
    const near = suggest(
      rowTitle,
      fit.map((each) => each.id),
    );
    const words = SAY.UNKNOWN_COLUMN.ofTable({ table: id, name: rowTitle, near });
    report('UNKNOWN_COLUMN', places.of(written, 'rowTitle'), words, meantAmong(rowTitle, fit, { places }));
  } else if (!TITLES.includes(column.type)) {
    report(
      'NOT_FOR_THIS_TYPE',
      places.of(written, 'rowTitle'),
      SAY.NOT_FOR_THIS_TYPE.column({ name: rowTitle, found: column.type, type: TITLES.join(', ') }),
      [{ ...places.of(column, 'type'), note: NOTES.column }],
    );
  } else if (privacyOf(column) === 'sensitive') {
    report('PRIVACY_TOO_LOW', places.of(written, 'rowTitle'), SAY.PRIVACY_TOO_LOW.rowTitle({ column: rowTitle }), [
      { ...places.of(column, 'privacy'), note: NOTES.column },
    ]);
  }
}

/** The column exists and has the type its use needs. */
export function checkColumn(
  checking: Checking,
  {
    table,
    name,
    type,
    container,
    key,
  }: { table: WholeTable; name: string; type: Column['type']; container: object; key: string },
): Column | undefined {
  const column = table.columns.find(({ id }) => id === name);
  if (column === undefined) {
    const near = suggest(
      name,
      table.columns.map(({ id }) => id),
    );
    checking.report(
      'UNKNOWN_COLUMN',
      checking.places.of(container, key),
      SAY.UNKNOWN_COLUMN.ofTable({ table: table.id, name, near }),
      meantAmong(name, table.columns, checking),
    );
  } else if (column.type !== type) {
    checking.report(
      'NOT_FOR_THIS_TYPE',
      checking.places.of(container, key),
      SAY.NOT_FOR_THIS_TYPE.column({ name, found: column.type, type }),
      [{ ...checking.places.of(column, 'type'), note: NOTES.column }],
    );
  }
  return column;
}
