/** Taking back what was done: the task is open again, and what followed from it goes back as far as nobody has worked on it. */
import type { RowSource, RowsSource } from '../model/command.ts';
import type { TaskState } from '../model/snapshot.ts';
import { evaluate, factsReadBy } from '../model/condition.ts';
import { keyOf } from '../model/task-key.ts';
import type { CountedDeadline } from './deadlines.ts';
import { type Draft, note, putTask, removeTask, writable } from './draft.ts';
import { ownHolder, withHolder } from './hands.ts';
import { handsOf } from './covers.ts';
import { isFinal, next } from './lifecycles.ts';
import { tell } from './messages.ts';
import { findNewest, getTemplate, hasAll, isBehind } from './occurrences.ts';
import { deadlineSince } from './pausing.ts';
import { takeBack } from './results.ts';
import { readmit } from './withdrawal.ts';
import { feedAll } from './gates.ts';

export type Undoing = { readonly key: string } & (
  | {
      /** Reopened by somebody with the right to, or taken back by whoever handed it in. */
      readonly event: 'reopened' | 'retracted';
      /** Its deadline, asked once what it had set is taken back: it may follow from that. */
      readonly again: () => CountedDeadline;
      /** The deadline is one that a person chose. */
      readonly isChosen: boolean;
    }
  /** Waived before it came up: it waits again. */
  | { readonly event: 'shut' }
);
type OpeningAgain = Exclude<Undoing, { event: 'shut' }>;

/** Nobody has handed anything in, so that nothing is lost when it goes. */
export const isUntouched = ({ status, submission }: Pick<TaskState, 'status' | 'submission'>): boolean =>
  status === 'open' && submission === null;

/** Opens a settled task again and takes back what followed from it. The caller opens what comes up then. */
export function undo(draft: Draft, undoing: Undoing): void {
  const { key } = undoing;
  const before = draft.tasks[key]!;
  const wasBehind = templatesBehind(draft);
  const { result: _taken, ...rest } = before;
  putTask(draft, key, rest);
  const changed = takeBack(draft, before);
  if (undoing.event === 'shut') shutOne(draft, key, 'waiver');
  else openAgain(draft, undoing);
  comeBack(draft, before);
  unaskAgain(draft, before);
  dropRows(draft, { key, task: before });
  shut(draft, { key, task: before, wasBehind, changed });
  feedAll(draft);
}

/** With the next revision of its deadline: what its ladder says is said of that, as far as it lies ahead. */
function openAgain(draft: Draft, { key, event, again, isChosen }: OpeningAgain): void {
  const {
    held: _held,
    review: _over,
    reviewsFor: _reviewer,
    budget: _spent,
    settledPaused: _stood,
    ...before
  } = draft.tasks[key]!;
  const own = ownHolder(before);
  const counted = again();
  const task: TaskState = {
    ...withHolder(before, own === null ? { person: null } : handsOf(draft, own)),
    status: next('task', before.status, event),
    ...counted,
    deadlineRev: before.deadlineRev + 1,
    rung: 0,
    rungsAfter: draft.now,
    ...(isChosen ? { extended: (before.extended ?? 0) + 1 } : {}),
    reopened: (before.reopened ?? 0) + 1,
    step: 0,
    reviewer: null,
    submission: null,
    submittedAt: null,
    submittedBy: null,
    settledAt: null,
    decidedBy: null,
  };
  putTask(draft, key, task);
  note(draft, event === 'reopened' ? 'taskReopened' : 'taskRetracted', {
    task: key,
    detail: { from: before.deadline, to: counted.deadline },
  });
  // Whoever takes it back themselves knows.
  if (event === 'reopened') tellHolder(draft, { key, task, purpose: 'reopened' });
}

/** Whoever left by what is undone takes part again, and what was dropped with them is open as it was. */
function comeBack(draft: Draft, { result, settledAt }: TaskState): void {
  if (result?.withdrew !== true || draft.withdrawnAt !== settledAt) return;
  readmit(draft);
  for (const [key, task] of Object.entries(draft.tasks)) {
    if (task.status !== 'dropped' || task.settledAt !== settledAt || task.cameUp === false) continue;
    openAgain(draft, { key, event: 'reopened', again: () => deadlineSince(draft, task), isChosen: false });
  }
}

/** What it asked for again is not wanted any more, unless somebody has worked on it. */
function unaskAgain(draft: Draft, { result }: TaskState): void {
  for (const id of result?.again ?? []) {
    const [times, newest] = [draft.again[id] ?? 0, findNewest(draft, id)];
    if (times === 0 || newest === undefined) continue;
    const hasCome = hasAll(draft, getTemplate(draft.program, id));
    if (hasCome && (newest.occurrence ?? 1) === 1) continue;
    if (hasCome && !isUntouched(newest)) continue;
    if (hasCome) shutOne(draft, keyOf({ template: id, occurrence: newest.occurrence! }), 'notAskedAgain');
    if (times === 1) delete writable(draft, 'again')[id];
    else writable(draft, 'again')[id] = times - 1;
  }
}

/** Tasks that its rows made: here at once, elsewhere by a command. */
function dropRows(draft: Draft, { key, task: { submission, result } }: { key: string; task: TaskState }): void {
  if (submission === null) return;
  const source = { instance: draft.instance, task: key, submission };
  dropMade(draft, source);
  for (const [to, rows] of Object.entries(result?.sent ?? {})) {
    const claim = ['despawn', draft.instance, key, submission, to].join('|');
    draft.outbox.push({
      kind: 'command',
      claim,
      at: draft.now,
      cause: draft.cause.kind,
      to,
      command: { kind: 'despawn', id: claim, source, rows, by: { system: 'relay' } },
    });
  }
}

