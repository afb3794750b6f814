/** Revisions: adjustments of a run that concern many instances, and what became of each instance's part. */
import type pg from 'pg';
import type { Adjustment, AdjustmentScope, Amendment } from '../model/adjustment.ts';
import { canonicalJson } from '../model/canonical.ts';
import type { Instant, Plan } from '../model/plan.ts';
import { type Queryable, withTransaction } from './pool.ts';
import type { Roll } from './rolls.ts';
import { StoreError } from './store-error.ts';

export interface NewRevision {
  readonly run: string;
  /** Id of the command that makes it. */
  readonly command: string;
  readonly for: AdjustmentScope;
  readonly adjustment: Adjustment;
  readonly authority: string;
  /** A person's id. */
  readonly author: string;
  /** Id of the stored words. */
  readonly reason: string;
  /** Campaign time. */
  readonly at: Instant;
}

/** What goes with a revision. */
export interface RevisionExtras {
  /** By instance: the digest of what was agreed to. */
  readonly expects?: ReadonlyMap<string, string>;
  /** Of an amendment: the plan that the run goes by from now on. It must have been put before. */
  readonly plan?: Plan;
}

export interface Revision extends NewRevision {
  readonly revision: number;
}

export interface RevisionItem {
  readonly instance: string;
  readonly state: 'pending' | 'done' | 'refused';
  /** Tasks that were touched, once it is done. */
  readonly adjusted: number | null;
  readonly code: string | null;
  readonly message: string | null;
}

interface RevisionDetail {
  readonly for: AdjustmentScope;
  readonly adjustment: Adjustment;
  readonly authority: string;
}

const COLUMNS = `run_id as run, revision, command, detail->'for' as "for", detail->'adjustment' as adjustment, detail->>'authority' as authority,
                 author, reason, at`;

/**
 * Notes a revision with an item for each instance it is for, all of them or none. The same command finds the revision it made; the same command for
 * something else is refused.
 * @throws COMMAND_ID_REUSED
 */
export async function createRevision(
  pool: pg.Pool,
  asked: NewRevision,
  { expects = new Map(), plan }: RevisionExtras = {},
): Promise<Revision> {
  const { run, command, author, reason, at, ...rest } = asked;
  const detail: RevisionDetail = { for: rest.for, adjustment: rest.adjustment, authority: rest.authority };
  return await withTransaction(pool, async (db) => {
    // One at a time: the numbers have no gaps, and every instance takes them in their order.
    await db.query('select 1 from runs where id = $1 for update', [run]);
    const known = await findRevisionOf(db, { run, command });
    if (known !== undefined) return same(known, asked);
    const { rows } = await db.query<{ revision: number }>(
      `with bumped as (update runs set revision = revision + 1 where id = $1 returning revision)
       insert into revisions (run_id, revision, kind, detail, author, command, reason, at)
       select $1, revision, 'adjust', $2, $3, $4, $5, $6 from bumped returning revision`,
      [run, detail, author, command, reason, at],
    );
    const { revision } = rows[0]!;
    await addItems(db, { run, revision, scope: asked.for, expects });
    if (asked.adjustment.kind === 'amend') await turnTo(db, { run, amendment: asked.adjustment, plan: plan! });
    return { ...asked, revision };
  });
}

/** Whoever begins from here on begins with the new plan, and whoever reads the run reads it by that. */
async function turnTo(db: Queryable, { run, amendment, plan }: { run: string; amendment: Amendment; plan: Plan }): Promise<void> {
  await db.query('update runs set plan_hash = $2, programs = $3, title = $4, starts_at = $5, ends_at = $6 where id = $1', [
    run,
    amendment.plan,
    amendment.programs,
    plan.title,
    plan.startsAt,
    plan.endsAt,
  ]);
}

