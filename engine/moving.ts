/** A household that goes over to another union: what is done stays done, what is open goes to whoever has the post there. */
import type { Adjustment, AdjustmentScope } from '../model/adjustment.ts';
import type { Arrival } from '../model/arrival.ts';
import type { Refusal } from '../model/command.ts';
import type { Program, ProgramTask } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { readKey } from '../model/task-key.ts';
import { type Draft, note, writable } from './draft.ts';
import { refusesWithdrawn } from './find-task.ts';
import { feedAll, leaveGate } from './gates.ts';
import { putIntoHands } from './handing.ts';
import { ownHolder, ownReviewer, withHolder, withReviewer } from './hands.ts';
import { isFinal } from './lifecycles.ts';
import { getTemplate, templateOf } from './occurrences.ts';
import { findHolder } from './opening.ts';
import { pause, resume } from './pausing.ts';
import { doersOf, partiesOf, type Resolved, resolvePost } from './posts.ts';
import { refusal } from './refusal.ts';

export type Move = Extract<Adjustment, { kind: 'move' }>;

/** Whom it is asked for, before anything is looked up: one household. */
export function refusesMoveOf(scope: AdjustmentScope): Refusal | undefined {
  if ('instance' in scope && scope.instance.startsWith('h/')) return undefined;
  const whom = 'instance' in scope ? scope.instance : 'union' in scope ? `u/${scope.union}` : 'the run';
  return refusal('NOT_A_HOUSEHOLD', `'${whom}' is no household, and has no other union to go to`, 'name a household');
}

/** Nobody goes to a union that takes part no longer, or will not once it has come to the revision `leavesAt`. */
export function refusesArrival(
  { instance, withdrawnAt, revision }: Pick<Snapshot, 'instance' | 'withdrawnAt' | 'revision'>,
  leavesAt = 0,
): Refusal | undefined {
  if (withdrawnAt !== undefined) return refusesWithdrawn(instance);
  if (leavesAt <= revision) return undefined;
  return refusal('WITHDRAWN', `${instance} is about to leave the campaign`, 'nothing needs to be done, unless it comes back');
}

export function refusesMove({ scope }: Program, { instance, union, withdrawnAt }: Snapshot, { to }: Move): Refusal | undefined {
  if (scope !== 'household') return refusesMoveOf({ instance });
  if (withdrawnAt !== undefined) return refusesWithdrawn(instance);
  return union === to ? refusal('THERE_ALREADY', `${instance} is with '${to}' already`, 'nothing needs to be done') : undefined;
}

export interface Moving {
  readonly to: string;
  readonly arrival: Arrival;
  /** See `PausingNow`. */
  readonly once: string | undefined;
}

/** Deadlines stay: of the union that it comes to, it has the people, the gates and the pause. */
export function move(draft: Draft, { to, arrival, once }: Moving): void {
  const { left, facts, gates, paused } = arrival;
  note(draft, 'moved', { detail: { from: draft.union, to } });
  draft.union = to;
  takePosts(draft, arrival);
  Object.assign(writable(draft, 'facts'), facts);
  for (const { gate } of draft.program.tasks) if (gate?.of === 'union') leaveGate(draft, { gate, level: gates[gate.id] });
  for (const [key, task] of Object.entries(draft.tasks)) if (!isFinal(task.status)) bringToHands(draft, { key, task, left });
  feedAll(draft);
  const stands = draft.paused?.causes.includes('union') === true;
  if (stands === paused) return;
  if (paused) pause(draft, { cause: 'union', at: draft.now, once });
  else resume(draft, { cause: 'union', at: draft.now, once });
}

/** Whoever had a post there and is of the union that it leaves has it no more. */
function takePosts(draft: Draft, { posts, left }: Arrival): void {
  for (const [role, person] of Object.entries(draft.roles)) {
    const next = posts[role];
    if (next === person || (next === undefined && !left.includes(person))) continue;
    note(draft, 'postChanged', { detail: { role, from: person, to: next ?? null } });
    if (next === undefined) delete writable(draft, 'roles')[role];
  }
  Object.assign(writable(draft, 'roles'), posts);
}

interface Open {
  readonly key: string;
  readonly task: TaskState;
  readonly left: readonly string[];
}

/** What was with somebody of the union that it leaves, or with nobody, is with whoever has the post now. */
function bringToHands(draft: Draft, open: Open): void {
  const template = templateOf(draft.program, open.task);
  const task = bringToHolder(draft, open, template);
  if (task.status === 'inReview') bringToReviewer(draft, { ...open, task }, template);
}

function bringToHolder(draft: Draft, { key, task, left }: Open, template: ProgramTask): TaskState {
  const { owner, ...own } = task;
  const theirs = [task.holder, ownHolder(task), owner].filter((person) => typeof person === 'string');
  if (theirs.length > 0 && !theirs.some((person) => left.includes(person))) return task;
  const hands = holderThere(draft, { task, template });
  if (hands.person === task.holder) return task;
  // In review, it is theirs only if it comes back.
  const told = task.status === 'inReview' ? null : 'assigned';
  return putIntoHands(draft, { key, task: withHolder(own, hands), was: task, what: 'holder', why: 'moved', told });
}

function bringToReviewer(draft: Draft, { key, task, left }: Open, template: ProgramTask): void {
  const theirs = [task.reviewer, ownReviewer(task)].filter((person) => typeof person === 'string');
  if (theirs.length > 0 && !theirs.some((person) => left.includes(person))) return;
  const { by, not } = template.reviews[task.step]!;
  const hands = resolvePost(draft, { role: by, not: [...partiesOf(task), ...doersOf(draft.tasks, not)] });
  if (hands.person === task.reviewer) return;
  putIntoHands(draft, { key, task: withReviewer(task, hands), was: task, what: 'reviewer', why: 'moved', told: 'toReview' });
}

/** Somebody whom a row names is followed by whoever has the post of the task that made the row. */
function holderThere(draft: Draft, { task, template }: { task: TaskState; template: ProgramTask }): Resolved {
  if ('role' in template.holder) return findHolder(draft, template.holder);
  const { source } = task;
  const made = source?.instance === draft.instance ? draft.tasks[source.task] : undefined;
  if (made === undefined) return { person: null, role: 'row', passedOver: [] };
  return holderThere(draft, { task: made, template: getTemplate(draft.program, readKey(source!.task).template) });
}
