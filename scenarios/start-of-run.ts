/** When the run of a scenario begins: the day before the campaign, as its office would start it, unless the scenario is about another moment. */
import { findDay, minuteOfDay } from '../model/day-table.ts';
import type { DayTable, Instant } from '../model/plan.ts';
import type { Scenario } from './language.ts';

const DAY_MS = 86_400_000;

export function startOfRun(
  { started }: Pick<Scenario, 'started'>,
  { startsAt, days }: { readonly startsAt: Instant; readonly days: DayTable },
): Instant {
  return (started === undefined ? undefined : findMoment(days, started)) ?? startsAt - DAY_MS;
}

/** Of `2020-10-21 09:00`; undefined outside the days the plan knows. */
export function findMoment(days: DayTable, moment: string): Instant | undefined {
  const [date, time] = moment.split(' ') as [string, string];
  const day = findDay(days, date);
  return day === undefined ? undefined : minuteOfDay(days, day, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
}
