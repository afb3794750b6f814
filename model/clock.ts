/** The three clocks of a run. Campaign time is what every rule sees; real time is what Temporal and the machine see. */
import type { Instant } from './plan.ts';

export type Clock =
  | { readonly kind: 'real' }
  /** Campaign time runs `speed` times as fast as real time, from `anchor` at the real instant `startedAt`. */
  | { readonly kind: 'scaled'; readonly anchor: Instant; readonly startedAt: Instant; readonly speed: number }
  /**
   * Campaign time stands still until it is advanced by command. With `staysOpen` whoever moves it also says when the run is over: nothing closes it
   * between two looks at it.
   */
  | { readonly kind: 'stepped'; readonly anchor: Instant; readonly staysOpen?: true };

/** Campaign time at a real instant. A stepped clock is where its instance was last advanced to. */
export function campaignTime(clock: Clock, { real, advancedTo }: { real: Instant; advancedTo: Instant }): Instant {
  switch (clock.kind) {
    case 'real':
      return real;
    case 'scaled':
      return Math.floor(clock.anchor + (real - clock.startedAt) * clock.speed);
    case 'stepped':
      return advancedTo;
  }
}

/** Real milliseconds to wait from now until campaign time `at`, at least 1 and rounded up; undefined on a stepped clock, which never waits. */
export function waitMs(clock: Clock, { campaignNow, at }: { campaignNow: Instant; at: Instant }): number | undefined {
  switch (clock.kind) {
    case 'real':
      return Math.max(1, Math.ceil(at - campaignNow));
    case 'scaled':
      return Math.max(1, Math.ceil((at - campaignNow) / clock.speed));
    case 'stepped':
      return undefined;
  }
}