/** An item for each instance that it is for and that has not closed. */
export async function addItems(
  db: Queryable,
  of: { run: string; revision: number; scope: AdjustmentScope; expects: ReadonlyMap<string, string> },
): Promise<void> {
  const { run, revision, scope, expects } = of;
  await db.query(
    `insert into revision_items (run_id, revision, instance, expect)
     select $1, $2, i.id, $5::jsonb ->> i.id
       from instances i
      where i.run_id = $1 and i.status <> 'closed' and ($3::text is null or i.union_id = $3) and ($4::text is null or i.id = $4)`,
    [
      run,
      revision,
      'union' in scope ? scope.union : null,
      'instance' in scope ? scope.instance : null,
      JSON.stringify(Object.fromEntries(expects)),
    ],
  );
}

function same(known: Revision, asked: NewRevision): Revision {
  const face = ({ for: scope, adjustment, authority, author }: NewRevision): string =>
    canonicalJson({ scope, adjustment, authority, author });
  if (face(known) === face(asked)) return known;
  throw new StoreError({
    code: 'COMMAND_ID_REUSED',
    message: `command id '${asked.command}' was used before for something else`,
    remedy: 'Give each command an id of its own.',
  });
}

export async function findRevisionOf(
  db: Queryable,
  { run, command }: { run: string; command: string },
): Promise<Revision | undefined> {
  const { rows } = await db.query<Revision>(`select ${COLUMNS} from revisions where run_id = $1 and command = $2`, [
    run,
    command,
  ]);
  return rows[0];
}

/** The adjustments that an instance which begins now begins with: those for everybody, for its union and for itself, the earliest first. */
export async function findStanding(
  db: Queryable,
  { run, instance, union, upTo, limit }: { run: string; instance: string; union: string | null; upTo: number; limit: number },
): Promise<Revision[]> {
  const { rows } = await db.query<Revision>(
    `select ${COLUMNS} from revisions
      where run_id = $1 and kind = 'adjust' and revision <= $4
        and (detail->'for' ? 'all' or detail->'for'->>'union' = $2 or detail->'for'->>'instance' = $3)
      order by revision
      limit $5`,
    [run, union, instance, upTo, limit],
  );
  return rows;
}

/**
 * Whether a union stands still by now, or takes part, whoever has taken it yet: the last of these kinds that was said of it, unless the union refused that.
 * Whoever is noted to be of the union when this is asked, and is not among those whom it is for, came later.
 */
export async function findLastSaid(
  pool: pg.Pool,
  { run, union, kinds }: { run: string; union: string; kinds: readonly Adjustment['kind'][] },
): Promise<Revision | undefined> {
  return await withTransaction(pool, async (db) => {
    // What is being noted at this moment may have been read before the household was there.
    await db.query('select 1 from runs where id = $1 for share', [run]);
    const { rows } = await db.query<Revision>(
      `select ${COLUMNS} from revisions r
        where run_id = $1 and kind = 'adjust' and detail->'for'->>'union' = $2 and detail->'adjustment'->>'kind' = any ($3)
          and not exists (select from revision_items q
                           where q.run_id = $1 and q.revision = r.revision and q.instance = 'u/' || $2 and q.state = 'refused')
        order by revision desc
        limit 1`,
      [run, union, kinds],
    );
    return rows[0];
  });
}

/** The hash of the plan that an instance at this revision goes by: the one that the run began with, or the last amendment's. */
export async function findPlanAt(db: Queryable, { run, revision }: { run: string; revision: number }): Promise<string> {
  const { rows } = await db.query<{ plan: string }>(
    `select coalesce(detail->'adjustment'->>'plan', detail->>'planHash') as plan
       from revisions
      where run_id = $1 and revision <= $2 and (kind = 'start' or detail->'adjustment'->>'kind' = 'amend')
      order by revision desc
      limit 1`,
    [run, revision],
  );
  return rows[0]!.plan;
}

export type PendingItem = { readonly instance: string; readonly expect: string | null } & (
  | { readonly kind: 'adjust'; readonly revision: Revision }
  | { readonly kind: 'roll'; readonly revision: Roll }
);

