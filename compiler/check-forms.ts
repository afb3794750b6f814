/** Forms: each field's options fit its type, conditions name fields of the same form, and answers fit the facts they become. */
import { checkColumn, checkRowTitle } from './check-columns.ts';
import { checkFieldCondition, checkRules } from './check-form-rules.ts';
import { checkCorrectable, checkPrefill } from './check-prefill.ts';
import { type Checking, checkName, meantAmong, suggest } from './checking.ts';
import { cellsOf, choicesOf, fieldsOf, isTable, type WholeField, type WholeTable } from './fields.ts';
import type { Cell, Column, Form } from './form-language.ts';
import { reportDuplicate } from './gather.ts';
import { SAY } from './messages.ts';
import type { Words } from './said.ts';
import { NOTES } from './messages/notes.ts';

export function checkForms(checking: Checking): void {
  const { definition } = checking;
  for (const part of definition.parts.values()) for (const cell of part) checkCell(checking, cell);
  for (const form of definition.forms.values()) {
    checkUses(checking, form);
    checkUnions(checking, form);
    const fields = fieldsOf(definition, form);
    checkUnique(checking, { what: 'field', items: fields });
    for (const field of fields) {
      if (isTable(field)) checkTable(checking, field);
      else if (form.fields.includes(field)) checkCell(checking, field);
      if (field.when !== undefined) checkFieldCondition(checking, { field, fields });
    }
    checkFactsOnce(checking, form);
    checkRules(checking, { form, fields });
  }
}

function checkUses(checking: Checking, form: Form): void {
  const { definition, places, report } = checking;
  const columns = form.fields.flatMap((field) => ('columns' in field ? field.columns : []));
  for (const use of [...form.fields, ...columns])
    if ('part' in use) checkName(checking, { kind: 'parts', name: use.part, container: use, key: 'part' });
  for (const use of columns) {
    if (!('part' in use)) continue;
    const cell = definition.parts.get(use.part)?.find((each) => SINGLE.some(([key]) => isSaid(each[key])));
    const [, what] = SINGLE.find(([key]) => isSaid(cell?.[key])) ?? [];
    if (cell === undefined || what === undefined) continue;
    report(
      'NOT_FOR_THIS_TYPE',
      places.of(use, 'part'),
      SAY.NOT_FOR_THIS_TYPE.partAsColumn({ cell: cell.id, part: use.part, what }),
    );
  }
}

/** What belongs to a single answer. */
const SINGLE = [
  ['fact', { en: 'has a fact', zh: '带有事实项' }],
  ['equals', { en: 'has a count to agree with', zh: '须与统计数相符' }],
  ['when', { en: 'has a condition', zh: '带有条件' }],
  ['correctable', { en: 'may be corrected', zh: '可以更正' }],
] as const satisfies readonly (readonly [keyof Cell, Words])[];
const isSaid = (value: unknown): boolean => value !== undefined && value !== false;

/** A field outside tables may ask for somebody who is not of the union in another such field. */
function checkUnions({ definition, places, report }: Checking, form: Form): void {
  const cells = cellsOf(definition, form);
  for (const { union } of cells) {
    if (typeof union !== 'object' || cells.some(({ id, type }) => id === union.not && type === 'union')) continue;
    const unions = cells.filter(({ type }) => type === 'union');
    const near = suggest(
      union.not,
      unions.map(({ id }) => id),
    );
    const words = SAY.UNKNOWN_FIELD.union({ name: union.not, near });
    report('UNKNOWN_FIELD', places.of(union, 'not'), words, meantAmong(union.not, unions, { places }));
  }
}

function checkUnique(
  { places, report }: Checking,
  { what, items }: { what: string; items: readonly (WholeField | Column)[] },
): void {
  const seen = new Map<string, WholeField | Column>();
  const written = (item: WholeField | Column): object => ('written' in item ? item.written : item);
  for (const item of items) {
    const first = seen.get(item.id);
    if (first)
      reportDuplicate(report, {
        what,
        id: item.id,
        place: places.of(written(item), 'id'),
        first: places.of(written(first), 'id'),
      });
    else seen.set(item.id, item);
  }
}

function checkTable(checking: Checking, table: WholeTable): void {
  const { places, report } = checking;
  const { columns, written } = table;
  checkUnique(checking, { what: 'column', items: columns });
  for (const column of columns) {
    if (written.columns.includes(column)) checkCell(checking, column);
    if (typeof column.union === 'object')
      checkColumn(checking, { table, name: column.union.not, type: 'union', container: column.union, key: 'not' });
  }
  for (const [key, type] of [
    ['rowDue', 'date'],
    ['rowHolder', 'person'],
    ['rowUnion', 'union'],
  ] as const) {
    const name = table[key];
    const column = name === undefined ? undefined : checkColumn(checking, { table, name, type, container: written, key });
    if (column?.required === false) {
      report('ROW_COLUMN_OPTIONAL', places.of(written, key), SAY.ROW_COLUMN_OPTIONAL.main({ name: name! }), [
        { ...places.of(column, 'required'), note: NOTES.column },
      ]);
    }
  }
  checkRowTitle(checking, table);
  if (table.minRows !== undefined && table.maxRows !== undefined && table.minRows > table.maxRows) {
    report(
      'OUT_OF_RANGE',
      places.of(written, 'minRows'),
      SAY.OUT_OF_RANGE.rows({ table: table.id, least: table.minRows, most: table.maxRows }),
    );
  }
}

