/** Deadlines that follow from something else: what they are counted from, and what happens when that becomes known or changes. */
import { epochDay, startOfDay } from '../model/day-table.ts';
import type { Anchor, DayTable, FactValue, Instant, Program, ProgramTask } from '../model/plan.ts';
import type { TaskState } from '../model/snapshot.ts';
import { carryOf } from './carrying.ts';
import { type Draft, note, putTask } from './draft.ts';
import { tell } from './messages.ts';
import { joinedTemplate } from './joining.ts';
import { findNewest, isBehind, templateOf } from './occurrences.ts';
import { indexOf } from './program-index.ts';
import { type Due, dueOf, isAnchored, budgetByRule } from './schedule.ts';

/** A deadline with what it is counted from and in. */
export type CountedDeadline = Pick<TaskState, 'deadline' | 'anchoredAt' | 'budget' | 'cameUpAgain' | 'carriedTo'>;

/** When it came up, for what its rule says of it. */
export const cameUpAt = ({ openedAt, cameUpAgain }: TaskState): Instant => cameUpAgain ?? openedAt;

/** The instant a task's deadline is counted from: null while it is unknown, undefined for a deadline that follows from nothing else. */
export function anchorOf(
  draft: Readonly<Draft>,
  { id, due }: ProgramTask,
  { key, openedAt }: { key: string; openedAt: Instant },
): Instant | null | undefined {
  if (!isAnchored(due)) return undefined;
  const { anchor } = due;
  switch (anchor.on) {
    case 'opened':
      return openedAt;
    case 'enrolment':
      return draft.base.enrolledAt ?? null;
    case 'done': {
      const task = findNewest(draft, anchor.task);
      return task !== undefined && task.status !== 'dropped' && isBehind(draft, anchor.task) ? task.settledAt : null;
    }
    case 'returned':
      // A task made by a row is one of many: its own return is that of its own key.
      return (anchor.task === id ? draft.tasks[key] : findNewest(draft, anchor.task))?.returnedAt ?? null;
    case 'fact':
      return startOfDate(draft.program.days, draft.facts[anchor.fact] ?? null);
  }
}

/** Days outside the table count as its first or its last. */
function startOfDate(days: DayTable, date: FactValue): Instant | null {
  const day = typeof date === 'string' ? epochDay(date) : undefined;
  if (day === undefined) return null;
  return startOfDay(days, Math.min(Math.max(day - epochDay(days.from)!, 0), days.working.length - 1));
}

/**
 * Moves the deadlines whose anchors have become known or changed. What has been handed in is judged by the deadline it was handed in under, so work in
 * review follows once it is returned.
 */
export function followAnchors(draft: Draft): void {
  if (!indexOf(draft.program).isAnchored || draft.paused !== undefined) return;
  for (const [key, task] of Object.entries(draft.tasks)) {
    if (task.status !== 'open' && task.status !== 'returned') continue;
    const counted = findFollowed(draft, { key, task });
    if (counted === undefined) continue;
    const { deadline, ...how } = counted;
    const { budget: _before, ...rest } = task;
    const followed: TaskState = { ...rest, ...how };
    putTask(draft, key, followed);
    if (deadline === task.deadline) continue;
    const { due } = joinedTemplate(draft.program, templateOf(draft.program, task), draft.base);
    const moved = moveDeadline(draft, { key, task: followed, deadline, why: wordsOf(due) });
    tell(draft, { purpose: 'moved', key, task: moved, to: { person: task.holder, role: 'assignee', passedOver: [] } });
  }
}

/** The deadline of a task whose anchor has become known or changed; undefined where it stays. */
export function findFollowed(
  draft: Readonly<Draft>,
  { key, task }: { key: string; task: TaskState },
): CountedDeadline | undefined {
  const { anchoredAt, extended } = task;
  const openedAt = cameUpAt(task);
  // Where a person has set it, it stands.
  if (anchoredAt === undefined || extended !== undefined) return undefined;
  const template = joinedTemplate(draft.program, templateOf(draft.program, task), draft.base);
  const now = anchorOf(draft, template, { key, openedAt });
  return now === undefined || now === anchoredAt ? undefined : ruledDeadline(draft, { key, task, openedAt });
}

interface Ruling {
  readonly key: string;
  readonly task: TaskState;
  readonly openedAt: Instant;
  /** Whose rule it is, if not that of the program it goes by. */
  readonly by?: Program;
}

/** What its rule gives a task that came up then, as things stand. */
export function ruledDeadline(
  draft: Readonly<Draft>,
  { key, task, openedAt, by: program = draft.program }: Ruling,
): CountedDeadline {
  const template = joinedTemplate(program, templateOf(program, task), draft.base);
  const anchoredAt = anchorOf(draft, template, { key, openedAt });
  const due = dueOf(program, template, { openedAt, anchoredAt, carry: carryOf(draft) });
  return {
    deadline: due.deadline,
    ...(anchoredAt === undefined ? {} : { anchoredAt }),
    ...budgetNoted(template, { due, anchoredAt }),
    ...carriedFrom(draft, due),
  };
}

/** What is counted from the midst of a pause is later by the rest of it. A date is counted from nothing: it is later by all of it. */
const carriedFrom = ({ paused }: Readonly<Draft>, { since }: Due): Pick<TaskState, 'carriedTo'> =>
  paused === undefined || since === undefined || since <= paused.since ? {} : { carriedTo: since };

const wordsOf = (due: ProgramTask['due']): string => (isAnchored(due) ? anchorWords(due.anchor) : due.kind);

function anchorWords(anchor: Anchor): string {
  if ('task' in anchor) return `${anchor.on}:${anchor.task}`;
  return 'fact' in anchor ? `fact:${anchor.fact}` : anchor.on;
}

/** What a deadline is counted in, where that is not what its rule says. */
export function budgetNoted(
  template: Pick<ProgramTask, 'due'>,
  { due: { budget }, anchoredAt }: { due: Due; anchoredAt: Instant | null | undefined },
): Pick<TaskState, 'budget'> {
  return budget === budgetByRule(template, anchoredAt) ? {} : { budget };
}

export interface DeadlineMove {
  readonly key: string;
  readonly task: TaskState;
  readonly deadline: Instant;
  /** What moved it, by ids. */
  readonly why: string;
}

/** A moved deadline supersedes the old one: its ladder begins anew, as far as it still lies ahead. */
export function moveDeadline(draft: Draft, { key, task, deadline, why }: DeadlineMove): TaskState {
  const moved: TaskState = { ...task, deadline, deadlineRev: task.deadlineRev + 1, rung: 0, rungsAfter: draft.now };
  putTask(draft, key, moved);
  note(draft, 'deadlineMoved', { task: key, detail: { from: task.deadline, to: deadline, why } });
  return moved;
}
