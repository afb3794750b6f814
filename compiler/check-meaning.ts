/** What a definition says and cannot mean: tasks that never come up, gates that never open, conditions that ask nothing. Of sound definitions only. */
import { comparedBy } from '../model/condition.ts';
import { checkBranches } from './check-branches.ts';
import { checkCircles } from './check-circles.ts';
import { checkShutGates } from './check-shut-gates.ts';
import type { Checking } from './checking.ts';
import { compileCondition, type ConditionSlot } from './conditions.ts';
import { cellDomain, describeDomains, nullableOf } from './domains.ts';
import { fieldsOf, isTable, type WholeField } from './fields.ts';
import type { Column, Form } from './form-language.ts';
import { rowTemplates } from './gather.ts';
import type { Task } from './language.ts';
import { SAY } from './messages.ts';
import { NOTES } from './messages/notes.ts';
import { findReach, type Reach } from './reach.ts';
import { type Domains, holdsAlways, type Patience, satisfy } from './satisfy.ts';
import type { ConditionText } from './words.ts';

/** Cases of all conditions together: a hundred times what the largest campaign so far takes, and within a second. */
const MOST_CASES = 50_000;

export function checkMeaning(checking: Checking): void {
  const patience: Patience = { cases: MOST_CASES };
  const reach = findReach(checking.definition, patience);
  const asking: Asking = { ...checking, patience };
  const made = rowTemplates(checking.definition.tasks);
  for (const { task } of checking.definition.tasks) {
    if (!made.has(task.id)) {
      checkComesUp(checking, task, reach);
      checkBlocked(checking, task, reach);
    }
    checkGateOpens(checking, task, reach);
    checkTaskConditions(asking, task, reach);
  }
  checkFormConditions(asking);
  checkCounts(asking, reach);
  checkBranches(checking, reach, patience);
  checkShutGates(checking, reach, patience);
  checkCircles(checking);
}

/** What never is behind keeps everything that comes after it. */
function checkComesUp({ definition, places, report }: Checking, { id, after = [] }: Task, reach: Reach): void {
  after.forEach((other, index) => {
    if (reach.lets(other)) return;
    const task = definition.tasks.find((placed) => placed.task.id === other)!.task;
    report('TASK_UNREACHABLE', places.of(after, index), SAY.TASK_UNREACHABLE.main({ task: id, other }), [
      { ...places.of(task, 'id'), note: NOTES.defined },
    ]);
  });
}

/** What may be behind, and yet never lets this one come up. */
function checkBlocked({ definition, places, report }: Checking, task: Task, reach: Reach): void {
  const blocked = reach.blocked(task);
  if (blocked === undefined) return;
  const { kind, by } = blocked;
  const before = definition.tasks.find((placed) => placed.task.id === by)!.task;
  const named = { task: task.id, other: by };
  if (kind === 'contradicted') {
    report('TASK_UNREACHABLE', places.of(task, 'when'), SAY.TASK_UNREACHABLE.contradicted(named), [
      { ...places.of(before, 'when'), note: NOTES.condition },
    ]);
    return;
  }
  const after = task.after!;
  const leaving = before.outcomes!.find((outcome) => outcome.withdraw === true && outcome.when === undefined)!;
  report('TASK_UNREACHABLE', places.of(after, after.indexOf(by)), SAY.TASK_UNREACHABLE.left(named), [
    { ...places.of(leaving, 'withdraw'), note: NOTES.leaves },
  ]);
}

function checkGateOpens({ definition, places, report }: Checking, { id, gate }: Task, reach: Reach): void {
  if (gate === undefined || reach.gateMayOpen(gate)) return;
  const counted = definition.tasks.find(({ task }) => task.id === gate.task)!.task;
  report('GATE_NEVER_OPENS', places.of(gate, 'task'), SAY.GATE_NEVER_OPENS.main({ task: id, counted: gate.task }), [
    { ...places.of(counted, 'id'), note: NOTES.defined },
  ]);
}

interface Asking extends Checking {
  readonly patience: Patience;
}

function checkTaskConditions(checking: Asking, task: Task, reach: Reach): void {
  const { id, scope } = task;
  checkSlot(checking, { container: task, key: 'when' }, { domains: reach.facts(scope), of: { kind: 'task', id } });
  const domains = reach.factsAfter(task);
  for (const container of task.reviews ?? [])
    checkSlot(checking, { container, key: 'when' }, { domains, of: { kind: 'review', id } });
  const seen = reach.factsForOutcomes(task);
  task.outcomes?.forEach((container, index) =>
    checkSlot(checking, { container, key: 'when' }, { domains: seen[index]!, of: { kind: 'outcome', id } }),
  );
}

