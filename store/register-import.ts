import type pg from 'pg';
import type { HouseholdEntry, PersonEntry, Roster, UnionEntry } from '../model/roster.ts';
import { createDataKeys } from './data-keys.ts';
import { type Queryable, withTransaction } from './pool.ts';
import { findHouseholdByIdNumber, householdPlace, ID_NUMBER, personPlace } from './register.ts';
import type { Sealer } from './sealer.ts';
import { StoreError } from './store-error.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';

/** Rows per statement. */
const BATCH = 500;

const UNIQUE_VIOLATION = '23505';

/**
 * Takes a whole register in one transaction: unions, people, households, their keys, and one planned instance each, so that gates know
 * from the first day how many they count. @throws ROSTER_TAKEN when the run has one, HOUSEHOLD_ON_FILE for a person filed twice.
 */
export async function importRoster(
  pool: pg.Pool,
  { run, roster, sealer }: { run: string; roster: Roster; sealer: Sealer },
): Promise<void> {
  await withTransaction(pool, async (db) => {
    const taken = await insertInstances(db, { run, instances: [{ id: CAMPAIGN_INSTANCE, scope: 'campaign', union: null }] });
    if (taken === 0) {
      throw new StoreError({
        code: 'ROSTER_TAKEN',
        message: `run '${run}' has its register already`,
        remedy: 'Go on with that run, or start another.',
      });
    }
    await createDataKeys(db, { run, holders: [CAMPAIGN_INSTANCE], sealer });
    for (const unions of batches(roster.unions)) await insertUnions(db, { run, unions, sealer });
    for (const people of batches(roster.people)) await insertPeople(db, { run, people, sealer });
    for (const households of batches(roster.households)) await insertHouseholds(db, { run, households, sealer });
  });
}

export interface Admission {
  readonly run: string;
  /** The outbox claim it comes from. */
  readonly claim: string;
  readonly household: HouseholdEntry;
  readonly sealer: Sealer;
}

/**
 * Enrols one household found by a union's sweep. Safe to repeat: the same claim admits once; true when this call did it.
 * @throws HOUSEHOLD_ON_FILE when the person, or the id, is in the register already.
 */
export async function admitHousehold(pool: pg.Pool, { run, claim, household, sealer }: Admission): Promise<boolean> {
  return withTransaction(pool, (db) => enrolHousehold(db, { run, claim, household, sealer }));
}

/** As `admitHousehold`, within a transaction of the caller's. */
export async function enrolHousehold(db: Queryable, { run, claim, household, sealer }: Admission): Promise<boolean> {
  const { rows } = await db.query<{ createdBy: string | null }>(
    `select created_by as "createdBy" from instances where run_id = $1 and id = $2`,
    [run, `h/${household.id}`],
  );
  if (rows[0]?.createdBy === claim) return false;
  const filed =
    rows[0] === undefined ? await findHouseholdByIdNumber(db, { run, idNumber: household.idNumber }, sealer) : household.id;
  if (filed !== undefined) throw onFile(run, filed);
  await insertHouseholds(db, { run, households: [household], sealer, claim });
  await addToGates(db, { run, instance: `h/${household.id}`, scope: 'household', union: household.union });
  return true;
}

/** Every gate that counts instances of a scope has one more to wait for, and says so. */
export async function addToGates(
  db: Queryable,
  { run, instance, scope, union }: { run: string; instance: string; scope: 'union' | 'household'; union: string },
): Promise<void> {
  await db.query(
    `insert into gate_items (run_id, gate, instance, union_id, settled, changed, flush_number)
     select run_id, gate, $2, $3, false, true, 0 from gates where run_id = $1 and gate_scope(run_id, gate) = $4`,
    [run, instance, union, scope],
  );
}

interface NewInstance {
  readonly id: string;
  readonly scope: 'campaign' | 'union' | 'household';
  readonly union: string | null;
}

