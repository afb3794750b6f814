/** The fields of a form with its parts and lists put in: what checks and the plan both read. */
import type { Privacy } from '../model/form.ts';
import type { Cell, Column, Form, PartUse, Table } from './form-language.ts';
import type { Definition } from './gather.ts';
import type { ChoiceList } from './form-language.ts';

export type WholeField = Cell | WholeTable;
export type WholeTable = Omit<Table, 'columns'> & { readonly columns: readonly Column[]; readonly written: Table };

export const isTable = (field: WholeField | Column): field is WholeTable => field.type === 'table';

/** Parts that do not exist are left out: they have been reported. */
export function fieldsOf(definition: Definition, form: Form): readonly WholeField[] {
  return form.fields.flatMap((field): readonly WholeField[] => {
    if ('part' in field) return definition.parts.get(field.part) ?? [];
    if (field.type !== 'table') return [field as Cell];
    const table = field as Table;
    return [{ ...table, columns: columnsOf(definition, table.columns), written: table }];
  });
}

function columnsOf(definition: Definition, columns: readonly (Column | PartUse)[]): readonly Column[] {
  return columns.flatMap((column) => ('part' in column ? (definition.parts.get(column.part) ?? []) : [column]));
}

export function cellsOf(definition: Definition, form: Form): readonly Cell[] {
  return fieldsOf(definition, form).filter((field): field is Cell => !isTable(field));
}

export function findTable(definition: Definition, { form, table }: { form: string; table: string }): WholeTable | undefined {
  const found = definition.forms.get(form);
  return (
    found &&
    fieldsOf(definition, found)
      .filter(isTable)
      .find(({ id }) => id === table)
  );
}

export function choicesOf(definition: Definition, cell: Pick<Cell, 'choices'>): ChoiceList | undefined {
  return typeof cell.choices === 'string' ? definition.lists.get(cell.choices) : cell.choices;
}

/** What nobody declared is kept as closely as its type suggests: free text about people is personal until a definition says otherwise. */
export function privacyOf({ type, privacy, freeText }: Pick<Column, 'type' | 'privacy' | 'freeText'>): Privacy {
  if (privacy !== undefined) return privacy;
  if (freeText === true) return 'personal';
  switch (type) {
    case 'id-number':
      return 'sensitive';
    case 'phone':
    case 'text':
    case 'long-text':
    case 'evidence':
    case 'photo':
    case 'file':
      return 'personal';
    case 'integer':
    case 'number':
    case 'money':
    case 'date':
    case 'year-month':
    case 'choice':
    case 'choices':
    case 'yes-no':
    case 'person':
    case 'union':
    case 'signature':
      return 'none';
  }
}