function checkCounts(checking: Asking, reach: Reach): void {
  const { indicators, targets } = checking.definition;
  for (const [id, target] of targets) {
    const asked = { domains: reach.atStart('household'), of: { kind: 'target', id }, mayHoldAlways: true } as const;
    checkSlot(checking, { container: target, key: 'of' }, asked);
    for (const count of Object.values(target.counts))
      checkSlot(checking, { container: count, key: 'when' }, { ...asked, domains: reach.facts('household') });
  }
  for (const [id, indicator] of indicators) {
    const domains = reach.facts(indicator.of === 'unions' ? 'union' : 'household');
    checkSlot(checking, { container: indicator, key: 'when' }, { domains, of: { kind: 'indicator', id } });
  }
}

/** Whose condition it is. */
export interface ConditionOwner {
  readonly kind: 'task' | 'review' | 'outcome' | 'field' | 'rule' | 'target' | 'indicator';
  readonly id: string;
}

interface Asked {
  readonly domains: Domains;
  readonly of: ConditionOwner;
  /** It has to be there. */
  readonly mayHoldAlways?: true;
}

function checkSlot(checking: Asking, slot: ConditionSlot, { mayHoldAlways, ...asked }: Asked): void {
  const verdict = judge(slot, asked.domains, checking.patience);
  if (verdict === 'never' || (verdict === 'always' && mayHoldAlways !== true)) tellVerdict(checking, slot, { verdict, ...asked });
}

type Verdict = 'never' | 'always' | 'open';

function judge({ container, key }: ConditionSlot, domains: Domains, patience: Patience): Verdict {
  const text = (container as Readonly<Record<string, ConditionText | undefined>>)[key];
  if (text === undefined) return 'open';
  const condition = compileCondition(text);
  if (satisfy(condition, domains, patience).kind === 'never') return 'never';
  return holdsAlways(condition, domains, patience) === true ? 'always' : 'open';
}

function tellVerdict(
  { places, report }: Checking,
  { container, key }: ConditionSlot,
  { verdict, domains, of }: { verdict: 'never' | 'always' } & Pick<Asked, 'domains' | 'of'>,
): void {
  const condition = compileCondition((container as Readonly<Record<string, ConditionText>>)[key]!);
  const place = places.of(container, key);
  const known = describeDomains(condition, domains);
  if (verdict === 'never') report('CONDITION_NEVER', place, SAY.CONDITION_NEVER.main({ of, known }));
  else report('CONDITION_ALWAYS', place, SAY.CONDITION_ALWAYS.main({ of, known }));
}

/** A part stands in several forms: what is said of a condition in it must be so in all of them. */
function checkFormConditions(checking: Asking): void {
  const { definition } = checking;
  const found = new Map<object, { readonly slot: ConditionSlot; readonly asked: Asked; readonly verdicts: Set<Verdict> }>();
  const look = (slot: ConditionSlot, asked: Asked): void => {
    const known = found.get(slot.container) ?? { slot, asked, verdicts: new Set() };
    found.set(slot.container, known);
    known.verdicts.add(judge(slot, asked.domains, checking.patience));
  };
  for (const form of definition.forms.values()) lookAtForm(checking, form, look);
  for (const { slot, asked, verdicts } of found.values()) {
    const [verdict, another] = verdicts;
    if (another === undefined && verdict !== undefined && verdict !== 'open') tellVerdict(checking, slot, { verdict, ...asked });
  }
}

function lookAtForm({ definition }: Checking, form: Form, look: (slot: ConditionSlot, asked: Asked) => void): void {
  const fields = fieldsOf(definition, form);
  const domains = domainsOf(definition, fields);
  for (const field of fields) {
    const container = isTable(field) ? field.written : field;
    if (field.when !== undefined) look({ container, key: 'when' }, { domains, of: { kind: 'field', id: field.id } });
  }
  for (const rule of form.rules ?? []) lookAtRule(rule, domains, look);
  for (const { columns, rules } of fields.filter(isTable))
    for (const rule of rules ?? []) lookAtRule(rule, new Map([...domains, ...domainsOf(definition, columns)]), look);
}

/** It is asked once everything that it compares is there. */
function lookAtRule(
  rule: NonNullable<Form['rules']>[number],
  domains: Domains,
  look: (slot: ConditionSlot, asked: Asked) => void,
): void {
  const compared = new Set(comparedBy(compileCondition(rule.must)));
  const there = new Map(
    [...domains].map(([id, domain]) => [id, 'nullable' in domain && compared.has(id) ? { ...domain, nullable: false } : domain]),
  );
  look({ container: rule, key: 'must' }, { domains: there, of: { kind: 'rule', id: rule.at } });
}

function domainsOf(definition: Checking['definition'], fields: readonly (WholeField | Column)[]): Domains {
  return new Map(
    fields.flatMap((field) => {
      if (isTable(field)) return [];
      const isSure = (field.required ?? field.from === undefined) && !('when' in field && field.when !== undefined);
      const domain = cellDomain(definition, field);
      return [[field.id, isSure ? domain : nullableOf(domain)] as const];
    }),
  );
}
