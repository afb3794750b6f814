/** What names mean to the conditions of a form: its fields, the columns beside them, and what its tables come to. */
import { type Checking, meantAmong, suggest } from './checking.ts';
import { suggestName, type ValueType, type Vocabulary } from './condition-types.ts';
import type { ReportAt } from './conditions.ts';
import { choicesOf, isTable, type WholeField, type WholeTable } from './fields.ts';
import type { Column } from './form-language.ts';
import { SAY } from './messages.ts';
import type { Words } from './said.ts';

/** `fields` are all that the condition may read; of several with one id the first counts. `what` goes before what is missing. */
export function formVocabulary(
  checking: Checking,
  { fields, what, report }: { fields: readonly (WholeField | Column)[]; what: Words; report: ReportAt },
): Vocabulary {
  const { definition } = checking;
  const cells = fields.filter((field): field is Exclude<typeof field, WholeTable> => !isTable(field));
  const tables = fields.filter(isTable);
  return {
    report,
    typeOf(name, spot) {
      const cell = cells.find(({ id }) => id === name);
      if (cell !== undefined) return typeOfCell(definition, cell);
      const near = suggestName(
        name,
        cells.map(({ id }) => id),
      );
      report('UNKNOWN_FIELD', spot, SAY.UNKNOWN_FIELD.inForm({ what, name, near }), meantAmong(name, cells, checking));
      return undefined;
    },
    typeOfFigure({ table: name, column: of }, spot) {
      const table = tables.find(({ id }) => id === name);
      if (table === undefined) {
        const near = suggest(
          name,
          tables.map(({ id }) => id),
        );
        report('UNKNOWN_TABLE', spot, SAY.UNKNOWN_TABLE.inForm({ what, name, near }), meantAmong(name, tables, checking));
        return undefined;
      }
      if (of === undefined) return { kind: 'number' };
      const { columns } = table;
      const column = columns.find(({ id }) => id === of);
      if (column !== undefined) return typeOfCell(definition, column);
      const near = suggest(
        of,
        columns.map(({ id }) => id),
      );
      report(
        'UNKNOWN_COLUMN',
        spot,
        SAY.UNKNOWN_COLUMN.ofTable({ table: name, name: of, near }),
        meantAmong(of, columns, checking),
      );
      return undefined;
    },
  };
}

/** Undefined of a choice without choices, which has been reported. */
function typeOfCell(definition: Checking['definition'], cell: Pick<Column, 'type' | 'choices'>): ValueType | undefined {
  switch (cell.type) {
    case 'integer':
    case 'number':
    case 'money':
      return { kind: 'number' };
    case 'yes-no':
      return { kind: 'boolean' };
    case 'year-month':
      return { kind: 'month' };
    case 'date':
    case 'person':
    case 'union':
      return { kind: cell.type };
    case 'signature':
      return { kind: 'person' };
    case 'choice': {
      const choices = choicesOf(definition, cell);
      return choices && { kind: 'choice', members: Object.keys(choices) };
    }
    case 'text':
    case 'long-text':
    case 'choices':
    case 'phone':
    case 'id-number':
    case 'evidence':
    case 'photo':
    case 'file':
      return { kind: 'words' };
  }
}
