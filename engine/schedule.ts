/** Deadlines and rungs: when a task is due, and the instants at which its ladder speaks. Arithmetic on the plan's day table, nothing else. */
import { findLadder } from '../model/assigned.ts';
import { clampedDay, endOfDay, findDay, startOfDay } from '../model/day-table.ts';
import { clampedOffset, findOffset, multiplied } from '../model/offset.ts';
import type { Budget } from '../model/pause.ts';
import type { DueRule, Instant, Program, ProgramTask, Rung } from '../model/plan.ts';
import { lastRowInstant } from '../model/row-dates.ts';

/** What a deadline follows from, beside its rule. */
export interface DueFacts {
  readonly openedAt: Instant;
  /** The date its row names. */
  readonly rowDue?: string | undefined;
  /** The instant its anchor stands for; null while that is unknown. */
  readonly anchoredAt?: Instant | null | undefined;
  /** What the pauses of an instance that are over make of a deadline, counted from `since` if from anything. Left out: there were none. */
  readonly carry?: (deadline: Instant, counted: { readonly budget: Budget; readonly since?: Instant }) => Instant;
}

export interface Due {
  readonly deadline: Instant;
  /** What it is counted in: what its rule says, or working days where it is the definition's notice. */
  readonly budget: Budget;
  /** From when: its opening, or its anchor. Not of a date. */
  readonly since?: Instant;
}

type OpeningRule = Pick<ProgramTask, 'due' | 'opensAt'>;

export const deadlineOf = (program: Program, rule: OpeningRule, facts: DueFacts): Instant => dueOf(program, rule, facts).deadline;

export function dueOf(program: Program, { due, opensAt }: OpeningRule, facts: DueFacts): Due {
  const { days } = program;
  const { openedAt, rowDue, anchoredAt = null, carry = (deadline) => deadline } = facts;
  const workingDays = (count: number): Due => {
    const { deadline, budget } = workingDaysFrom(program, { from: openedAt, count });
    return { deadline: carry(deadline, { budget, since: openedAt }), budget, since: openedAt };
  };
  switch (due.kind) {
    case 'at':
      return fixedDue(program, { at: carry(due.at, DATE), notice: () => workingDays(due.noticeWorkingDays), opensAt, openedAt });
    case 'from': {
      const notice = (): Due => workingDays(due.noticeWorkingDays);
      if (anchoredAt === null) return fixedDue(program, { at: carry(due.otherwise, DATE), notice, opensAt, openedAt });
      const budget = due.offset.unit;
      const counted = clampedOffset(program, { from: anchoredAt, offset: due.offset, timeless: 'end-of-day' });
      const deadline = carry(counted, { budget, since: anchoredAt });
      // A deadline is never before the opening: whose time was over when the work came up gets the definition's notice as well.
      return deadline > openedAt ? { deadline, budget, since: anchoredAt } : notice();
    }
    case 'afterOpening':
      return workingDays(due.workingDays);
    case 'row': {
      const day = rowDue === undefined ? undefined : findDay(days, rowDue);
      return { deadline: endOfDay(days, day ?? clampedDay(days, openedAt)), ...DATE };
    }
  }
}

const DATE = { budget: 'date' } as const;

function fixedDue(
  program: Program,
  { at, notice, opensAt, openedAt }: { at: Instant; notice: () => Due; opensAt: Instant; openedAt: Instant },
): Due {
  const { days } = program;
  // Work that comes up on or after its last day, through no choice of the holder, gets the definition's notice instead.
  const tooLate = openedAt > opensAt && clampedDay(days, openedAt) >= clampedDay(days, at);
  if (!tooLate) return { deadline: at, ...DATE };
  const noticed = notice();
  return noticed.deadline > at ? noticed : { deadline: at, ...DATE };
}

/** Where the table has fewer working days left, its last one. */
const workingDaysFrom = (program: Program, { from, count }: { from: Instant; count: number }): Due => ({
  deadline: clampedOffset(program, { from, offset: { unit: 'workingDays', count }, timeless: 'end-of-day' }),
  budget: 'workingDays',
});

/** What a deadline is counted in where nothing else was noted of it: as its rule says. */
export function budgetByRule({ due }: Pick<ProgramTask, 'due'>, anchoredAt: Instant | null | undefined): Budget {
  switch (due.kind) {
    case 'at':
    case 'row':
      return 'date';
    case 'from':
      return typeof anchoredAt === 'number' ? due.offset.unit : 'date';
    case 'afterOpening':
      return 'workingDays';
  }
}

