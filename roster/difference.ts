/** What the register of a file says otherwise than that of a run. Ids, posts and the names of fields: never what a field holds. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import type { HouseholdEntry, PersonEntry, Roster, UnionEntry } from '../model/roster.ts';

/** In the order in which they are done: a union or household that begins looks for its people, so those come first, and who leaves leaves last. */
const ITEM_KINDS = [
  'person-new',
  'union-new',
  'union-details',
  'person-details',
  'person-moved',
  'post-taken',
  'household-new',
  'household-moved',
  'household-details',
  'facts-changed',
  'household-gone',
  'union-gone',
  'person-gone',
] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** Why something cannot be done as the file has it. */
export type Obstacle =
  /** One person has one file: here under this other id. */
  | { readonly kind: 'on-file'; readonly as: string }
  /** Whose union takes part no longer. */
  | { readonly kind: 'union-left' }
  /** Somebody of that id was in the register before, and has left. */
  | { readonly kind: 'person-left' }
  /** A sweep of the run found the household: the file may not know it yet. */
  | { readonly kind: 'found' };

export interface RegisterItem {
  readonly kind: ItemKind;
  /** Of the household, union or person; of `post-taken`, of whoever leaves. */
  readonly id: string;
  /** To which it belongs; null of a union itself. */
  readonly union: string | null;
  /** A union, a post or a value of a fact, before and after; of `post-taken` who had the post and who has it. */
  readonly from: string | null;
  readonly to: string | null;
  /** What is other, by name. */
  readonly fields: readonly string[];
  readonly obstacle?: Obstacle;
}

/** A household as the run has it. Of one whose key was erased only what is in the clear. */
export type HouseholdOfRun = Pick<HouseholdEntry, 'id' | 'union' | 'enrolment' | 'fileLevel' | 'hardshipClass'> &
  Partial<HouseholdEntry>;
/** Likewise. */
export type PersonOfRun = Pick<PersonEntry, 'id' | 'union' | 'role'> & Partial<PersonEntry>;

export interface RegisterOfRun {
  readonly unions: readonly UnionEntry[];
  readonly people: readonly PersonOfRun[];
  readonly households: readonly HouseholdOfRun[];
  /** Ids of people who have left. */
  readonly leftPeople: ReadonlySet<string>;
  /** Instances that take part no longer. */
  readonly away: ReadonlySet<string>;
  /** Households that sweeps have found. */
  readonly found: ReadonlySet<string>;
  /** Whose posts and work have gone to whom for good, or are about to. */
  readonly handedTo: ReadonlyMap<string, string>;
}

interface Registers {
  readonly run: RegisterOfRun;
  readonly file: Roster;
}

