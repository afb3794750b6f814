import { FEDERATION } from '../model/adjustment.ts';
import type { Enrolment, FileLevel, HardshipClass, HouseholdEntry, PersonEntry, UnionEntry } from '../model/roster.ts';
import { getDataKey } from './data-keys.ts';
import type { Queryable } from './pool.ts';
import type { Place, Sealer } from './sealer.ts';

/** The label under which identity numbers are hashed for finding. */
export const ID_NUMBER = 'id-number';

/** Documented limits of the product, of one run. */
export const PEOPLE_AT_MOST = 100_000;
export const UNIONS_AT_MOST = 5_000;

export const householdPlace = (run: string, id: string): Place => ['households', run, id, 'sealed'];
export const personPlace = (run: string, id: string): Place => ['people', run, id, 'sealed'];

/** What of a household is not personal. */
export interface HouseholdRow {
  readonly id: string;
  readonly union: string;
  readonly enrolment: Enrolment;
  readonly fileLevel: FileLevel;
  readonly hardshipClass: HardshipClass;
}

const HOUSEHOLD_COLUMNS = `id, union_id as "union", enrolment, file_level as "fileLevel", hardship_class as "hardshipClass"`;

/** By id, a page at a time; of these ids only, if they are given. */
export async function findHouseholds(
  db: Queryable,
  { run, union, ids, after = '', limit }: { run: string; union?: string; ids?: readonly string[]; after?: string; limit: number },
): Promise<HouseholdRow[]> {
  const { rows } = await db.query<HouseholdRow>(
    `select ${HOUSEHOLD_COLUMNS} from households
      where run_id = $1 and id > $2 and ($3::text is null or union_id = $3) and ($4::text[] is null or id = any ($4))
      order by id
      limit $5`,
    [run, after, union, ids, limit],
  );
  return rows;
}

/** A household's register entry in the clear, for those who may see it. */
export async function findHousehold(
  db: Queryable,
  { run, id }: { run: string; id: string },
  sealer: Sealer,
): Promise<HouseholdEntry | undefined> {
  const { rows } = await db.query<HouseholdRow & { sealed: Buffer }>(
    `select ${HOUSEHOLD_COLUMNS}, sealed from households where run_id = $1 and id = $2`,
    [run, id],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { sealed, ...open } = row;
  const key = await getDataKey(db, { run, holder: `h/${id}` });
  const personal = JSON.parse(sealer.open(sealed, { key, place: householdPlace(run, id) })) as Omit<
    HouseholdEntry,
    keyof HouseholdRow
  >;
  return { ...open, ...personal };
}

/** The id of the household whose employee has this identity number, found without storing the number. */
export async function findHouseholdByIdNumber(
  db: Queryable,
  { run, idNumber }: { run: string; idNumber: string },
  sealer: Sealer,
): Promise<string | undefined> {
  const indexes = sealer.blindIndexes(ID_NUMBER, idNumber).map((index) => Buffer.from(index));
  const { rows } = await db.query<{ id: string }>(
    'select id from households where run_id = $1 and id_number_index = any ($2::bytea[]) order by id limit 1',
    [run, indexes],
  );
  return rows[0]?.id;
}

interface PeopleQuestion {
  readonly run: string;
  readonly role?: PersonEntry['role'];
  readonly union?: string;
  readonly around?: readonly string[] | undefined;
  readonly limit: number;
}

/** By id, without names; only those who have not left. `around`: those of these unions and of the federation. */
export async function findPeople(
  db: Queryable,
  { run, role, union, around, limit }: PeopleQuestion,
): Promise<Pick<PersonEntry, 'id' | 'union' | 'role'>[]> {
  const { rows } = await db.query<Pick<PersonEntry, 'id' | 'union' | 'role'>>(
    `select id, union_id as "union", role from people
      where run_id = $1 and ($2::text is null or role = $2) and ($3::text is null or union_id = $3) and left_at is null
        and ($5::text[] is null or union_id = any ($5))
      order by id
      limit $4`,
    [run, role, union, limit, around && [...around, FEDERATION]],
  );
  return rows;
}

/** Also who has left. */
export async function hasPerson(db: Queryable, { run, id }: { run: string; id: string }): Promise<boolean> {
  const { rows } = await db.query('select 1 from people where run_id = $1 and id = $2', [run, id]);
  return rows.length > 0;
}

/** A person with name, telephone and post, for those who may see them. */
export async function findPerson(
  db: Queryable,
  { run, id }: { run: string; id: string },
  sealer: Sealer,
): Promise<PersonEntry | undefined> {
  const { rows } = await db.query<Pick<PersonEntry, 'union' | 'role'> & { sealed: Buffer }>(
    `select union_id as "union", role, sealed from people where run_id = $1 and id = $2`,
    [run, id],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const key = await getDataKey(db, { run, holder: `p/${id}` });
  const personal = JSON.parse(sealer.open(row.sealed, { key, place: personPlace(run, id) })) as Pick<
    PersonEntry,
    'name' | 'phone' | 'post'
  >;
  return { id, union: row.union, role: row.role, ...personal };
}

/** By id. */
export async function findUnions(db: Queryable, { run, limit }: { run: string; limit: number }): Promise<UnionEntry[]> {
  const { rows } = await db.query<UnionEntry>('select id, name, kind from unions where run_id = $1 order by id limit $2', [
    run,
    limit,
  ]);
  return rows;
}
