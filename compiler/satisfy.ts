/**
 * Whether a condition can hold, over everything its facts may be: exactly, by splitting cases. A fact matters to a condition only through what it is
 * compared with, so of all numbers and dates a few stand for the rest: each bound, and enough between two bounds. What is reckoned (`income / people`)
 * is tried with every value where there are few (`people * 2` of at most nine people); otherwise it is taken to come out either way, so that "never" is
 * always true and "possible" may in such a case be too kind.
 */
import { evaluate, factsReadBy, figuresReadBy } from '../model/condition.ts';
import { dateOfEpochDay, epochDay } from '../model/day-table.ts';
import type { Condition, Facts, FactValue } from '../model/plan.ts';

/** What a fact may be. */
export type Domain =
  | { readonly kind: 'members'; readonly members: readonly FactValue[] }
  /** `whole`: no fractions. Bounds are members too. */
  | {
      readonly kind: 'numbers';
      readonly min?: number;
      readonly max?: number;
      readonly whole?: boolean;
      readonly nullable: boolean;
    }
  | { readonly kind: 'dates'; readonly min?: string; readonly max?: string; readonly nullable: boolean }
  /** People and other opaque ids: whatever it is compared with, and others. */
  | { readonly kind: 'ids'; readonly nullable: boolean }
  /** What cannot be told: whatever is asked of it comes out either way. */
  | { readonly kind: 'anything' };

/** A fact without a domain is always null. */
export type Domains = ReadonlyMap<string, Domain>;

export type Satisfaction =
  | { readonly kind: 'never' }
  /** `facts` are one case in which it holds; `sure` unless something in it is reckoned. */
  | { readonly kind: 'possible'; readonly facts: Facts; readonly sure: boolean }
  /** Too many cases to go through. */
  | { readonly kind: 'unknown' };

/** Cases looked at before giving up on a condition: more than one that people write has, and some milliseconds. */
const MAX_CASES = 5_000;

/** How many cases may be looked at for all conditions of a definition together: what it holds back, nothing is said of. */
export interface Patience {
  cases: number;
}

export function satisfy(condition: Condition, given: Domains, patience: Patience = { cases: MAX_CASES }): Satisfaction {
  const asked = withoutUntold(condition, given);
  const tried = factsToTry(asked, given);
  const domains = tried.size === 0 ? given : new Map([...given, ...tried]);
  const isReckoned = (part: Condition): boolean => mustReckon(part) && !isTried(part, tried);
  const cases = casesOf(asked, { domains, tried, isReckoned });
  let left = MAX_CASES;
  const look = (rest: Condition, facts: Facts, sure: boolean): Satisfaction => {
    left -= 1;
    patience.cases -= 1;
    if (left < 0 || patience.cases < 0) return { kind: 'unknown' };
    const known = settle(rest, { facts, isReckoned });
    if (known === false) return { kind: 'never' };
    if (known === true) return { kind: 'possible', facts, sure };
    const fact = plainAtoms(known, isReckoned)
      .flatMap(factsReadBy)
      .find((name) => !Object.hasOwn(facts, name));
    // What is left rests on reckoning alone.
    if (fact === undefined) return lookReckoned(known, facts);
    return either(cases(fact), (value) => look(known, { ...facts, [fact]: value }, sure));
  };
  const lookReckoned = (rest: Condition, facts: Facts): Satisfaction => {
    const atom = firstReckoned(rest, isReckoned)!;
    return either([true, false], (holds) => look(suppose(rest, { atom, holds, isReckoned }), facts, false));
  };
  return look(asked, {}, true);
}

/** Whether it holds whatever its facts are; undefined where there are too many cases to tell. */
export function holdsAlways(condition: Condition, domains: Domains, patience?: Patience): boolean | undefined {
  const fails = satisfy({ op: 'not', of: condition }, domains, patience);
  return fails.kind === 'unknown' ? undefined : fails.kind === 'never';
}

/** The first case that is possible; unknown when none is and one could not be looked at. */
function either<T>(values: readonly T[], look: (value: T) => Satisfaction): Satisfaction {
  let worst: Satisfaction = { kind: 'never' };
  for (const value of values) {
    const found = look(value);
    if (found.kind === 'possible') return found;
    if (found.kind === 'unknown') worst = found;
  }
  return worst;
}

/** What is asked of something that cannot be told is put as if it were reckoned: as a question of its own, with either answer. */
function withoutUntold(condition: Condition, domains: Domains): Condition {
  switch (condition.op) {
    case 'all':
    case 'any':
      return { op: condition.op, of: condition.of.map((part) => withoutUntold(part, domains)) };
    case 'not':
      return { op: 'not', of: withoutUntold(condition.of, domains) };
    default:
      return factsReadBy(condition).some((fact) => domains.get(fact)?.kind === 'anything') ? questionOf(condition) : condition;
  }
}

/** Told apart from other questions by what was asked; never reckoned itself. */
const questionOf = (asked: Condition): Condition => ({ op: 'unknown', of: { op: 'size', table: JSON.stringify(asked) } });

