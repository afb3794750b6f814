/** Forms as the plan carries them: parts and lists put in, defaults filled in. */
import type { Cell as PlanCell, Field as PlanField, FormRule, FormSpec } from '../model/form.ts';
import { compileCondition, compileOptional } from './conditions.ts';
import { choicesOf, fieldsOf, isTable, privacyOf, type WholeTable } from './fields.ts';
import type { Cell, Column, Form, Rule } from './form-language.ts';
import type { Definition } from './gather.ts';
import { given } from './given.ts';
import type { Title } from './words.ts';

const MAX_ROWS = 100;

export function emitForm(definition: Definition, { id, form }: { id: string; form: Form }): FormSpec {
  return {
    id,
    title: form.title,
    fields: fieldsOf(definition, form).map(
      (field): PlanField => (isTable(field) ? emitTable(definition, field) : emitCell(definition, field)),
    ),
    ...given({ note: form.note, rules: form.rules?.map(emitRule) }),
  };
}

function emitRule({ must, say, at }: Rule): FormRule {
  return { must: compileCondition(must), say, at };
}

function emitTable(definition: Definition, table: WholeTable): PlanField {
  const fixed = table.fixedRows && titled(table.fixedRows);
  return {
    id: table.id,
    title: table.title,
    type: 'table',
    columns: table.columns.map((column) => emitCell(definition, column)),
    minRows: fixed?.length ?? table.minRows ?? 0,
    maxRows: fixed?.length ?? table.maxRows ?? MAX_ROWS,
    ...given({
      fixedRows: fixed,
      when: compileOptional(table.when),
      rowDue: table.rowDue,
      rowHolder: table.rowHolder,
      rowUnion: table.rowUnion,
      rowTitle: table.rowTitle,
      rules: table.rules?.map(emitRule),
    }),
  };
}

function emitCell(definition: Definition, cell: Cell | Column): PlanCell {
  const { id, title, type, freeText, min, max, atLeast, atMost, dates, role, union, from } = cell;
  const { fact, equals, when, correctable } = cell as Cell;
  const choices = choicesOf(definition, cell);
  return {
    id,
    title,
    type,
    required: cell.required ?? from === undefined,
    privacy: privacyOf(cell),
    ...given({
      choices: choices && titled(choices),
      freeText,
      min,
      max,
      atLeast,
      atMost,
      dates,
      role,
      union,
      from,
      correctable: correctable === true ? (true as const) : undefined,
      fact,
      equals,
      when: compileOptional(when),
    }),
  };
}

const titled = (titles: Readonly<Record<string, Title>>): readonly { id: string; title: Title }[] =>
  Object.entries(titles).map(([id, title]) => ({ id, title }));
