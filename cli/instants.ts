/** Instants and durations as people read and type them. */
import { createDateTime } from '../platform/zoned-time.ts';
import type { Instant } from '../model/plan.ts';

/** Of runs whose zone is not known here. */
export const USUAL_ZONE = 'Asia/Shanghai';

const formats = new Map<string, (at: Instant) => string>();

/** `2020-10-13 09:00` in the zone. */
export function formatInstant(at: Instant, zone: string = USUAL_ZONE): string {
  const format = formats.get(zone) ?? createDateTime(zone);
  formats.set(zone, format);
  return format(at);
}

/** `2020-10-13` in the zone. */
export const formatDay = (at: Instant, zone: string = USUAL_ZONE): string => formatInstant(at, zone).slice(0, 10);

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `5m`, `2h`, `1d`; undefined when it is none of these or nothing at all. */
export function parseDurationMs(text: string): number | undefined {
  const match = /^(\d{1,6}(?:\.\d{1,3})?)([smhd])$/.exec(text.trim());
  if (match === null) return undefined;
  const ms = Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
  return ms > 0 ? ms : undefined;
}

/** `0:07`, `1:30`, `2:05:09`. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
