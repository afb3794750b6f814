/** Counting indicators: fed with whoever is enrolled and with tasks, from the store or from a virtual run, and asked for the numbers at the end. */
import { evaluate } from './condition.ts';
import { sumOf } from './fraction.ts';
import type { Facts, FactValue, Indicator, Instant, Plan, Scope, TaskFigure } from './plan.ts';
import type { TaskState } from './snapshot.ts';

export interface IndicatorValue {
  readonly indicator: string;
  /** Null: a ratio of nothing. */
  readonly value: number | null;
  readonly unions: Readonly<Record<string, number | null>>;
  /** By the facts and other things named in `by`, in the order of their values. */
  readonly groups: readonly { readonly by: Readonly<Record<string, string>>; readonly value: number | null }[];
}

export interface CountedInstance {
  readonly scope: Scope;
  readonly union: string | null;
  readonly facts: Facts;
}

/** How many tasks of a template, in a union and with these facts of their instances, are what. */
export interface CountedTasks extends Readonly<Record<TaskFigure, number>> {
  readonly template: string;
  readonly union: string | null;
  readonly facts: Facts;
}

/** What one task counts as at an instant. Overdue is whose holder is behind; what is in review has been handed in. */
export function figuresOf(
  { status, deadline, submittedAt }: Pick<TaskState, 'status' | 'deadline' | 'submittedAt'>,
  asOf: Instant,
): Readonly<Record<TaskFigure, number>> {
  const is = (so: boolean): number => (so ? 1 : 0);
  const isHeld = status === 'open' || status === 'returned';
  return {
    done: is(status === 'done'),
    late: is(status === 'done' && submittedAt !== null && submittedAt > deadline),
    open: is(isHeld || status === 'inReview'),
    overdue: is(isHeld && deadline < asOf),
    missed: is(status === 'missed'),
    all: is(status !== 'dropped' && status !== 'waived'),
  };
}

/** The facts by which tasks are told apart; whoever counts tasks counts them by these. */
export function factsTasksAreCountedBy(indicators: readonly Indicator[]): readonly string[] {
  const ofTasks = new Set(indicators.flatMap(({ id, rule }) => (rule.kind === 'tasks' ? [id] : [])));
  const asked = indicators.filter(
    ({ id, rule }) => ofTasks.has(id) || (rule.kind === 'ratio' && rule.parts.some((part) => ofTasks.has(part))),
  );
  return [...new Set(asked.flatMap(({ by }) => by.filter((name) => name !== 'union' && name !== 'phase')))];
}

/** Whole numbers add up as they are; decimals are kept, and summed exactly at the end. */
interface Amount {
  whole: number;
  readonly parts: number[];
}

/** One indicator that is no ratio, told apart in one way. */
interface Counter {
  readonly indicator: Indicator;
  readonly by: readonly string[];
  readonly amounts: Map<
    string,
    { readonly union: string | null; readonly by: Readonly<Record<string, string>>; readonly amount: Amount }
  >;
}

export class IndicatorTally {
  readonly #indicators: readonly Indicator[];
  readonly #phaseOf: ReadonlyMap<string, string>;
  readonly #counters = new Map<string, Counter>();

  constructor({
    indicators,
    tasks,
  }: { readonly indicators: readonly Indicator[]; readonly tasks: readonly Pick<Plan['tasks'][number], 'id' | 'phase'>[] }) {
    this.#indicators = indicators;
    this.#phaseOf = new Map(tasks.map(({ id, phase }) => [id, phase]));
    const byId = new Map(indicators.map((indicator) => [indicator.id, indicator]));
    for (const { id, rule, by } of indicators) {
      for (const part of rule.kind === 'ratio' ? rule.parts : [id]) {
        const indicator = byId.get(part);
        if (indicator !== undefined) this.#counters.set(counterKey(part, by), { indicator, by, amounts: new Map() });
      }
    }
  }

