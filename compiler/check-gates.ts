/** Gates: what is counted belongs to a scope below the task's, or is the one task of a scope above that it waits for. */
import type { Scope } from '../model/plan.ts';
import { isAbove } from '../model/scope.ts';
import { type Checking, checkName } from './checking.ts';
import type { PlacedTask } from './gather.ts';
import type { Gate } from './language.ts';
import { SAY } from './messages.ts';
import { NOTES } from './messages/notes.ts';

const COUNTED: Readonly<Record<NonNullable<Gate['of']>, Scope>> = {
  unions: 'union',
  households: 'household',
  union: 'union',
  campaign: 'campaign',
};

/** Whose task a gate is about. */
export function gateScope(gate: Gate): Scope {
  return COUNTED[(gate.all ?? gate.of)!];
}

/** `made`: templates that rows make. */
export function checkGate(checking: Checking, { task, phase, phaseIndex }: PlacedTask, made: ReadonlySet<string>): void {
  const { gate } = task;
  if (gate === undefined) return;
  const { definition, places, report } = checking;
  checkName(checking, { kind: 'tasks', name: gate.task, container: gate, key: 'task' });
  checkGateScope(checking, task, gate);
  const counted = gateScope(gate);
  const target = definition.tasks.find((other) => other.task.id === gate.task);
  if (target !== undefined) {
    if (target.task.scope !== counted)
      report(
        'SCOPE_MISMATCH',
        places.of(gate, 'task'),
        SAY.SCOPE_MISMATCH.gateTask({ task: gate.task, found: target.task.scope, counted, waits: isAbove(counted, task.scope) }),
      );
    if (made.has(gate.task)) report('ROW_TASK_RULE', places.of(gate, 'task'), SAY.ROW_TASK_RULE.gate({ task: gate.task }));
    if (target.phaseIndex > phaseIndex)
      report('LATER_PHASE', places.of(gate, 'task'), SAY.LATER_PHASE.gate({ task: gate.task, phase: target.phase.id }), [
        { ...places.of(target.task, 'id'), note: NOTES.defined },
      ]);
  }
  if (
    gate.noLaterThan !== undefined &&
    !checking.patched.has(phase) &&
    (gate.noLaterThan < phase.starts || gate.noLaterThan > phase.ends)
  ) {
    report(
      'DATE_OUTSIDE_CAMPAIGN',
      places.of(gate, 'noLaterThan'),
      SAY.DATE_OUTSIDE_CAMPAIGN.gate({ date: gate.noLaterThan, from: phase.starts, to: phase.ends, task: task.id }),
    );
  }
}

function checkGateScope({ places, report }: Checking, { id, scope }: PlacedTask['task'], gate: Gate): void {
  const place = places.of(gate, gate.all === undefined ? 'of' : 'all');
  const counted = gateScope(gate);
  if (gate.of === 'union' || gate.of === 'campaign') {
    if (isAbove(counted, scope)) return;
    report('SCOPE_MISMATCH', place, SAY.SCOPE_MISMATCH.gateAbove({ task: id, scope, counted }));
  } else if (!isAbove(scope, counted)) {
    report('SCOPE_MISMATCH', place, SAY.SCOPE_MISMATCH.gateBelow({ task: id, scope, counted }));
  }
}
