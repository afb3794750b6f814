import { getDataKey } from './data-keys.ts';
import type { Queryable } from './pool.ts';
import { keyPlace, type Place, type Sealer, type StoredKey } from './sealer.ts';
import { StoreError } from './store-error.ts';

export interface Submission {
  readonly run: string;
  /** Also the id of the command it goes with. */
  readonly id: string;
  readonly instance: string;
  readonly task: string;
  readonly union: string | null;
  /** The person (opaque id), or `system` for what a machine stores. */
  readonly author: string;
  /** A finished form, the words of a reason, the rows that admit households, or the words of an assigned item. */
  readonly kind: 'form' | 'reason' | 'admission' | 'words';
  /** The form's id in the plan. */
  readonly form: string | null;
  /** What was written, as text: the canonical JSON of a form's answers. Stored sealed. */
  readonly content: string;
}

export type SubmissionState = 'stored' | 'accepted' | 'refused';

interface SubmissionRow extends Omit<Submission, 'run' | 'id' | 'content'> {
  readonly sealed: Buffer;
  readonly state: SubmissionState;
}

const placeOf = ({ run, id }: { run: string; id: string }): Place => ['submissions', run, id, 'sealed'];

/**
 * Keeps what somebody handed in, before any rule is asked. Safe to repeat with the same id and content.
 * @throws SUBMISSION_ID_REUSED when the id stands for something else.
 */
export async function storeSubmission(db: Queryable, submission: Submission, sealer: Sealer): Promise<void> {
  const { run, id, instance, task, union, author, kind, form, content } = submission;
  const key = await getDataKey(db, { run, holder: instance });
  const sealed = sealer.seal(content, { key, place: placeOf(submission) });
  const { rowCount } = await db.query(
    `insert into submissions (run_id, id, instance, task, union_id, author, kind, form, sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (run_id, id) do nothing`,
    [run, id, instance, task, union, author, kind, form, Buffer.from(sealed)],
  );
  if (rowCount === 1) return;
  const there = await findSubmission(db, { run, id }, sealer);
  const same =
    there !== undefined &&
    there.instance === instance &&
    there.task === task &&
    there.author === author &&
    there.kind === kind &&
    there.form === form &&
    there.content === content;
  if (same) return;
  throw new StoreError({
    code: 'SUBMISSION_ID_REUSED',
    message: `submission id '${id}' of run '${run}' stands for something else`,
    remedy: 'Give each submission an id of its own.',
  });
}

/** A submission in the clear, for those who may see it. */
export async function findSubmission(
  db: Queryable,
  { run, id }: { run: string; id: string },
  sealer: Sealer,
): Promise<(Submission & { readonly state: SubmissionState }) | undefined> {
  const { rows } = await db.query<SubmissionRow>(
    `select instance, task, union_id as "union", author, kind, form, sealed, state from submissions where run_id = $1 and id = $2`,
    [run, id],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { sealed, ...rest } = row;
  const key = await getDataKey(db, { run, holder: row.instance });
  return { run, id, ...rest, content: sealer.open(sealed, { key, place: placeOf({ run, id }) }) };
}

/**
 * Of each of these tasks of an instance the form that was accepted last, in the clear; tasks that were never done are left out. `templates` are tasks
 * of the plan.
 */
export async function findAcceptedForms(
  db: Queryable,
  { run, instance, templates }: { run: string; instance: string; templates: readonly string[] },
  sealer: Sealer,
): Promise<readonly { readonly template: string; readonly content: string }[]> {
  const { rows } = await db.query<{ template: string; id: string; sealed: Buffer }>(
    `select distinct on (t.template) t.template, s.id, s.sealed
       from tasks t
       join submissions s on s.run_id = t.run_id and s.id = t.submission
      where t.run_id = $1 and t.instance = $2 and t.template = any ($3) and t.status = 'done'
      order by t.template, t.settled_at desc, t.key desc
      limit $4`,
    [run, instance, templates, templates.length],
  );
  if (rows.length === 0) return [];
  const key = await getDataKey(db, { run, holder: instance });
  return rows.map(({ template, id, sealed }) => ({
    template,
    content: sealer.open(sealed, { key, place: placeOf({ run, id }) }),
  }));
}

/**
 * What these submissions say, in the clear, by id; those that whoever asks may not see are left out, and those whose key was erased, and those of
 * another kind than is asked for. At most as many as there are ids, which the caller bounds.
 */
export async function findSubmissionContents(
  db: Queryable,
  { run, ids, kind }: { run: string; ids: readonly string[]; kind?: Submission['kind'] },
  sealer: Sealer,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ id: string; sealed: Buffer; instance: string } & StoredKey>(
    `select s.id, s.sealed, s.instance, k.key_id as "keyId", k.wrapped
       from submissions s
       join data_keys k on k.run_id = s.run_id and k.holder = s.instance
      where s.run_id = $1 and s.id = any ($2) and ($4::text is null or s.kind = $4)
      limit $3`,
    [run, ids, ids.length, kind ?? null],
  );
  return new Map(
    rows.map(({ id, sealed, instance, keyId, wrapped }) => {
      const key = { keyId, wrapped, place: keyPlace(run, instance) };
      return [id, sealer.open(sealed, { key, place: placeOf({ run, id }) })];
    }),
  );
}

/** The rules refused the command that this submission went with. An accepted one stays accepted. */
export async function markSubmissionRefused(db: Queryable, { run, id }: { run: string; id: string }): Promise<void> {
  await db.query(`update submissions set state = 'refused' where run_id = $1 and id = $2 and state = 'stored'`, [run, id]);
}
