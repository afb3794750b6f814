/** Gates: what is counted belongs to a scope below the task's, or is the one task of a scope above that it waits for. */
import type { Scope } from '../model/plan.ts';
import { isAbove } from '../model/scope.ts';
import { type Checking, checkName } from './checking.ts';
import type { PlacedTask } from './gather.ts';
import type { Gate } from './language.ts';

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
      report('SCOPE_MISMATCH', places.of(gate, 'task'), {
        message: `'${gate.task}' is a task of the ${target.task.scope}, and the gate ${isAbove(counted, task.scope) ? `waits for the ${counted}` : `counts ${counted}s`}`,
        hint: `name a task of the ${counted}`,
      });
    if (made.has(gate.task))
      report('ROW_TASK_RULE', places.of(gate, 'task'), {
        message: `'${gate.task}' is made by rows; there may be none or many of it`,
        hint: 'count a task that every instance has once',
      });
    if (target.phaseIndex > phaseIndex)
      report('LATER_PHASE', places.of(gate, 'task'), {
        message: `'${gate.task}' belongs to the later phase '${target.phase.id}'`,
        hint: 'move one of the two to another phase',
      });
  }
  if (
    gate.noLaterThan !== undefined &&
    !checking.patched.has(phase) &&
    (gate.noLaterThan < phase.starts || gate.noLaterThan > phase.ends)
  ) {
    report('DATE_OUTSIDE_CAMPAIGN', places.of(gate, 'noLaterThan'), {
      message: `the gate opens on ${gate.noLaterThan} at the latest`,
      hint: `choose a day from ${phase.starts} to ${phase.ends}, the phase of '${task.id}'`,
    });
  }
}

function checkGateScope({ places, report }: Checking, { id, scope }: PlacedTask['task'], gate: Gate): void {
  const place = places.of(gate, gate.all === undefined ? 'of' : 'all');
  const counted = gateScope(gate);
  if (gate.of === 'union' || gate.of === 'campaign') {
    if (isAbove(counted, scope)) return;
    report('SCOPE_MISMATCH', place, {
      message: `task '${id}' of the ${scope} has no ${counted} above it to wait for`,
      hint: 'the one above is the union of a household, and the campaign of either; count those below with `all` or `share`',
    });
  } else if (!isAbove(scope, counted)) {
    report('SCOPE_MISMATCH', place, {
      message: `task '${id}' of the ${scope} cannot count ${counted}s`,
      hint: 'a gate counts instances below its own: unions of the campaign, households of either',
    });
  }
}