  /** Scopes whose instances it must be shown. */
  get scopes(): readonly Scope[] {
    const scopes = [...this.#counters.values()].flatMap(({ indicator: { rule } }) => ('of' in rule ? [rule.of] : []));
    return [...new Set(scopes)];
  }

  /** Whether it must be shown tasks. */
  get needsTasks(): boolean {
    return [...this.#counters.values()].some(({ indicator: { rule } }) => rule.kind === 'tasks');
  }

  instance({ scope, union, facts }: CountedInstance): void {
    for (const counter of this.#counters.values()) {
      const { rule } = counter.indicator;
      if (!('of' in rule) || rule.of !== scope || (rule.when !== undefined && !evaluate(rule.when, facts))) continue;
      const number = rule.kind === 'count' ? 1 : facts[rule.fact];
      if (typeof number === 'number') add(counter, { union, facts, number });
    }
  }

  tasks(counted: CountedTasks): void {
    const { template, union, facts } = counted;
    for (const counter of this.#counters.values()) {
      const { rule } = counter.indicator;
      if (rule.kind !== 'tasks' || (rule.only.length > 0 && !rule.only.includes(template))) continue;
      const phase = this.#phaseOf.get(template) ?? null;
      add(counter, { union, facts: { ...facts, phase }, number: counted[rule.status] });
    }
  }

  /** In the order of the plan; of every one of these unions, also of those where there is nothing. */
  values(unions: readonly string[]): readonly IndicatorValue[] {
    return this.#indicators.map((indicator) => {
      const { id, by } = indicator;
      return {
        indicator: id,
        value: this.#valueOf(indicator, () => true),
        unions: Object.fromEntries(unions.map((union) => [union, this.#valueOf(indicator, (of) => of === union)])),
        groups: by.length === 0 ? [] : this.#groupsOf(indicator),
      };
    });
  }

  #groupsOf(indicator: Indicator): IndicatorValue['groups'] {
    const groups = new Map<string, Readonly<Record<string, string>>>();
    for (const { amounts } of this.#countersOf(indicator))
      for (const { by } of amounts.values()) groups.set(JSON.stringify(by), by);
    return [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, by]) => ({ by, value: this.#valueOf(indicator, (_union, of) => JSON.stringify(of) === key) }));
  }

  #valueOf(indicator: Indicator, takes: (union: string | null, by: Readonly<Record<string, string>>) => boolean): number | null {
    const totals = this.#countersOf(indicator).map(({ amounts }) =>
      totalOf([...amounts.values()].flatMap(({ union, by, amount }) => (takes(union, by) ? [amount] : []))),
    );
    if (indicator.rule.kind !== 'ratio') return totals[0] ?? 0;
    const [over = 0, under = 0] = totals;
    return under === 0 ? null : over / under;
  }

  #countersOf({ id, rule, by }: Indicator): readonly Counter[] {
    return (rule.kind === 'ratio' ? rule.parts : [id]).flatMap((part) => this.#counters.get(counterKey(part, by)) ?? []);
  }
}

const counterKey = (indicator: string, by: readonly string[]): string => JSON.stringify([indicator, by]);

function add(
  { by: names, amounts }: Counter,
  { union, facts, number }: { union: string | null; facts: Facts; number: number },
): void {
  const valueOf = (name: string): FactValue => (name === 'union' ? union : (facts[name] ?? null));
  const by = Object.fromEntries(names.map((name) => [name, String(valueOf(name) ?? '')]));
  const key = JSON.stringify([union, by]);
  const group = amounts.get(key) ?? { union, by, amount: { whole: 0, parts: [] } };
  amounts.set(key, group);
  if (Number.isInteger(number)) group.amount.whole += number;
  else group.amount.parts.push(number);
}

const totalOf = (amounts: readonly Amount[]): number => sumOf(amounts.flatMap(({ whole, parts }) => [whole, ...parts]));
