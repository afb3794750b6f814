/** The task that a command names, or why there is none to act on. */
import type { Refusal } from '../model/command.ts';
import type { Program, ProgramTask } from '../model/plan.ts';
import { isAbove } from '../model/scope.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { readKey } from '../model/task-key.ts';
import { concerns } from './concern.ts';
import { findHold } from './held-phases.ts';
import { isFinal } from './lifecycles.ts';
import { isBehind, occurrenceOf, occurrencesOf, templateOf, wantedOf } from './occurrences.ts';
import { findGateOpening } from './opening.ts';
import { refusal } from './refusal.ts';

export function findTask(
  program: Program,
  snapshot: Snapshot,
  key: string,
): { task: TaskState; template: ProgramTask } | Refusal {
  // Asked of own members only: the key comes from outside, and every object has a `constructor`.
  const task = Object.hasOwn(snapshot.tasks, key) ? snapshot.tasks[key] : undefined;
  if (task !== undefined) return { task, template: templateOf(program, task) };
  const { template: named, occurrence } = readKey(key);
  const waiting = program.tasks.find(({ id, origin }) => id === named && origin === 'plan');
  if (waiting === undefined || key.includes(':') || occurrence > wantedOf(snapshot, waiting)) {
    return refusal(
      'UNKNOWN_TASK',
      `${snapshot.instance} has no task '${key}'`,
      `list its tasks with: shigeyi tasks ${snapshot.run}`,
    );
  }
  if (snapshot.withdrawnAt !== undefined && waiting.ofWithdrawn !== true) return refusesWithdrawn(snapshot.instance);
  return refusal(
    'NOT_OPEN_YET',
    `task '${key}' is not open yet: ${whyWaiting(program, snapshot, { template: waiting, occurrence })}`,
    'wait until it opens',
  );
}

/** Of a task that has not come up and, as things stand, will not. */
export const refusesWithdrawn = (instance: string): Refusal =>
  refusal('WITHDRAWN', `${instance} has left the campaign`, 'nothing needs to be done, unless it comes back');

/** The first thing a waiting task waits for, in words. */
function whyWaiting(
  program: Program,
  snapshot: Snapshot,
  { template: { id }, template: repeated, occurrence }: { template: ProgramTask; occurrence: number },
): string {
  const template = occurrenceOf(repeated, occurrence);
  if (!concerns({ program, ...snapshot }, template)) return `it never comes up for ${snapshot.instance}`;
  if (snapshot.advancedTo < repeated.opensAt) return `its phase '${template.phase}' has not begun`;
  if (snapshot.advancedTo < template.opensAt) return 'its own time has not begun';
  const hold = findHold({ program, ...snapshot }, template);
  if (hold !== undefined) return `'${hold.id}' holds phase '${hold.phase}' open`;
  if (occurrencesOf(snapshot, id).length < occurrence - 1) return 'the one before it has not come up';
  if (occurrence > 1 && occurrencesOf(snapshot, id).at(-1)?.settledAt === null) return 'the one before it must be settled first';
  const before = template.after.find((other) => !isBehind({ program, ...snapshot }, other));
  if (before !== undefined) return `'${before}' must be done first`;
  const { gate } = template;
  if (gate !== undefined && (findGateOpening(snapshot, gate) ?? Infinity) > snapshot.advancedTo)
    return `it waits for '${gate.task}' of the ${isAbove(gate.of, program.scope) ? gate.of : `${gate.of}s`}`;
  return 'its condition does not hold';
}

export const isRefusal = (value: object): value is Refusal => 'code' in value;

/** Why nothing can be done any more, or yet, about a task. */
export function refusesTask(program: Program, snapshot: Snapshot, key: string): Refusal | undefined {
  const found = findTask(program, snapshot, key);
  if (isRefusal(found)) return found;
  const { status } = found.task;
  return isFinal(status) ? refusal('ALREADY_FINAL', `task '${key}' is already ${status}`, 'nothing more is needed') : undefined;
}
