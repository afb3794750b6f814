/** Offsets as people type them. */
import type { Offset, OffsetUnit } from './offset.ts';

const UNITS: Readonly<Record<string, OffsetUnit>> = { m: 'minutes', h: 'hours', d: 'days', wd: 'workingDays', w: 'weeks' };

/** `3d`, `5wd`, `2w`, `-12h`, `30m`: days, working days, weeks, hours, minutes. Undefined when it is none of these, or nothing. */
export function parseOffset(text: string): Offset | undefined {
  const match = /^([+-]?\d{1,4})(m|h|d|wd|w)$/.exec(text.trim());
  const count = Number(match?.[1]);
  return match === null || count === 0 ? undefined : { unit: UNITS[match[2]!]!, count };
}
