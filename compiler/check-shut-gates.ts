/**
 * Gates that may stay shut for good: they count a task that some instances may wait for to the last day, because its condition, or that of a task before it,
 * reads facts that may still change and need not come to what it asks for. Gates wait for such instances; nobody but a day opens them then.
 */
import type { Checking } from './checking.ts';
import { gateScope } from './check-gates.ts';
import { compileCondition } from './conditions.ts';
import { cellsOf } from './fields.ts';
import { isFixed } from './fixed.ts';
import type { PlacedTask } from './gather.ts';
import type { Gate, Task } from './language.ts';
import { SAY } from './messages.ts';
import { NOTES } from './messages/notes.ts';
import { isAbove } from '../model/scope.ts';
import { isAnsweredForSure, type Reach } from './reach.ts';
import { type Domain, type Domains, holdsAlways, type Patience } from './satisfy.ts';

export function checkShutGates(checking: Checking, reach: Reach, patience: Patience): void {
  const { definition, places, report } = checking;
  for (const { task } of definition.tasks) {
    const { gate } = task;
    if (gate === undefined || gate.noLaterThan !== undefined || !countsBelow(task, gate) || !reach.gateMayOpen(gate)) continue;
    const keeping = findKeeping({ ...checking, reach, patience }, gate.task, new Set());
    if (keeping === undefined) continue;
    const said = SAY.GATE_MAY_STAY_SHUT.main({ task: task.id, counted: gate.task, keeping: keeping.id });
    report('GATE_MAY_STAY_SHUT', places.of(gate, 'task'), said, [{ ...places.of(keeping, 'when'), note: NOTES.condition }]);
  }
}

/** A gate that waits for the one above is a branch of its own, as `after` is. */
const countsBelow = ({ scope }: Task, gate: Gate): boolean => isAbove(scope, gateScope(gate));

interface Asking extends Checking {
  readonly reach: Reach;
  readonly patience: Patience;
}

/** The task whose condition may keep it away for good: itself, or one that it comes after, through others or not. */
function findKeeping(asking: Asking, id: string, seen: Set<string>): Task | undefined {
  const { task } = asking.definition.tasks.find((placed) => placed.task.id === id) ?? {};
  if (task === undefined || seen.has(id)) return undefined;
  seen.add(id);
  if (mayKeep(asking, task)) return task;
  const above =
    task.gate === undefined || task.gate.noLaterThan !== undefined || countsBelow(task, task.gate) ? [] : [task.gate.task];
  for (const before of [...makersOf(asking, id), ...(task.after ?? []), ...above]) {
    const found = findKeeping(asking, before, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

const makersOf = ({ definition }: Checking, id: string): readonly string[] =>
  definition.tasks.filter(({ task }) => task.rows?.some((rule) => rule.task === id)).map(({ task }) => task.id);

function mayKeep(asking: Asking, task: Task): boolean {
  const { definition, patience } = asking;
  if (task.when === undefined) return false;
  // On a schedule, a turn whose condition does not hold is dropped.
  if (task.repeats !== undefined && 'every' in task.repeats) return false;
  const condition = compileCondition(task.when);
  return !isFixed(definition, condition) && holdsAlways(condition, domainsBehind(asking, task), patience) === false;
}

/** What its facts may be once everything that it comes after is done: what that asks for without fail is known then. */
function domainsBehind({ definition, reach }: Asking, task: Task): Domains {
  const domains = new Map(reach.facts(task.scope));
  for (const before of tasksBefore(definition.tasks, task)) {
    if (before.sample !== undefined) continue;
    for (const cell of cellsOf(definition, definition.forms.get(before.form)!)) {
      const domain = domains.get(cell.fact ?? '');
      if (domain !== undefined && isAnsweredForSure(cell) && !isUnset(definition.tasks, cell.fact!))
        domains.set(cell.fact!, withoutNull(domain));
    }
  }
  return domains;
}

function tasksBefore(tasks: readonly PlacedTask[], { after = [] }: Task): ReadonlySet<Task> {
  const found = new Set(after);
  for (const id of found) for (const next of tasks.find(({ task }) => task.id === id)?.task.after ?? []) found.add(next);
  return new Set(tasks.filter(({ task }) => found.has(task.id)).map(({ task }) => task));
}

/** Whether an outcome makes it unknown again. */
const isUnset = (tasks: readonly PlacedTask[], fact: string): boolean =>
  tasks.some(({ task }) => task.outcomes?.some(({ set }) => set?.[fact] === null));

function withoutNull(domain: Domain): Domain {
  if (domain.kind === 'members') return { kind: 'members', members: domain.members.filter((member) => member !== null) };
  return domain.kind === 'anything' ? domain : { ...domain, nullable: false };
}
