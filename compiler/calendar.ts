/** Calendars: which days are worked. Years without data are unknown, never guessed from the weekday. */
import { z } from 'zod';
import { dateOfEpochDay } from '../model/day-table.ts';
import type { Report } from './issue.ts';
import type { Places } from './places.ts';
import { validate } from './validate.ts';
import { DateText, Id } from './words.ts';
import { parseSource, type SourceFile } from './yaml-source.ts';
import { SAY } from './messages.ts';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const YearText = z.string().regex(/^(19|20|21)\d\d$/, { error: 'a year' });

export const CalendarFile = z.strictObject({
  calendar: Id,
  version: z.string().min(1).max(40),
  validThrough: DateText,
  source: z.string().max(500),
  weekend: z.array(z.enum(WEEKDAYS)).max(6),
  /** Of each year that is known: days off, and days worked although they are of the weekend. */
  years: z.record(YearText, z.strictObject({ off: z.array(DateText).max(366), work: z.array(DateText).max(366) })),
});
export type CalendarFile = z.infer<typeof CalendarFile>;

export interface Calendar {
  readonly id: string;
  readonly version: string;
  readonly knows: (year: number) => boolean;
  readonly isWorkingDay: (epochDay: number) => boolean;
}

/** Calendars that are whole; of the others, the issues. */
export function parseCalendars(
  files: readonly SourceFile[],
  { places, report }: { places: Places; report: Report },
): ReadonlyMap<string, Calendar> {
  const calendars = new Map<string, Calendar>();
  for (const file of files) {
    let sound = true;
    const watched: Report = (...issue) => {
      sound = false;
      report(...issue);
    };
    const root = parseSource(file, { places, report: watched });
    if (root === undefined) continue;
    validate(CalendarFile, root, { places, report: watched, patched: new WeakSet() });
    if (!sound) continue;
    checkYears(root as CalendarFile, { places, report: watched });
    const calendar = createCalendar(root as CalendarFile);
    calendars.set(calendar.id, calendar);
  }
  return calendars;
}

/** A day stands under its own year: the other spelling would be read by nobody. */
function checkYears(file: CalendarFile, { places, report }: { places: Places; report: Report }): void {
  for (const [year, days] of Object.entries(file.years)) {
    for (const list of [days.off, days.work]) {
      list.forEach((date, index) => {
        if (!date.startsWith(year))
          report('DATE_OUTSIDE_CAMPAIGN', places.of(list, index), SAY.DATE_OUTSIDE_CAMPAIGN.otherYear({ date, year }));
      });
    }
  }
}

function createCalendar({ calendar, version, validThrough, weekend, years }: CalendarFile): Calendar {
  const off = new Set(Object.values(years).flatMap((year) => year.off));
  const work = new Set(Object.values(years).flatMap((year) => year.work));
  const weekendDays = new Set(weekend.map((day) => WEEKDAYS.indexOf(day)));
  const lastYear = Number(validThrough.slice(0, 4));
  return {
    id: calendar,
    version,
    knows: (year) => year <= lastYear && Object.hasOwn(years, String(year)),
    isWorkingDay: (day) => {
      const date = dateOfEpochDay(day);
      return work.has(date) || (!off.has(date) && !weekendDays.has(weekdayOf(day)));
    },
  };
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

export const yearOf = (day: number): number => Number(dateOfEpochDay(day).slice(0, 4));
