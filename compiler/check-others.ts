/** `not: TASK`: work for somebody else than whoever did that task. It must be of the same instance, done by then, and leave somebody to be found. */
import { type Checking, checkName } from './checking.ts';
import { holdingRole } from './holders.ts';
import type { Task } from './language.ts';
import { SAY } from './messages.ts';

export function checkOthers(checking: Checking, task: Task): void {
  const { holder } = task;
  if (typeof holder === 'object' && 'not' in holder)
    checkOther(checking, { task, container: holder, role: holder.role, not: holder.not, does: 'hold' });
  for (const review of task.reviews ?? []) {
    if (review.not === undefined) continue;
    const role = (review.confirm ?? review.accept)!;
    checkOther(checking, { task, container: review, role, not: review.not, does: 'review' });
  }
}

interface Barred {
  readonly task: Task;
  readonly container: object;
  readonly role: string;
  readonly not: string;
  readonly does: 'hold' | 'review';
}

function checkOther(checking: Checking, barred: Barred): void {
  const { definition, places, report } = checking;
  const { task, container, not } = barred;
  checkName(checking, { kind: 'tasks', name: not, container, key: 'not' });
  const other = definition.tasks.find((placed) => placed.task.id === not)?.task;
  if (other === undefined) return;
  const place = places.of(container, 'not');
  if (other.scope !== task.scope) {
    report(
      'SCOPE_MISMATCH',
      place,
      SAY.SCOPE_MISMATCH.other({ task: task.id, scope: task.scope, other: not, otherScope: other.scope }),
    );
    return;
  }
  if (!isBefore(checking, { task, id: not })) {
    report(
      'NOT_DONE_BEFORE',
      place,
      SAY.NOT_DONE_BEFORE.main({ other: not, task: task.id, holds: barred.does === 'hold', isSame: not === task.id }),
    );
  }
  checkSomebody(checking, { ...barred, other });
}

/** Posts stand for people: where every role up the chain is one that may not, nobody is left. */
function checkSomebody(
  { definition, places, report }: Checking,
  { task, container, role, not, does, other }: Barred & { other: Task },
): void {
  const mayNot = [holdingRole(other), does === 'review' ? holdingRole(task) : undefined];
  const chain: string[] = [];
  for (let at: string | undefined = role; at !== undefined && !chain.includes(at); at = definition.roles.get(at)?.fallback)
    chain.push(at);
  if (!chain.every((each) => mayNot.includes(each) && definition.roles.has(each))) return;
  report('NO_ONE_TO_HOLD', places.of(container, 'not'), SAY.NO_ONE_TO_HOLD.main({ does, task: task.id, chain, other: not }));
}

/** Whether a task is surely behind another when that comes up: it comes after it, or is made by its rows, or by way of others. */
function isBefore({ definition }: Checking, { task, id }: { task: Task; id: string }): boolean {
  const seen = new Set([task.id]);
  for (const current of seen) {
    const after = definition.tasks.find((placed) => placed.task.id === current)?.task.after ?? [];
    const sources = definition.tasks.flatMap(({ task: source }) =>
      source.scope === task.scope && source.rows?.some((rule) => rule.task === current) === true ? [source.id] : [],
    );
    for (const before of [...after, ...sources]) seen.add(before);
  }
  seen.delete(task.id);
  return seen.has(id);
}
