/** The whole register of a run in the clear, for comparing it with a file. */
import type { HouseholdEntry, PersonEntry, UnionEntry } from '../model/roster.ts';
import type { Queryable } from './pool.ts';
import { householdPlace, type HouseholdRow, personPlace } from './register.ts';
import { ROSTER_CLAIM } from './register-changes.ts';
import { keyPlace, type Place, type Sealer } from './sealer.ts';

export interface StoredUnion extends UnionEntry {
  /** Takes part no longer. */
  readonly away: boolean;
}

/** Of whoever's key was erased, only what is in the clear. */
export type StoredPerson = Pick<PersonEntry, 'id' | 'union' | 'role'> &
  Partial<PersonEntry> & {
    readonly left: boolean;
    readonly successor: string | null;
  };
export type StoredHousehold = HouseholdRow & Partial<HouseholdEntry> & { readonly away: boolean; readonly found: boolean };

export interface Page {
  readonly run: string;
  /** The last id of the page before. */
  readonly after?: string;
  readonly limit: number;
}

interface Sealed {
  readonly sealed: Buffer;
  readonly keyId: string | null;
  readonly wrapped: Buffer;
}

/** By id. */
export async function readUnions(db: Queryable, { run, after = '', limit }: Page): Promise<StoredUnion[]> {
  const { rows } = await db.query<StoredUnion>(
    `select u.id, u.name, u.kind, i.more ? 'withdrawnAt' as away
       from unions u
       join instances i on i.run_id = u.run_id and i.id = 'u/' || u.id
      where u.run_id = $1 and u.id > $2
      order by u.id
      limit $3`,
    [run, after, limit],
  );
  return rows;
}

/** By id, those who have left among them. */
export async function readPeople(db: Queryable, { run, after = '', limit }: Page, sealer: Sealer): Promise<StoredPerson[]> {
  const { rows } = await db.query<StoredPerson & Sealed>(
    `select p.id, p.union_id as "union", p.role, p.left_at is not null as left, p.successor, p.sealed, k.key_id as "keyId", k.wrapped
       from people p
       left join data_keys k on k.run_id = p.run_id and k.holder = 'p/' || p.id
      where p.run_id = $1 and p.id > $2
      order by p.id
      limit $3`,
    [run, after, limit],
  );
  return rows.map((row) => opened(row, { sealer, key: keyPlace(run, `p/${row.id}`), place: personPlace(run, row.id) }));
}

/** By id, those who have left among them. */
export async function readHouseholds(
  db: Queryable,
  { run, after = '', limit }: Page,
  sealer: Sealer,
): Promise<StoredHousehold[]> {
  const { rows } = await db.query<StoredHousehold & Sealed>(
    `select h.id, h.union_id as "union", h.enrolment, h.file_level as "fileLevel", h.hardship_class as "hardshipClass",
            i.more ? 'withdrawnAt' as away, i.created_by is not null and not starts_with(i.created_by, $4) as found,
            h.sealed, k.key_id as "keyId", k.wrapped
       from households h
       join instances i on i.run_id = h.run_id and i.id = 'h/' || h.id
       left join data_keys k on k.run_id = h.run_id and k.holder = 'h/' || h.id
      where h.run_id = $1 and h.id > $2
      order by h.id
      limit $3`,
    [run, after, limit, ROSTER_CLAIM],
  );
  return rows.map((row) => opened(row, { sealer, key: keyPlace(run, `h/${row.id}`), place: householdPlace(run, row.id) }));
}

function opened<T extends Sealed>(
  { sealed, keyId, wrapped, ...row }: T,
  { sealer, key, place }: { readonly sealer: Sealer; readonly key: Place; readonly place: Place },
): Omit<T, keyof Sealed> {
  if (keyId === null) return row;
  const personal = JSON.parse(sealer.open(sealed, { key: { keyId, wrapped, place: key }, place })) as object;
  return { ...row, ...personal };
}

/** Who has whose posts and work for good, the latest of each. */
export async function findHandedOver(
  db: Queryable,
  { run, limit }: { run: string; limit: number },
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ person: string; by: string }>(
    `select detail->'adjustment'->>'person' as person, detail->'adjustment'->>'by' as by
       from revisions
      where run_id = $1 and kind = 'adjust' and detail->'adjustment'->>'kind' = 'cover' and detail->'adjustment'->'until' = 'null'
      order by revision
      limit $2`,
    [run, limit],
  );
  return new Map(rows.map(({ person, by }) => [person, by]));
}

/** What somebody has to do still: tasks that wait for them, and instances in which they have a post. */
export async function countDuties(
  db: Queryable,
  { run, person }: { run: string; person: string },
): Promise<{ readonly tasks: number; readonly posts: number }> {
  const { rows } = await db.query<{ tasks: number; posts: number }>(
    `select (select count(*) from tasks where run_id = $1 and (holder = $2 or reviewer = $2) and status in ('open', 'returned', 'inReview')) as tasks,
            (select count(*) from instances i
              where run_id = $1 and status <> 'closed' and not more ? 'withdrawnAt'
                and exists (select from jsonb_each_text(i.roles) as r where r.value = $2)) as posts`,
    [run, person],
  );
  return rows[0]!;
}