const ONLY_FOR = {
  freeText: ['choice'],
  min: ['integer', 'number', 'money'],
  max: ['integer', 'number', 'money'],
  atLeast: ['evidence', 'photo', 'file'],
  atMost: ['evidence', 'photo', 'file', 'text', 'long-text'],
  dates: ['date', 'year-month'],
  role: ['person', 'signature'],
  union: ['person', 'signature'],
  equals: ['integer', 'number', 'money'],
  fact: ['choice', 'yes-no', 'integer', 'number', 'money', 'date', 'person', 'signature'],
} as const;

/** What forms take in any case (forms/limits.ts): characters of texts, references of the rest. */
const AT_MOST = { text: 2_000, 'long-text': 20_000, evidence: 50, photo: 50, file: 50 } as const;

function checkCell(checking: Checking, cell: Cell | Column): void {
  const { definition, places, report } = checking;
  const isChoice = cell.type === 'choice' || cell.type === 'choices';
  if (isChoice !== (cell.choices !== undefined)) {
    report(
      'CHOICES_MISPLACED',
      places.of(cell, cell.choices === undefined ? 'type' : 'choices'),
      SAY.CHOICES_MISPLACED.main({ cell: cell.id, type: cell.type, isChoice }),
    );
  }
  if (typeof cell.choices === 'string')
    checkName(checking, { kind: 'lists', name: cell.choices, container: cell, key: 'choices' });
  for (const [option, types] of Object.entries(ONLY_FOR)) {
    if ((cell as Record<string, unknown>)[option] === undefined || (types as readonly string[]).includes(cell.type)) continue;
    report(
      'NOT_FOR_THIS_TYPE',
      places.ofKey(cell, option),
      SAY.NOT_FOR_THIS_TYPE.option({ option, cell: cell.id, type: cell.type, types }),
    );
  }
  if ((cell.type === 'id-number' || cell.type === 'phone') && cell.privacy === 'none') {
    report(
      'PRIVACY_TOO_LOW',
      places.of(cell, 'privacy'),
      SAY.PRIVACY_TOO_LOW.numbers({ cell: cell.id, isPhone: cell.type === 'phone' }),
    );
  }
  if (cell.role !== undefined) checkName(checking, { kind: 'roles', name: cell.role, container: cell, key: 'role' });
  checkPrefill(checking, cell);
  checkCorrectable(checking, cell);
  for (const [low, high] of [
    ['min', 'max'],
    ['atLeast', 'atMost'],
  ] as const) {
    if (cell[low] === undefined || cell[high] === undefined || cell[low] <= cell[high]) continue;
    report(
      'OUT_OF_RANGE',
      places.of(cell, low),
      SAY.OUT_OF_RANGE.bounds({ cell: cell.id, least: cell[low]!, most: cell[high]! }),
    );
  }
  const most = AT_MOST[cell.type as keyof typeof AT_MOST];
  if (cell.atMost !== undefined && most !== undefined && cell.atMost > most) {
    report(
      'OUT_OF_RANGE',
      places.of(cell, 'atMost'),
      SAY.OUT_OF_RANGE.atMost({ cell: cell.id, atMost: cell.atMost!, type: cell.type, most }),
    );
  }
  if ('fact' in cell && cell.fact !== undefined) checkFactOfCell(checking, { cell, fact: cell.fact, definition });
}

const FACT_TYPE_OF = {
  choice: 'choice',
  'yes-no': 'boolean',
  integer: 'number',
  number: 'number',
  money: 'number',
  date: 'date',
  person: 'person',
  signature: 'person',
} as const;

function checkFactOfCell(
  checking: Checking,
  { cell, fact: name, definition }: { cell: Cell; fact: string; definition: Checking['definition'] },
): void {
  const { places, report } = checking;
  checkName(checking, { kind: 'facts', name, container: cell, key: 'fact' });
  const fact = definition.facts.get(name);
  const gives = FACT_TYPE_OF[cell.type as keyof typeof FACT_TYPE_OF];
  if (fact === undefined || gives === undefined) return;
  const wants = fact.choices === undefined ? fact.type : 'choice';
  if (gives !== wants) {
    report(
      'FACT_TYPE_MISMATCH',
      places.of(cell, 'fact'),
      SAY.FACT_TYPE_MISMATCH.cell({ cell: cell.id, gives, fact: name, wants: wants! }),
      [{ ...places.of(fact), note: NOTES.defined }],
    );
    return;
  }
  const choices = choicesOf(definition, cell);
  const strange = Object.keys(choices ?? {}).filter((choice) => !fact.choices?.includes(choice));
  if (gives === 'choice' && strange.length > 0) {
    report(
      'FACT_TYPE_MISMATCH',
      places.of(cell, 'choices'),
      SAY.FACT_TYPE_MISMATCH.members({ fact: name, strange, choices: fact.choices ?? [] }),
      [{ ...places.of(fact), note: NOTES.defined }],
    );
  }
}

/** Two fields for one fact would leave open which of them counts. */
function checkFactsOnce({ definition, places, report }: Checking, form: Form): void {
  const seen = new Map<string, Cell>();
  for (const cell of cellsOf(definition, form)) {
    if (cell.fact === undefined) continue;
    const first = seen.get(cell.fact);
    if (first === undefined) seen.set(cell.fact, cell);
    else report('DUPLICATE_ID', places.of(cell, 'fact'), SAY.DUPLICATE_ID.fact({ fact: cell.fact, first: first.id }));
  }
}
