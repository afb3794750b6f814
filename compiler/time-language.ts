/** How definitions speak of time: offsets, times of day, hours, and what a deadline is counted from. */
import { z } from 'zod';
import { DateText, Id, Name } from './words.ts';

export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "a time of day, such as '09:00'" });

/**
 * How far an offset may reach, by unit. With these bounds the days that a campaign can reach mostly fit in its day table; where they do not, deadlines
 * end with the table and rungs stay silent.
 */
const whole = (most: number) => z.number().int().min(-most).max(most).optional();
export const units = {
  minutes: whole(10_000),
  hours: whole(500),
  /** Of the hours that are worked. */
  workingHours: whole(200),
  days: whole(60),
  workingDays: whole(20),
  weeks: whole(8),
};
export const UNITS = ['minutes', 'hours', 'workingHours', 'days', 'workingDays', 'weeks'] as const;
export type UnitKey = (typeof UNITS)[number];
const DAY_UNITS: readonly UnitKey[] = ['days', 'workingDays', 'weeks'];

export const isDayUnit = (unit: UnitKey): boolean => DAY_UNITS.includes(unit);

/** What an offset is written as, wherever it stands. */
export interface OffsetKeys extends Partial<Record<UnitKey, number | undefined>> {
  readonly at?: string | undefined;
}

export const unitsIn = (keys: OffsetKeys): readonly UnitKey[] => UNITS.filter((unit) => keys[unit] !== undefined);

/** One unit, and a time of day only where days are counted. `needsTime`: there always. */
export function isOneOffset(keys: OffsetKeys, { needsTime = false } = {}): boolean {
  const [unit, ...others] = unitsIn(keys);
  if (unit === undefined || others.length > 0) return false;
  return isDayUnit(unit) ? !needsTime || keys.at !== undefined : keys.at === undefined;
}

const oneOffset = {
  error: `exactly one of ${UNITS.join(', ')}; and \`at\` only beside ${DAY_UNITS.join(', ')}`,
  params: { code: 'CHOOSE_ONE' },
  abort: true,
};

export const Offset = z
  .strictObject({ ...units, /** By the clock on the wall. */ at: TimeOfDay.optional() })
  .refine((keys) => isOneOffset(keys), oneOffset);
export type Offset = z.infer<typeof Offset>;

/** As an offset, and forwards. */
export const Duration = Offset.refine((keys) => unitsIn(keys).every((unit) => keys[unit]! > 0), {
  error: 'at least 1',
});
export type Duration = z.infer<typeof Duration>;

export const Repeat = z.strictObject({
  every: Duration,
  /** Default 20. */
  times: z.number().int().min(1).max(50).optional(),
});
export type Repeat = z.infer<typeof Repeat>;

export const Anchor = z.union(
  [
    z.enum(['phase-start', 'phase-end', 'opened', 'enrolment']),
    z.strictObject({ done: Id }),
    z.strictObject({ returned: Id }),
    z.strictObject({ fact: Name }),
  ],
  { error: 'phase-start, phase-end, opened, enrolment, { done: task }, { returned: task } or { fact: name }' },
);
export type Anchor = z.infer<typeof Anchor>;

const DueKeys = z.strictObject({ date: DateText.optional(), from: Anchor.optional(), ...units, at: TimeOfDay.optional() });

/** One map for all of them, so that what is wrong with one is never reported as if another had been meant. */
export const Due = z.union(
  [
    z.enum(['phase-end', 'row']),
    DueKeys.refine((keys) => isOneDue(keys), {
      error: 'exactly one of date (+ at), workingDays, or from + a unit such as workingDays (+ at)',
      params: { code: 'CHOOSE_ONE' },
      abort: true,
    }),
  ],
  { error: 'phase-end, row, { workingDays: 1 to 20 }, { date: YYYY-MM-DD } or { from: …, workingDays: … }' },
);
export type Due = z.infer<typeof Due>;

function isOneDue({ date, from, ...keys }: z.infer<typeof DueKeys>): boolean {
  if (date !== undefined) return from === undefined && unitsIn(keys).length === 0;
  if (from !== undefined) return isOneOffset(keys);
  return unitsIn(keys).join() === 'workingDays' && keys.at === undefined;
}

/** A deadline counted from something that is named. */
export interface DueFrom extends OffsetKeys {
  readonly from: Anchor;
}

export const findDueFrom = (due: Due | undefined): DueFrom | undefined =>
  typeof due === 'object' && due.from !== undefined ? (due as DueFrom) : undefined;

/** A deadline on a date. */
export const findDueDate = (due: Due | undefined): { readonly date: DateText; readonly at?: string | undefined } | undefined =>
  typeof due === 'object' && due.date !== undefined ? (due as { date: DateText }) : undefined;

const Span = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, {
  error: "hours from one time of day to another, such as '08:30-12:00'",
});

export const Hours = z.strictObject({
  /** On working days. */
  work: z.array(Span).min(1).max(10).optional(),
  /** Nobody is written to; may go on over midnight. */
  quiet: Span.optional(),
  /** Default false: nor on days off. */
  quietOnDaysOff: z.boolean().optional(),
});
export type Hours = z.infer<typeof Hours>;
