/** Rules across the fields of a form, and across the columns of each row of a table: what of the answers breaks them. */
import type { FormRule, FormSpec, Table } from '../model/form.ts';
import type { FormIssue } from './form-issue.ts';
import type { Sheet } from './sheet.ts';
import type { PlacedSheet, ReadTable } from './tables.ts';

/** A rule that the answers of a sheet break. */
export interface BrokenRule {
  readonly rule: FormRule;
  readonly sheet: Sheet;
  /** Where the sheet stands, with its separator: '' or 'measures[2].'. */
  readonly prefix: string;
}

/** Asked of the form once, and of every row that says something. */
export function brokenRules(
  form: FormSpec,
  { sheet, tables }: { sheet: Sheet; tables: readonly (readonly [Table, ReadTable])[] },
): readonly BrokenRule[] {
  return [
    ...brokenIn({ sheet, prefix: '' }, form.rules),
    ...tables.flatMap(([{ rules }, { filled }]) => filled.flatMap((row) => brokenIn(row, rules))),
  ];
}

function brokenIn({ sheet, prefix }: PlacedSheet, rules: readonly FormRule[] = []): readonly BrokenRule[] {
  return rules.flatMap((rule) => (sheet.keeps(rule.must) ? [] : [{ rule, sheet, prefix }]));
}

/** In the author's words, at the field the author names. No answer is repeated: a rule may be about an income. */
export function ruleIssue({ rule: { say, at }, prefix }: BrokenRule): FormIssue {
  return {
    code: 'RULE_BROKEN',
    path: `${prefix}${at}`,
    message: `${say.zh} (${say.en})`,
    hint: 'correct it, or what it is compared with',
  };
}
