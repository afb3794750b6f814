/** Indicators of a virtual run, counted over its instances as they are now. */
import {
  type CountedTasks,
  factsTasksAreCountedBy,
  figuresOf,
  IndicatorTally,
  type IndicatorValue,
} from '../model/indicators.ts';
import type { Instant, Plan, TaskFigure } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { scopeOfInstance } from './world.ts';

export interface CountedRun {
  readonly plan: Pick<Plan, 'indicators' | 'tasks'>;
  readonly instances: Iterable<Snapshot>;
  readonly now: Instant;
}

/** Over all, and for each union that is enrolled. */
export function countIndicators({ plan, instances, now }: CountedRun): readonly IndicatorValue[] {
  const count = new IndicatorCount(plan);
  for (const snapshot of instances) count.take(snapshot, now);
  return count.values(now);
}

/** What one of them comes to; null of a ratio of nothing. */
export function countOne({ plan, instances, now }: CountedRun, id: string): number | null {
  const indicators = plan.indicators.filter((indicator) => indicator.id === id);
  const count = new IndicatorCount({ ...plan, indicators });
  for (const snapshot of instances) count.take(snapshot, now);
  return count.total(now);
}

/** Counts instances as they are shown to it, and keeps none of them. */
export class IndicatorCount {
  readonly #tally: IndicatorTally;
  readonly #isEmpty: boolean;
  /** The facts by which tasks are told apart. */
  readonly #names: readonly string[];
  readonly #unions: string[] = [];
  /** Tasks that time alone makes overdue, so that only the instant asked about tells what they count as. */
  readonly #pending: (Omit<CountedTasks, TaskFigure> & { readonly task: TaskState })[] = [];

  constructor(plan: CountedRun['plan']) {
    this.#tally = new IndicatorTally(plan);
    this.#isEmpty = plan.indicators.length === 0;
    this.#names = factsTasksAreCountedBy(plan.indicators);
  }

  /** As it is at `now`; it does not change any more before `values` is asked. */
  take({ instance, union, facts, tasks, paused }: Snapshot, now: Instant): void {
    if (this.#isEmpty) return;
    const scope = scopeOfInstance(instance);
    if (scope === 'union') this.#unions.push(instance.slice(2));
    this.#tally.instance({ scope, union, facts });
    if (!this.#tally.needsTasks) return;
    const byFacts = Object.fromEntries(this.#names.map((name) => [name, facts[name] ?? null]));
    for (const task of Object.values(tasks)) {
      const counted = { template: task.template, union, facts: byFacts };
      const isPending = paused === undefined && task.deadline >= now && (task.status === 'open' || task.status === 'returned');
      if (isPending) this.#pending.push({ ...counted, task });
      else this.#tally.tasks({ ...counted, ...figuresOf(task, Math.min(now, paused?.since ?? now)) });
    }
  }

  /** `now`: no earlier than any that was told. */
  values(now: Instant): readonly IndicatorValue[] {
    this.#settle(now);
    return this.#tally.values(this.#unions.sort());
  }

  /** Of the first, over all. */
  total(now: Instant): number | null {
    this.#settle(now);
    return this.#tally.values([])[0]?.value ?? null;
  }

  #settle(now: Instant): void {
    for (const { task, ...counted } of this.#pending.splice(0)) this.#tally.tasks({ ...counted, ...figuresOf(task, now) });
  }
}
