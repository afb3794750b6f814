/** Definitions at random, each of which must compile: small, with every rule of the language that the reference model knows. (Long, since it is one recipe.) */
import { Chance } from './chance.ts';
import { dateOf, daysLater, endOf, later, startOf } from './days.ts';
import type { Condition, Due, Fact, Gate, Offset, Review, Role, RowRule, Rung, Scope, Spec, Task, Unit, Value } from './spec.ts';

const ROLES: Readonly<Record<string, Role>> = {
  'leading-group': { scope: 'campaign' },
  office: { scope: 'campaign', fallback: 'leading-group' },
  'union-head': { scope: 'union', fallback: 'office' },
  'union-officer': { scope: 'union', fallback: 'union-head' },
  cadre: { scope: 'household', fallback: 'union-officer' },
};

const FACTS: Readonly<Record<string, Fact>> = {
  enrolment: {
    scope: 'household',
    type: 'choice',
    choices: ['on-file', 'earlier-lifted', 'admitted'],
    roster: true,
    asked: false,
  },
  class: { scope: 'household', type: 'choice', choices: ['deep', 'relative', 'sudden'], roster: true, asked: false },
  standing: { scope: 'household', type: 'choice', choices: ['here', 'gone'], initial: 'here', asked: false },
  outcome: { scope: 'household', type: 'choice', choices: ['assist', 'exit', 'later'], asked: true },
  fit: { scope: 'household', type: 'boolean', asked: true },
  people: { scope: 'household', type: 'number', initial: 3, asked: true },
  visited: { scope: 'household', type: 'date', asked: true },
  friend: { scope: 'household', type: 'person', asked: true },
  unionKind: { scope: 'union', type: 'choice', choices: ['township', 'sector', 'direct'], roster: true, asked: false },
  ready: { scope: 'union', type: 'boolean', asked: true },
  meets: { scope: 'union', type: 'date', asked: true },
  size: { scope: 'union', type: 'number', asked: true },
  go: { scope: 'campaign', type: 'boolean', asked: true },
  held: { scope: 'campaign', type: 'date', asked: true },
};

/** Dates that conditions and people name: around the campaign's days. */
export const SOME_DATES = ['2020-10-12', '2020-10-16', '2020-10-20', '2020-10-24', '2020-11-02'];
export const SOME_NUMBERS = [0, 1, 2, 3.5, 5];

const RANK: Readonly<Record<Scope, number>> = { campaign: 0, union: 1, household: 2 };
export const sees = (from: Scope, scope: Scope): boolean => RANK[scope] <= RANK[from];
const TIMES = ['00:00', '09:00', '12:30', '17:00', '23:59'];

export function randomSpec(seed: number): Spec {
  return new Recipe(seed).make();
}

export function factsOf(scope: Scope, { asked }: { asked?: true } = {}): string[] {
  return Object.entries(FACTS)
    .filter(([, fact]) => fact.scope === scope && (asked === undefined || fact.asked))
    .map(([id]) => id);
}

interface DueRoom {
  readonly id: string;
  readonly phase: number;
  readonly closes: boolean;
  readonly earlier: readonly Task[];
  readonly isReviewed: boolean;
}

interface Sources {
  readonly task: string;
  readonly scope: Scope;
  readonly of: string[];
  phase: number;
  /** Something waits for it, so that it may have no further source. */
  isClosed: boolean;
}

