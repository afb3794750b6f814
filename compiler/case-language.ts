/** How definitions speak of cases: tasks that come up several times, and instances that join late, leave or come back. */
import { z } from 'zod';
import { Due } from './time-language.ts';
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

const ways = ['catch-up', 'shift', 'skip'] as const;

/** Of whoever is enrolled after a task had begun. */
export const Joining = z.union([z.enum(ways), z.strictObject({ due: Due })], {
  error: 'catch-up, shift, skip, or { due: … }',
});
export type Joining = z.infer<typeof Joining>;

/** For all tasks that do not say it themselves: so its deadline can be counted from their opening only. */
export const JoiningByDefault = z.union(
  [z.enum(ways), z.strictObject({ due: z.strictObject({ workingDays: z.number().int().min(1).max(20) }) })],
  { error: 'catch-up, shift, skip, or { due: { workingDays: 3 } }' },
);

/** Of a phase that had begun before its run did. */
export const Past = z.enum(['refuse', 'catch-up', 'skip']);
