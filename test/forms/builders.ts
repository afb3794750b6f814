/** Forms, contexts and verdicts for tests. */
import { expect } from 'vitest';
import { checkForm } from '../../forms/check-form.ts';
import type { FormContext } from '../../forms/form-context.ts';
import type { FormIssue, FormIssueCode } from '../../forms/form-issue.ts';
import type { Cell, Field, FormRule, FormSpec, Table } from '../../model/form.ts';
import type { Condition } from '../../model/plan.ts';

export const TODAY = '2020-10-22';
export const CAMPAIGN_END = '2020-12-31';

const PEOPLE = {
  'cadre-1': { union: 'union-1', roles: ['cadre'] },
  'cadre-2': { union: 'union-2', roles: ['cadre'] },
  'office-1': { union: 'district', roles: ['office'] },
} as const;

export function context(over: Partial<FormContext> = {}): FormContext {
  return {
    today: TODAY,
    campaignEnd: CAMPAIGN_END,
    prefill: {},
    earlier: {},
    findPerson: (id) => (Object.hasOwn(PEOPLE, id) ? PEOPLE[id as keyof typeof PEOPLE] : undefined),
    findUnion: (id) => id === 'union-1' || id === 'union-2',
    union: 'union-1',
    author: null,
    ...over,
  };
}

export function cell(over: Partial<Cell> = {}): Cell {
  return { id: 'field', title: { zh: '栏', en: 'Field' }, type: 'text', required: false, privacy: 'none', ...over };
}

export function choice(over: Partial<Cell> = {}): Cell {
  const choices = ['lifted', 'relieved', 'other'].map((id) => ({ id, title: { zh: id, en: id } }));
  return cell({ type: 'choice', choices, ...over });
}

export function table(over: Partial<Table> = {}): Table {
  return {
    id: 'rows',
    title: { zh: '表', en: 'Table' },
    type: 'table',
    columns: [cell({ id: 'column' })],
    minRows: 0,
    maxRows: 10,
    ...over,
  };
}

/** What `must` says is told at `at`. */
export function rule(at: string, must: Condition): FormRule {
  return { at, must, say: { zh: '规则', en: 'Rule' } };
}

export function form(...fields: readonly Field[]): FormSpec {
  return { id: 'form', title: { zh: '表', en: 'Form' }, fields };
}

export function issuesOf(spec: FormSpec, answers: unknown, over: Partial<FormContext> = {}): readonly FormIssue[] {
  const result = checkForm(spec, answers, context(over));
  return 'issues' in result ? result.issues : [];
}

/** The codes, each with its place: 'NO_SUCH_DATE measures[2].due'. */
export function faultsOf(spec: FormSpec, answers: unknown, over: Partial<FormContext> = {}): readonly string[] {
  return issuesOf(spec, answers, over).map(({ code, path }) => `${code} ${path}`);
}

export function accept(spec: FormSpec, answers: unknown, over: Partial<FormContext> = {}) {
  const result = checkForm(spec, answers, context(over));
  if ('issues' in result) expect.fail(`refused: ${JSON.stringify(result.issues)}`);
  return result;
}

/** What one field makes of one answer: the answer as kept, or the code of its issue. */
export function judge(field: Cell, given: unknown, over: Partial<FormContext> = {}): unknown {
  const result = checkForm(form(field), { [field.id]: given }, context(over));
  return 'issues' in result ? (result.issues.map(({ code }) => code).join(' ') as FormIssueCode) : result.answers[field.id];
}
