/** A simulation under way, as one line of a terminal: how much of the campaign has passed, and what has been done in it. */
import type { Plan } from '../model/plan.ts';
import type { Progress } from '../simulator/simulate.ts';
import { drawBar } from './bar.ts';
import { formatDay, formatElapsed } from './instants.ts';
import type { LiveView } from './screen.ts';

interface Watched {
  readonly plan: Pick<Plan, 'phases' | 'zone' | 'startsAt' | 'endsAt'>;
  /** To be enrolled. */
  readonly instances: number;
  readonly elapsedMs: number;
}

export function viewSimulation({ now, enrolled, acts }: Progress, { plan, instances, elapsedMs }: Watched): LiveView {
  const elapsed = formatElapsed(elapsedMs);
  if (acts === 0) {
    const words = `enrolling: ${enrolled} of ${instances}`;
    return { lines: [`  ${drawBar(enrolled / Math.max(1, instances))}  ${words}  ${elapsed}`], plain: words };
  }
  const share = Math.min(1, Math.max(0, (now - plan.startsAt) / (plan.endsAt - plan.startsAt)));
  const phase = plan.phases.findLast(({ startsAt }) => startsAt <= now)?.title.zh ?? '';
  const day = formatDay(now, plan.zone);
  return {
    lines: [`  ${drawBar(share)}  ${day} ${phase}, ${acts} acts  ${elapsed}`],
    plain: `${day}  ${Math.round(100 * share)} % of the campaign, ${acts} acts`,
  };
}
