/**
 * How far a definition can come: which of its tasks may ever come up, and what each of its facts may ever be. Both follow from each other, so they are found
 * together, from the beginning on: what the facts are at first lets some tasks come up, these set facts, and so on. What people do to single tasks by
 * adjustments is left out of account.
 */
import type { FactValue, Scope } from '../model/plan.ts';
import { ROSTER_FACTS } from './check-facts.ts';
import { compileCondition } from './conditions.ts';
import { cellDomain, type GrowingDomains, growing } from './domains.ts';
import { cellsOf } from './fields.ts';
import { isFixed } from './fixed.ts';
import type { Cell } from './form-language.ts';
import type { Definition, PlacedTask } from './gather.ts';
import type { Fact, Gate, Task } from './language.ts';
import { type Domain, type Domains, type Patience, satisfy } from './satisfy.ts';

export interface Reach {
  readonly comesUp: (task: string) => boolean;
  /** What the facts of a scope may be, some time or other. */
  readonly facts: (scope: Scope) => Domains;
  /** The same once a task is done: what its form asks for without fail is then what was answered. */
  readonly factsAfter: (task: Task) => Domains;
  /** At enrolment. */
  readonly atStart: (scope: Scope) => Domains;
  /** Whether what comes after a task can ever come up because of it: it may be done, or be left out without keeping anybody. */
  readonly lets: (task: string) => boolean;
  readonly gateMayOpen: (gate: Gate) => boolean;
}

/** Each round some task comes up; a definition that needs more rounds than this is taken at its word. */
const MAX_ROUNDS = 30;

export function findReach(definition: Definition, patience: Patience): Reach {
  const finding: Finding = {
    definition,
    patience,
    facts: growing(),
    comesUp: new Set(),
    tasks: new Map(definition.tasks.map((placed) => [placed.task.id, placed])),
    sources: sourcesOf(definition),
  };
  const atStart = growing();
  for (const [id, fact] of definition.facts)
    for (const domains of [atStart, finding.facts]) domains.add(fact.scope, id, startOf(id, fact));
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = finding.comesUp.size;
    for (const placed of definition.tasks) if (mayComeUp(finding, placed)) bringUp(finding, placed.task);
    if (finding.comesUp.size === before) break;
    if (round === MAX_ROUNDS - 1) for (const { task } of definition.tasks) bringUp(finding, task);
  }
  return {
    comesUp: (task) => finding.comesUp.has(task),
    facts: (scope) => finding.facts.of(scope),
    factsAfter: (task) => factsAfter(finding, task),
    atStart: atStart.of,
    lets: (task) => letsOthers(finding, task),
    gateMayOpen: (gate) => gateMayOpen(finding, gate),
  };
}

interface Finding {
  readonly patience: Patience;
  readonly definition: Definition;
  readonly facts: GrowingDomains;
  readonly comesUp: Set<string>;
  readonly tasks: ReadonlyMap<string, PlacedTask>;
  /** The tasks whose rows make a task. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
}

function sourcesOf({ tasks }: Definition): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, string[]>();
  for (const { task } of tasks)
    for (const { task: made } of task.rows ?? [])
      if (made !== undefined) sources.set(made, [...(sources.get(made) ?? []), task.id]);
  return sources;
}

/** What a fact is at enrolment. */
function startOf(id: string, { from, initial = null }: Fact): Domain {
  const given = from === 'roster' ? ROSTER_FACTS[id]?.choices : undefined;
  return { kind: 'members', members: given ?? ([initial] as readonly FactValue[]) };
}

function mayComeUp(finding: Finding, { task }: PlacedTask): boolean {
  const { comesUp, sources } = finding;
  if (comesUp.has(task.id)) return false;
  const makers = sources.get(task.id);
  if (makers !== undefined) return makers.some((id) => comesUp.has(id));
  return (
    (task.after ?? []).every((id) => letsOthers(finding, id)) &&
    (task.gate === undefined || gateMayOpen(finding, task.gate)) &&
    whenMayHold(finding, task)
  );
}

function letsOthers(finding: Finding, id: string): boolean {
  const placed = finding.tasks.get(id);
  if (placed === undefined || finding.comesUp.has(id)) return true;
  const { definition, sources } = finding;
  const { task, phase } = placed;
  const makers = sources.get(id);
  if (makers !== undefined) return makers.some((maker) => letsOthers(finding, maker));
  // What is dropped, or never owed, keeps nobody: a turn whose condition does not hold, whom a sample passes over, who joins too late.
  if (task.repeats !== undefined || task.sample !== undefined || phase.past === 'skip') return true;
  return (task.joining ?? definition.head.joining) === 'skip';
}

/** A gate also opens on its day, and where its task concerns nobody. */
function gateMayOpen(finding: Finding, gate: Gate): boolean {
  if (gate.noLaterThan !== undefined) return true;
  const counted = finding.tasks.get(gate.task);
  return counted === undefined || letsOthers(finding, gate.task) || isRuledOutForAll(finding, counted.task);
}

/** Its condition says so from the first day on, so that no gate waits for it. */
function isRuledOutForAll(finding: Finding, { when, scope }: Task): boolean {
  if (when === undefined) return false;
  const condition = compileCondition(when);
  return isFixed(finding.definition, condition) && satisfy(condition, finding.facts.of(scope), finding.patience).kind === 'never';
}

function whenMayHold({ facts, patience }: Finding, { when, scope }: Task): boolean {
  return when === undefined || satisfy(compileCondition(when), facts.of(scope), patience).kind !== 'never';
}

/** It sets what its form asks for, and whatever any of its outcomes may set. */
function bringUp({ comesUp, definition, facts }: Finding, { id, form, outcomes, scope }: Task): void {
  comesUp.add(id);
  for (const cell of cellsOf(definition, definition.forms.get(form)!))
    if (cell.fact !== undefined) facts.add(scope, cell.fact, cellDomain(definition, cell));
  for (const outcome of outcomes ?? [])
    for (const [fact, value] of Object.entries(outcome.set ?? {})) facts.add(scope, fact, { kind: 'members', members: [value] });
}

function factsAfter({ definition, facts }: Finding, { form, outcomes = [], scope }: Task): Domains {
  const known = new Map(facts.of(scope));
  const changed = new Set(outcomes.flatMap(({ set }) => Object.keys(set ?? {})));
  for (const cell of cellsOf(definition, definition.forms.get(form)!)) {
    const { fact } = cell;
    if (fact !== undefined && isAnsweredForSure(cell) && !changed.has(fact)) known.set(fact, cellDomain(definition, cell));
  }
  return known;
}

/** Whoever hands in the form has answered it. */
export const isAnsweredForSure = ({ required, from, when }: Cell): boolean =>
  (required ?? from === undefined) && when === undefined;