/** In the order in which they are done, and of one kind by id. `onlyNew`: the file may be a part of a register, and who is not in it is not gone. */
export function compareRegisters(
  registers: Registers,
  { onlyNew = false }: { readonly onlyNew?: boolean } = {},
): readonly RegisterItem[] {
  const others = onlyNew ? [] : [...changes(registers), ...leavers(registers)];
  // Whoever takes a post is put into the register with that: apart from it, it could not be told any more whose post it is.
  const taking = new Set(others.flatMap(({ kind, to }) => (kind === 'post-taken' ? [to] : [])));
  const items = [...newcomers(registers).filter(({ kind, id }) => kind !== 'person-new' || !taking.has(id)), ...others];
  const rank = ({ kind }: RegisterItem): number => ITEM_KINDS.indexOf(kind);
  return items.sort((a, b) => rank(a) - rank(b) || compare(a.id, b.id) || compare(a.fields.join(), b.fields.join()));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = <T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

const item = (
  kind: ItemKind,
  id: string,
  { union = null, from = null, to = null, fields = [], obstacle }: Partial<RegisterItem> = {},
): RegisterItem => ({ kind, id, union, from, to, fields, ...(obstacle && { obstacle }) });

function newcomers({ run, file }: Registers): readonly RegisterItem[] {
  const known = { unions: byId(run.unions), people: byId(run.people), households: byId(run.households) };
  const filed = new Map(run.households.flatMap(({ id, idNumber }) => (idNumber === undefined ? [] : [[idNumber, id]])));
  const obstacleOf = ({ idNumber, union }: HouseholdEntry): Obstacle | undefined => {
    const as = filed.get(idNumber);
    if (as !== undefined) return { kind: 'on-file', as };
    return run.away.has(`u/${union}`) ? { kind: 'union-left' } : undefined;
  };
  return [
    ...file.unions.flatMap(({ id, kind }) => (known.unions.has(id) ? [] : [item('union-new', id, { to: kind })])),
    ...file.people.flatMap(({ id, union, role }) => {
      if (known.people.has(id)) return [];
      const left = run.leftPeople.has(id) && ({ obstacle: { kind: 'person-left' } } as const);
      return [item('person-new', id, { union, to: role, ...left })];
    }),
    ...file.households.flatMap((household) => {
      if (known.households.has(household.id)) return [];
      const obstacle = obstacleOf(household);
      return [item('household-new', household.id, { union: household.union, ...(obstacle && { obstacle }) })];
    }),
  ];
}

const PERSONAL = {
  person: ['name', 'phone', 'post'],
  household: ['name', 'sex', 'bornIn', 'idNumber', 'phone', 'filedOn', 'cause', 'workplace', 'address', 'liftedOn'],
} as const satisfies { person: readonly (keyof PersonEntry)[]; household: readonly (keyof HouseholdEntry)[] };

function changes({ run, file }: Registers): readonly RegisterItem[] {
  const now = { unions: byId(file.unions), people: byId(file.people), households: byId(file.households) };
  const both = <R extends { readonly id: string }, F>(rows: readonly R[], there: ReadonlyMap<string, F>): readonly [R, F][] =>
    rows.flatMap((row): [R, F][] => (there.has(row.id) ? [[row, there.get(row.id)!]] : []));
  return [
    ...both(run.unions, now.unions).flatMap(([was, is]) => [
      ...(was.name === is.name ? [] : [item('union-details', is.id, { fields: ['name'] })]),
      ...(was.kind === is.kind ? [] : [item('facts-changed', is.id, { from: was.kind, to: is.kind, fields: ['unionKind'] })]),
    ]),
    ...both(run.people, now.people).flatMap(([was, is]) => changesOfPerson(was, is)),
    ...both(run.households, now.households).flatMap(([was, is]) =>
      // Whoever has left is not followed any more.
      run.away.has(`h/${is.id}`) ? [] : changesOfHousehold(run, { was, is }),
    ),
  ];
}

/** Only what both know: of a person whose key was erased nothing can be said. */
function otherFields<T extends object>(was: Partial<T>, is: T, fields: readonly (keyof T)[]): readonly string[] {
  return fields.filter((field) => was[field] !== undefined && was[field] !== (is[field] ?? '')).map(String);
}

function changesOfPerson(was: PersonOfRun, is: PersonEntry): readonly RegisterItem[] {
  const fields = otherFields<PersonEntry>(was, is, PERSONAL.person);
  const post = ({ role, union }: PersonOfRun): string => `${role}, ${union}`;
  return [
    ...(fields.length === 0 ? [] : [item('person-details', is.id, { union: is.union, fields })]),
    ...(post(was) === post(is) ? [] : [item('person-moved', is.id, { union: is.union, from: post(was), to: post(is) })]),
  ];
}

function changesOfHousehold(
  run: RegisterOfRun,
  { was, is }: { was: HouseholdOfRun; is: HouseholdEntry },
): readonly RegisterItem[] {
  const { id, union } = is;
  const fields = otherFields<HouseholdEntry>(was, is, PERSONAL.household);
  const left = run.away.has(`u/${union}`) && ({ obstacle: { kind: 'union-left' } } as const);
  // Whoever joined later is on file from then on.
  const known = was.enrolment === 'admitted' ? 'on-file' : was.enrolment;
  const facts = [
    ['enrolment', known, is.enrolment],
    ['fileLevel', was.fileLevel, is.fileLevel],
    ['class', was.hardshipClass, is.hardshipClass],
  ] as const;
  return [
    ...(was.union === union ? [] : [item('household-moved', id, { union, from: was.union, to: union, ...left })]),
    ...(fields.length === 0 ? [] : [item('household-details', id, { union, fields })]),
    ...facts.flatMap(([fact, from, to]) => (from === to ? [] : [item('facts-changed', id, { union, from, to, fields: [fact] })])),
  ];
}

function leavers({ run, file }: Registers): readonly RegisterItem[] {
  const there = { unions: byId(file.unions), households: byId(file.households), people: byId(file.people) };
  const numbers = new Map(file.households.map(({ idNumber, id }) => [idNumber, id]));
  const unions = run.unions.filter(({ id }) => !there.unions.has(id) && !run.away.has(`u/${id}`));
  const gone = new Set(unions.map(({ id }) => id));
  const households = run.households.filter(({ id }) => !there.households.has(id) && !run.away.has(`h/${id}`));
  const obstacleOf = ({ id, idNumber }: HouseholdOfRun): Obstacle | undefined => {
    const as = idNumber === undefined ? undefined : numbers.get(idNumber);
    if (as !== undefined) return { kind: 'on-file', as };
    return run.found.has(id) ? { kind: 'found' } : undefined;
  };
  return [
    ...households.flatMap((household): RegisterItem[] => {
      const obstacle = obstacleOf(household);
      const { id, union } = household;
      // A union takes its households along.
      if (obstacle === undefined && gone.has(union)) return [];
      return [item('household-gone', id, { union, ...(obstacle && { obstacle }) })];
    }),
    ...unions.map(({ id }) => item('union-gone', id)),
    ...run.people
      .filter(({ id }) => !there.people.has(id))
      .map((person) => {
        const { id, union, role } = person;
        const successor = run.handedTo.get(id) ?? findSuccessor({ run, file }, person);
        if (successor === undefined) return item('person-gone', id, { union, from: role });
        return item('post-taken', id, { union, from: id, to: successor, fields: [role] });
      }),
  ];
}

/** Whoever is new in a post that one person has left. Where it might be another, nobody is: a person says who it is. */
function findSuccessor({ run, file }: Registers, { union, role }: PersonOfRun): string | undefined {
  const there = byId(file.people);
  const known = byId(run.people);
  const isOfPost = (person: PersonOfRun): boolean => person.union === union && person.role === role;
  const left = run.people.filter((person) => isOfPost(person) && !there.has(person.id));
  const came = file.people.filter((person) => isOfPost(person) && !known.has(person.id) && !run.leftPeople.has(person.id));
  return left.length === 1 && came.length === 1 ? came[0]!.id : undefined;
}

/** SHA-256 (hex) of what is shown and what would be done, and of what the file says of those who are named: all of it is agreed to. */
export function hashOfDifference(
  items: readonly RegisterItem[],
  { roster, steps }: { readonly roster: Roster; readonly steps: readonly (string | null)[] },
): string {
  const named = new Set(items.map(({ id }) => id));
  const rows = [roster.unions, roster.people, roster.households].map((list: readonly { readonly id: string }[]) =>
    list.filter(({ id }) => named.has(id)).sort((a, b) => compare(a.id, b.id)),
  );
  return createHash('sha256').update(canonicalJson({ items, steps, rows })).digest('hex');
}
