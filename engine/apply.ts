/** What a command does. The caller has asked `refuses` of the same snapshot at the same instant; what is applied here is allowed. */
import type { Answer, Command } from '../model/command.ts';
import type { Instant, Program } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { taskOf } from '../model/adjustment.ts';
import { findNewItem } from './assigning.ts';
import { adjust, type AdjustCommand, detailOf } from './adjusting.ts';
import { advanceDraft, catchUp, nextDueAt } from './advance.ts';
import { noteChanges } from './changes.ts';
import { followCovers } from './covering.ts';
import { followAnchors } from './deadlines.ts';
import { begin, type Draft, finish, note, putTask, type Step, TIME } from './draft.ts';
import { countGate, feedAll, feedGates } from './gates.ts';
import { isFinal, next as nextStatus } from './lifecycles.ts';
import { leaveReview } from './reviewing.ts';
import { getTemplate } from './occurrences.ts';
import { beginTask, settle } from './opening.ts';
import { complete, review } from './submission.ts';
import { makeWay, takeRowsBack } from './undoing.ts';

/** So many answers are remembered for repeated commands. */
const ANSWERS_KEPT = 200;

export interface Applied extends Step {
  readonly answer: Answer;
  /** What `reckonWake` says of the state, where that was asked. */
  readonly wake?: Instant | null;
}

export interface Taking {
  readonly command: Command;
  readonly now: Instant;
  /** See `advanceTo`. */
  readonly wake?: Instant | null;
  /** The program that an amendment brings the instance to. */
  readonly next?: Program | undefined;
  /** Where no command is ever sent twice, answers need not be remembered. */
  readonly forgets?: boolean;
  /** When it wakes next is asked at once. Not of an amendment, which brings another program. */
  readonly reckons?: boolean;
}

/** Advances to `now` first, then takes the command. A command answered before changes nothing and gets the same answer. */
export function apply(
  program: Program,
  snapshot: Snapshot,
  { command, now, wake, next, forgets = false, reckons = false }: Taking,
): Applied {
  const draft = begin(program, snapshot, TIME);
  advanceDraft(draft, command.kind === 'advanceClock' ? command.to : now, wake);
  const before = draft.answered.find(({ command: id }) => id === command.id);
  if (before !== undefined) return { ...finish(draft), answer: before };
  draft.cause = {
    kind: 'update',
    command: command.id,
    actor: 'person' in command.by ? command.by.person : command.by.system,
  };
  const tasks = command.kind === 'adjust' ? { ...draft.tasks } : {};
  take(draft, command, next);
  followCovers(draft);
  followAnchors(draft);
  noteChanges(draft);
  // What a pause held back is due now, and belongs to what ended it.
  if (draft.base.paused !== undefined && draft.paused === undefined) catchUp(draft, draft.now);
  const answer = answerOf(draft, { command, tasks });
  // A stepped clock is moved thousands of times and each move is harmless to repeat: its answers are not worth remembering.
  if (command.kind !== 'advanceClock' && !forgets) {
    draft.answers.push(answer);
    draft.answered = [...draft.answered, answer].slice(-ANSWERS_KEPT);
  }
  const { snapshot: taken, effects } = finish(draft);
  return { snapshot: taken, effects, answer, ...(reckons ? { wake: nextDueAt(draft) } : {}) };
}

function take(draft: Draft, command: Command, next: Program | undefined): void {
  switch (command.kind) {
    case 'complete':
      complete(draft, command);
      break;
    case 'accept':
    case 'return':
      review(draft, command);
      break;
    case 'spawn':
      spawn(draft, command);
      break;
    case 'despawn':
      despawn(draft, command);
      break;
    case 'gate':
      countGate(draft, command);
      settle(draft);
      break;
    case 'adjust':
      takeAdjustment(draft, command, next);
      break;
    case 'close':
      close(draft);
      break;
    case 'roll':
      takeRoll(draft, command);
      break;
    case 'reflush':
      note(draft, 'reflushed');
      break;
    case 'advanceClock':
      break;
  }
}

