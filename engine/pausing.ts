/** Pauses: the clocks of an instance stand still, and afterwards it goes on with what was left. */
import type { Pausing } from '../model/adjustment.ts';
import type { Refusal } from '../model/command.ts';
import type { Pause, PauseCause } from '../model/pause.ts';
import type { Instant, Program, ProgramTask } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { passedBy } from './bulletins.ts';
import { carriedBy } from './carrying.ts';
import { cameUpAt, type CountedDeadline, moveDeadline } from './deadlines.ts';
import { type Draft, note, putTask } from './draft.ts';
import { joinedTemplate, type Joined } from './joining.ts';
import { isFinal } from './lifecycles.ts';
import { assigneeOf, tell } from './messages.ts';
import { templateOf } from './occurrences.ts';
import { refusal } from './refusal.ts';
import { chasedNow, passRungs } from './reviewing.ts';
import { budgetByRule, dueOf, findNextRung, rungsFor } from './schedule.ts';

/** So many pauses of an instance are kept, for deadlines that are reckoned later. Documented limit of the product. */
const PAUSES_KEPT = 50;

const WHOSE: Readonly<Record<PauseCause, string>> = { run: 'with the run', union: 'with its union', self: 'by itself' };

/** Why one instance cannot be paused so, or go on. */
export function refusesPausing(
  { instance, paused, pauses = [] }: Snapshot,
  { kind, cause }: Pausing & { readonly kind: 'pause' | 'resume' },
): Refusal | undefined {
  const isPaused = paused?.causes.includes(cause) === true;
  if (kind === 'resume') {
    if (isPaused) return undefined;
    const others = (paused?.causes ?? []).map((each) => WHOSE[each]).join(' and ');
    return refusal(
      'NOT_PAUSED',
      `${instance} is not paused ${WHOSE[cause]}`,
      others === '' ? 'nothing needs to be done' : `it is paused ${others}: let that go on`,
    );
  }
  if (isPaused) return refusal('ALREADY_PAUSED', `${instance} is paused ${WHOSE[cause]} already`, 'nothing needs to be done');
  if (pauses.length >= PAUSES_KEPT)
    return refusal('TOO_MANY_ADJUSTMENTS', `${instance} was paused ${PAUSES_KEPT} times`, 'move its deadlines instead');
  return undefined;
}

export interface PausingNow extends Pausing {
  /** Since when, or until when: for an instance that joins later, before it did. */
  readonly at: Instant;
  /** What the same message of other instances has in common with this one's: each person hears it once. Undefined: nobody is told. */
  readonly once: string | undefined;
}

/** For one more reason. Of a reason that holds already, nothing changes. */
export function pause(draft: Draft, { cause, at, once }: PausingNow): void {
  const { paused } = draft;
  if (paused?.causes.includes(cause) === true) return;
  draft.paused = { since: paused?.since ?? at, causes: [...(paused?.causes ?? []), cause] };
  note(draft, 'paused', { detail: { cause } });
  if (paused === undefined) tellEverybody(draft, { purpose: 'paused', once });
}

/** Goes on once no reason is left. */
export function resume(draft: Draft, { cause, at, once }: PausingNow): void {
  const { paused } = draft;
  if (paused?.causes.includes(cause) !== true) return;
  const causes = paused.causes.filter((each) => each !== cause);
  note(draft, 'resumed', { detail: { cause, ...(causes.length === 0 ? {} : { still: causes.join(',') }) } });
  draft.paused = causes.length === 0 ? undefined : { ...paused, causes };
  if (draft.paused !== undefined) return;
  const over = { from: paused.since, to: at };
  if (over.to > over.from) {
    draft.pauses = [...draft.pauses, over].slice(-PAUSES_KEPT);
    markSettled(draft, over);
  }
  // Several at once would say the same numbers.
  draft.issued = passedBy(draft.program, draft.now);
  for (const [key, task] of Object.entries(draft.tasks)) if (!isFinal(task.status)) goOn(draft, { key, pause: over });
  tellEverybody(draft, { purpose: 'resumed', once });
}

/** By its instant alone, what was settled just before the pause ended is not told from what was just after, whose deadline has come along. */
function markSettled(draft: Draft, { to }: Pause): void {
  for (const [key, task] of Object.entries(draft.tasks))
    if (isFinal(task.status) && task.settledAt === to) putTask(draft, key, { ...task, settledPaused: true });
}

/** One task after the pause: its deadlines come along, and what its ladder would have said meanwhile is not said any more. */
function goOn(draft: Draft, { key, pause: over }: { key: string; pause: Pause }): void {
  bringAlong(draft, { key, pause: over });
  bringReviewAlong(draft, { key, pause: over });
  collapseRungs(draft, key);
}

/** While an instance stands still, and something is handed in or returned all the same: the deadline of that task as if the pause were over. */
export function bringAlongNow(draft: Draft, key: string): void {
  if (draft.paused === undefined) return;
  bringAlong(draft, { key, pause: { from: draft.paused.since, to: draft.now } });
  putTask(draft, key, { ...draft.tasks[key]!, carriedTo: draft.now });
}

