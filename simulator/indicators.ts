/** Indicators of a virtual run, counted over its instances as they are now. */
import { factsTasksAreCountedBy, figuresOf, IndicatorTally, type IndicatorValue } from '../model/indicators.ts';
import type { Instant, Plan } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { scopeOfInstance } from './world.ts';

export interface CountedRun {
  readonly plan: Pick<Plan, 'indicators' | 'tasks'>;
  readonly instances: ReadonlyMap<string, Snapshot>;
  readonly now: Instant;
}

/** Over all, and for each union that is enrolled. */
export function countIndicators({ plan, instances, now }: CountedRun): readonly IndicatorValue[] {
  if (plan.indicators.length === 0) return [];
  const unions = [...instances.keys()].flatMap((instance) => (instance.startsWith('u/') ? [instance.slice(2)] : []));
  return tallyOf({ plan, instances, now }, () => true).values(unions.sort());
}

/** `takes`: whose count, by their union. */
export function tallyOf({ plan, instances, now }: CountedRun, takes: (union: string | null) => boolean): IndicatorTally {
  const tally = new IndicatorTally(plan);
  const names = factsTasksAreCountedBy(plan.indicators);
  for (const { instance, union, facts, tasks } of instances.values()) {
    if (!takes(union)) continue;
    tally.instance({ scope: scopeOfInstance(instance), union, facts });
    if (!tally.needsTasks) continue;
    const byFacts = Object.fromEntries(names.map((name) => [name, facts[name] ?? null]));
    for (const task of Object.values(tasks))
      tally.tasks({ template: task.template, union, facts: byFacts, ...figuresOf(task, now) });
  }
  return tally;
}
