/** Indicators of a virtual run, counted over its instances as they are now. */
import { factsTasksAreCountedBy, figuresOf, IndicatorTally, type IndicatorValue } from '../model/indicators.ts';
import type { Instant, Plan } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { scopeOfInstance } from './world.ts';

export interface CountedRun {
  readonly plan: Pick<Plan, 'indicators' | 'tasks'>;
  readonly instances: Iterable<Snapshot>;
  readonly now: Instant;
}

/** Over all, and for each union that is enrolled. */
export function countIndicators({ plan, instances, now }: CountedRun): readonly IndicatorValue[] {
  if (plan.indicators.length === 0) return [];
  const counted = [...instances];
  const unions = counted.flatMap(({ instance }) => (instance.startsWith('u/') ? [instance.slice(2)] : []));
  return tallyOf({ plan, instances: counted, now }).values(unions.sort());
}

/** What one of them comes to; null of a ratio of nothing. */
export function countOne(run: CountedRun, id: string): number | null {
  const indicators = run.plan.indicators.filter((indicator) => indicator.id === id);
  return tallyOf({ ...run, plan: { ...run.plan, indicators } }).values([])[0]?.value ?? null;
}

function tallyOf({ plan, instances, now }: CountedRun): IndicatorTally {
  const tally = new IndicatorTally(plan);
  const names = factsTasksAreCountedBy(plan.indicators);
  for (const { instance, union, facts, tasks, paused } of instances) {
    tally.instance({ scope: scopeOfInstance(instance), union, facts });
    if (!tally.needsTasks) continue;
    const byFacts = Object.fromEntries(names.map((name) => [name, facts[name] ?? null]));
    for (const task of Object.values(tasks))
      tally.tasks({ template: task.template, union, facts: byFacts, ...figuresOf(task, Math.min(now, paused?.since ?? now)) });
  }
  return tally;
}
