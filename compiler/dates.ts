/** The campaign's dates: checked, moved when it starts on another day, and frozen into the plan's day table. */
import { dateOfEpochDay, endOfDay, epochDay, findDay, minuteOfDay, startOfDay } from '../model/day-table.ts';
import type { DateText, DayTable, Instant } from '../model/plan.ts';
import type { Calendar } from './calendar.ts';
import { yearOf } from './calendar.ts';
import type { Checking } from './checking.ts';
import { didYouMean, suggest } from './checking.ts';
import type { Phase } from './language.ts';
import { findMeantZone, isZone, jumpsOfDays, startsOfDays } from './zone.ts';
import { SAY } from './messages.ts';
import type { Words } from './said.ts';
import { NOTES } from './messages/notes.ts';

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
    if (list === undefined) wrong('NO_PHASES', places.of(definition.head), SAY.NO_PHASES.main);
    return false;
  }
  phases.forEach((phase, index) => {
    if (patched.has(phase)) sound = false;
    else if (phase.ends < phase.starts) {
      wrong(
        'DATES_REVERSED',
        places.of(phase, 'ends'),
        SAY.DATES_REVERSED.main({ phase: phase.id, ends: phase.ends, starts: phase.starts }),
        [{ ...places.of(phase, 'starts'), note: NOTES.starts }],
      );
    }
    const before = phases[index - 1];
    if (before === undefined || patched.has(phase) || patched.has(before)) return;
    if (phase.starts < before.starts) {
      wrong(
        'PHASES_OUT_OF_ORDER',
        places.of(phase, 'starts'),
        SAY.PHASES_OUT_OF_ORDER.main({ phase: phase.id, starts: phase.starts, before: before.id, beforeStarts: before.starts }),
        [{ ...places.of(before, 'starts'), note: NOTES.phaseBefore }],
      );
    } else if (phase.starts <= before.ends) {
      wrong(
        'PHASES_OVERLAP',
        places.of(phase, 'starts'),
        SAY.PHASES_OVERLAP.main({ phase: phase.id, starts: phase.starts, before: before.id, beforeEnds: before.ends }),
        [{ ...places.of(before, 'ends'), note: NOTES.phaseBefore }],
      );
    }
  });
  return sound;
}

const AS_IN_SHANGHAI: Words = { en: "write it as in 'Asia/Shanghai'", zh: '写法如 Asia/Shanghai' };

function checkZone({ definition: { head }, places, report }: Checking): string | undefined {
  if (head.zone === undefined) return undefined;
  if (isZone(head.zone)) return head.zone;
  const near = findMeantZone(head.zone);
  report(
    'UNKNOWN_ZONE',
    places.of(head, 'zone'),
    SAY.UNKNOWN_ZONE.main({ zone: head.zone, near: near === undefined ? AS_IN_SHANGHAI : didYouMean(near) }),
  );
  return undefined;
}

function checkCalendar(
  { definition: { head }, places, report }: Checking,
  calendars: ReadonlyMap<string, Calendar>,
): Calendar | undefined {
  if (head.calendar === undefined) return undefined;
  const calendar = calendars.get(head.calendar);
  if (calendar === undefined) {
    report(
      'UNKNOWN_CALENDAR',
      places.of(head, 'calendar'),
      SAY.UNKNOWN_CALENDAR.main({ calendar: head.calendar, near: suggest(head.calendar, [...calendars.keys()]) }),
    );
  }
  return calendar;
}

function shiftOf({ definition: { head, phases }, places, report }: Checking, starts: string | undefined): number | undefined {
  const first = phases[0];
  if (starts === undefined || first === undefined) return 0;
  const day = epochDay(starts);
  if (day === undefined) {
    report('STARTS_MALFORMED', places.of(head), SAY.STARTS_MALFORMED.main({ starts }));
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
  report('CAMPAIGN_TOO_LONG', places.of(phases.at(-1)!, 'ends'), SAY.CAMPAIGN_TOO_LONG.main({ days, most: MAX_CAMPAIGN_DAYS }));
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
    reportYear(checking, { calendar, phase, key, day, why: whyPhase({ phase, key, date: dateOfEpochDay(day) }) });
  return unknown.length === 0;
}

function whyPhase({ phase: { id }, key, date }: { phase: Phase; key: 'starts' | 'ends'; date: DateText }): Words {
  return { en: `phase '${id}' ${key} on ${date}`, zh: `阶段“${id}”在 ${date} ${key === 'starts' ? '开始' : '结束'}` };
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
    const why: Words = {
      en: `reminders may look back ${DAYS_BEFORE_NEEDED} days from the start`,
      zh: `催办可能要从开始日期往前推 ${DAYS_BEFORE_NEEDED} 天`,
    };
    reportYear(checking, { calendar, phase: phases[0]!, key: 'starts', day: firstDay - before - 1, why });
  }
  if (after < DAYS_AFTER_NEEDED) {
    const why: Words = {
      en: `working days are counted for ${DAYS_AFTER_NEEDED} days after the end`,
      zh: `结束之后还要推算 ${DAYS_AFTER_NEEDED} 天的工作日`,
    };
    reportYear(checking, { calendar, phase: phases.at(-1)!, key: 'ends', day: lastDay + after + 1, why });
  }
  return before < DAYS_BEFORE_NEEDED || after < DAYS_AFTER_NEEDED ? undefined : { before, after };
}

function reportYear(
  { places, report }: Checking,
  { calendar, phase, key, day, why }: { calendar: Calendar; phase: Phase; key: 'starts' | 'ends'; day: number; why: Words },
): void {
  report(
    'CALENDAR_YEAR_UNKNOWN',
    places.of(phase, key),
    SAY.CALENDAR_YEAR_UNKNOWN.main({ calendar: calendar.id, version: calendar.version, year: yearOf(day), why }),
  );
}

function warnOfIdlePhases({ definition: { phases }, places, report }: Checking, workingOf: (phase: Phase) => string): void {
  for (const phase of phases) {
    if (workingOf(phase).includes('1')) continue;
    report('NO_WORKING_DAY', places.of(phase, 'starts'), SAY.NO_WORKING_DAY.phase({ phase: phase.id }));
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
