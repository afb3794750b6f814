/** Deadlines and rungs: when a task is due, and the instants at which its ladder speaks. Arithmetic on the plan's day table, nothing else. */
import { dayOf, endOfDay, findDay, findWorkingDay, minuteOfDay, startOfDay } from '../model/day-table.ts';
import type { DayTable, Instant, Program, ProgramTask, Rung } from '../model/plan.ts';
import { lastRowInstant } from '../model/row-dates.ts';

/** The day of an instant; an instant past the table counts as the table's last day, so that a run left open never trips over it. */
export function clampedDay(days: DayTable, at: Instant): number {
  const last = days.working.length - 1;
  if (at >= days.starts[last]!) return last;
  return at < days.starts[0]! ? 0 : dayOf(days, at);
}

/** Where the table has fewer working days left, its last one. */
function workingDayEnd(days: DayTable, { from, count }: { from: number; count: number }): Instant {
  return endOfDay(days, findWorkingDay(days, from, count) ?? Math.max(from, days.working.lastIndexOf('1')));
}

/** The deadline of a task that opens at `openedAt`; `rowDue` is the date its row names. */
export function deadlineOf(
  program: Program,
  { due, opensAt }: Pick<ProgramTask, 'due' | 'opensAt'>,
  { openedAt, rowDue }: { openedAt: Instant; rowDue?: string | undefined },
): Instant {
  const opened = clampedDay(program.days, openedAt);
  switch (due.kind) {
    case 'at': {
      // Work that comes up on or after its last day, through no choice of the holder, gets the definition's notice instead.
      const tooLate = openedAt > opensAt && opened >= clampedDay(program.days, due.at);
      return tooLate ? Math.max(due.at, workingDayEnd(program.days, { from: opened, count: due.noticeWorkingDays })) : due.at;
    }
    case 'afterOpening':
      return workingDayEnd(program.days, { from: opened, count: due.workingDays });
    case 'row': {
      const day = rowDue === undefined ? undefined : findDay(program.days, rowDue);
      return endOfDay(program.days, day ?? opened);
    }
  }
}

/** When a rung speaks for a deadline; undefined when that day lies beyond the plan's table. */
export function findRungAt(days: DayTable, rung: Rung, deadline: Instant): Instant | undefined {
  if (rung.atMinute === null) return deadline + 1;
  const day = findWorkingDay(days, clampedDay(days, deadline), rung.workingDays);
  return day === undefined ? undefined : minuteOfDay(days, day, rung.atMinute);
}

/** The next rung to speak at or after place `from`; rungs that fall before the opening are dropped, never sent late. */
export function findNextRung(
  program: Program,
  { ladder, deadline, openedAt, from }: { ladder: string; deadline: Instant; openedAt: Instant; from: number },
): { index: number; at: Instant; rung: Rung } | undefined {
  const rungs = program.ladders[ladder]?.rungs ?? [];
  for (let index = from; index < rungs.length; index += 1) {
    const rung = rungs[index]!;
    const at = findRungAt(program.days, rung, deadline);
    if (at !== undefined && at >= openedAt) return { index, at, rung };
  }
  return undefined;
}

/** When a task that closes by itself is missed: after its time has ended and its deadline has passed. */
export function closingAt({ endsAt }: Pick<ProgramTask, 'endsAt'>, deadline: Instant): Instant {
  return Math.max(endsAt, deadline) + 1;
}

/** Whether a row may name this date: not before today, not after the campaign's last day; work done later than that has a fortnight. */
export function isRowDueInRange(program: Program, { date, now }: { date: string; now: Instant }): boolean {
  const day = findDay(program.days, date);
  return (
    day !== undefined &&
    day >= clampedDay(program.days, now) &&
    startOfDay(program.days, day) <= lastRowInstant({ endsAt: program.endsAt, now })
  );
}
