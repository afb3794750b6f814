/** What answers to a field may be, and how what a fact may be grows with everything that sets it. */
import { factsReadBy } from '../model/condition.ts';
import type { Condition, FactValue, Scope } from '../model/plan.ts';
import { choicesOf } from './fields.ts';
import type { Cell, Column } from './form-language.ts';
import type { Definition } from './gather.ts';
import { plain, type Words } from './said.ts';
import type { Domain, Domains } from './satisfy.ts';

/** Of a field that is answered. */
export function cellDomain(definition: Definition, cell: Cell | Column): Domain {
  const { type, min, max } = cell;
  switch (type) {
    case 'choice':
      return { kind: 'members', members: Object.keys(choicesOf(definition, cell) ?? {}) };
    case 'yes-no':
      return { kind: 'members', members: [true, false] };
    case 'integer':
    case 'number':
    case 'money':
      return {
        kind: 'numbers',
        nullable: false,
        whole: type === 'integer',
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
      };
    case 'date':
      return { kind: 'dates', nullable: false };
    case 'person':
    case 'union':
    case 'signature':
      return { kind: 'ids', nullable: false };
    case 'year-month':
    case 'text':
    case 'long-text':
    case 'choices':
    case 'phone':
    case 'id-number':
    case 'evidence':
    case 'photo':
    case 'file':
      return { kind: 'anything' };
  }
}

/** The least that holds both, or a little more: of numbers, all that lie between. */
export function joinDomains(one: Domain, other: Domain): Domain {
  if (one.kind === 'anything' || other.kind === 'anything') return { kind: 'anything' };
  if (one.kind === 'members' && other.kind === 'members')
    return { kind: 'members', members: [...new Set([...one.members, ...other.members])] };
  if (one.kind === 'members') return joinDomains(other, one);
  const wide = other.kind === 'members' ? widened(one, other) : other;
  const nullable = one.nullable || wide.nullable;
  if (one.kind === 'numbers' && wide.kind === 'numbers') {
    const whole = one.whole === true && wide.whole === true;
    return { kind: 'numbers', nullable, whole, ...bothLimits(one, wide, (a, b) => a < b) };
  }
  if (one.kind === 'dates' && wide.kind === 'dates')
    return { kind: 'dates', nullable, ...bothLimits(one, wide, (a, b) => a < b) };
  return one.kind === wide.kind ? { kind: 'ids', nullable } : { kind: 'anything' };
}

type Ranged = Exclude<Domain, { readonly kind: 'members' | 'anything' }>;

/** Single values as a domain of the same kind as another. */
function widened({ kind }: Ranged, { members }: Extract<Domain, { readonly kind: 'members' }>): Ranged {
  const nullable = members.includes(null);
  if (kind === 'ids') return { kind, nullable };
  if (kind === 'numbers') {
    const numbers = members.filter((member) => typeof member === 'number');
    return { kind, nullable, whole: numbers.every(Number.isInteger), min: Math.min(...numbers), max: Math.max(...numbers) };
  }
  const dates = members.filter((member) => typeof member === 'string').sort();
  // Of no date at all, limits that leave nothing between them.
  return { kind, nullable, min: dates[0] ?? '9999-12-31', max: dates.at(-1) ?? '0001-01-01' };
}

interface Limits<T> {
  readonly min?: T;
  readonly max?: T;
}

/** A limit that one of them does not have, both together do not have. */
function bothLimits<T>(one: Limits<T>, other: Limits<T>, isLess: (a: T, b: T) => boolean): Limits<T> {
  const min = one.min === undefined || other.min === undefined ? undefined : isLess(one.min, other.min) ? one.min : other.min;
  const max = one.max === undefined || other.max === undefined ? undefined : isLess(one.max, other.max) ? other.max : one.max;
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

export const nullableOf = (domain: Domain): Domain => joinDomains(domain, { kind: 'members', members: [null] });

export interface GrowingDomains {
  readonly add: (scope: Scope, fact: string, domain: Domain) => void;
  readonly of: (scope: Scope) => Domains;
}

export function growing(): GrowingDomains {
  const scopes: Readonly<Record<Scope, Map<string, Domain>>> = { campaign: new Map(), union: new Map(), household: new Map() };
  return {
    add(scope, fact, domain) {
      const known = scopes[scope].get(fact);
      scopes[scope].set(fact, known === undefined ? domain : joinDomains(known, domain));
    },
    of: (scope) => scopes[scope],
  };
}

/** What the names that a condition reads may be, as far as somebody wants to read it. */
export function describeDomains(condition: Condition, domains: Domains): Words {
  const told = factsReadBy(condition)
    .slice(0, MOST_NAMES)
    .map((name) => describe(name, domains.get(name)));
  return { en: told.map(({ en }) => en).join('; '), zh: told.map(({ zh }) => zh).join('；') };
}

const MOST_NAMES = 3;
const MOST_MEMBERS = 8;

function describe(name: string, domain: Domain | undefined): Words {
  const may = domain === undefined ? NOTHING : describeDomain(domain);
  return { en: `'${name}' may be ${may.en}`, zh: `“${name}”可能的值：${may.zh}` };
}

const NOTHING: Words = { en: 'nothing', zh: '无' };
const UNKNOWN: Words = { en: 'not known', zh: '未知' };

function describeDomain(domain: Domain): Words {
  switch (domain.kind) {
    case 'members':
      return listed(domain.members.map(describeValue));
    case 'numbers':
    case 'dates':
      return listed([withLimits(domain), ...(domain.nullable ? [UNKNOWN] : [])]);
    case 'ids':
      return { en: 'anybody', zh: '任何一个' };
    case 'anything':
      return { en: 'anything', zh: '任何内容' };
  }
}

function describeValue(value: FactValue): Words {
  if (value === null) return UNKNOWN;
  if (typeof value === 'boolean') return value ? { en: 'yes', zh: '是' } : { en: 'no', zh: '否' };
  return plain(String(value));
}

function withLimits({ kind, min, max }: Extract<Domain, { readonly kind: 'numbers' | 'dates' }>): Words {
  const what: Words = kind === 'numbers' ? { en: 'a number', zh: '数值' } : { en: 'a date', zh: '日期' };
  const from: Words = min === undefined ? plain('') : { en: ` from ${min}`, zh: `，不小于 ${min}` };
  const to: Words = max === undefined ? plain('') : { en: ` up to ${max}`, zh: `，不大于 ${max}` };
  return { en: what.en + from.en + to.en, zh: what.zh + from.zh + to.zh };
}

function listed(all: readonly Words[]): Words {
  const some = all.slice(0, MOST_MEMBERS);
  const more = all.length > some.length;
  const last = some.at(-1)!;
  const en =
    some.length < 2 || more
      ? some.map(({ en }) => en).join(', ')
      : `${some
          .slice(0, -1)
          .map(({ en }) => en)
          .join(', ')} or ${last.en}`;
  return { en: more ? `${en}, …` : en, zh: some.map(({ zh }) => zh).join('、') + (more ? '等' : '') };
}
