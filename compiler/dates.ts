/** The campaign's dates: checked, moved when it starts on another day, and frozen into the plan's day table. */
import { dateOfEpochDay, endOfDay, epochDay, findDay, minuteOfDay, startOfDay } from '../model/day-table.ts';
import type { DateText, DayTable, Instant } from '../model/plan.ts';
import type { Calendar } from './calendar.ts';
import { yearOf } from './calendar.ts';
import type { Checking } from './checking.ts';
import { suggest } from './checking.ts';
import type { Phase } from './language.ts';
import { isZone, jumpsOfDays, startsOfDays } from './zone.ts';

/** Days kept around the campaign: rungs before the first deadline, and notice and ladders after the last. */
const DAYS_BEFORE = 40;
const DAYS_AFTER = 75;
/** What the table must reach at least, where the calendar's last known year cuts it short. */
const DAYS_BEFORE_NEEDED = 28;
const DAYS_AFTER_NEEDED = 25;
const MAX_CAMPAIGN_DAYS = 3 * 366;

/** Turns the definition's dates into the plan's instants. */
export interface Dating {
  readonly table: DayTable;
  readonly calendar: Calendar;
  /** First instant of a date. */
  readonly startOf: (date: DateText) => Instant;
  /** Last millisecond of a date. */
  readonly endOf: (date: DateText) => Instant;
  /** So many minutes after midnight of a date, by the clock on the wall. */
  readonly timeOf: (date: DateText, minute: number) => Instant;
}

/** Undefined when the dates do not hold together; the issues say why. */
export function checkDates(
  checking: Checking,
  { calendars, starts }: { calendars: ReadonlyMap<string, Calendar>; starts?: string | undefined },
): Dating | undefined {
  const inOrder = checkPhases(checking);
  const zone = checkZone(checking);
  const calendar = checkCalendar(checking, calendars);
  const shift = shiftOf(checking, starts);
  if (!inOrder || zone === undefined || calendar === undefined || shift === undefined) return undefined;
  return freeze(checking, { zone, calendar, shift });
}

function checkPhases({ definition, places, report, patched }: Checking): boolean {
  const { phases } = definition;
  let sound = true;
  const wrong: typeof report = (...issue) => {
    sound = false;
    report(...issue);
  };
  if (phases.length === 0) {
    // A phase that was taken out for its own faults has been reported already.
    const list = definition.head.phases;
    if (list === undefined)
      wrong('NO_PHASES', places.of(definition.head), {
        message: 'no file of the definition has phases',
        hint: 'add `phases` with their dates and actions',
      });
    return false;
  }
  phases.forEach((phase, index) => {
    if (patched.has(phase)) sound = false;
    else if (phase.ends < phase.starts) {
      wrong('DATES_REVERSED', places.of(phase, 'ends'), {
        message: `phase '${phase.id}' ends on ${phase.ends}, before it starts on ${phase.starts}`,
        hint: 'exchange or correct the dates',
      });
    }
    const before = phases[index - 1];
    if (before === undefined || patched.has(phase) || patched.has(before)) return;
    if (phase.starts < before.starts) {
      wrong('PHASES_OUT_OF_ORDER', places.of(phase, 'starts'), {
        message: `phase '${phase.id}' starts on ${phase.starts}, before '${before.id}' (${before.starts}), which is listed first`,
        hint: 'list phases in the order of their dates',
      });
    } else if (phase.starts <= before.ends) {
      wrong('PHASES_OVERLAP', places.of(phase, 'starts'), {
        message: `phase '${phase.id}' starts on ${phase.starts}, and '${before.id}' ends on ${before.ends}`,
        hint: `let it start after ${before.ends}`,
      });
    }
  });
  return sound;
}

function checkZone({ definition: { head }, places, report }: Checking): string | undefined {
  if (head.zone === undefined) return undefined;
  if (isZone(head.zone)) return head.zone;
  report('UNKNOWN_ZONE', places.of(head, 'zone'), {
    message: `there is no time zone '${head.zone}'`,
    hint: suggest(head.zone, Intl.supportedValuesOf('timeZone')),
  });
  return undefined;
}

function checkCalendar(
  { definition: { head }, places, report }: Checking,
  calendars: ReadonlyMap<string, Calendar>,
): Calendar | undefined {
  if (head.calendar === undefined) return undefined;
  const calendar = calendars.get(head.calendar);
  if (calendar === undefined) {
    report('UNKNOWN_CALENDAR', places.of(head, 'calendar'), {
      message: `there is no calendar '${head.calendar}'`,
      hint: suggest(head.calendar, [...calendars.keys()]),
    });
  }
  return calendar;
}

function shiftOf({ definition: { head, phases }, places, report }: Checking, starts: string | undefined): number | undefined {
  const first = phases[0];
  if (starts === undefined || first === undefined) return 0;
  const day = epochDay(starts);
  if (day === undefined) {
    report('STARTS_MALFORMED', places.of(head), {
      message: `the campaign cannot start on '${starts}'`,
      hint: 'give a date that exists, written YYYY-MM-DD',
    });
    return undefined;
  }
  return day - epochDay(first.starts)!;
}