type IsReckoned = (part: Condition) => boolean;

const mustReckon: IsReckoned = (condition) =>
  !['is', 'compare', 'all', 'any', 'not'].includes(condition.op) && !isPlainRelation(condition);

/** So many values, of all facts that are reckoned with together, are tried one by one. */
const MOST_TRIED = 200;

/** The facts that something is reckoned from, each with all of its values; none where they are too many, or not whole. */
function factsToTry(condition: Condition, domains: Domains): Domains {
  const atoms = atomsOf(condition);
  const names = new Set(atoms.filter(mustReckon).flatMap(factsReadBy));
  // Beside another fact, the values that stand for that one would have to lie between all of these.
  const isBeside = (atom: Condition): boolean =>
    factsReadBy(atom).length > 1 && factsReadBy(atom).some((name) => names.has(name));
  if (atoms.some((atom) => !mustReckon(atom) && isBeside(atom))) return new Map();
  const tried = new Map<string, Extract<Domain, { kind: 'members' }>>();
  let together = 1;
  for (const name of names) {
    const members = membersOf(domains.get(name));
    together *= members?.length ?? Infinity;
    if (members === undefined || together > MOST_TRIED) return new Map();
    tried.set(name, { kind: 'members', members });
  }
  return tried;
}

function membersOf(domain: Domain | undefined): readonly FactValue[] | undefined {
  if (domain === undefined) return [null];
  if (domain.kind === 'members') return domain.members;
  if (domain.kind !== 'numbers' || domain.whole !== true) return undefined;
  const { min = -Infinity, max = Infinity, nullable } = domain;
  if (!(max - min < MOST_TRIED)) return undefined;
  const low = Math.ceil(min);
  const numbers = Array.from({ length: Math.max(0, Math.floor(max) - low + 1) }, (_, index) => low + index);
  return [...numbers, ...(nullable ? [null] : [])];
}

/** What is reckoned from facts alone, all of which are tried; a table is none. */
function isTried(condition: Condition, tried: Domains): boolean {
  const facts = factsReadBy(condition);
  return facts.length > 0 && facts.every((fact) => tried.has(fact)) && figuresReadBy(condition).length === 0;
}

/** Two facts beside each other, or a fact and a value, with nothing reckoned. */
function isPlainRelation(condition: Condition): boolean {
  if (condition.op !== 'relate') return false;
  return [condition.left, condition.right].every(({ op }) => op === 'fact' || op === 'value');
}

/** What is left of a condition once some facts are known: true, false, or a smaller condition. */
function settle(condition: Condition, at: { readonly facts: Facts; readonly isReckoned: IsReckoned }): Condition | boolean {
  const { facts, isReckoned } = at;
  switch (condition.op) {
    case 'all':
    case 'any': {
      const decides = condition.op === 'any';
      const of: Condition[] = [];
      for (const part of condition.of) {
        const known = settle(part, at);
        if (known === decides) return decides;
        if (typeof known !== 'boolean') of.push(known);
      }
      if (of.length === 0) return !decides;
      return of.length === 1 ? of[0]! : { op: condition.op, of };
    }
    case 'not': {
      const known = settle(condition.of, at);
      return typeof known === 'boolean' ? !known : { op: 'not', of: known };
    }
    default: {
      if (isReckoned(condition)) return condition;
      return factsReadBy(condition).every((name) => Object.hasOwn(facts, name)) ? evaluate(condition, facts) : condition;
    }
  }
}

/** The comparisons of a condition. */
function atomsOf(condition: Condition): readonly Condition[] {
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(atomsOf);
  return condition.op === 'not' ? atomsOf(condition.of) : [condition];
}

/** Those that rest on facts and values alone. */
const plainAtoms = (condition: Condition, isReckoned: IsReckoned): readonly Condition[] =>
  atomsOf(condition).filter((atom) => !isReckoned(atom));

const ALWAYS: Condition = { op: 'all', of: [] };
const NEVER: Condition = { op: 'any', of: [] };

function firstReckoned(condition: Condition, isReckoned: IsReckoned): string | undefined {
  const atom = atomsOf(condition).find(isReckoned);
  return atom === undefined ? undefined : JSON.stringify(atom);
}

interface Supposing {
  readonly atom: string;
  readonly holds: boolean;
  readonly isReckoned: IsReckoned;
}

/** The condition where one thing that is reckoned is known to hold, or not to, wherever it is asked. */
function suppose(condition: Condition, supposing: Supposing): Condition {
  if (condition.op === 'not') return { op: 'not', of: suppose(condition.of, supposing) };
  if (condition.op === 'all' || condition.op === 'any')
    return { op: condition.op, of: condition.of.map((part) => suppose(part, supposing)) };
  const isMeant = supposing.isReckoned(condition) && JSON.stringify(condition) === supposing.atom;
  return isMeant ? (supposing.holds ? ALWAYS : NEVER) : condition;
}

