/** Offsets and what they are counted from, in words. */
import type { Offset, OffsetUnit } from '../model/offset.ts';
import type { Anchor, Plan, TaskTemplate } from '../model/plan.ts';
import { titleOf } from './explain-names.ts';

const UNIT: Readonly<Record<OffsetUnit, string>> = {
  minutes: 'minute',
  hours: 'hour',
  workingHours: 'working hour',
  days: 'day',
  workingDays: 'working day',
  weeks: 'week',
};

/** `3 working days`; without the side it lies on. */
export function amountWords({ unit, count }: Offset): string {
  const amount = Math.abs(count);
  return `${amount} ${UNIT[unit]}${amount === 1 ? '' : 's'}`;
}

/** `every week`, `every 3 working days`. */
export const everyWords = (offset: Offset): string =>
  `every ${offset.count === 1 ? UNIT[offset.unit] : amountWords(offset)}${offset.atMinute === undefined ? '' : `, at ${clockWords(offset.atMinute)}`}`;

/** `2 working days, until 17:00`. */
export const durationWords = (offset: Offset): string =>
  `${amountWords(offset)}${offset.atMinute === undefined ? '' : `, until ${clockWords(offset.atMinute)}`}`;

/** `3 working days after the phase ends, at 17:00`. */
export function offsetWords(offset: Offset, from: string): string {
  const { count, atMinute } = offset;
  const at = atMinute === undefined ? '' : `, at ${clockWords(atMinute)}`;
  if (count === 0) return `the day ${from}${at}`;
  return `${amountWords(offset)} ${count < 0 ? 'before' : 'after'} ${from}${at}`;
}

/** `09:05` */
export const clockWords = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** What a deadline is counted from, as a half-sentence; undefined where it is counted from nothing. */
export function anchorWords(plan: Plan, { due, id }: Pick<TaskTemplate, 'due' | 'id'>): string | undefined {
  if (due.kind === 'afterOpening') return 'it opens';
  if (due.kind === 'at')
    return due.from === undefined ? undefined : `its phase ${due.from.anchor === 'phase-end' ? 'ends' : 'starts'}`;
  return due.kind === 'from' ? wordsOfAnchor(plan, due.anchor, id) : undefined;
}

function wordsOfAnchor(plan: Plan, anchor: Anchor, self: string): string {
  switch (anchor.on) {
    case 'opened':
      return 'it opens';
    case 'enrolment':
      return 'the enrolment';
    case 'done':
      return `${nameOf(plan, anchor.task)} is done`;
    case 'returned':
      return anchor.task === self ? 'it is returned' : `${nameOf(plan, anchor.task)} is returned`;
    case 'fact':
      return `the date of ${anchor.fact}`;
  }
}

/** When that is known, as a half-sentence: `visit 走访 (Visit) is done`, `heldOn is known`. */
export const onceWords = (words: string, { due }: Pick<TaskTemplate, 'due'>): string =>
  due.kind === 'from' && due.anchor.on === 'fact' ? `${due.anchor.fact} is known` : words;

function nameOf({ tasks }: Plan, id: string): string {
  const task = tasks.find((each) => each.id === id);
  return task === undefined ? id : `${id} ${titleOf(task.title)}`;
}
