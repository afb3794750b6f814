/** Whom a register names beside the households, as forms and posts ask for them. Many parts of one run ask the same register. */
import type { FillContext } from '../forms/fill-cell.ts';
import type { Post } from '../model/adjustment.ts';
import type { PostHolder } from '../model/enrolment.ts';
import { groupBy } from '../model/group.ts';
import type { Roster, UnionEntry } from '../model/roster.ts';

export interface Directory {
  /** By id. */
  readonly people: FillContext['people'];
  readonly findPerson: FillContext['findPerson'];
  readonly posts: ReadonlyMap<string, Post>;
  /** Their ids, in order. */
  readonly unions: readonly string[];
  readonly unionById: ReadonlyMap<string, UnionEntry>;
  readonly findUnion: FillContext['findUnion'];
  /** But those who have a post for everybody. */
  readonly ofUnion: ReadonlyMap<string, readonly PostHolder[]>;
  /** Who has a post for everybody. */
  readonly ofFederation: readonly PostHolder[];
}

/** Roles of the federation that each instance may have around it. */
const FOR_ALL: readonly string[] = ['office', 'leading-group'];

const kept = new WeakMap<Roster['unions'], { readonly people: Roster['people']; readonly directory: Directory }>();

/** Kept by its unions and people, who are the same in every part of a register. */
export function directoryOf({ people, unions }: Pick<Roster, 'people' | 'unions'>): Directory {
  const known = kept.get(unions);
  if (known?.people === people) return known.directory;
  const sorted = [...people].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, union, role }) => ({ id, union, roles: [role] }));
  const personById = new Map(sorted.map((person) => [person.id, person]));
  const unionById = new Map(unions.map((union) => [union.id, union]));
  const directory: Directory = {
    people: sorted,
    findPerson: (id) => personById.get(id),
    posts: new Map(people.map((person) => [person.id, person])),
    unions: unions.map(({ id }) => id).sort(),
    unionById,
    findUnion: (id) => unionById.has(id),
    ofUnion: groupBy(
      people.filter(({ role }) => !FOR_ALL.includes(role)),
      ({ union }) => union,
    ),
    ofFederation: people.filter(({ role }) => FOR_ALL.includes(role)),
  };
  kept.set(unions, { people, directory });
  return directory;
}

/** Those whose posts an instance may have: the federation's and its own union's. */
export function peopleAround({ ofUnion, ofFederation }: Directory, union: string | null): readonly PostHolder[] {
  return [...ofFederation, ...(union === null ? [] : (ofUnion.get(union) ?? []))];
}
