/** Days and minutes as people say them, in the zone of a run's plan. */
import { endOfDay, findDay, minuteOfDay, startOfDay } from '../model/day-table.ts';
import type { Instant } from '../model/plan.ts';
import { Invalid } from './client-error.ts';
import { getRunOf } from './lookup.ts';
import type { ClientRoom } from './parts.ts';

/** A minute, or the first or last instant of a day. @throws Invalid for what is no time, or a day that the plan cannot reckon with. */
export async function instantAt(
  room: ClientRoom,
  { run: id, text, edge = 'end' }: { run: string; text: string; edge?: 'start' | 'end' | undefined },
): Promise<Instant> {
  const { run } = await getRunOf(room, id);
  const { days } = await room.plans.getProgram(run.programs.campaign);
  const match = /^(\d{4}-\d{2}-\d{2})(?: ([01]\d|2[0-3]):([0-5]\d))?$/.exec(text.trim());
  const day = match === null ? undefined : findDay(days, match[1]!);
  if (match === null || day === undefined) {
    throw new Invalid({
      code: 'DAY_UNKNOWN',
      message: `'${text}' is no day that the plan of '${id}' can reckon with`,
      remedy: "write YYYY-MM-DD or 'YYYY-MM-DD HH:MM', not far from the campaign's own dates",
    });
  }
  if (match[2] !== undefined) return minuteOfDay(days, day, Number(match[2]) * 60 + Number(match[3]));
  return edge === 'end' ? endOfDay(days, day) : startOfDay(days, day);
}