async function insertInstances(
  db: Queryable,
  { run, instances, claim }: { run: string; instances: readonly NewInstance[]; claim?: string },
): Promise<number> {
  const { rowCount } = await db.query(
    `insert into instances (run_id, id, scope, union_id, created_by)
     select $1, id, scope, union_id, $5 from unnest($2::text[], $3::text[], $4::text[]) as i (id, scope, union_id)
     on conflict do nothing`,
    [run, instances.map(({ id }) => id), instances.map(({ scope }) => scope), instances.map(({ union }) => union), claim],
  );
  return rowCount ?? 0;
}

export async function insertUnions(
  db: Queryable,
  { run, unions, sealer }: { run: string; unions: readonly UnionEntry[]; sealer: Sealer },
): Promise<void> {
  await db.query(
    `insert into unions (run_id, id, name, kind) select $1, id, name, kind from unnest($2::text[], $3::text[], $4::text[]) as u (id, name, kind)`,
    [run, unions.map(({ id }) => id), unions.map(({ name }) => name), unions.map(({ kind }) => kind)],
  );
  await insertInstances(db, { run, instances: unions.map(({ id }) => ({ id: `u/${id}`, scope: 'union', union: id })) });
  await createDataKeys(db, { run, holders: unions.map(({ id }) => `u/${id}`), sealer });
}

export async function insertPeople(
  db: Queryable,
  { run, people, sealer }: { run: string; people: readonly PersonEntry[]; sealer: Sealer },
): Promise<void> {
  const keys = await createDataKeys(db, { run, holders: people.map(({ id }) => `p/${id}`), sealer });
  const sealed = people.map(({ id, name, phone, post }, index) =>
    Buffer.from(sealer.seal(JSON.stringify({ name, phone, post }), { key: keys[index]!, place: personPlace(run, id) })),
  );
  await db.query(
    `insert into people (run_id, id, union_id, role, sealed)
     select $1, id, union_id, role, sealed from unnest($2::text[], $3::text[], $4::text[], $5::bytea[]) as p (id, union_id, role, sealed)`,
    [run, people.map(({ id }) => id), people.map(({ union }) => union), people.map(({ role }) => role), sealed],
  );
}

interface Households {
  readonly run: string;
  readonly households: readonly HouseholdEntry[];
  readonly sealer: Sealer;
  readonly claim?: string;
}

async function insertHouseholds(db: Queryable, { run, households, sealer, claim }: Households): Promise<void> {
  const instances = households.map(({ id, union }) => ({ id: `h/${id}`, scope: 'household' as const, union }));
  await insertInstances(db, { run, instances, ...(claim === undefined ? {} : { claim }) });
  const keys = await createDataKeys(db, { run, holders: instances.map(({ id }) => id), sealer });
  const sealed = households.map((household, index) => {
    const { id, union: _union, enrolment: _enrolment, fileLevel: _fileLevel, hardshipClass: _class, ...personal } = household;
    return Buffer.from(sealer.seal(JSON.stringify(personal), { key: keys[index]!, place: householdPlace(run, id) }));
  });
  try {
    await db.query(
      `insert into households (run_id, id, union_id, enrolment, file_level, hardship_class, sealed, id_number_index)
       select $1, h.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::bytea[]) as h`,
      [
        run,
        households.map(({ id }) => id),
        households.map(({ union }) => union),
        households.map(({ enrolment }) => enrolment),
        households.map(({ fileLevel }) => fileLevel),
        households.map(({ hardshipClass }) => hardshipClass),
        sealed,
        households.map(({ idNumber }) => Buffer.from(sealer.blindIndexes(ID_NUMBER, idNumber)[0]!)),
      ],
    );
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code !== UNIQUE_VIOLATION || constraint !== 'one_file_per_person') throw error;
    // The driver's message quotes the row; it is not passed on.
    throw onFile(run, undefined);
  }
}

function onFile(run: string, id: string | undefined): StoreError {
  return new StoreError({
    code: 'HOUSEHOLD_ON_FILE',
    message:
      id === undefined
        ? `two households of run '${run}' have one identity number`
        : `the household is in the register of run '${run}' as '${id}'`,
    remedy: 'One person has one file: correct or leave out the second.',
  });
}

function* batches<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += BATCH) yield rows.slice(from, from + BATCH);
}
