/** Campaign time of a run as the processes around its workflows see it. */
import { type Clock, campaignTime } from './clock.ts';
import type { Instant } from './plan.ts';

/** `steppedTo`: where a stepped clock stands; null before its first step. */
export function campaignNow({ clock, steppedTo }: { clock: Clock; steppedTo: Instant | null }, real: Instant): Instant {
  const anchor = clock.kind === 'stepped' ? clock.anchor : 0;
  return campaignTime(clock, { real, advancedTo: steppedTo ?? anchor });
}