/** `tasks`: of an adjustment, as they were before it. */
function answerOf(draft: Draft, { command, tasks }: { command: Command; tasks: Draft['tasks'] }): Answer {
  if (command.kind === 'adjust') {
    const given = command.adjustment.kind === 'assign' ? findNewItem(draft, tasks) : undefined;
    return {
      ...{ command: command.id, digest: command.digest, at: draft.now, adjusted: countTouched(draft, tasks) },
      ...(given === undefined ? {} : { task: given }),
    };
  }
  const key = 'task' in command ? command.task : 'key' in command ? command.key : undefined;
  const task = key === undefined ? undefined : draft.tasks[key];
  return {
    command: command.id,
    digest: command.digest,
    at: draft.now,
    ...(key === undefined || task === undefined ? {} : { task: key, status: task.status, late: isLate(task) }),
  };
}

/** Those that are otherwise now; of a pause that begins or ends, those whose clocks stand still or go on. */
function countTouched({ base, paused, tasks }: Draft, before: Draft['tasks']): number {
  const turns = (base.paused === undefined) !== (paused === undefined);
  return Object.entries(tasks).filter(([key, task]) => task !== before[key] || (turns && !isFinal(task.status))).length;
}

/** Judged by when the standing submission was accepted, never by the review. */
export function isLate(task: Pick<TaskState, 'submittedAt' | 'deadline'>): boolean {
  return task.submittedAt !== null && task.submittedAt > task.deadline;
}

function takeRoll(draft: Draft, { revision }: Extract<Command, { kind: 'roll' }>): void {
  if (revision === undefined) return note(draft, 'rolled');
  if (!mustRoll(draft, { revision })) return;
  draft.revision = revision;
  note(draft, 'rolled', { detail: { revision } });
}

/** Whether a new history is to begin. An instance that is at the revision, or began with it, has done so. */
export function mustRoll(at: { readonly revision: number }, { revision }: { readonly revision?: number }): boolean {
  return revision === undefined || revision > at.revision;
}

/** The audit says what was asked, by whom and why; each task that it touched says what became of it. */
function takeAdjustment(draft: Draft, command: AdjustCommand, next: Program | undefined): void {
  const { adjustment, authority, reason, revision, union: of, arrival } = command;
  const task = taskOf(adjustment);
  note(draft, 'adjusted', {
    ...(task === undefined ? {} : { task }),
    detail: { ...detailOf(adjustment), authority, reason, ...(revision === undefined ? {} : { revision }) },
  });
  adjust(draft, { adjustment, revision, of, next, arrival });
  settle(draft);
  if (next === undefined) return;
  // By other rules something may have been due before, and what could never come up may have come up now.
  advanceDraft(draft, draft.now, draft.now);
  feedAll(draft);
}

/** A row of a form elsewhere becomes a task here. The key is the row's; the same row twice is one task. */
function spawn(draft: Draft, command: Extract<Command, { kind: 'spawn' }>): void {
  if (!makeWay(draft, command)) return;
  const template = getTemplate(draft.program, command.template);
  if (template.retired === true) return note(draft, 'taskDropped', { task: command.key, detail: { why: 'amended' } });
  beginTask(draft, { key: command.key, template, source: command.source, due: command.due, holder: command.holder });
  settle(draft);
}

/** What its rows made here goes, where nobody has worked on it; rows that are still on their way make nothing. */
function despawn(draft: Draft, command: Extract<Command, { kind: 'despawn' }>): void {
  takeRowsBack(draft, command);
  feedAll(draft);
  settle(draft);
}

/** The run is over: what was never done is missed, and the books say so. */
function close(draft: Draft): void {
  for (const [key, task] of Object.entries(draft.tasks)) {
    if (isFinal(task.status)) continue;
    const left = leaveReview(draft, task);
    putTask(draft, key, { ...left, status: nextStatus('task', task.status, 'missed'), reviewer: null, settledAt: draft.now });
    note(draft, 'taskMissed', { task: key });
    feedGates(draft, task.template);
  }
  draft.status = nextStatus('case', draft.status, 'closed');
  note(draft, 'closed');
}