function bringAlong(draft: Draft, { key, pause: over }: { key: string; pause: Pause }): void {
  const task = draft.tasks[key]!;
  const deadline = carriedTask(draft.program, task, { pause: over, joined: draft.base });
  if (deadline !== task.deadline) moveDeadline(draft, { key, task, deadline, why: 'pause' });
}

/** The deadline that a task has after a pause, or, in the midst of one, would have. */
function carriedTask(
  program: Program,
  task: TaskState,
  { pause: { from, to }, joined }: { pause: Pause; joined: Joined },
): Instant {
  const { openedAt, carriedTo = -Infinity, anchoredAt, deadline } = task;
  const template = joinedTemplate(program, templateOf(program, task), joined);
  const budget = task.budget ?? budgetByRule(template, anchoredAt);
  // What came up in the midst of it had its deadline as of then; what is counted from a later date loses nothing before.
  const since = Math.max(from, openedAt, carriedTo, countedFrom(program, template, task));
  return carriedBy(program, { deadline, budget, pause: { from: since, to } });
}

/** The anchor's instant where the deadline is counted from it: notice is counted from the opening, and time that somebody gave from then. */
function countedFrom(program: Program, template: ProgramTask, task: TaskState): Instant {
  const { anchoredAt, extended, returnedAt } = task;
  const wasGiven = extended !== undefined || (returnedAt !== undefined && template.returns?.within !== undefined);
  if (typeof anchoredAt !== 'number' || wasGiven) return -Infinity;
  return dueOf(program, template, { openedAt: cameUpAt(task), anchoredAt }).since ?? -Infinity;
}

/** The deadline that binds whoever hands in at the instant that a state has reached: its clock may stand still. */
export function bindingDeadline(program: Program, snapshot: Snapshot, task: TaskState): Instant {
  const { paused, advancedTo } = snapshot;
  if (paused === undefined) return task.deadline;
  return carriedTask(program, task, { pause: { from: paused.since, to: advancedTo }, joined: snapshot });
}

/** The deadline of a settled task as if it had been open all the time: the pauses that ended since have left it alone. */
export function deadlineSince(
  { program, base, pauses }: Pick<Draft, 'program' | 'base' | 'pauses'>,
  task: TaskState,
): CountedDeadline {
  const { budget, anchoredAt, settledAt, settledPaused } = task;
  const deadline = pauses
    .filter(({ to }) => to > settledAt! || (to === settledAt && settledPaused === true))
    .reduce((at, over) => carriedTask(program, { ...task, deadline: at }, { pause: over, joined: base }), task.deadline);
  return { deadline, ...(budget === undefined ? {} : { budget }), ...(anchoredAt === undefined ? {} : { anchoredAt }) };
}

function bringReviewAlong(draft: Draft, { key, pause: { from, to } }: { key: string; pause: Pause }): void {
  const task = draft.tasks[key]!;
  const { review, step } = task;
  if (review === undefined) return;
  const { id, within, ladder } = templateOf(draft.program, task).reviews[step]!;
  const { since, deadline: before, deadlineRev = 0 } = review;
  const over = { from: Math.max(from, since), to };
  const deadline = carriedBy(draft.program, { deadline: before, budget: within!.unit, pause: over });
  if (deadline === before) return;
  const passed = rungsFor(draft.program, { ladder: ladder!, deadline }).filter(({ at }) => at <= draft.now).length;
  putTask(draft, key, { ...task, review: { since, deadline, rung: passed, deadlineRev: deadlineRev + 1 } });
  note(draft, 'reviewMoved', { task: key, detail: { step: id, from: before, to: deadline, why: 'pause' } });
}

/** Rungs that passed while nothing was said are kept as such, and never said. */
function collapseRungs(draft: Draft, key: string): void {
  const task = draft.tasks[key]!;
  const chased = chasedNow(task, templateOf(draft.program, task));
  const passed: string[] = [];
  let { from } = chased;
  for (;;) {
    const time = findNextRung(draft.program, { ...chased, from });
    if (time === undefined || time.at > draft.now) break;
    passed.push(time.occurrence === 1 ? time.rung.id : `${time.rung.id}.${time.occurrence}`);
    from = time.place + 1;
  }
  if (passed.length === 0) return;
  putTask(draft, key, passRungs(task, from));
  note(draft, 'rungsCollapsed', { task: key, detail: { rungs: passed.join(',') } });
}

/** Everybody who has something to do here, once each, whatever they have. */
function tellEverybody(draft: Draft, { purpose, once }: { purpose: 'paused' | 'resumed'; once: string | undefined }): void {
  if (once === undefined) return;
  const told = new Set<string>();
  for (const [key, task] of Object.entries(draft.tasks)) {
    const person = isFinal(task.status) ? null : assigneeOf(task);
    if (person === null || told.has(person)) continue;
    told.add(person);
    tell(draft, { purpose, key, task, to: { person, role: 'assignee', passedOver: [] }, once });
  }
}
