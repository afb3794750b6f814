/** Indicators of a virtual run, counted over its instances as they are now. */
import {
  type CountedTasks,
  factsTasksAreCountedBy,
  figuresOf,
  IndicatorTally,
  type IndicatorValue,
} from '../model/indicators.ts';
import type { Facts, Instant, Plan, TaskFigure } from '../model/plan.ts';
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

/** A sum in the making. */
type Counting = Whose & Record<TaskFigure, number>;
type Whose = Omit<CountedTasks, TaskFigure>;
const FIGURES = ['done', 'late', 'open', 'overdue', 'missed', 'all'] as const satisfies readonly TaskFigure[];

function add(alike: Map<string, Counting>, whose: Whose, figures: Readonly<Record<TaskFigure, number>>): void {
  const known = alike.get(whose.template);
  if (known === undefined) alike.set(whose.template, { ...whose, ...figures });
  else for (const figure of FIGURES) known[figure] += figures[figure];
}

/** Counts instances as they are shown to it, and keeps none of them. */
export class IndicatorCount {
  readonly #tally: IndicatorTally;
  readonly #isEmpty: boolean;
  /** The facts by which tasks are told apart. */
  readonly #names: readonly string[];
  readonly #unions: string[] = [];
  readonly #alike = new Map<string, Map<string, Counting>>();
  /** Tasks that time alone makes overdue, so that only the instant asked about tells what they count as. */
  readonly #pending: (Whose & { readonly task: TaskState })[] = [];

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
    const alike = this.#alikeOf(union, byFacts);
    for (const key in tasks) {
      const task = tasks[key]!;
      const { template, status, deadline } = task;
      const isPending = paused === undefined && deadline >= now && (status === 'open' || status === 'returned');
      if (isPending) this.#pending.push({ template, union, facts: byFacts, task });
      else add(alike, { template, union, facts: byFacts }, figuresOf(task, Math.min(now, paused?.since ?? now)));
    }
  }

  /** Tasks that differ in nothing that indicators ask are counted as one, by template. */
  #alikeOf(union: string | null, facts: Facts): Map<string, Counting> {
    const whose = JSON.stringify([union, facts]);
    const known = this.#alike.get(whose);
    if (known !== undefined) return known;
    const none = new Map<string, Counting>();
    this.#alike.set(whose, none);
    return none;
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
    for (const alike of this.#alike.values()) for (const counted of alike.values()) this.#tally.tasks(counted);
    this.#alike.clear();
    for (const { task, ...counted } of this.#pending.splice(0)) this.#tally.tasks({ ...counted, ...figuresOf(task, now) });
  }
}
