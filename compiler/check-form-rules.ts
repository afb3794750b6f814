/** What forms ask conditions for: whether a field is asked, and whether answers go together. */
import { type Checking, meantAmong, suggest } from './checking.ts';
import { checkTypes } from './condition-types.ts';
import { type ConditionSlot, readCondition, reporterOf } from './conditions.ts';
import { isTable, type WholeField } from './fields.ts';
import { formVocabulary } from './form-vocabulary.ts';
import type { Column, Form, Rule } from './form-language.ts';
import { SAY } from './messages.ts';
import type { Words } from './said.ts';

const NO_OTHER: Words = { en: 'form has no other', zh: '表单中没有其他' };
const FORM_HAS_NO: Words = { en: 'form has no', zh: '表单中没有' };
const ROW_HAS_NO: Words = { en: 'row and its form have no', zh: '该行及其表单中没有' };

/** A condition sees the other answers of the same form, by the ids of their fields, and what its tables come to. */
export function checkFieldCondition(
  checking: Checking,
  { field, fields }: { field: WholeField; fields: readonly WholeField[] },
): void {
  const others = fields.filter(({ id }) => id !== field.id);
  checkSlot(checking, { container: field, key: 'when' }, { fields: others, what: NO_OTHER });
}

/** Rules of a form see all of it; those of a table the columns of one row first, then the fields around the table. */
export function checkRules(checking: Checking, { form, fields }: { form: Form; fields: readonly WholeField[] }): void {
  for (const rule of form.rules ?? []) checkRule(checking, { rule, fields, ids: fields, what: FORM_HAS_NO });
  for (const { rules, columns } of fields.filter(isTable))
    for (const rule of rules ?? [])
      checkRule(checking, { rule, fields: [...columns, ...fields], ids: columns, what: ROW_HAS_NO });
}

interface RuleSource {
  readonly rule: Rule;
  readonly fields: readonly (WholeField | Column)[];
  /** Where the rule may be told. */
  readonly ids: readonly { readonly id: string }[];
  readonly what: Words;
}

function checkRule(checking: Checking, { rule, fields, ids, what }: RuleSource): void {
  const { places, report } = checking;
  checkSlot(checking, { container: rule, key: 'must' }, { fields, what });
  const known = ids.map(({ id }) => id);
  if (known.includes(rule.at)) return;
  const words = SAY.UNKNOWN_FIELD.ofRule({ at: rule.at, near: suggest(rule.at, known) });
  report('UNKNOWN_FIELD', places.of(rule, 'at'), words, meantAmong(rule.at, ids, checking));
}

function checkSlot(
  checking: Checking,
  slot: ConditionSlot,
  { fields, what }: { fields: readonly (WholeField | Column)[]; what: Words },
): void {
  const tree = readCondition(checking, slot);
  if (tree !== undefined) checkTypes(tree, formVocabulary(checking, { fields, what, report: reporterOf(checking, slot) }));
}
