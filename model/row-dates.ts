/** How far ahead a row of a form may set its deadline. */
import type { Instant } from './plan.ts';

/** Work done late, after the campaign's last day, may still set deadlines: a fortnight ahead (this product's choice), or it could not be done at all. */
const AFTERWARDS_MS = 14 * 86_400_000;

/** The last instant of the last day a row may name, or one on it. */
export function lastRowInstant({ endsAt, now }: { endsAt: Instant; now: Instant }): Instant {
  return now <= endsAt ? endsAt : now + AFTERWARDS_MS;
}
