/**
 * How far a definition can come: which of its tasks may ever come up, and what each of its facts may ever be. Both follow from each other, so they are found
 * together, from the beginning on: what the facts are at first lets some tasks come up, these set facts, and so on. What people do to single tasks by
 * adjustments is left out of account.
 */
import type { FactValue, Scope } from '../model/plan.ts';
import { ROSTER_FACTS } from './check-facts.ts';
import { compileCondition } from './conditions.ts';
import { cellDomain, type GrowingDomains, growing, joinDomains } from './domains.ts';
import { cellsOf } from './fields.ts';
import { isFixed } from './fixed.ts';
import { behindFor, mayBePassedOver, takesAway } from './behind.ts';
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
  /** For each of its outcomes, what the facts may be when that is looked at: as answered, and as those before it in the list have set them. */
  readonly factsForOutcomes: (task: Task) => readonly Domains[];
  /** At enrolment. */
  readonly atStart: (scope: Scope) => Domains;
  /** Whether what comes after a task can ever come up because of it: it may be done, or be left out without keeping anybody. */
  readonly lets: (task: string) => boolean;
  readonly gateMayOpen: (gate: Gate) => boolean;
  readonly blocked: (task: Task) => Blocked | undefined;
}

/** Why a task never comes up after others that do. */
export type Blocked =
  /** Whoever does `by` leaves the campaign. */
  | { readonly kind: 'left'; readonly by: string }
  /** Its condition and that of `by`, before it, hold in no case together, and nothing in between changes what they ask. */
  | { readonly kind: 'contradicted'; readonly by: string };

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
    factsForOutcomes: (task) => factsForOutcomes(finding, task),
    atStart: atStart.of,
    lets: (task) => letsOthers(finding, task),
    gateMayOpen: (gate) => gateMayOpen(finding, gate),
    blocked: (task) => blockedBy(finding, task),
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
  const { comesUp, definition, sources } = finding;
  if (comesUp.has(task.id)) return false;
  const makers = sources.get(task.id);
  if (makers !== undefined) return makers.some((id) => comesUp.has(id));
  return (
    (task.after ?? []).every((id) => letsOthers(finding, id) && !takesAway(definition, { id, task })) &&
    (task.gate === undefined || gateMayOpen(finding, task.gate)) &&
    whenMayHold(finding, task) &&
    findContradicted(finding, task) === undefined
  );
}

function letsOthers(finding: Finding, id: string): boolean {
  const placed = finding.tasks.get(id);
  if (placed === undefined || finding.comesUp.has(id)) return true;
  const makers = finding.sources.get(id);
  if (makers !== undefined) return makers.some((maker) => letsOthers(finding, maker));
  return mayBePassedOver(finding.definition, placed);
}

function blockedBy(finding: Finding, task: Task): Blocked | undefined {
  const left = task.after?.find((id) => takesAway(finding.definition, { id, task }));
  if (left !== undefined) return { kind: 'left', by: left };
  const by = whenMayHold(finding, task) ? findContradicted(finding, task) : undefined;
  return by === undefined ? undefined : { kind: 'contradicted', by };
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

/** A task before this one whose condition, which held when it came up, keeps this one's from ever holding. */
function findContradicted({ definition, facts, patience }: Finding, task: Task): string | undefined {
  if (task.when === undefined) return undefined;
  const own = compileCondition(task.when);
  for (const { id, condition, domains } of behindFor(definition, { task, facts: facts.of(task.scope), asked: own }))
    if (satisfy({ op: 'all', of: [own, condition] }, domains, patience).kind === 'never') return id;
  return undefined;
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

function factsForOutcomes({ definition, facts }: Finding, { form, outcomes = [], scope }: Task): readonly Domains[] {
  const now = new Map(facts.of(scope));
  const cells = cellsOf(definition, definition.forms.get(form)!);
  for (const fact of new Set(cells.flatMap((cell) => cell.fact ?? []))) {
    const asking = cells.filter((cell) => cell.fact === fact);
    if (asking.every(isAnsweredForSure)) now.set(fact, asking.map((cell) => cellDomain(definition, cell)).reduce(joinDomains));
  }
  return outcomes.map(({ when, set = {} }) => {
    const seen = new Map(now);
    for (const [fact, value] of Object.entries(set)) {
      const alone: Domain = { kind: 'members', members: [value] };
      now.set(fact, when === undefined ? alone : joinDomains(seen.get(fact) ?? NULL_ALONE, alone));
    }
    return seen;
  });
}

const NULL_ALONE: Domain = { kind: 'members', members: [null] };

/** Whoever hands in the form has answered it. */
export const isAnsweredForSure = ({ required, from, when }: Cell): boolean =>
  (required ?? from === undefined) && when === undefined;