interface Frame {
  readonly zone: string;
  readonly calendar: Calendar;
  /** Days by which all dates of the definition are moved. */
  readonly shift: number;
}

function freeze(checking: Checking, frame: Frame): Dating | undefined {
  const { zone, calendar, shift } = frame;
  const { phases } = checking.definition;
  const movedDay = (date: DateText): number => epochDay(date)! + shift;
  const firstDay = movedDay(phases[0]!.starts);
  const lastDay = movedDay(phases.at(-1)!.ends);
  if (!checkLength(checking, lastDay - firstDay + 1) || !checkYears(checking, frame)) return undefined;
  const margins = findMargins(checking, frame, { firstDay, lastDay });
  if (margins === undefined) return undefined;
  const { before, after } = margins;
  const table = tableOf(calendar, { zone, from: firstDay - before, count: before + (lastDay - firstDay + 1) + after });
  const dayOf = (date: DateText): number => findDay(table, dateOfEpochDay(movedDay(date)))!;
  warnOfIdlePhases(checking, (phase) => table.working.slice(dayOf(phase.starts), dayOf(phase.ends) + 1));
  return {
    table,
    calendar,
    startOf: (date) => startOfDay(table, dayOf(date)),
    endOf: (date) => endOfDay(table, dayOf(date)),
    timeOf: (date, minute) => minuteOfDay(table, dayOf(date), minute),
  };
}

function checkLength({ definition: { phases }, places, report }: Checking, days: number): boolean {
  if (days <= MAX_CAMPAIGN_DAYS) return true;
  report('CAMPAIGN_TOO_LONG', places.of(phases.at(-1)!, 'ends'), {
    message: `the campaign lasts ${days} days`,
    hint: `at most ${MAX_CAMPAIGN_DAYS}; divide it into several campaigns`,
  });
  return false;
}

/** The years the phases themselves lie in. */
function checkYears(checking: Checking, { calendar, shift }: Frame): boolean {
  const { phases } = checking.definition;
  const unknown = phases.flatMap((phase) =>
    (['starts', 'ends'] as const)
      .map((key) => ({ phase, key, day: epochDay(phase[key])! + shift }))
      .filter(({ day }) => !calendar.knows(yearOf(day))),
  );
  for (const { phase, key, day } of unknown)
    reportYear(checking, { calendar, phase, key, day, why: `phase '${phase.id}' ${key} on ${dateOfEpochDay(day)}` });
  return unknown.length === 0;
}

/** How many days are known before and after the campaign, as far as they are wanted; undefined when they are too few to reckon with. */
function findMargins(
  checking: Checking,
  { calendar }: Frame,
  { firstDay, lastDay }: { firstDay: number; lastDay: number },
): { readonly before: number; readonly after: number } | undefined {
  const { phases } = checking.definition;
  const reach = (from: number, { step, want }: { step: 1 | -1; want: number }): number => {
    let reached = 0;
    while (reached < want && calendar.knows(yearOf(from + step * (reached + 1)))) reached += 1;
    return reached;
  };
  const before = reach(firstDay, { step: -1, want: DAYS_BEFORE });
  const after = reach(lastDay, { step: 1, want: DAYS_AFTER });
  if (before < DAYS_BEFORE_NEEDED) {
    const why = `reminders may look back ${DAYS_BEFORE_NEEDED} days from the start`;
    reportYear(checking, { calendar, phase: phases[0]!, key: 'starts', day: firstDay - before - 1, why });
  }
  if (after < DAYS_AFTER_NEEDED) {
    const why = `working days are counted for ${DAYS_AFTER_NEEDED} days after the end`;
    reportYear(checking, { calendar, phase: phases.at(-1)!, key: 'ends', day: lastDay + after + 1, why });
  }
  return before < DAYS_BEFORE_NEEDED || after < DAYS_AFTER_NEEDED ? undefined : { before, after };
}

function reportYear(
  { places, report }: Checking,
  { calendar, phase, key, day, why }: { calendar: Calendar; phase: Phase; key: 'starts' | 'ends'; day: number; why: string },
): void {
  report('CALENDAR_YEAR_UNKNOWN', places.of(phase, key), {
    message: `calendar '${calendar.id}' (${calendar.version}) has no data for ${yearOf(day)}, and ${why}`,
    hint: 'add the year to the calendar once it has been published, or choose other dates; working days are never guessed',
  });
}

function warnOfIdlePhases({ definition: { phases }, places, report }: Checking, workingOf: (phase: Phase) => string): void {
  for (const phase of phases) {
    if (workingOf(phase).includes('1')) continue;
    report('NO_WORKING_DAY', places.of(phase, 'starts'), {
      message: `phase '${phase.id}' has no working day`,
      hint: 'check its dates against the calendar',
    });
  }
}

function tableOf(calendar: Calendar, { zone, from, count }: { zone: string; from: number; count: number }): DayTable {
  const starts = startsOfDays(zone, { from, count });
  const jumps = jumpsOfDays(zone, { from, starts });
  return {
    from: dateOfEpochDay(from),
    starts,
    ...(jumps.length === 0 ? {} : { jumps }),
    working: Array.from({ length: count }, (_, index) => (calendar.isWorkingDay(from + index) ? '1' : '0')).join(''),
  };
}
