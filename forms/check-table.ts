/** Reading a table: how many rows, each row as a sheet of its own, and what rules may see of it. */
import type { RowFacts } from '../model/command.ts';
import type { Cell, Table } from '../model/form.ts';
import { isBlank, isRecord, ownMember, type Row } from './answers.ts';
import type { FormContext } from './form-context.ts';
import type { FormIssue } from './form-issue.ts';
import { FORM_LIMITS } from './limits.ts';
import { givenBy, openSheet, readSheet, type Sheet, type SheetFigures } from './sheet.ts';
import type { PlacedSheet } from './tables.ts';
import { refuseUnknown } from './unknown-fields.ts';

interface TableSource {
  readonly given: unknown;
  /** The form's own fields: conditions of columns may read them. */
  readonly around: Sheet;
  readonly figures: SheetFigures;
  readonly context: FormContext;
  readonly issues: FormIssue[];
}

interface TableReading {
  readonly answers: readonly Row[] | Readonly<Record<string, Row>>;
  readonly rows: readonly RowFacts[];
  /** The rows that say something. */
  readonly filled: readonly PlacedSheet[];
}

/** `faulty` when it cannot be read as a table, or whether it is asked cannot be told. */
export function readTable(table: Table, source: TableSource): TableReading | 'unasked' | 'faulty' {
  const { given, around, issues } = source;
  const asked = around.asks(table.when);
  if (asked === 'yes') return table.fixedRows === undefined ? readRepeating(table, source) : readFixed(table, source);
  const blank = isBlank(given) || (isRecord(given) && Object.keys(given).length === 0);
  if (asked === 'no' && !blank) {
    issues.push({
      code: 'NOT_ASKED',
      path: table.id,
      message: `'${table.title.en}' is answered but not asked here`,
      hint: 'leave it out',
    });
  }
  return asked === 'no' && blank ? 'unasked' : 'faulty';
}

function readRepeating(table: Table, source: TableSource): TableReading | 'faulty' {
  const { issues } = source;
  const given: unknown = isBlank(source.given) ? [] : source.given;
  const issue = (code: FormIssue['code'], what: string, hint: string): 'faulty' => {
    issues.push({ code, path: table.id, message: `'${table.title.en}' ${what}`, hint });
    return 'faulty';
  };
  if (!Array.isArray(given)) return issue('FORM_MALFORMED', 'is no list of rows', 'answer with a list, one object for each row');
  const most = Math.min(table.maxRows, FORM_LIMITS.rows);
  if (given.length > most) return issue('TOO_MANY_ROWS', `has ${given.length} rows`, `give at most ${most} rows`);
  if (given.length < table.minRows) issue('TOO_FEW_ROWS', `has ${given.length} rows`, `give at least ${table.minRows}`);
  const read = given.map((row: unknown, index) => readRow(table, { ...source, given: row, place: `${table.id}[${index}]` }));
  return {
    answers: read.map(({ answers }) => answers),
    rows: read.map(({ sheet }, index) => rowFacts(table, { row: index + 1, sheet })),
    filled: read,
  };
}

function readFixed(table: Table, source: TableSource): TableReading | 'faulty' {
  const { issues } = source;
  const given: unknown = isBlank(source.given) ? {} : source.given;
  const ids = (table.fixedRows ?? []).map(({ id }) => id);
  if (!isRecord(given)) {
    const hint = `answer with an object whose members are ${ids.join(', ')}`;
    issues.push({ code: 'FORM_MALFORMED', path: table.id, message: `'${table.title.en}' is no table with fixed rows`, hint });
    return 'faulty';
  }
  refuseUnknown(given, { of: 'row', known: ids, prefix: `${table.id}.`, issues });
  const read = ids.map((id) => ({
    id,
    ...readRow(table, { ...source, given: ownMember(given, id) ?? {}, place: `${table.id}.${id}` }),
  }));
  // A fixed row left blank says that there is nothing of its kind, so nothing follows from it.
  const filled = read.flatMap((row, index) => (Object.values(row.answers).every(isBlank) ? [] : [{ ...row, row: index + 1 }]));
  const tells = table.rowDue !== undefined || table.rowHolder !== undefined || table.rowUnion !== undefined;
  return {
    answers: Object.fromEntries(read.map(({ id, answers }) => [id, answers])),
    rows: tells ? filled.map(({ row, sheet }) => rowFacts(table, { row, sheet })) : [],
    filled,
  };
}

interface RowReading extends PlacedSheet {
  readonly answers: Row;
}

function readRow(
  table: Table,
  { given, place, around, figures, context, issues }: TableSource & { readonly place: string },
): RowReading {
  if (!isRecord(given)) {
    issues.push({
      code: 'FORM_MALFORMED',
      path: place,
      message: 'the row is no object',
      hint: 'answer with an object whose members are the columns',
    });
  }
  const row = isRecord(given) ? given : {};
  const prefix = `${place}.`;
  const { columns } = table;
  refuseUnknown(row, { of: 'field', known: columns.map(({ id }) => id), prefix, issues });
  const sheet = openSheet({
    cells: columns,
    given: givenBy(row),
    prefix,
    around,
    figures,
    context,
    issues: isRecord(given) ? issues : [],
  });
  return { sheet, prefix, answers: readSheet(sheet, columns) };
}

function rowFacts(table: Table, { row, sheet }: { row: number; sheet: Sheet }): RowFacts {
  const find = (column: string | undefined, type: Cell['type']): string | undefined => {
    const cell = table.columns.find(({ id }) => id === column);
    const state = cell === undefined ? undefined : sheet.read(cell.id);
    return cell?.type === type && state?.kind === 'answered' && typeof state.fact === 'string' ? state.fact : undefined;
  };
  const due = find(table.rowDue, 'date');
  const holder = find(table.rowHolder, 'person');
  const union = find(table.rowUnion, 'union');
  return { table: table.id, row, ...(due && { due }), ...(holder && { holder }), ...(union && { union }) };
}
