/** What an instance begins with: its first facts from the register, and who holds the posts around it. */
import { isPost } from './adjustment.ts';
import type { FactSpec, Facts, FactValue, Plan, Scope } from './plan.ts';
import type { Enrolment, FileLevel, HardshipClass, HouseholdEntry, UnionEntry, UnionKind } from './roster.ts';

/** What the register says of an enrolled instance, as far as it is not personal: the facts that come `from: roster`. */
export interface EnrolledInstance {
  readonly instance: string;
  readonly scope: Scope;
  readonly union: string | null;
  readonly enrolment: Enrolment | null;
  readonly fileLevel: FileLevel | null;
  readonly hardshipClass: HardshipClass | null;
  readonly unionKind: UnionKind | null;
}

/** What the register says of an instance: `household` is its own entry where it is one. */
export function enrolledInstance(
  { instance, scope, union }: Pick<EnrolledInstance, 'instance' | 'scope' | 'union'>,
  {
    household,
    unions,
  }: {
    readonly household: Pick<HouseholdEntry, 'enrolment' | 'fileLevel' | 'hardshipClass'> | undefined;
    readonly unions: readonly UnionEntry[];
  },
): EnrolledInstance {
  return {
    instance,
    scope,
    union,
    enrolment: household?.enrolment ?? null,
    fileLevel: household?.fileLevel ?? null,
    hardshipClass: household?.hardshipClass ?? null,
    unionKind: union === null ? null : (unions.find(({ id }) => id === union)?.kind ?? null),
  };
}

/** A household of a register that joins a run which goes on: it was not on file when the run began. */
export const enrolledLater = (household: HouseholdEntry): HouseholdEntry =>
  household.enrolment === 'on-file' ? { ...household, enrolment: 'admitted' } : household;

/** A person as far as posts are concerned. */
export interface PostHolder {
  readonly id: string;
  readonly union: string;
  readonly role: string;
}

/** The leading group is told as a body: its list goes to one address, whoever its members are. */
const BODIES = ['leading-group'] as const;

export function factsAtEnrolment(plan: Plan, entry: EnrolledInstance): Facts {
  const fromRoster: Readonly<Record<string, FactValue>> = {
    enrolment: entry.enrolment,
    fileLevel: entry.fileLevel,
    class: entry.hardshipClass,
    unionKind: entry.unionKind,
  };
  const initial = ({ id, from, initial: value = null }: FactSpec): FactValue =>
    from === 'roster' ? (fromRoster[id] ?? value) : value;
  return Object.fromEntries(plan.facts.filter(({ scope }) => scope === entry.scope).map((fact) => [fact.id, initial(fact)]));
}

/** Of them, those that say something of its union. */
export function factsOfUnion(plan: Plan, entry: EnrolledInstance): Facts {
  const isOfUnion = ({ id, from, scope }: FactSpec): boolean => from === 'roster' && id === 'unionKind' && scope === entry.scope;
  const all = factsAtEnrolment(plan, entry);
  return Object.fromEntries(plan.facts.filter(isOfUnion).map(({ id }) => [id, all[id] ?? null]));
}

/** Posts of the federation for everybody; posts of a union for it and its households. Of several officers, each household has its own. */
export function postsAround(
  entry: Pick<EnrolledInstance, 'instance' | 'union'>,
  register: readonly PostHolder[],
): Readonly<Record<string, string>> {
  const people = register.filter(isPost);
  const posts: Record<string, string> = {};
  for (const body of BODIES) if (people.some(({ role }) => role === body)) posts[body] = body;
  assign(
    posts,
    'office',
    people.filter(({ role }) => role === 'office'),
    entry.instance,
  );
  if (entry.union === null) return posts;
  const own = people.filter(({ union }) => union === entry.union);
  for (const role of ['union-head', 'union-officer'])
    assign(
      posts,
      role,
      own.filter((person) => person.role === role),
      entry.instance,
    );
  return posts;
}

/** The first by id holds a union's and the federation's work; households are spread over all of them by their own id. */
function assign(posts: Record<string, string>, role: string, holders: readonly PostHolder[], instance: string): void {
  const ids = holders.map(({ id }) => id).sort();
  const place =
    instance.startsWith('h/') && role === 'union-officer' ? [...instance].reduce((sum, unit) => sum + unit.charCodeAt(0), 0) : 0;
  const id = ids[place % Math.max(1, ids.length)];
  if (id !== undefined) posts[role] = id;
}