/** For each fact, the values that stand for all it may be, as far as this condition can tell them apart. */
function casesOf(
  condition: Condition,
  { domains, tried, isReckoned }: { readonly domains: Domains; readonly tried: Domains; readonly isReckoned: IsReckoned },
): (fact: string) => readonly FactValue[] {
  const atoms = plainAtoms(condition, isReckoned);
  // Facts beside each other need as many places between two bounds as there are such facts, so that any order among them can be had.
  const related = new Set(atoms.filter((atom) => atom.op === 'relate' && !mustReckon(atom)).flatMap(factsReadBy));
  const beside = atoms.flatMap(boundsOf);
  const own = new Map<string, FactValue[]>();
  for (const { fact, value } of beside) {
    for (const name of related.has(fact) ? related : [fact]) own.set(name, [...(own.get(name) ?? []), value]);
  }
  const limits = [...related].flatMap((name) => limitsOf(domains.get(name)));
  const known = new Map<string, readonly FactValue[]>();
  return (fact) => {
    const found =
      known.get(fact) ??
      caseList(domains.get(fact), {
        bounds: [...(own.get(fact) ?? []), ...(related.has(fact) ? limits : [])],
        places: Math.max(1, related.size),
        isRelated: related.has(fact) || tried.has(fact),
      });
    known.set(fact, found);
    return found;
  };
}

/** What facts are compared with where they stand. */
function boundsOf(atom: Condition): readonly { readonly fact: string; readonly value: FactValue }[] {
  switch (atom.op) {
    case 'is':
      return atom.in.map((value) => ({ fact: atom.fact, value }));
    case 'compare':
      return [{ fact: atom.fact, value: atom.value }];
    case 'relate': {
      const { left, right } = atom;
      const bound = (a: typeof left, b: typeof left) =>
        a.op === 'fact' && b.op === 'value' ? [{ fact: a.fact, value: b.value }] : [];
      return [...bound(left, right), ...bound(right, left)];
    }
    default:
      return [];
  }
}

function limitsOf(domain: Domain | undefined): readonly FactValue[] {
  if (domain?.kind !== 'numbers' && domain?.kind !== 'dates') return [];
  return [domain.min, domain.max].filter((limit) => limit !== undefined);
}

interface Telling {
  readonly bounds: readonly FactValue[];
  /** How many values are wanted between two bounds. */
  readonly places: number;
  readonly isRelated: boolean;
}

function caseList(domain: Domain | undefined, { bounds, places, isRelated }: Telling): readonly FactValue[] {
  if (domain === undefined) return [null];
  const none: readonly FactValue[] = 'nullable' in domain && domain.nullable ? [null] : [];
  switch (domain.kind) {
    case 'members': {
      // Members that nothing is compared with are all alike.
      const told = domain.members.filter((member) => isRelated || bounds.includes(member));
      const other = domain.members.find((member) => !told.includes(member));
      return other === undefined ? told : [...told, other];
    }
    case 'anything':
      return [null];
    case 'ids': {
      const told = [...new Set(bounds.filter((bound) => typeof bound === 'string'))];
      return [...told, ...Array.from({ length: places }, (_, index) => `\u0000${index}`), ...none];
    }
    case 'numbers': {
      const told = bounds.filter((bound) => typeof bound === 'number');
      return [...spread(told, { ...domain, places, step: domain.whole === true ? 1 : undefined }), ...none];
    }
    case 'dates': {
      const days = bounds.flatMap((bound) => (typeof bound === 'string' ? (epochDay(bound) ?? []) : []));
      const limit = (date: string | undefined): number | undefined => (date === undefined ? undefined : epochDay(date));
      const { min = FIRST_DATE, max = LAST_DATE } = domain;
      return [...spread(days, { min: limit(min), max: limit(max), places, step: 1 }).map(dateOfEpochDay), ...none];
    }
  }
}

const FIRST_DATE = '0001-01-01';
const LAST_DATE = '9999-12-31';

interface Line {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly places: number;
  /** Between whole numbers and days there is nothing. */
  readonly step: 1 | undefined;
}

/** The bounds themselves, and so many places below, between and above them as there are. */
function spread(bounds: readonly number[], { min = -Infinity, max = Infinity, places, step }: Line): readonly number[] {
  const allowed = (at: number): boolean => at >= min && at <= max && (step === undefined || Number.isInteger(at));
  const edges = [...new Set([min, ...bounds, max])].sort((a, b) => a - b);
  const between = edges.slice(1).flatMap((high, index) => inside(edges[index]!, high, { places, step }));
  return [...new Set([...edges.filter(Number.isFinite), ...between])].filter(allowed).sort((a, b) => a - b);
}

function inside(low: number, high: number, { places, step }: Pick<Line, 'places' | 'step'>): readonly number[] {
  const from = Number.isFinite(low) ? low : Number.isFinite(high) ? high - (places + 1) : -(places + 1);
  const to = Number.isFinite(high) ? high : from + (places + 1);
  const found = Array.from({ length: places }, (_, index) =>
    step === 1 ? Math.floor(from) + 1 + index : from + ((to - from) * (index + 1)) / (places + 1),
  );
  return found.filter((at) => at > low && at < high);
}
