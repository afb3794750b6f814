/** Rungs that never speak: for every task that uses their ladder they fall before it opens, however early or late that is. */
import { clampedDay, startOfDay } from '../model/day-table.ts';
import { clampedOffset, findOffset, isOfDays, type TimeFrame } from '../model/offset.ts';
import type { DueRule, Instant } from '../model/plan.ts';
import type { Checking } from './checking.ts';
import type { Dating } from './dates.ts';
import { emitDue, emitHours, emitRung } from './emit-time.ts';
import { type PlacedTask, rowTemplates } from './gather.ts';
import { given } from './given.ts';
import { ladderOf, reviewLadderOf } from './ladders.ts';
import type { Rung } from './language.ts';
import { SAY } from './messages.ts';
import { unitsIn } from './time-language.ts';

export function checkRungsSpeak(checking: Checking, dating: Dating): void {
  const { definition, places, report } = checking;
  const speaking = new Set<Rung>();
  const silent = new Map<Rung, { readonly ladder: string; readonly task: string }>();
  const look = (ladder: string, task: string, speaks: (rung: Rung) => boolean): void => {
    for (const rung of definition.ladders.get(ladder) ?? []) {
      if (speaking.has(rung) || !isBefore(rung) || speaks(rung)) speaking.add(rung);
      else if (!silent.has(rung)) silent.set(rung, { ladder, task });
    }
  };
  const made = rowTemplates(definition.tasks);
  for (const placed of definition.tasks) {
    const { task } = placed;
    const openings = made.has(task.id) ? undefined : findOpenings(checking, placed, dating);
    const speaks = (rung: Rung): boolean => openings === undefined || openings.some((each) => isHeard(each, rung));
    look(ladderOf(task), task.id, speaks);
    // The time of a review is counted from whenever it begins.
    for (const review of task.reviews ?? []) {
      const ladder = reviewLadderOf(definition, task, review);
      if (ladder !== undefined) look(ladder, task.id, () => true);
    }
  }
  for (const [rung, { ladder, task }] of silent) {
    if (speaking.has(rung)) continue;
    report('RUNG_NEVER_SPEAKS', places.of(rung), SAY.RUNG_NEVER_SPEAKS.main({ rung: rung.id, ladder, task }));
  }
}

/** Only what is said before the deadline can come too early, and what is said again is said later. */
function isBefore(rung: Rung): boolean {
  const [unit] = unitsIn(rung);
  return rung.repeat === undefined && unit !== undefined && rung[unit]! < 0;
}

interface Opening {
  readonly frame: TimeFrame;
  readonly at: Instant;
  readonly deadline: Instant;
}

function isHeard({ frame, at, deadline }: Opening, rung: Rung): boolean {
  const { offset } = emitRung(rung);
  const speaksAt = findOffset(frame, { from: deadline, offset: offset!, timeless: 'same-time' });
  return speaksAt !== undefined && speaksAt >= at;
}

/**
 * A task at the beginning of each day on which it may open, with the deadline it then has. Undefined where deadlines follow from more than that: another
 * task, a fact, a turn, a return.
 */
function findOpenings({ definition }: Checking, { task, phase }: PlacedTask, dating: Dating): readonly Opening[] | undefined {
  const { head, phases } = definition;
  if (task.repeats !== undefined || task.returns?.within !== undefined || typeof (task.joining ?? head.joining) === 'object')
    return undefined;
  const days = dating.table;
  const [startsAt, endsAt] = [dating.startOf(phase.starts), dating.endOf(phase.ends)];
  const hours = emitHours(head.hours);
  const frame: TimeFrame = { days, ...given({ hours }) };
  const due = emitDue(task, { dating, hours, startsAt, endsAt, notice: head.notice! });
  const last = clampedDay(days, dating.endOf(phases.at(-1)!.ends));
  const first = clampedDay(days, startsAt);
  const openings: Opening[] = [];
  for (let day = first; day <= last; day += 1) {
    const at = startOfDay(days, day);
    const deadline = deadlineFor(frame, due, { at, isFirst: day === first });
    if (deadline === undefined) return undefined;
    openings.push({ frame, at, deadline });
  }
  return openings;
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
      return deadline > at ? deadline : inWorkingDays(due.noticeWorkingDays);
    }
    case 'row':
      return undefined;
  }
}
