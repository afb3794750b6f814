/** Why a deadline: the rule it follows from, what it is counted from, and the days that were counted. */
import { deadlineOf, type DueFacts } from '../engine/schedule.ts';
import { clampedDay, dateOf, endOfDay } from '../model/day-table.ts';
import { clampedOffset, type Offset } from '../model/offset.ts';
import type { DateText, DueRule, Instant, Plan, Program, TaskTemplate } from '../model/plan.ts';
import { countDays, type CountedDay, type Day, dayAt } from './explain-days.ts';
import { anchorWords, onceWords } from './explain-offset.ts';

export interface DeadlineExplanation extends Day {
  readonly deadline: Instant;
  /**
   * `next-occurrence`: the day before the next of it comes up; `notice`: it opened on or after its last day, through no choice of its holder; `from`:
   * counted from something else than its opening.
   */
  readonly rule: 'phase-end' | 'next-occurrence' | 'date' | 'notice' | 'working-days' | 'row' | 'from';
  /** What the definition gives: the fixed date, also where notice takes its place. */
  readonly fixed: DateText | null;
  /** The fixed instant of that date; null where there is none. */
  readonly fixedAt: Instant | null;
  /** The working days of the rule, or of the notice there would be. */
  readonly workingDays: number | null;
  /** What it is counted from; null for a rule that counts from nothing. */
  readonly anchor: AnchorExplanation | null;
  /** From the day after it opened, or after its anchor, to the deadline, where working days were counted. */
  readonly counted: readonly CountedDay[];
}

export interface AnchorExplanation {
  /** A half-sentence: `visit 走访 (Visit) is done`. */
  readonly words: string;
  /** The half-sentence for when it becomes known. */
  readonly once: string;
  readonly offset: Offset;
  /** Null while it is unknown; then the deadline is the end of the phase. */
  readonly at: Instant | null;
  /** It may become known or change later, and the deadline with it. */
  readonly moves: boolean;
}

export interface Opened extends DueFacts {
  /** Of a task that comes up several times, from 1. */
  readonly occurrence?: number;
  /** When its instance was enrolled; in time, if left out. */
  readonly enrolledAt?: Instant | undefined;
  readonly rowDue?: DateText | undefined;
}

export function explainDeadline(
  { plan, program }: { readonly plan: Plan; readonly program: Program },
  task: TaskTemplate,
  asked: Opened,
): DeadlineExplanation {
  const { days } = program;
  const opened = { ...asked, anchoredAt: anchoredAt(plan, task, asked) };
  const deadline = deadlineOf(program, task, opened);
  const rule = ruleOf({ plan, program }, task, { ...opened, deadline });
  const anchor = explainAnchor(plan, task, opened);
  const isCounted = rule === 'notice' || rule === 'working-days' || (rule === 'from' && anchor?.offset.unit === 'workingDays');
  const fixedAt = task.due.kind === 'at' ? task.due.at : null;
  return {
    deadline,
    ...dayAt(days, deadline),
    rule,
    fixed: fixedAt === null ? null : dateOf(days, fixedAt),
    fixedAt,
    workingDays: workingDaysOf(task.due),
    anchor,
    counted: isCounted ? countDays(days, { from: (rule === 'from' ? anchor?.at : null) ?? opened.openedAt, to: deadline }) : [],
  };
}

/** As far as a plan knows it by itself: an opening is given, and enrolled is who is there from the beginning. */
function anchoredAt(plan: Plan, { due, phase }: TaskTemplate, { openedAt, anchoredAt: given = null }: Opened): Instant | null {
  if (due.kind === 'at' && due.from !== undefined) {
    const { startsAt, endsAt } = plan.phases.find(({ id }) => id === phase)!;
    return due.from.anchor === 'phase-start' ? startsAt : endsAt;
  }
  if (due.kind !== 'from') return null;
  if (due.anchor.on === 'opened') return openedAt;
  return given ?? (due.anchor.on === 'enrolment' ? Math.min(plan.startsAt, openedAt) : null);
}

function explainAnchor(
  plan: Plan,
  task: TaskTemplate,
  { anchoredAt: at }: { anchoredAt: Instant | null },
): AnchorExplanation | null {
  const { due } = task;
  const words = anchorWords(plan, task);
  if (words === undefined || due.kind === 'afterOpening' || due.kind === 'row') return null;
  const once = onceWords(words, task);
  if (due.kind === 'at') return { words, once, offset: due.from!.offset, at, moves: false };
  return { words, once, offset: due.offset, at, moves: due.anchor.on !== 'opened' && due.anchor.on !== 'enrolment' };
}

/** Asked of the engine's answer: a deadline that came out later than its rule says has been put off by notice. */
function ruleOf(
  { plan, program }: { plan: Plan; program: Program },
  { due, phase, repeats }: TaskTemplate,
  { anchoredAt: from, deadline }: { anchoredAt: Instant | null; deadline: Instant },
): DeadlineExplanation['rule'] {
  if (due.kind === 'row') return 'row';
  if (due.kind === 'afterOpening') return 'working-days';
  if (due.kind === 'from' && from !== null) {
    const byRule = clampedOffset(program, { from, offset: due.offset, timeless: 'end-of-day' });
    return deadline === byRule ? 'from' : 'notice';
  }
  const at = due.kind === 'from' ? due.otherwise : due.at;
  if (deadline > at) return 'notice';
  if (due.kind === 'at' && due.from !== undefined) return 'from';
  if (at === plan.phases.find(({ id }) => id === phase)!.endsAt) return 'phase-end';
  return repeats?.kind === 'scheduled' ? 'next-occurrence' : 'date';
}

function workingDaysOf(due: DueRule): number | null {
  if (due.kind === 'afterOpening') return due.workingDays;
  return due.kind === 'row' ? null : due.noticeWorkingDays;
}

/** A day for a row that names none here: its phase's last day, or the day of opening where that is later. Any other day would do as well. */
export function exampleRowDue(
  { plan, program }: { plan: Plan; program: Program },
  task: TaskTemplate,
  openedAt: Instant,
): DateText {
  const { days } = program;
  const phaseEndsAt = plan.phases.find(({ id }) => id === task.phase)!.endsAt;
  return dateOf(days, Math.max(phaseEndsAt, endOfDay(days, clampedDay(days, openedAt))));
}
