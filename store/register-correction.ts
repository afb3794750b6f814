import type pg from 'pg';
import type { HouseholdEntry } from '../model/roster.ts';
import type { Instant } from '../model/plan.ts';
import { getDataKey } from './data-keys.ts';
import { type Queryable, withTransaction } from './pool.ts';
import { findHousehold, findHouseholdByIdNumber, householdPlace, ID_NUMBER } from './register.ts';
import type { Sealer } from './sealer.ts';

export interface HouseholdCorrection {
  readonly run: string;
  readonly household: string;
  /** Of the register, and among what is sealed. */
  readonly field: string;
  readonly value: string;
  /** The outbox claim it comes from. */
  readonly claim: string;
  /** Campaign time at which its task was done: of two corrections of one field the later counts, whichever comes first. */
  readonly doneAt: Instant;
  /** Campaign time now. */
  readonly appliedAt: Instant;
  /** The flush of the household that it left with. */
  readonly flush: number;
  readonly task: string;
  readonly submission: string;
  readonly author: string;
}

/** `taken`: another household has that identity number. `overtaken`: a later correction of the field was applied before. */
export type CorrectionOutcome = 'corrected' | 'taken' | 'overtaken';

const UNIQUE_VIOLATION = '23505';

/** Corrects one field of a household's file, with a line in its audit. Safe to repeat: a claim is applied once, and tells again what came of it. */
export async function correctHousehold(
  pool: pg.Pool,
  correction: HouseholdCorrection,
  sealer: Sealer,
): Promise<CorrectionOutcome> {
  try {
    return await withTransaction(pool, (db) => applyOnce(db, correction, sealer));
  } catch (error) {
    // Somebody took the number between the look and the writing. The transaction is gone, and the look will find it now.
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
    return await withTransaction(pool, (db) => applyOnce(db, correction, sealer));
  }
}

async function applyOnce(db: Queryable, correction: HouseholdCorrection, sealer: Sealer): Promise<CorrectionOutcome> {
  const { run, household: id, claim, field, doneAt } = correction;
  // The household's own row keeps corrections of it one after another.
  await db.query('select from households where run_id = $1 and id = $2 for update', [run, id]);
  const { rows } = await db.query<{ claim: string; outcome: CorrectionOutcome; doneAt: Instant }>(
    `select claim, outcome, done_at as "doneAt" from corrections
      where run_id = $1 and household = $2 and field = $3
      order by done_at desc, claim
      limit 1000`,
    [run, id, field],
  );
  const before = rows.find((row) => row.claim === claim);
  if (before !== undefined) return before.outcome;
  const isOvertaken = rows.some((row) => row.outcome === 'corrected' && row.doneAt > doneAt);
  const outcome = isOvertaken ? 'overtaken' : await rewrite(db, correction, sealer);
  await record(db, correction, outcome);
  return outcome;
}

async function rewrite(
  db: Queryable,
  { run, household: id, field, value }: HouseholdCorrection,
  sealer: Sealer,
): Promise<'corrected' | 'taken'> {
  const file = await findHousehold(db, { run, id }, sealer);
  if (file === undefined) throw new Error(`household ${id} of run ${run} is not in the register`);
  if (!Object.hasOwn(file, field) || OPEN.has(field)) throw new Error(`'${field}' of a household is not corrected here`);
  if (field === 'idNumber') {
    const owner = await findHouseholdByIdNumber(db, { run, idNumber: value }, sealer);
    if (owner !== undefined && owner !== id) return 'taken';
  }
  const corrected: HouseholdEntry = { ...file, [field]: value };
  const { id: _id, union: _union, enrolment: _enrolment, fileLevel: _fileLevel, hardshipClass: _class, ...personal } = corrected;
  const key = await getDataKey(db, { run, holder: `h/${id}` });
  await db.query('update households set sealed = $3, id_number_index = $4 where run_id = $1 and id = $2', [
    run,
    id,
    Buffer.from(sealer.seal(JSON.stringify(personal), { key, place: householdPlace(run, id) })),
    Buffer.from(sealer.blindIndexes(ID_NUMBER, corrected.idNumber)[0]!),
  ]);
  return 'corrected';
}

/** What a household is kept under in the clear: rules were given some of it, and none of it is a slip of the pen. */
const OPEN: ReadonlySet<string> = new Set(['id', 'union', 'enrolment', 'fileLevel', 'hardshipClass']);

async function record(db: Queryable, correction: HouseholdCorrection, outcome: CorrectionOutcome): Promise<void> {
  const { run, household, field, claim, doneAt, appliedAt, flush, task, submission, author } = correction;
  await db.query(
    'insert into corrections (run_id, claim, household, field, submission, outcome, done_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [run, claim, household, field, submission, outcome, doneAt],
  );
  const kind = outcome === 'corrected' ? 'registerCorrected' : 'correctionLeftOut';
  const detail = JSON.stringify(outcome === 'corrected' ? { field } : { field, why: outcome });
  await db.query('select append_audit($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
    run,
    `h/${household}`,
    flush,
    appliedAt,
    kind,
    task,
    submission,
    author,
    detail,
  ]);
}
