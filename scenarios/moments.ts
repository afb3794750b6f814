/** Instants as scenarios write them. */
import { dateOf, wallTimeOf } from '../model/day-table.ts';
import type { DayTable, Instant } from '../model/plan.ts';

/** `2020-10-12 17:00`, by the clock on the wall. */
export function momentOf(days: DayTable, at: Instant): string {
  const inside = clamp(days, at);
  const minute = Math.floor(wallTimeOf(days, inside) / 60_000);
  const time = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${dateOf(days, inside)} ${time}`;
}

export const dayOf = (days: DayTable, at: Instant): string => dateOf(days, clamp(days, at));

/** Deadlines of late work may lie past the table's last day. */
const clamp = ({ starts }: DayTable, at: Instant): Instant => Math.min(Math.max(at, starts[0]!), starts.at(-1)! - 1);