/** Ends what the rows of a form made here and nobody has worked on. Tells how many of them there are, those that stay included. */
function dropMade(draft: Draft, source: RowsSource): number {
  let made = 0;
  for (const [key, task] of Object.entries(draft.tasks)) {
    if (!isMadeBy(task, source)) continue;
    made += 1;
    if (!isUntouched(task)) {
      if (task.status !== 'dropped') note(draft, 'taskStands', { task: key });
      continue;
    }
    dropUndone(draft, { key, task });
  }
  return made;
}

function dropUndone(draft: Draft, { key, task }: { key: string; task: TaskState }): void {
  const dropped: TaskState = { ...task, status: next('task', task.status, 'dropped'), settledAt: draft.now };
  putTask(draft, key, dropped);
  note(draft, 'taskDropped', { task: key, detail: { why: 'undone' } });
  tellHolder(draft, { key, task: dropped, purpose: 'undone' });
}

/** Takes back what the rows of a form made here. What it does not find is on its way still, unless it went or came to nothing before. */
export function takeRowsBack(draft: Draft, { source, rows }: { source: RowsSource; rows: number }): void {
  const gone = dropMade(draft, source) - (draft.takenBack[source.submission] ?? 0);
  setTakenBack(draft, source, Math.max(0, rows - gone));
}

/**
 * Whether a row that has come may become a task: not when it was taken back while it was on its way. Commands overtake each other: what an earlier
 * submission made under the same key goes now, where nobody has worked on it, and what an earlier one makes comes to nothing. Either is one less to take back.
 */
export function makeWay(draft: Draft, { key, source }: { key: string; source: RowSource }): boolean {
  const late = draft.takenBack[source.submission] ?? 0;
  if (late > 0) {
    setTakenBack(draft, source, late - 1);
    return false;
  }
  const before = draft.tasks[key];
  if (before?.source === undefined || before.source.submission === source.submission) return true;
  if ((source.reopened ?? 0) < (before.source.reopened ?? 0)) {
    setTakenBack(draft, source, late - 1);
    return false;
  }
  if (!isUntouched(before)) return true;
  dropUndone(draft, { key, task: before });
  setTakenBack(draft, before.source, (draft.takenBack[before.source.submission] ?? 0) - 1);
  return true;
}

function setTakenBack(draft: Draft, { submission }: RowsSource, rows: number): void {
  const takenBack = writable(draft, 'takenBack');
  if (rows === 0) delete takenBack[submission];
  else takenBack[submission] = rows;
}

export const isMadeBy = ({ source }: TaskState, { instance, task, submission }: RowsSource): boolean =>
  source !== undefined && source.instance === instance && source.task === task && source.submission === submission;

interface Shutting {
  readonly key: string;
  readonly task: TaskState;
  /** Templates that were behind before. */
  readonly wasBehind: ReadonlySet<string>;
  /** Facts that are others now. */
  readonly changed: ReadonlySet<string>;
}

/** What came up because of it waits again, where nobody has worked on it: the last occurrences first, so that there is never a gap. */
function shut(draft: Draft, of: Shutting): void {
  const open = Object.entries(draft.tasks)
    .filter(([key, task]) => key !== of.key && isUntouched(task) && task.source === undefined)
    .sort(([, a], [, b]) => (b.occurrence ?? 1) - (a.occurrence ?? 1));
  for (const [key, task] of open) {
    const { template, occurrence = 1 } = task;
    if (draft.tasks[keyOf({ template, occurrence: occurrence + 1 })] !== undefined) continue;
    const why = whyShut(draft, of, task);
    if (why !== undefined) shutOne(draft, key, why);
  }
}

function whyShut(draft: Draft, { task: undone, wasBehind, changed }: Shutting, task: TaskState): string | undefined {
  const { after, when, repeats } = getTemplate(draft.program, task.template);
  if (after.some((id) => wasBehind.has(id) && !isBehind(draft, id))) return 'before';
  if (when !== undefined && factsReadBy(when).some((fact) => changed.has(fact)) && !evaluate(when, draft.facts))
    return 'condition';
  const isLater = task.template === undone.template && (task.occurrence ?? 1) > (undone.occurrence ?? 1);
  return isLater && repeats?.kind === 'inTurn' ? 'before' : undefined;
}

function shutOne(draft: Draft, key: string, why: string): void {
  const task = draft.tasks[key]!;
  next('task', task.status, 'shut');
  removeTask(draft, key);
  writable(draft, 'unopened')[key] = task.deadlineRev;
  if (task.reopened !== undefined) writable(draft, 'reopenings')[key] = task.reopened;
  note(draft, 'taskShut', { task: key, detail: { why } });
  if (task.cameUp !== false) tellHolder(draft, { key, task, purpose: 'undone' });
}

const templatesBehind = (draft: Draft): ReadonlySet<string> =>
  new Set(draft.program.tasks.filter(({ id }) => isBehind(draft, id)).map(({ id }) => id));

interface Told {
  readonly key: string;
  readonly task: TaskState;
  readonly purpose: 'reopened' | 'undone' | 'waived';
}

/** Whoever must act, and whoever answers for it. */
export function tellHolder(draft: Draft, { key, task, purpose }: Told): void {
  const people = [task.holder, task.owner].filter((person) => person !== undefined);
  for (const person of new Set(people)) {
    if (person === null && isFinal(task.status)) continue;
    tell(draft, { purpose, key, task, to: { person, role: 'assignee', passedOver: [] } });
  }
}
