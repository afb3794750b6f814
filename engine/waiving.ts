/** Tasks that nobody has to do any more, although the definition says so: under way, or still to come up. */
import type { Refusal } from '../model/command.ts';
import type { Program } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { readKey } from '../model/task-key.ts';
import { concerns } from './concern.ts';
import { type Draft, note, putTask } from './draft.ts';
import { findTask, isRefusal } from './find-task.ts';
import { feedGates } from './gates.ts';
import { isFinal, next } from './lifecycles.ts';
import { tell } from './messages.ts';
import { getTemplate, occurrenceOf, occurrencesOf } from './occurrences.ts';
import { waitingTask } from './opening.ts';
import { refusal } from './refusal.ts';
import { leaveReview } from './reviewing.ts';
import { tellHolder } from './undoing.ts';

export function refusesWaiver(
  program: Program,
  snapshot: Snapshot,
  { task: key }: { readonly task: string },
): Refusal | undefined {
  const found = findTask(program, snapshot, key);
  if (!isRefusal(found)) {
    const { status } = found.task;
    return isFinal(status) ? refusal('ALREADY_FINAL', `task '${key}' is already ${status}`, 'nothing more is needed') : undefined;
  }
  return found.code === 'NOT_OPEN_YET' && isNext(program, snapshot, key) ? undefined : found;
}

/** What still may come up, and has none before it that does. */
function isNext(program: Program, snapshot: Snapshot, key: string): boolean {
  const { template: id, occurrence } = readKey(key);
  const template = occurrenceOf(getTemplate(program, id), occurrence);
  return occurrencesOf(snapshot, id).length === occurrence - 1 && concerns({ program, ...snapshot }, template);
}

/** What comes after it may go on, and gates take it for settled. The caller opens what comes up then. */
export function waive(draft: Draft, { task: key }: { readonly task: string }): void {
  const task = draft.tasks[key];
  if (task === undefined) waiveWaiting(draft, key);
  else waiveOpen(draft, { key, task });
  feedGates(draft, draft.tasks[key]!.template);
}

function waiveWaiting(draft: Draft, key: string): void {
  const { template: id, occurrence } = readKey(key);
  const template = occurrenceOf(getTemplate(draft.program, id), occurrence);
  const waiting = waitingTask(draft, { key, template, occurrence });
  putTask(draft, key, { ...waiting, cameUp: false, status: next('task', waiting.status, 'waived'), settledAt: draft.now });
  note(draft, 'taskWaived', { task: key });
}

function waiveOpen(draft: Draft, { key, task }: { key: string; task: TaskState }): void {
  // What was handed in and not accepted counts for nothing.
  const { held: _held, ...left } = leaveReview(draft, task);
  const waived: TaskState = { ...left, status: next('task', task.status, 'waived'), reviewer: null, settledAt: draft.now };
  putTask(draft, key, waived);
  note(draft, 'taskWaived', { task: key });
  tellHolder(draft, { key, task: waived, purpose: 'waived' });
  if (task.reviewer !== null)
    tell(draft, { purpose: 'waived', key, task: waived, to: { person: task.reviewer, role: 'assignee', passedOver: [] } });
}
