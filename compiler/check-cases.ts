/** Instances that leave and come back: what an outcome may ask of them. */
import type { Checking } from './checking.ts';
import { checkName } from './checking.ts';
import { rowTemplates } from './gather.ts';
import type { Outcome, Task } from './language.ts';
import { SAY } from './messages.ts';

export function checkCases(checking: Checking): void {
  for (const { task } of checking.definition.tasks) {
    for (const outcome of task.outcomes ?? []) {
      if (outcome.withdraw === true) checkWithdraw(checking, { task, outcome });
      outcome.again?.forEach((name, index) => checkAgain(checking, { task, again: outcome.again!, name, index }));
    }
  }
}

function checkWithdraw({ places, report }: Checking, { task, outcome }: { task: Task; outcome: Outcome }): void {
  if (task.scope !== 'campaign') return;
  report('SCOPE_MISMATCH', places.of(outcome, 'withdraw'), SAY.SCOPE_MISMATCH.withdraw({ task: task.id }));
}

/**
 * That tasks ask for each other in a circle is allowed: each time round a person fills in a form before anything is asked again, so that no circle
 * turns by itself. One that no answer ends is told of by `checkCircles`.
 */
function checkAgain(
  checking: Checking,
  { task, again, name, index }: { task: Task; again: readonly string[]; name: string; index: number },
): void {
  const { definition, places, report } = checking;
  checkName(checking, { kind: 'tasks', name, container: again, key: index });
  const other = definition.tasks.find((placed) => placed.task.id === name)?.task;
  if (other === undefined) return;
  const place = places.of(again, index);
  if (other.scope !== task.scope) {
    report(
      'SCOPE_MISMATCH',
      place,
      SAY.SCOPE_MISMATCH.again({ task: task.id, scope: task.scope, other: name, otherScope: other.scope }),
    );
  } else if (other.repeats !== undefined || rowTemplates(definition.tasks).has(name)) {
    report('AGAIN_UNFIT', place, SAY.AGAIN_UNFIT.main({ task: name, isOfRows: other.repeats === undefined }));
  }
}
