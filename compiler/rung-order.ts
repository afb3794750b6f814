/** Which of two rungs speaks first, as far as that is so for every deadline at the end of a day. */
import { minuteOf } from './emit-time.ts';
import type { Rung } from './language.ts';
import { unitsIn } from './time-language.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Minutes from the first instant of the deadline's day: when a rung speaks at the earliest and at the latest. */
interface Window {
  readonly earliest: number;
  readonly latest: number;
}

export function speaksBefore(rung: Rung, other: Rung): boolean {
  // However many days of rest lie between, so many working days are fewer than more of them.
  if (rung.workingDays !== undefined && other.workingDays !== undefined) return inWorkingDays(rung) < inWorkingDays(other);
  return windowOf(rung).latest < windowOf(other).earliest;
}

const timeOf = ({ at }: Rung): number => (at === undefined ? 0 : minuteOf(at));
const inWorkingDays = (rung: Rung): number => rung.workingDays! * DAY + timeOf(rung);

function windowOf(rung: Rung): Window {
  const [unit] = unitsIn(rung);
  if (unit === undefined) return exactly(DAY);
  const count = rung[unit]!;
  switch (unit) {
    case 'minutes':
      return exactly(DAY + count);
    case 'hours':
      return exactly(DAY + count * HOUR);
    case 'days':
      return exactly(count * DAY + timeOf(rung));
    case 'weeks':
      return exactly(count * 7 * DAY + timeOf(rung));
    case 'workingHours':
      return atLeast(count, DAY + count * HOUR);
    case 'workingDays':
      return atLeast(count, count * DAY + timeOf(rung));
  }
}

const exactly = (minute: number): Window => ({ earliest: minute, latest: minute });

/** Rest between only puts more time before or after the deadline. */
function atLeast(count: number, minute: number): Window {
  if (count === 0) return exactly(minute);
  return count > 0 ? { earliest: minute, latest: Infinity } : { earliest: -Infinity, latest: minute };
}
