/** How definitions speak of cases: tasks that come up several times, and instances that join late, leave or come back. */
import { z } from 'zod';
import { chooseOne } from './words.ts';

const whole = (most: number) => z.number().int().min(1).max(most).optional();

/** Of days, never hours: what repeats comes up with a day. With these bounds the days a phase can reach are in the day table. */
export const DaySpan = chooseOne(
  z.strictObject({ days: whole(366), workingDays: whole(250), weeks: whole(52) }),
  ['days'],
  ['workingDays'],
  ['weeks'],
);
export type DaySpan = z.infer<typeof DaySpan>;

/** So many in one phase is a way of working, not of a campaign. */
export const MOST_OCCURRENCES = 100;
const times = z.number().int().min(2).max(MOST_OCCURRENCES);

export const Repeats = z.union(
  [
    /** One after another. */
    z.strictObject({ times, apart: DaySpan.optional() }),
    /** On a schedule, from its phase's first day on. */
    z.strictObject({ every: DaySpan, times: times.optional() }),
  ],
  { error: '{ times: 3 }, { times: 3, apart: { weeks: 2 } } or { every: { weeks: 1 } }' },
);
export type Repeats = z.infer<typeof Repeats>;
