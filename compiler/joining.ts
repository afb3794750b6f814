/** Rules for whoever is enrolled after a task had begun. */
import type { Joining } from '../model/plan.ts';
import type { Joining as JoiningText } from './case-language.ts';
import { checkDue } from './check-tasks.ts';
import { checkDueFrom } from './check-times.ts';
import type { Checking } from './checking.ts';
import { emitDue, type PhaseTimes } from './emit-time.ts';
import type { PlacedTask } from './gather.ts';
import type { MainFile, Task } from './language.ts';
import { SAY } from './messages.ts';

/** A deadline that takes the place of the task's own is checked as that is. */
export function checkJoining(checking: Checking, read: Set<string>): void {
  for (const placed of checking.definition.tasks) {
    const { joining } = placed.task;
    if (typeof joining === 'object') checkJoiningDue(checking, { placed, joining, read });
  }
}

function checkJoiningDue(
  checking: Checking,
  { placed, joining, read }: { placed: PlacedTask; joining: Extract<JoiningText, object>; read: Set<string> },
): void {
  const { places, report } = checking;
  const { task } = placed;
  const { due } = joining;
  if (due === 'row') {
    report('ROW_TASK_WITHOUT_SOURCE', places.of(joining, 'due'), SAY.ROW_TASK_WITHOUT_SOURCE.joining({ task: task.id }));
    return;
  }
  // Whatever is said of the task as a whole is said of this rule of it.
  const joined: Task = { ...task, due };
  places.register(joined, places.of(task, 'joining'));
  checkDue(checking, { ...placed, task: joined });
  checkDueFrom(checking, { ...placed, task: joined }, read);
}

export function emitJoining(
  { joining }: Pick<Task, 'joining'>,
  { head, phase }: { head: Partial<MainFile>; phase: PhaseTimes },
): Joining | undefined {
  const rule = joining ?? head.joining;
  if (rule === undefined || rule === 'catch-up') return undefined;
  return typeof rule === 'string' ? { kind: rule } : { kind: 'due', due: emitDue(rule, phase) };
}
