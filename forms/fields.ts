/** The two kinds of fields of a form, each in its order. */
import type { Cell, FormSpec, Table } from '../model/form.ts';

export function cellsOf({ fields }: FormSpec): readonly Cell[] {
  return fields.filter((field): field is Cell => field.type !== 'table');
}

export function tablesOf({ fields }: FormSpec): readonly Table[] {
  return fields.filter((field): field is Table => field.type === 'table');
}