/** What is to be done next, one item of each instance at most, because an instance takes its revisions in their order. */
export async function findPendingItems(db: Queryable, { run, limit }: { run: string; limit: number }): Promise<PendingItem[]> {
  const { rows } = await db.query<Revision & Pick<PendingItem, 'instance' | 'expect' | 'kind'>>(
    `select next.instance, next.expect, r.kind, ${COLUMNS.replaceAll('run_id', 'r.run_id').replace('revision,', 'r.revision,')}
       from (select distinct on (q.instance) q.instance, q.revision, q.expect
               from revision_items q
               join instances i on i.run_id = q.run_id and i.id = q.instance and i.status = 'open'
              where q.run_id = $1 and q.state = 'pending'
              order by q.instance, q.revision
              limit $2) as next
       join revisions r on r.run_id = $1 and r.revision = next.revision
      order by r.revision, next.instance`,
    [run, limit],
  );
  return rows.map(({ instance, expect, kind, ...revision }) => ({ instance, expect, kind, revision }));
}

export interface ItemOutcome {
  readonly run: string;
  readonly revision: number;
  readonly instance: string;
  readonly outcome: { readonly adjusted: number } | { readonly code: string; readonly message: string };
}

/** Notes what became of an item. Safe to repeat: the first outcome stays. */
export async function settleItem(db: Queryable, { run, revision, instance, outcome }: ItemOutcome): Promise<void> {
  const refused = 'code' in outcome ? outcome : undefined;
  await db.query(
    `update revision_items
        set state = $4, adjusted = $5, code = $6, message = left($7, 300), done_at = now()
      where run_id = $1 and revision = $2 and instance = $3 and state = 'pending'`,
    [
      run,
      revision,
      instance,
      refused === undefined ? 'done' : 'refused',
      'adjusted' in outcome ? outcome.adjusted : null,
      refused?.code ?? null,
      refused?.message ?? null,
    ],
  );
}

/** An instance that closed before its turn came has nothing left to do. */
const SETTLED = `case when q.state = 'pending' and i.status = 'closed' then 'done' else q.state end`;

export interface RevisionProgress {
  readonly pending: number;
  readonly done: number;
  readonly refused: number;
}

export async function countItems(db: Queryable, { run, revision }: { run: string; revision: number }): Promise<RevisionProgress> {
  const { rows } = await db.query<{ state: keyof RevisionProgress; items: number }>(
    `select ${SETTLED} as state, count(*) as items from revision_items q left join instances i on i.run_id = q.run_id and i.id = q.instance
      where q.run_id = $1 and q.revision = $2 group by 1 limit 3`,
    [run, revision],
  );
  return { pending: 0, done: 0, refused: 0, ...Object.fromEntries(rows.map(({ state, items }) => [state, items])) };
}

/** By instance, a page at a time. */
export async function findItems(
  db: Queryable,
  { run, revision, after = '', limit }: { run: string; revision: number; after?: string; limit: number },
): Promise<RevisionItem[]> {
  const { rows } = await db.query<RevisionItem>(
    `select q.instance, ${SETTLED} as state, q.adjusted, q.code, q.message
       from revision_items q
       left join instances i on i.run_id = q.run_id and i.id = q.instance
      where q.run_id = $1 and q.revision = $2 and q.instance > $3
      order by q.instance
      limit $4`,
    [run, revision, after, limit],
  );
  return rows;
}

/**
 * Puts refused items back, for another try. Returns how many. `expects`: what was agreed to since, by instance, in the place of what was; nothing is
 * expected of those it does not name.
 */
export async function retryItems(
  db: Queryable,
  { run, revision, expects }: { run: string; revision: number; expects?: ReadonlyMap<string, string> },
): Promise<number> {
  const { rowCount } = await db.query(
    `update revision_items
        set state = 'pending', code = null, message = null, expect = case when $3::jsonb is null then expect else $3::jsonb ->> instance end
      where run_id = $1 and revision = $2 and state = 'refused'`,
    [run, revision, expects && JSON.stringify(Object.fromEntries(expects))],
  );
  return rowCount ?? 0;
}