/** Whether a rule's deadline moves with something that happens later. */
export const isAnchored = (due: DueRule): due is Extract<DueRule, { kind: 'from' }> => due.kind === 'from';

/**
 * When a rung speaks for a deadline, for the first time or (`occurrence` from 2) again; undefined when that lies beyond the plan's table, or when
 * it does not speak so often.
 */
export function findRungAt(
  frame: Pick<Program, 'days' | 'hours'>,
  rung: Rung,
  { deadline, occurrence = 1 }: { deadline: Instant; occurrence?: number },
): Instant | undefined {
  const first = firstOf(frame, rung, deadline);
  if (occurrence === 1 || first === undefined) return first;
  if (rung.repeat === undefined || occurrence > rung.repeat.times + 1) return undefined;
  const offset = multiplied(rung.repeat.every, occurrence - 1);
  const at = findOffset(frame, { from: first, offset, timeless: 'same-time' });
  return at === undefined || at >= frame.days.starts.at(-1)! ? undefined : at;
}

const SECOND_MS = 1000;

function firstOf(frame: Pick<Program, 'days' | 'hours'>, { offset }: Rung, deadline: Instant): Instant | undefined {
  if (offset === null) return deadline + 1;
  // The end of a day is kept as its last millisecond; hours before and after it are counted from midnight.
  const from = offset.atMinute === undefined ? Math.ceil(deadline / SECOND_MS) * SECOND_MS : deadline;
  return findOffset(frame, { from, offset, timeless: 'same-time' });
}

/** One time that a ladder speaks. */
export interface RungTime {
  readonly rung: Rung;
  /** Counts from 1. */
  readonly occurrence: number;
  readonly at: Instant;
}

/**
 * Everything a ladder says for one deadline, in the order of time; at ties, in the order of the ladder. Asked again and again of the same deadlines,
 * so what was found is kept: a memory of a pure function.
 */
export function rungsFor(program: Program, { ladder, deadline }: { ladder: string; deadline: Instant }): readonly RungTime[] {
  const rungs = findLadder(program, ladder)?.rungs ?? [];
  if (rungs.length === 0) return [];
  const known = keptOf(program, ladder);
  const before = known.get(deadline);
  if (before !== undefined) return before;
  const found = rungs
    .flatMap((rung) =>
      Array.from({ length: 1 + (rung.repeat?.times ?? 0) }, (_, index): RungTime | undefined => {
        const at = findRungAt(program, rung, { deadline, occurrence: index + 1 });
        return at === undefined ? undefined : { rung, occurrence: index + 1, at };
      }),
    )
    .filter((time) => time !== undefined)
    .sort((a, b) => a.at - b.at);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(deadline, found);
  return found;
}

type KeptTimes = Map<Instant, readonly RungTime[]>;
/** By ladder. */
const kept = new WeakMap<Program, Map<string, KeptTimes>>();
/** Deadlines of a program are mostly a few dozen days; those of hours are as many as there are tasks. */
const MOST_KEPT = 500;

function keptOf(program: Program, ladder: string): KeptTimes {
  const known = kept.get(program);
  const times = known?.get(ladder);
  if (times !== undefined) return times;
  const none: KeptTimes = new Map();
  if (known === undefined) kept.set(program, new Map([[ladder, none]]));
  else known.set(ladder, none);
  return none;
}

export interface RungQuestion {
  readonly ladder: string;
  readonly deadline: Instant;
  /** Rungs before it are dropped, never sent late. */
  readonly openedAt: Instant;
  /** Nor does any speak at or before this instant: what the ladder said until then it said of something else. */
  readonly after?: Instant | undefined;
  /** The place in `rungsFor` to look from. */
  readonly from: number;
}

/** A rung, and its place in `rungsFor`. */
export interface NextRung extends RungTime {
  readonly place: number;
}

/** The next rung to speak. */
export function findNextRung(
  program: Program,
  { ladder, deadline, openedAt, after = -Infinity, from }: RungQuestion,
): NextRung | undefined {
  const times = rungsFor(program, { ladder, deadline });
  for (let place = from; place < times.length; place += 1) {
    const time = times[place]!;
    if (time.at >= openedAt && time.at > after) return { rung: time.rung, occurrence: time.occurrence, at: time.at, place };
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
