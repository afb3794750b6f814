/** Who takes part in a random run, and what they try: intentions by number, so that any of them may be left out and the others still mean something. */
import { Chance } from './chance.ts';
import { DAY, endOf, HOUR, MINUTE, startOf } from './days.ts';
import type { Member, Row } from './reference.ts';
import { factsOf, SOME_DATES, SOME_NUMBERS } from './random-spec.ts';
import type { Fact, Scope, Spec, Value } from './spec.ts';

export interface Attempt {
  readonly at: number;
  readonly kind: 'complete' | 'accept' | 'return' | 'look';
  /** Which of the tasks that may be meant. */
  readonly which: number;
  /** Somebody who has no business with it. */
  readonly stranger: boolean;
  /** Any task at all, not one that waits for just this. */
  readonly any: boolean;
  readonly facts: Readonly<Record<string, Value>>;
  readonly rows: readonly Row[];
  readonly lateReason: boolean;
}

export interface Story {
  readonly enrolledAt: number;
  readonly members: readonly Member[];
  readonly attempts: readonly Attempt[];
}

const UNIONS = ['u1', 'u2'];

/** Of a definition's stories, each its own. */
export const storySeed = (definition: number, story: number): number => definition * 1009 + story;

export function randomStory(spec: Spec, seed: number): Story {
  const chance = new Chance(seed);
  const starts = startOf(spec.phases[0]!.starts);
  return {
    // Mostly the day before; at times on the first day itself, or when it is some days old.
    enrolledAt: starts + chance.pick([-DAY, -DAY, -DAY, 0, DAY + 9 * HOUR, 3 * DAY + 1]),
    members: randomMembers(spec, chance),
    attempts: randomAttempts(spec, chance),
  };
}

function randomMembers(spec: Spec, chance: Chance): Member[] {
  const federation = filled(chance, { office: 'office-1', 'leading-group': 'leader-1' });
  const posts = Object.fromEntries(
    UNIONS.map((union) => [
      union,
      filled(chance, { 'union-head': `${union}-head`, 'union-officer': chance.pick([`${union}-officer`, `${union}-head`]) }),
    ]),
  );
  const households = Array.from({ length: chance.whole(1, 4) }, (_, index) => ({ id: `h/${index}`, union: chance.pick(UNIONS) }));
  return [
    { instance: 'c', scope: 'campaign', union: null, roles: federation, facts: initialFacts(spec, 'campaign', chance) },
    ...UNIONS.map((union): Member => {
      const roles = { ...federation, ...posts[union] };
      return { instance: `u/${union}`, scope: 'union', union, roles, facts: initialFacts(spec, 'union', chance) };
    }),
    ...households.map(({ id, union }): Member => {
      const roles = { ...federation, ...posts[union] };
      return { instance: id, scope: 'household', union, roles, facts: initialFacts(spec, 'household', chance) };
    }),
  ];
}

/** Some posts are vacant. */
function filled(chance: Chance, posts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(posts).filter(() => chance.maybe(0.85)));
}

export function initialFacts(spec: Spec, scope: Scope, chance: Chance): Record<string, Value> {
  return Object.fromEntries(
    factsOf(scope).map((id) => {
      const { roster, choices, initial = null } = spec.facts[id]!;
      return [id, roster === undefined ? initial : chance.pick(choices!)];
    }),
  );
}

function randomAttempts(spec: Spec, chance: Chance): Attempt[] {
  const [first, last] = [startOf(spec.phases[0]!.starts), endOf(spec.phases.at(-1)!.ends)];
  const days = Math.round((last - first) / DAY) + 12;
  const made = Array.from({ length: chance.whole(5, 30) }, (): Attempt => {
    const edge = chance.pick([
      0,
      1,
      9 * HOUR - 1,
      9 * HOUR,
      9 * HOUR + 1,
      12 * HOUR + 29 * MINUTE,
      17 * HOUR,
      DAY - 1,
      DAY - MINUTE,
    ]);
    return {
      at: first + chance.whole(-1, days) * DAY + edge,
      kind: chance.pick(['complete', 'complete', 'complete', 'complete', 'accept', 'accept', 'accept', 'return', 'look']),
      which: chance.whole(0, 30),
      stranger: chance.maybe(0.06),
      any: chance.maybe(0.08),
      facts: Object.fromEntries(
        Object.entries(spec.facts)
          .filter(([, fact]) => fact.asked && chance.maybe(0.6))
          .map(([id, fact]) => [id, someValue(fact, chance)]),
      ),
      rows: randomRows(chance),
      lateReason: chance.maybe(0.85),
    };
  });
  return made.sort((a, b) => a.at - b.at);
}

function someValue({ type, choices }: Fact, chance: Chance): Value {
  switch (type) {
    case 'choice':
      return chance.pick([...choices!, null]);
    case 'boolean':
      return chance.pick([true, false, null]);
    case 'number':
      return chance.pick([...SOME_NUMBERS, null]);
    case 'date':
      return chance.pick([...SOME_DATES, null]);
    case 'person':
      return chance.pick(['cadre-1', 'cadre-2', null]);
  }
}

function randomRows(chance: Chance): Row[] {
  const items = Array.from(
    { length: chance.pick([0, 0, 1, 1, 2]) },
    (_, index): Row => ({
      ...{ table: 'items', row: index + 1, due: chance.pick([...SOME_DATES, '2020-11-20']), union: chance.pick(UNIONS) },
      ...(chance.maybe(0.9) ? { holder: chance.pick(['cadre-1', 'cadre-2', 'u1-head']) } : {}),
    }),
  );
  const found = Array.from({ length: chance.pick([0, 0, 0, 1]) }, (_, index): Row => ({ table: 'found', row: index + 1 }));
  return [...items, ...found];
}
