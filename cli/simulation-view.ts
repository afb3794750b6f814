/** A simulation under way, as one line of a terminal: how much of the campaign has passed, and what has been done in it. */
import type { Instant, Plan } from '../model/plan.ts';
import type { Progress } from '../simulator/simulate.ts';
import { drawBar } from './bar.ts';
import { formatDay, formatElapsed } from './instants.ts';
import type { LiveView } from './screen.ts';

interface Watched {
  readonly plan: Pick<Plan, 'phases' | 'zone'>;
  /** To be enrolled. */
  readonly instances: number;
  readonly elapsedMs: number;
}

export function viewSimulation({ now, share, enrolled, acts }: Progress, { plan, instances, elapsedMs }: Watched): LiveView {
  const elapsed = formatElapsed(elapsedMs);
  if (acts === 0) {
    const words = `enrolling: ${enrolled} of ${instances}`;
    return { lines: [`  ${drawBar(enrolled / Math.max(1, instances))}  ${words}  ${elapsed}`], plain: words };
  }
  const reached = now === null ? `${enrolled} of ${instances} instances` : timeOf(now, plan);
  return {
    lines: [`  ${drawBar(share)}  ${reached}, ${acts} acts  ${elapsed}`],
    plain: `${Math.round(100 * share)} % of the campaign, ${reached}, ${acts} acts`,
  };
}

const timeOf = (now: Instant, { phases, zone }: Watched['plan']): string =>
  `${formatDay(now, zone)} ${phases.findLast(({ startsAt }) => startsAt <= now)?.title.zh ?? ''}`.trimEnd();