class Recipe {
  readonly #seed: number;
  readonly #chance: Chance;
  readonly #tasks: Task[] = [];
  readonly #sources: Sources[] = [
    { task: 'h-row', scope: 'household', of: [], phase: 0, isClosed: false },
    { task: 'u-row', scope: 'union', of: [], phase: 0, isClosed: false },
  ];
  #phases: Spec['phases'] = [];
  #hours: Spec['hours'];

  constructor(seed: number) {
    this.#seed = seed;
    this.#chance = new Chance(seed);
  }

  make(): Spec {
    const chance = this.#chance;
    this.#phases = this.#makePhases();
    this.#hours = chance.maybe(0.4) ? this.#makeHours() : undefined;
    const ladders = {
      standard: this.#ladder(['office', 'leading-group']),
      local: this.#ladder(['union-officer', 'union-head', 'office']),
    };
    const count = chance.whole(2, 8);
    for (let index = 0; index < count; index += 1) this.#tasks.push(this.#makeTask(index));
    const rows = this.#sources.filter(({ of }) => of.length > 0).map((made) => this.#makeRowTask(made));
    return {
      seed: this.#seed,
      notice: chance.whole(1, 4),
      ...(this.#hours === undefined ? {} : { hours: this.#hours }),
      phases: this.#phases,
      roles: ROLES,
      facts: FACTS,
      ladders,
      tasks: [...this.#tasks, ...rows],
    };
  }

  #makePhases(): Spec['phases'] {
    const chance = this.#chance;
    let starts = daysLater('2020-10-09', chance.whole(0, 6));
    return Array.from({ length: chance.whole(1, 3) }, () => {
      const ends = daysLater(starts, chance.whole(2, 11));
      const phase = { starts, ends };
      starts = daysLater(ends, 1 + chance.pick([0, 0, 0, 1, 3]));
      return phase;
    });
  }

  #makeHours(): Spec['hours'] {
    const chance = this.#chance;
    const quiet = chance.pick(['21:00-07:30', '22:00-06:00', undefined, '12:00-13:00']);
    return {
      work: chance.pick([['08:30-12:00', '14:00-18:00'], ['09:00-17:00']]),
      ...(quiet === undefined ? {} : { quiet }),
      quietOnDaysOff: chance.maybe(0.4),
    };
  }

  #ladder(roles: readonly string[]): Rung[] {
    const chance = this.#chance;
    const [before, after] = chance.pick<[Offset[], Offset[]]>([
      [this.#offsets('workingDays', -4, 0), this.#offsets('workingDays', 1, 4)],
      [this.#offsets('days', -5, 0), this.#offsets('days', 1, 6)],
      [this.#offsets('hours', -50, -1), this.#offsets('hours', 1, 60)],
      [this.#offsets('minutes', -300, -1), this.#offsets('weeks', 1, 2)],
      this.#hours === undefined ? [[], []] : [this.#offsets('workingHours', -12, -1), this.#offsets('workingHours', 1, 12)],
    ]);
    const tells = (escalates: boolean): string => (escalates || chance.maybe(0.2) ? chance.pick(roles) : 'assignee');
    const made = [...before, undefined, ...after].map((offset, index): Rung => {
      const escalates = offset === undefined ? chance.maybe() : offset.count >= 1 && chance.maybe(0.7);
      return { id: `r${index}`, tells: tells(escalates), escalates, ...(offset === undefined ? {} : { offset }) };
    });
    const kept = chance.some(made, { share: 0.7 });
    const rungs = kept.length === 0 ? made.slice(0, 1) : kept;
    if (chance.maybe(0.3)) rungs[rungs.length - 1] = { ...rungs.at(-1)!, repeat: this.#repeat() };
    return rungs;
  }

  #repeat(): NonNullable<Rung['repeat']> {
    const chance = this.#chance;
    const every = chance.pick<Offset>([
      { unit: 'days', count: 2 },
      { unit: 'workingDays', count: 1 },
      { unit: 'weeks', count: 1 },
      { unit: 'hours', count: 30 },
      { unit: 'days', count: 1, at: '10:00' },
    ]);
    return { every, times: chance.whole(1, 3) };
  }

  /** Rising; of days each at a time of its own. */
  #offsets(unit: Unit, low: number, high: number): Offset[] {
    const chance = this.#chance;
    const counts = [...new Set(Array.from({ length: chance.whole(0, 2) }, () => chance.whole(low, high)))].sort((a, b) => a - b);
    const isOfDays = unit === 'days' || unit === 'workingDays' || unit === 'weeks';
    return counts.map((count) => ({ unit, count, ...(isOfDays ? { at: chance.pick(TIMES) } : {}) }));
  }

  #makeTask(index: number): Task {
    const chance = this.#chance;
    const scope = chance.pick<Scope>(['household', 'household', 'household', 'union', 'union', 'campaign']);
    const phase = chance.whole(0, this.#phases.length - 1);
    const earlier = this.#tasks.filter((task) => task.phase <= phase);
    const after = chance.some(
      earlier.filter((task) => task.scope === scope).map(({ id }) => id),
      { share: 0.35, most: 2 },
    );
    const waitsForRows = this.#sources.find(
      (made) =>
        made.scope === scope && made.of.length > 0 && made.phase <= phase && !made.of.some((of) => this.#isElsewhere(of, scope)),
    );
    if (waitsForRows !== undefined && chance.maybe(0.15)) {
      after.push(waitsForRows.task);
      waitsForRows.isClosed = true;
    }
    const rows = chance.maybe(0.3) ? this.#rowRules(scope) : [];
    const id = `t${index}`;
    for (const { task } of rows) this.#feed(task, { id, phase });
    const closes = chance.maybe(0.3);
    const role = chance.pick(this.#rolesSeenFrom(scope).filter((each) => each !== 'leading-group'));
    const not = after.find((other) => chance.maybe(0.3) && this.#leavesSomebody(role, [this.#roleOf(other)]));
    const gate = chance.maybe(0.35) ? this.#gate(scope, { phase, earlier }) : undefined;
    const when = chance.maybe(0.35) ? this.#condition(scope) : undefined;
    const sides = this.#sides(scope, { holder: role, earlier });
    return {
      id,
      scope,
      phase,
      ofRow: false,
      holder: { role, ...(not === undefined ? {} : { not }) },
      after,
      ...(when === undefined ? {} : { when }),
      ...(gate === undefined ? {} : { gate }),
      due: this.#due(scope, { id, phase, closes, earlier, isReviewed: sides.reviews.length > 0 }),
      closes,
      ...sides,
      assigns: scope === 'household' && chance.maybe(0.25) ? { friend: 'cadre' } : {},
      rows,
    };
  }

  #makeRowTask({ task: id, scope, phase }: Sources): Task {
    const chance = this.#chance;
    const role = chance.pick(this.#rolesSeenFrom(scope).filter((each) => each !== 'leading-group'));
    return {
      id,
      scope,
      phase,
      ofRow: true,
      holder: chance.maybe() ? 'row' : { role },
      after: [],
      due: chance.maybe(0.7) ? { kind: 'row' } : { kind: 'opening', workingDays: chance.whole(1, 4) },
      closes: chance.maybe(0.3),
      ...this.#sides(scope, { holder: role, earlier: [] }),
      assigns: {},
      rows: [],
    };
  }

  #sides(
    scope: Scope,
    { holder, earlier }: { holder: string; earlier: readonly Task[] },
  ): Pick<Task, 'ladder' | 'reviews' | 'outcomes'> {
    const chance = this.#chance;
    return {
      ladder: scope === 'campaign' ? 'standard' : chance.pick(['standard', 'local']),
      reviews: Array.from({ length: chance.pick([0, 0, 1, 1, 2]) }, () => this.#review(scope, { holder, earlier })),
      outcomes: Array.from({ length: chance.pick([0, 0, 1, 2]) }, () => {
        const when = chance.maybe() ? this.#condition(scope) : undefined;
        return { ...(when === undefined ? {} : { when }), set: this.#changes(scope) };
      }),
    };
  }

  #review(scope: Scope, { holder, earlier }: { holder: string; earlier: readonly Task[] }): Review {
    const chance = this.#chance;
    const by = chance.pick(this.#rolesSeenFrom(scope));
    const other = earlier.find((task) => task.scope === scope && !task.ofRow && chance.maybe(0.2));
    const bars = other !== undefined && this.#leavesSomebody(by, [this.#roleOf(other.id), holder]);
    const when = chance.maybe(0.3) ? this.#condition(scope) : undefined;
    return { by, confirms: chance.maybe(), ...(bars ? { not: other.id } : {}), ...(when === undefined ? {} : { when }) };
  }

  #changes(scope: Scope): Readonly<Record<string, Value>> {
    const settable = Object.entries(FACTS).filter(
      ([, fact]) => fact.scope === scope && fact.roster === undefined && fact.type !== 'person',
    );
    return Object.fromEntries(
      this.#chance
        .some(settable, { share: 0.6, most: 2 })
        .concat([this.#chance.pick(settable)])
        .map(([id, fact]) => [id, this.#value(fact)]),
    );
  }

  #value({ type, choices }: Fact): Value {
    const chance = this.#chance;
    switch (type) {
      case 'choice':
        return chance.pick([...choices!, null]);
      case 'boolean':
        return chance.pick([true, false]);
      case 'number':
        return chance.pick(SOME_NUMBERS);
      case 'date':
        return chance.pick(SOME_DATES);
      case 'person':
        return null;
    }
  }

  #condition(scope: Scope, depth = 0): Condition {
    const chance = this.#chance;
    const deeper = (): Condition => this.#condition(scope, depth + 1);
    if (depth < 2 && chance.maybe(0.3)) {
      const kind = chance.pick(['all', 'any', 'not'] as const);
      if (kind === 'not') return { not: deeper() };
      const of = [deeper(), deeper()];
      return kind === 'all' ? { all: of } : { any: of };
    }
    const name = chance.pick(factsOf(scope).filter((id) => FACTS[id]!.type !== 'person'));
    const fact = FACTS[name]!;
    switch (fact.type) {
      case 'choice': {
        const members = chance.some([...fact.choices!, null]);
        return { fact: name, is: members.length === 0 ? [fact.choices![0]!] : members };
      }
      case 'boolean':
        return { fact: name, is: [chance.pick([true, false, null])] };
      case 'number':
        return { fact: name, than: chance.pick(['less', 'at-least']), bound: chance.pick(SOME_NUMBERS) };
      case 'date':
        return { fact: name, than: chance.pick(['less', 'at-least']), bound: chance.pick(SOME_DATES) };
      case 'person':
        return { fact: name, is: [null] };
    }
  }

  #gate(scope: Scope, { phase, earlier }: { phase: number; earlier: readonly Task[] }): Gate | undefined {
    const chance = this.#chance;
    const kinds: readonly (readonly [Gate['of'], Scope])[] =
      scope === 'campaign'
        ? [
            ['unions', 'union'],
            ['households', 'household'],
          ]
        : scope === 'union'
          ? [
              ['households', 'household'],
              ['campaign', 'campaign'],
            ]
          : [
              ['union', 'union'],
              ['campaign', 'campaign'],
            ];
    const [of, counted] = chance.pick(kinds);
    const candidates = earlier.filter((task) => task.scope === counted);
    if (candidates.length === 0) return undefined;
    const { starts, ends } = this.#phases[phase]!;
    return {
      of,
      share: of === 'unions' || of === 'households' ? chance.pick([1, 1, 0.5, 0.3]) : 1,
      task: chance.pick(candidates).id,
      ...(chance.maybe() ? { noLaterThan: this.#dateIn(starts, ends) } : {}),
      latched: chance.maybe(0.7),
    };
  }

  #due(scope: Scope, { id, phase, closes, earlier, isReviewed }: DueRoom): Due {
    const chance = this.#chance;
    const { starts, ends } = this.#phases[phase]!;
    const before = earlier.filter((task) => task.scope === scope && !task.ofRow);
    switch (chance.whole(0, 8)) {
      case 0:
        return { kind: 'date', date: this.#dateIn(starts, ends), ...(chance.maybe() ? { at: chance.pick(TIMES) } : {}) };
      case 1:
        return { kind: 'opening', workingDays: chance.whole(1, 4) };
      case 2:
        return { kind: 'from', from: 'opened', offset: this.#forwards() };
      case 3:
        return { kind: 'from', from: 'enrolment', offset: { unit: 'days', count: chance.whole(3, 20) } };
      case 4:
        return this.#fixed({ phase, closes });
      case 5:
        return before.length === 0
          ? { kind: 'phase-end' }
          : { kind: 'from', from: { done: chance.pick(before).id }, offset: this.#forwards() };
      case 6:
        return isReviewed ? { kind: 'from', from: { returned: id }, offset: this.#forwards() } : { kind: 'phase-end' };
      case 7: {
        const fact = chance.pick(factsOf(scope).filter((name) => FACTS[name]!.type === 'date'));
        const offset: Offset = {
          unit: chance.pick(['days', 'workingDays']),
          count: chance.whole(-3, 6),
          ...(chance.maybe() ? { at: chance.pick(TIMES) } : {}),
        };
        return { kind: 'from', from: { fact }, offset };
      }
      default:
        return { kind: 'phase-end' };
    }
  }

  /** From the phase's first or last instant, as far as that stays where it may be. */
  #fixed({ phase, closes }: { phase: number; closes: boolean }): Due {
    const chance = this.#chance;
    const { starts, ends } = this.#phases[phase]!;
    const fromStart = chance.maybe();
    const offset: Offset = fromStart
      ? this.#forwards()
      : { unit: chance.pick(['days', 'workingDays', 'hours']), count: chance.whole(-3, 1) };
    const at = later(fromStart ? startOf(starts) : endOf(ends), offset, { work: this.#hours?.work ?? [], endOfDay: true });
    const latest = closes ? endOf(ends) : endOf(this.#phases.at(-1)!.ends);
    if (at < startOf(starts) || at > latest) return { kind: 'phase-end' };
    return { kind: 'from', from: fromStart ? 'phase-start' : 'phase-end', offset };
  }

  #forwards(): Offset {
    const chance = this.#chance;
    const unit = chance.pick<Unit>(
      this.#hours === undefined
        ? ['minutes', 'hours', 'days', 'workingDays']
        : ['hours', 'workingHours', 'days', 'workingDays', 'weeks'],
    );
    const most = { minutes: 3000, hours: 60, workingHours: 20, days: 6, workingDays: 4, weeks: 1 }[unit];
    const isOfDays = unit === 'days' || unit === 'workingDays' || unit === 'weeks';
    return { unit, count: chance.whole(1, most), ...(isOfDays && chance.maybe(0.4) ? { at: chance.pick(TIMES) } : {}) };
  }

  #rowRules(scope: Scope): RowRule[] {
    const chance = this.#chance;
    const rules: RowRule[] = [];
    const offer = (task: string, toUnion: boolean): void => {
      if (this.#sources.find((made) => made.task === task)!.isClosed) return;
      rules.push({ task, toUnion });
    };
    if (scope === 'household') offer('h-row', false);
    else if (scope === 'campaign') offer('u-row', true);
    else if (chance.maybe(0.7)) offer('u-row', chance.maybe());
    if (scope === 'union' && chance.maybe(0.6)) rules.push({ toUnion: false });
    return rules;
  }

  #feed(task: string | undefined, { id, phase }: { id: string; phase: number }): void {
    const made = this.#sources.find((each) => each.task === task);
    if (made === undefined) return;
    if (made.of.length === 0) made.phase = phase;
    made.of.push(id);
  }

  /** Rows that come from another scope, or from another union, arrive when they arrive. */
  #isElsewhere(source: string, scope: Scope): boolean {
    return this.#tasks.some((task) => task.id === source && (task.scope !== scope || task.rows.some(({ toUnion }) => toUnion)));
  }

  #rolesSeenFrom(scope: Scope): string[] {
    return Object.entries(ROLES)
      .filter(([, role]) => sees(scope, role.scope))
      .map(([id]) => id);
  }

  #roleOf(task: string): string | undefined {
    const holder = this.#tasks.find(({ id }) => id === task)?.holder;
    return holder === undefined || holder === 'row' ? undefined : holder.role;
  }

  #leavesSomebody(role: string, barred: readonly (string | undefined)[]): boolean {
    for (let at: string | undefined = role; at !== undefined; at = ROLES[at]!.fallback) if (!barred.includes(at)) return true;
    return false;
  }

  #dateIn(starts: string, ends: string): string {
    const days = Math.round((startOf(ends) - startOf(starts)) / 86_400_000);
    return dateOf(startOf(daysLater(starts, this.#chance.whole(0, days))));
  }
}
