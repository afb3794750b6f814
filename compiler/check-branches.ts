/**
 * Branches that lead nowhere. Where a form asks for a choice, and for several of its members something follows, a member for which nothing does is most
 * likely forgotten. What follows is a task whose condition asks for it, a review or an outcome, a further question of the form, or that it is counted.
 * Where a task follows whatever was chosen, no member is forgotten.
 */
import { factsReadBy } from '../model/condition.ts';
import type { Condition, FactValue, Scope } from '../model/plan.ts';
import type { Checking } from './checking.ts';
import { compileCondition } from './conditions.ts';
import { cellDomain } from './domains.ts';
import { cellsOf, fieldsOf } from './fields.ts';
import type { Cell } from './form-language.ts';
import type { Task } from './language.ts';
import { SAY } from './messages.ts';
import type { Reach } from './reach.ts';
import { type Domain, type Domains, type Patience, satisfy } from './satisfy.ts';
import type { ConditionText } from './words.ts';

export function checkBranches(checking: Checking, reach: Reach, patience: Patience): void {
  const { definition } = checking;
  const seen = new Set<Cell>();
  for (const { task } of definition.tasks) {
    for (const cell of cellsOf(definition, definition.forms.get(task.form)!)) {
      if (cell.fact === undefined || cell.type !== 'choice' || seen.has(cell)) continue;
      seen.add(cell);
      checkChoice(checking, { task, cell, fact: cell.fact }, { reach, patience });
    }
  }
}

/** With fewer members that lead somewhere, the others are most likely meant to lead nowhere. */
const FEWEST_BRANCHES = 2;

function checkChoice(
  checking: Checking,
  { task, cell, fact }: { task: Task; cell: Cell; fact: string },
  { reach, patience }: { reach: Reach; patience: Patience },
): void {
  const { definition, places, report } = checking;
  const domain = cellDomain(definition, cell);
  if (domain.kind !== 'members' || goesOnAnyway(checking, task, fact)) return;
  const asking = conditionsOn(checking, { scope: task.scope, fact });
  const questions = questionsOn(checking, task, cell);
  const leads = (member: FactValue): boolean => {
    const only: Domain = { kind: 'members', members: [member] };
    const facts = new Map(reach.facts(task.scope)).set(fact, only);
    const mayHold = (condition: Condition, domains: Domains): boolean => satisfy(condition, domains, patience).kind !== 'never';
    return (
      asking.some((each) => mayHold(each, facts)) || questions.some((each) => mayHold(each, answersWith(each, cell.id, only)))
    );
  };
  const idle = domain.members.filter((member) => !leads(member)).map(String);
  if (idle.length === 0 || domain.members.length - idle.length < FEWEST_BRANCHES) return;
  report('BRANCH_MISSING', places.of(cell, 'fact'), SAY.BRANCH_MISSING.main({ fact, members: idle, task: task.id }));
}

/** Rules for whoever has such a fact, and what they are counted by. */
function conditionsOn({ definition }: Checking, { scope, fact }: { scope: Scope; fact: string }): readonly Condition[] {
  const ofTasks = definition.tasks
    .filter(({ task }) => task.scope === scope)
    .flatMap(({ task: { when, reviews = [], outcomes = [] } }) => [when, ...[...reviews, ...outcomes].map((each) => each.when)]);
  const targets = scope === 'household' ? [...definition.targets.values()] : [];
  const indicators = [...definition.indicators.values()].filter(({ of }) => of === `${scope}s`);
  return conditionsReading(fact, [
    ...ofTasks,
    ...targets.flatMap(({ counts }) => Object.values(counts).map(({ when }) => when)),
    ...indicators.map(({ when }) => when),
  ]);
}

/** Further questions of the same form. */
function questionsOn({ definition }: Checking, { form }: Task, { id }: Cell): readonly Condition[] {
  return conditionsReading(
    id,
    fieldsOf(definition, definition.forms.get(form)!).map(({ when }) => when),
  );
}

function conditionsReading(name: string, texts: readonly (ConditionText | undefined)[]): readonly Condition[] {
  return texts
    .filter((text) => text !== undefined)
    .map((text) => compileCondition(text))
    .filter((condition) => factsReadBy(condition).includes(name));
}

/** Of the other fields of a form it does not matter here what they may be. */
const answersWith = (condition: Condition, field: string, domain: Domain): Domains =>
  new Map(factsReadBy(condition).map((name) => [name, name === field ? domain : { kind: 'anything' }]));

/** Something comes after the task, or becomes of it, whatever was chosen. */
function goesOnAnyway({ definition }: Checking, { id, scope, outcomes = [] }: Task, fact: string): boolean {
  const asks = ({ when }: Pick<Task, 'when'>): boolean => conditionsReading(fact, [when]).length > 0;
  const follows = definition.tasks.some(({ task }) => task.scope === scope && task.after?.includes(id) === true && !asks(task));
  return follows || outcomes.some((outcome) => !asks(outcome));
}
