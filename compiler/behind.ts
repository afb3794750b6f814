/** What is certain of an instance by the time that a task of it comes up: which tasks are behind it, and what their conditions asked. */
import { factsReadBy } from '../model/condition.ts';
import type { Condition, Expression } from '../model/plan.ts';
import { compileCondition } from './conditions.ts';
import { cellsOf } from './fields.ts';
import type { Definition, PlacedTask } from './gather.ts';
import type { Task } from './language.ts';
import type { Domains } from './satisfy.ts';

/** What is dropped, or never owed, keeps nobody: a turn whose condition does not hold, whom a sample passes over, who joins too late. */
export function mayBePassedOver({ head }: Definition, { task, phase }: PlacedTask): boolean {
  if (task.repeats !== undefined || task.sample !== undefined || phase.past === 'skip') return true;
  return (task.joining ?? head.joining) === 'skip';
}

/** What is asked again and again of one definition. */
interface Known {
  readonly placed: ReadonlyMap<string, PlacedTask>;
  readonly made: ReadonlySet<string>;
  /** Asked for by an outcome. */
  readonly again: ReadonlySet<string>;
  /** The tasks that set a fact. */
  readonly setters: ReadonlyMap<string, ReadonlySet<Task>>;
  readonly before: Map<Task, ReadonlySet<Task>>;
}

const known = new WeakMap<Definition, Known>();

function knownOf(definition: Definition): Known {
  const found = known.get(definition) ?? find(definition);
  known.set(definition, found);
  return found;
}

function find(definition: Definition): Known {
  const tasks = definition.tasks.map(({ task }) => task);
  const setters = new Map<string, Set<Task>>();
  for (const task of tasks) {
    const answered = cellsOf(definition, definition.forms.get(task.form)!).flatMap(({ fact }) => fact ?? []);
    for (const fact of [...answered, ...(task.outcomes ?? []).flatMap(({ set }) => Object.keys(set ?? {}))])
      setters.set(fact, (setters.get(fact) ?? new Set()).add(task));
  }
  return {
    placed: new Map(definition.tasks.map((placed) => [placed.task.id, placed])),
    made: new Set(tasks.flatMap(({ rows = [] }) => rows.flatMap(({ task }) => task ?? []))),
    again: new Set(tasks.flatMap(({ outcomes = [] }) => outcomes.flatMap(({ again = [] }) => again))),
    setters,
    before: new Map(),
  };
}

/** Whether whoever has done task `id` leaves in every case, and nothing brings anybody back: what comes after it comes up for nobody. */
export function takesAway(definition: Definition, { id, task }: { readonly id: string; readonly task: Task }): boolean {
  const { again, placed } = knownOf(definition);
  const before = placed.get(id);
  if (before === undefined || task.ofWithdrawn === true || mayBePassedOver(definition, before)) return false;
  if (!before.task.outcomes?.some(({ when, withdraw }) => withdraw === true && when === undefined)) return false;
  return ![...again].some((name) => placed.get(name)?.task.scope === task.scope);
}

/** A condition that held when a task before this one came up. */
export interface Behind {
  readonly id: string;
  /** Facts that may have become others since have another name here, and the same domain. */
  readonly condition: Condition;
  readonly domains: Domains;
}

/** Of those before it whose conditions asked for some of the facts that its own asks for, and that nothing has changed since. */
export function behindFor(
  definition: Definition,
  { task, facts, asked }: { readonly task: Task; readonly facts: Domains; readonly asked: Condition },
): readonly Behind[] {
  const own = new Set(factsReadBy(asked));
  return [...certainBefore(definition, task)].flatMap((before): readonly Behind[] => {
    if (before.when === undefined) return [];
    const condition = compileCondition(before.when);
    const read = factsReadBy(condition);
    const changing = new Set(read.filter((fact) => !isSettledBy(definition, { fact, task: before })));
    if (!read.some((fact) => own.has(fact) && !changing.has(fact))) return [];
    const domains = new Map(facts);
    for (const fact of changing) {
      const domain = facts.get(fact);
      if (domain !== undefined) domains.set(thenOf(fact), domain);
    }
    return [{ id: before.id, condition: renamed(condition, changing), domains }];
  });
}

/** No fact is called so. */
const thenOf = (fact: string): string => `${fact} then`;

/** The tasks that have been done by whoever does this one. */
function certainBefore(definition: Definition, task: Task): ReadonlySet<Task> {
  const { placed, made, before } = knownOf(definition);
  const there = before.get(task);
  if (there !== undefined) return there;
  const ids = new Set(task.after);
  const tasks = new Set<Task>();
  for (const id of ids) {
    const each = placed.get(id);
    if (each === undefined || made.has(id) || mayBePassedOver(definition, each)) continue;
    tasks.add(each.task);
    for (const next of each.task.after ?? []) ids.add(next);
  }
  before.set(task, tasks);
  return tasks;
}

/** Whether everything that sets a fact is over and done with when a task comes up. */
function isSettledBy(definition: Definition, { fact, task }: { readonly fact: string; readonly task: Task }): boolean {
  const { again, setters } = knownOf(definition);
  const behind = certainBefore(definition, task);
  return [...(setters.get(fact) ?? [])].every((each) => behind.has(each) && !again.has(each.id));
}

function renamed(condition: Condition, facts: ReadonlySet<string>): Condition {
  const name = (fact: string): string => (facts.has(fact) ? thenOf(fact) : fact);
  switch (condition.op) {
    case 'is':
    case 'compare':
      return { ...condition, fact: name(condition.fact) };
    case 'relate':
      return { ...condition, left: renamedIn(condition.left, name), right: renamedIn(condition.right, name) };
    case 'unknown':
      return { op: 'unknown', of: renamedIn(condition.of, name) };
    case 'not':
      return { op: 'not', of: renamed(condition.of, facts) };
    case 'all':
    case 'any':
      return { op: condition.op, of: condition.of.map((part) => renamed(part, facts)) };
  }
}

function renamedIn(expression: Expression, name: (fact: string) => string): Expression {
  switch (expression.op) {
    case 'fact':
      return { op: 'fact', fact: name(expression.fact) };
    case 'plus':
    case 'minus':
    case 'times':
    case 'over':
      return { op: expression.op, of: [renamedIn(expression.of[0], name), renamedIn(expression.of[1], name)] };
    case 'negative':
      return { op: 'negative', of: renamedIn(expression.of, name) };
    case 'later':
      return { op: 'later', date: renamedIn(expression.date, name), days: renamedIn(expression.days, name) };
    case 'value':
    case 'size':
    case 'sum':
      return expression;
  }
}
