/** Between which instants a ladder may speak of something: when it may begin, and the deadline that it then has. As early and as late as that can be. */
import { clampedDay, startOfDay } from '../model/day-table.ts';
import { clampedOffset, findOffset, isOfDays, type Offset, type TimeFrame } from '../model/offset.ts';
import { sendingAt } from '../model/hours.ts';
import type { DueRule, Instant } from '../model/plan.ts';
import type { Checking } from './checking.ts';
import type { Dating } from './dates.ts';
import { emitDue, emitHours, emitOffset, emitRung } from './emit-time.ts';
import type { PlacedTask } from './gather.ts';
import { given } from './given.ts';
import type { Review, Rung } from './language.ts';

export interface Opening {
  readonly frame: TimeFrame;
  readonly at: Instant;
  readonly deadline: Instant;
  /** It begins too late for its fixed deadline, and has notice. */
  readonly isNoticed?: true;
}

/** Whether a rung speaks, for the first time or again, of something that begins and is due then. */
export function isHeard(opening: Opening, rung: Rung): boolean {
  const speaksAt = speakingAt(opening, rung);
  // What is said again is said later.
  return speaksAt !== undefined && (rung.repeat !== undefined || speaksAt >= opening.at);
}

/** Whether what a rung says by the deadline is held back in quiet hours until the deadline is over. */
export function isCarriedPast(opening: Opening, rung: Rung): boolean {
  const { frame, deadline } = opening;
  const speaksAt = speakingAt(opening, rung);
  if (speaksAt === undefined) return false;
  const sentAt = sendingAt(frame, speaksAt);
  return sentAt > speaksAt && speaksAt <= deadline + 1 && sentAt > deadline;
}

const SECOND_MS = 1000;

/** As the engine has it (engine/schedule.ts): the end of a day is kept as its last millisecond, and hours before it are counted from midnight. */
function speakingAt({ frame, deadline }: Opening, rung: Rung): Instant | undefined {
  const { offset } = emitRung(rung);
  if (offset === null) return deadline + 1;
  const from = offset.atMinute === undefined ? Math.ceil(deadline / SECOND_MS) * SECOND_MS : deadline;
  return findOffset(frame, { from, offset, timeless: 'same-time' });
}

/** The first instant of the campaign as beginning and deadline of something of which nothing more is known: nothing ends before it. */
export function earliestOpening({ definition }: Checking, dating: Dating): Opening {
  const at = dating.startOf(definition.phases[0]!.starts);
  return { frame: frameOf(definition.head, dating), at, deadline: at };
}

/**
 * A task at the beginning of each day on which it may open, with the deadline it then has. Undefined where deadlines follow from more than that: another
 * task, a fact, a turn.
 */
export function openingsOfTask(
  { definition }: Checking,
  { task, phase }: PlacedTask,
  dating: Dating,
): readonly Opening[] | undefined {
  const { head, phases } = definition;
  if (task.repeats !== undefined || typeof (task.joining ?? head.joining) === 'object') return undefined;
  const [startsAt, endsAt] = [dating.startOf(phase.starts), dating.endOf(phase.ends)];
  const frame = frameOf(head, dating);
  const { days } = frame;
  const due = emitDue(task, { dating, hours: frame.hours, startsAt, endsAt, notice: head.notice! });
  const last = clampedDay(days, dating.endOf(phases.at(-1)!.ends));
  const within = task.returns?.within;
  const returned = within === undefined ? [] : openingsOfOffset(frame, emitOffset(within), startsAt);
  const opened = isExactlyFromOpening(due)
    ? openingsOfOffset(frame, due.offset, startsAt)
    : openingsByDay(frame, due, { first: clampedDay(days, startsAt), last });
  return opened === undefined || returned === undefined ? undefined : [...opened, ...returned];
}

/** The time that a review has, from whatever instant it begins at. */
export function openingsOfReview({ definition }: Checking, { within }: Review, dating: Dating): readonly Opening[] | undefined {
  return openingsOfOffset(frameOf(definition.head, dating), emitOffset(within!), dating.startOf(definition.phases[0]!.starts));
}

function frameOf(head: Checking['definition']['head'], { table: days }: Dating): TimeFrame {
  const hours = emitHours(head.hours);
  return { days, ...given({ hours }) };
}

const isExactlyFromOpening = (due: DueRule): due is Extract<DueRule, { kind: 'from' }> =>
  due.kind === 'from' && due.anchor.on === 'opened' && !isOfDays(due.offset);

function openingsByDay(
  frame: TimeFrame,
  due: DueRule,
  { first, last }: { readonly first: number; readonly last: number },
): readonly Opening[] | undefined {
  const openings: Opening[] = [];
  for (let day = first; day <= last; day += 1) {
    const at = startOfDay(frame.days, day);
    const deadline = deadlineFor(frame, due, { at, isFirst: day === first });
    if (deadline === undefined) return undefined;
    openings.push({ frame, at, deadline, ...(due.kind === 'at' && deadline !== due.at && { isNoticed: true }) });
  }
  return openings;
}

/**
 * So far from an instant that may be any: of days, from the beginning of each. Of hours and minutes, from the beginning, and so that the deadline is the
 * first instant of each day: the later in that day, the later it begins too, and what is counted in days is counted from no later a day. Undefined of working
 * hours, of which some are long and some short.
 */
function openingsOfOffset(frame: TimeFrame, offset: Offset, startsAt: Instant): readonly Opening[] | undefined {
  const { days } = frame;
  const ofDays = isOfDays(offset);
  if (offset.unit === 'workingHours' || offset.count < 1) return undefined;
  const first = clampedDay(days, startsAt);
  const starts = days.starts.slice(first, days.working.length);
  const begins = ofDays
    ? starts
    : [
        startsAt,
        ...starts.map(
          (at) => findOffset(frame, { from: at, offset: { ...offset, count: -offset.count }, timeless: 'same-time' })!,
        ),
      ];
  return begins
    .filter((at) => at >= startsAt)
    .map((at) => ({ frame, at, deadline: clampedOffset(frame, { from: at, offset, timeless: 'end-of-day' }) }));
}

/** As the engine has it (engine/schedule.ts), as far as it follows from the opening alone. */
function deadlineFor(
  frame: TimeFrame,
  due: DueRule,
  { at, isFirst }: { readonly at: Instant; readonly isFirst: boolean },
): Instant | undefined {
  const { days } = frame;
  const inWorkingDays = (count: number): Instant =>
    clampedOffset(frame, { from: at, offset: { unit: 'workingDays', count }, timeless: 'end-of-day' });
  switch (due.kind) {
    case 'at':
      return isFirst || clampedDay(days, at) < clampedDay(days, due.at)
        ? due.at
        : Math.max(due.at, inWorkingDays(due.noticeWorkingDays));
    case 'afterOpening':
      return inWorkingDays(due.workingDays);
    case 'from': {
      if (due.anchor.on !== 'opened' || !isOfDays(due.offset)) return undefined;
      const deadline = clampedOffset(frame, { from: at, offset: due.offset, timeless: 'end-of-day' });
      // Whoever begins later that day than it ends gets notice.
      return due.offset.count > 0 ? deadline : Math.max(deadline, inWorkingDays(due.noticeWorkingDays));
    }
    case 'row':
      return undefined;
  }
}
