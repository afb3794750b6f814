/** Why a deadline: the rule it follows from, and the days that were counted. */
import { clampedDay, deadlineOf } from '../engine/schedule.ts';
import { dateOf, endOfDay } from '../model/day-table.ts';
import type { DateText, Instant, Plan, Program, TaskTemplate } from '../model/plan.ts';
import { countDays, type CountedDay, type Day, dayAt } from './explain-days.ts';

export interface DeadlineExplanation extends Day {
  readonly deadline: Instant;
  /** `notice`: it opened on or after its last day, through no choice of its holder. */
  readonly rule: 'phase-end' | 'date' | 'notice' | 'working-days' | 'row';
  /** What the definition gives: the fixed date, also where notice takes its place. */
  readonly fixed: DateText | null;
  /** The working days of the rule, or of the notice there would be. */
  readonly workingDays: number | null;
  /** From the day after it opened to the deadline, where working days were counted. */
  readonly counted: readonly CountedDay[];
}

export interface Opened {
  readonly openedAt: Instant;
  readonly rowDue?: DateText | undefined;
}

export function explainDeadline(
  { plan, program }: { readonly plan: Plan; readonly program: Program },
  task: TaskTemplate,
  opened: Opened,
): DeadlineExplanation {
  const { days } = program;
  const deadline = deadlineOf(program, task, opened);
  const rule = ruleOf(plan, task, deadline);
  const isCounted = rule === 'notice' || rule === 'working-days';
  return {
    deadline,
    ...dayAt(days, deadline),
    rule,
    fixed: task.due.kind === 'at' ? dateOf(days, task.due.at) : null,
    workingDays: workingDaysOf(task),
    counted: isCounted ? countDays(days, { from: opened.openedAt, to: deadline }) : [],
  };
}

/** Asked of the engine's answer: a fixed deadline that came out later than it is written has been put off by notice. */
function ruleOf({ phases }: Plan, { due, phase }: TaskTemplate, deadline: Instant): DeadlineExplanation['rule'] {
  if (due.kind === 'row') return 'row';
  if (due.kind === 'afterOpening') return 'working-days';
  if (deadline > due.at) return 'notice';
  return due.at === phases.find(({ id }) => id === phase)!.endsAt ? 'phase-end' : 'date';
}

function workingDaysOf({ due }: TaskTemplate): number | null {
  if (due.kind === 'afterOpening') return due.workingDays;
  return due.kind === 'at' ? due.noticeWorkingDays : null;
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
