/**
 * Changes of the register of a run that goes on, each in a transaction with a line in the audit that says who made it, under which right and why. Safe to
 * repeat: what is so already is left, and false is returned.
 */
import type pg from 'pg';
import type { Instant } from '../model/plan.ts';
import type { HouseholdEntry, PersonEntry, UnionEntry } from '../model/roster.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';
import { getDataKey } from './data-keys.ts';
import { type Queryable, withTransaction } from './pool.ts';
import { personPlace } from './register.ts';
import { addToGates, enrolHousehold, insertPeople, insertUnions } from './register-import.ts';
import type { Sealer } from './sealer.ts';
import { StoreError } from './store-error.ts';

export interface RegisterChange {
  readonly run: string;
  /** Id of the command that makes it, and of the stored words that say why. */
  readonly command: string;
  /** A person's id. */
  readonly author: string;
  readonly authority: string;
  /** Campaign time. */
  readonly at: Instant;
}

/** @throws HOUSEHOLD_ON_FILE, RUN_CLOSED */
export function admitFiled(pool: pg.Pool, change: RegisterChange, household: HouseholdEntry, sealer: Sealer): Promise<boolean> {
  const { run } = change;
  return within(pool, change, async (db) => {
    if (!(await enrolHousehold(db, { run, claim: `${ROSTER_CLAIM}${household.id}`, household, sealer }))) return undefined;
    return { instance: `h/${household.id}`, kind: 'householdAdmitted', detail: { union: household.union } };
  });
}

/** Households that a register put into a run later have claims that begin so; those of sweeps have not. */
export const ROSTER_CLAIM = 'roster|';

/** Its instance begins, and every gate that counts unions waits for it. @throws RUN_CLOSED */
export function admitUnion(pool: pg.Pool, change: RegisterChange, union: UnionEntry, sealer: Sealer): Promise<boolean> {
  const { run } = change;
  const instance = `u/${union.id}`;
  return within(pool, change, async (db) => {
    const { rowCount } = await db.query('select from unions where run_id = $1 and id = $2', [run, union.id]);
    if (rowCount !== 0) return undefined;
    await insertUnions(db, { run, unions: [union], sealer });
    await addToGates(db, { run, instance, scope: 'union', union: union.id });
    return { instance, kind: 'unionAdmitted', detail: { union: union.id } };
  });
}

/** @throws RUN_CLOSED */
export function admitPerson(pool: pg.Pool, change: RegisterChange, person: PersonEntry, sealer: Sealer): Promise<boolean> {
  return within(pool, change, (db) => enrolPerson(db, { run: change.run, person, sealer }));
}

/** And notes to whom the posts and the work of somebody who leaves are to go. @throws RUN_CLOSED */
export function admitSuccessor(
  pool: pg.Pool,
  change: RegisterChange,
  { person, of, sealer }: { readonly person: PersonEntry; readonly of: string; readonly sealer: Sealer },
): Promise<boolean> {
  const { run } = change;
  return within(pool, change, async (db) => {
    const line = await enrolPerson(db, { run, person, sealer });
    await db.query('update people set successor = $3 where run_id = $1 and id = $2', [run, of, person.id]);
    return line;
  });
}

async function enrolPerson(
  db: Queryable,
  { run, person, sealer }: { readonly run: string; readonly person: PersonEntry; readonly sealer: Sealer },
): Promise<Line | undefined> {
  const { rowCount } = await db.query('select from people where run_id = $1 and id = $2', [run, person.id]);
  if (rowCount !== 0) return undefined;
  await insertPeople(db, { run, people: [person], sealer });
  const { id, union, role } = person;
  return { instance: CAMPAIGN_INSTANCE, kind: 'personAdmitted', detail: { person: id, union, role } };
}

/** A union's name. @throws RUN_CLOSED */
export function renameUnion(pool: pg.Pool, change: RegisterChange, { id, name }: UnionEntry): Promise<boolean> {
  return within(pool, change, async (db) => {
    const { rowCount } = await db.query('update unions set name = $3 where run_id = $1 and id = $2 and name <> $3', [
      change.run,
      id,
      name,
    ]);
    return rowCount === 0 ? undefined : { instance: `u/${id}`, kind: 'unionRenamed', detail: { union: id } };
  });
}

/** Name, telephone and title of a person; never their post. @throws RUN_CLOSED */
export function correctPerson(pool: pg.Pool, change: RegisterChange, person: PersonEntry, sealer: Sealer): Promise<boolean> {
  const { run } = change;
  const { id, name, phone, post } = person;
  return within(pool, change, async (db) => {
    const key = await getDataKey(db, { run, holder: `p/${id}` });
    const sealed = Buffer.from(sealer.seal(JSON.stringify({ name, phone, post }), { key, place: personPlace(run, id) }));
    await db.query('update people set sealed = $3 where run_id = $1 and id = $2', [run, id, sealed]);
    return { instance: CAMPAIGN_INSTANCE, kind: 'personCorrected', detail: { person: id } };
  });
}

/** Whoever leaves has no post and no say any more. @throws RUN_CLOSED */
export function markLeft(pool: pg.Pool, change: RegisterChange, { person }: { readonly person: string }): Promise<boolean> {
  return within(pool, change, async (db) => {
    const { rowCount } = await db.query('update people set left_at = $3 where run_id = $1 and id = $2 and left_at is null', [
      change.run,
      person,
      change.at,
    ]);
    return rowCount === 0 ? undefined : { instance: CAMPAIGN_INSTANCE, kind: 'personLeft', detail: { person } };
  });
}

interface Line {
  readonly instance: string;
  readonly kind: string;
  readonly detail: Readonly<Record<string, string>>;
}

/** Under no flush: it follows from no state of the instance, which may not have begun. */
async function within(
  pool: pg.Pool,
  { run, command, author, authority, at }: RegisterChange,
  work: (db: Queryable) => Promise<Line | undefined>,
): Promise<boolean> {
  return await withTransaction(pool, async (db) => {
    // One after another, and none once the run's books are closed.
    const { rows } = await db.query<{ status: string }>('select status from runs where id = $1 for update', [run]);
    if (rows[0]?.status === 'closed')
      throw new StoreError({ code: 'RUN_CLOSED', message: `run '${run}' is closed`, remedy: 'Nothing more can be done in it.' });
    const line = await work(db);
    if (line === undefined) return false;
    const detail = JSON.stringify({ ...line.detail, authority, reason: command });
    await db.query('select append_audit($1, $2, 0, $3, $4, null, $5, $6, $7)', [
      run,
      line.instance,
      at,
      line.kind,
      command,
      author,
      detail,
    ]);
    return true;
  });
}
