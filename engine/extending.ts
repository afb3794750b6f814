/** Deadlines moved by people: of tasks that are open, and of what comes up later. */
import type { Extension, NewDeadline, TasksOf } from '../model/adjustment.ts';
import type { Refusal } from '../model/command.ts';
import type { Program } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { moveDeadline } from './deadlines.ts';
import { type Draft, note } from './draft.ts';
import { countedIn, isOf, newDeadline } from './extension.ts';
import { refusesTask } from './find-task.ts';
import { isFinal } from './lifecycles.ts';
import { tell } from './messages.ts';
import { indexOf } from './program-index.ts';
import { bindingDeadline } from './pausing.ts';
import { refusal } from './refusal.ts';

/** So many extensions of whole phases, templates or runs are kept for what comes up later. Documented limit of the product. */
const EXTENSIONS_KEPT = 50;

/** Why the deadlines cannot be moved so; asked of one instance, whose state has been advanced to now. */
export function refusesExtension(
  program: Program,
  snapshot: Snapshot,
  { extension, atMost }: { extension: Extension; atMost: number | undefined },
): Refusal | undefined {
  const { of, deadline } = extension;
  if ('task' in of) return refusesOne(program, snapshot, { key: of.task, deadline, atMost });
  const unknown = refusesTasksOf(program, of);
  if (unknown !== undefined) return unknown;
  if ((snapshot.extensions?.length ?? 0) >= EXTENSIONS_KEPT) {
    return refusal(
      'TOO_MANY_ADJUSTMENTS',
      `${snapshot.instance} has ${EXTENSIONS_KEPT} extensions that hold of what comes up later`,
      'extend the tasks themselves, or amend the definition',
    );
  }
  for (const key of openTasksOf(program, snapshot, of)) {
    const refused = refusesOne(program, snapshot, { key, deadline, atMost });
    if (refused !== undefined && refused.code !== 'DEADLINE_UNCHANGED') return refused;
  }
  return undefined;
}

function refusesOne(
  program: Program,
  snapshot: Snapshot,
  { key, deadline, atMost }: { key: string; deadline: NewDeadline; atMost: number | undefined },
): Refusal | undefined {
  const found = refusesTask(program, snapshot, key);
  if (found !== undefined) return found;
  const task = snapshot.tasks[key]!;
  if (atMost !== undefined && (task.extended ?? 0) >= atMost) {
    return refusal(
      'TOO_MANY_EXTENSIONS',
      `the deadline of '${key}' has been moved ${task.extended} times`,
      `the definition allows ${atMost}`,
    );
  }
  const moved = newDeadline(program, task.deadline, deadline);
  const { paused, advancedTo: now } = snapshot;
  const extended: TaskState = { ...countedSo(task, { deadline, paused, now }), deadline: moved };
  if (bindingDeadline(program, snapshot, extended) <= now)
    return refusal('DEADLINE_PAST', `the new deadline of '${key}' would be past already`, 'choose a later one');
  if (moved === task.deadline) return refusal('DEADLINE_UNCHANGED', `'${key}' has that deadline`, 'nothing needs to be done');
  return undefined;
}

/** Templates and phases that the program does not have. */
export function refusesTasksOf(program: Program, of: TasksOf): Refusal | undefined {
  if ('template' in of && !indexOf(program).tasks.has(of.template))
    return refusal('UNKNOWN_TASK', `scope ${program.scope} has no task '${of.template}'`, 'see the plan of the run');
  if ('phase' in of && !program.phases.some(({ id }) => id === of.phase)) {
    const known = program.phases.map(({ id }) => id).join(', ');
    return refusal('UNKNOWN_PHASE', `there is no phase '${of.phase}'`, `its phases are ${known}`);
  }
  return undefined;
}

/** The tasks that an adjustment is about and that are not over, in the order in which they came up. */
export function openTasksOf(program: Program, { tasks }: Pick<Snapshot, 'tasks'>, of: TasksOf): readonly string[] {
  return Object.entries(tasks).flatMap(([key, task]) =>
    !isFinal(task.status) && isOf(program, of, { key, template: task.template }) ? [key] : [],
  );
}

/** What can be moved is; what the caller was not told of before (a revision is never refused) is left where it is, and noted. */
export function extend(draft: Draft, { extension, atMost }: { extension: Extension; atMost: number | undefined }): void {
  const { of, deadline } = extension;
  for (const key of openTasksOf(draft.program, draft, of)) {
    const at: Snapshot = { ...draft.base, tasks: draft.tasks, advancedTo: draft.now };
    const refused = refusesOne(draft.program, at, { key, deadline, atMost });
    if (refused === undefined) extendTask(draft, { key, task: draft.tasks[key]!, deadline });
    else if (refused.code !== 'DEADLINE_UNCHANGED') note(draft, 'adjustmentLeft', { task: key, detail: { code: refused.code } });
  }
  if (!('task' in of)) draft.extensions = [...draft.extensions, extension].slice(-EXTENSIONS_KEPT);
}

/** A time that is put on it in the midst of a pause is one as of now. */
function countedSo(
  task: TaskState,
  { deadline, paused, now }: Pick<Draft, 'paused' | 'now'> & { readonly deadline: NewDeadline },
): TaskState {
  const isPut = paused !== undefined && 'to' in deadline;
  return { ...task, ...countedIn(deadline, {}), ...(isPut ? { carriedTo: now } : {}) };
}

function extendTask(draft: Draft, { key, task, deadline }: { key: string; task: TaskState; deadline: NewDeadline }): void {
  const { paused, now } = draft;
  const extended: TaskState = { ...countedSo(task, { deadline, paused, now }), extended: (task.extended ?? 0) + 1 };
  const to = newDeadline(draft.program, task.deadline, deadline);
  const moved = moveDeadline(draft, { key, task: extended, deadline: to, why: 'extension' });
  const person = moved.status === 'inReview' ? moved.reviewer : moved.holder;
  tell(draft, { purpose: 'moved', key, task: moved, to: { person, role: 'assignee', passedOver: [] } });
}
