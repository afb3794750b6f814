/** What forms ask conditions for: whether a field is asked, and whether answers go together. */
import { type Checking, suggest } from './checking.ts';
import { checkTypes } from './condition-types.ts';
import { type ConditionSlot, readCondition, reporterOf } from './conditions.ts';
import { isTable, type WholeField } from './fields.ts';
import { formVocabulary } from './form-vocabulary.ts';
import type { Column, Form, Rule } from './form-language.ts';

/** A condition sees the other answers of the same form, by the ids of their fields, and what its tables come to. */
export function checkFieldCondition(
  checking: Checking,
  { field, fields }: { field: WholeField; fields: readonly WholeField[] },
): void {
  const others = fields.filter(({ id }) => id !== field.id);
  checkSlot(checking, { container: field, key: 'when' }, { fields: others, what: 'form has no other' });
}

/** Rules of a form see all of it; those of a table the columns of one row first, then the fields around the table. */
export function checkRules(checking: Checking, { form, fields }: { form: Form; fields: readonly WholeField[] }): void {
  for (const rule of form.rules ?? []) checkRule(checking, { rule, fields, ids: fields, what: 'form has no' });
  for (const { rules, columns } of fields.filter(isTable))
    for (const rule of rules ?? [])
      checkRule(checking, { rule, fields: [...columns, ...fields], ids: columns, what: 'row and its form have no' });
}

interface RuleSource {
  readonly rule: Rule;
  readonly fields: readonly (WholeField | Column)[];
  /** Where the rule may be told. */
  readonly ids: readonly { readonly id: string }[];
  readonly what: string;
}

function checkRule(checking: Checking, { rule, fields, ids, what }: RuleSource): void {
  const { places, report } = checking;
  checkSlot(checking, { container: rule, key: 'must' }, { fields, what });
  const known = ids.map(({ id }) => id);
  if (known.includes(rule.at)) return;
  report('UNKNOWN_FIELD', places.of(rule, 'at'), {
    message: `there is no field or column '${rule.at}' to tell the rule at`,
    hint: suggest(rule.at, known),
  });
}

function checkSlot(
  checking: Checking,
  slot: ConditionSlot,
  { fields, what }: { fields: readonly (WholeField | Column)[]; what: string },
): void {
  const tree = readCondition(checking, slot);
  if (tree !== undefined) checkTypes(tree, formVocabulary(checking, { fields, what, report: reporterOf(checking, slot) }));
}
