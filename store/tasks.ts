import type { RowSource } from '../model/command.ts';
import type { TaskRow } from '../model/flush.ts';
import type { Instant } from '../model/plan.ts';
import type { AssignedItem, TaskState, TaskStatus } from '../model/snapshot.ts';
import type { Queryable } from './pool.ts';

/** A task as written by its instance's last flush. */
export interface FoundTask
  extends Omit<TaskRow, 'held' | 'source' | 'item' | 'review' | 'reviewDeadline' | 'owner' | 'standsFor'> {
  readonly run: string;
  readonly instance: string;
  readonly union: string | null;
  readonly source: RowSource | null;
  readonly held: TaskState['held'] | null;
  /** Of a review with a deadline of its own, while it goes on. */
  readonly reviewDeadline: Instant | null;
  /** Who had it delegated to the holder. */
  readonly owner: string | null;
  /** Whose place the holder takes. */
  readonly standsFor: string | null;
  /** Of an assigned item. */
  readonly item: AssignedItem | null;
  /** Since when its instance stands still, if it does. */
  readonly pausedAt: Instant | null;
}

const COLUMNS = `run_id as run, instance, key, template, union_id as "union", status, opened_at as "openedAt", deadline, deadline_rev as "deadlineRev",
                 holder, reviewer, step, rung, returns, submission, submitted_at as "submittedAt", submitted_by as "submittedBy",
                 settled_at as "settledAt", decided_by as "decidedBy", late, held, source, review_deadline as "reviewDeadline",
                 more->>'owner' as owner, more->>'standsFor' as "standsFor", more->'item' as item,
                 (select p.paused_at from instances p where p.run_id = tasks.run_id and p.id = tasks.instance and p.paused_at is not null) as "pausedAt"`;

export interface TaskKey {
  readonly run: string;
  readonly instance: string;
  readonly key: string;
}

export async function findTask(db: Queryable, { run, instance, key }: TaskKey): Promise<FoundTask | undefined> {
  const { rows } = await db.query<FoundTask>(`select ${COLUMNS} from tasks where run_id = $1 and instance = $2 and key = $3`, [
    run,
    instance,
    key,
  ]);
  return rows[0];
}

export interface TasksQuestion {
  readonly run: string;
  readonly instance?: string;
  readonly union?: string;
  /** Who must act: the holder of a task in hand, or the reviewer of one in review. */
  readonly actor?: string;
  readonly statuses?: readonly TaskStatus[];
  /** Ids of the plan's tasks. */
  readonly templates?: readonly string[];
  /** Only what is overdue then, whoever must act. In a pause nothing becomes overdue. */
  readonly overdueAt?: Instant;
  readonly limit: number;
}

/** The most urgent first, for whoever must act. */
export async function findTasks(
  db: Queryable,
  { run, instance, union, actor, statuses, templates, overdueAt, limit }: TasksQuestion,
): Promise<FoundTask[]> {
  const { rows } = await db.query<FoundTask>(
    `select ${COLUMNS} from tasks
       left join lateral (
         select p.paused_at from instances p where p.run_id = tasks.run_id and p.id = tasks.instance and p.paused_at is not null) as still on true
      where run_id = $1
        and ($2::text is null or instance = $2)
        and ($3::text is null or union_id = $3)
        and ($4::text is null or holder = $4 and status <> 'inReview' or reviewer = $4 and status = 'inReview')
        and ($5::text[] is null or status = any ($5))
        and ($6::text[] is null or template = any ($6))
        and ($7::bigint is null
             or status in ('open', 'returned') and deadline < least($7, still.paused_at)
             or status = 'inReview' and review_deadline < least($7, still.paused_at))
      order by coalesce(review_deadline, deadline), instance, key
      limit $8`,
    [run, instance, union, actor, statuses, templates, overdueAt, limit],
  );
  return rows;
}

/**
 * What is not handed in by its deadline, and what is not reviewed by the review's own. Overdue is a question asked at `asOf`, never a stored column: a
 * stored flag is wrong the second after.
 */
export async function findOverdueTasks(
  db: Queryable,
  { run, union, asOf, limit }: { run: string; union?: string; asOf: Instant; limit: number },
): Promise<FoundTask[]> {
  const { rows } = await db.query<FoundTask>(
    `select ${COLUMNS} from tasks
       left join lateral (
         select p.paused_at from instances p where p.run_id = tasks.run_id and p.id = tasks.instance and p.paused_at is not null) as still on true
      where run_id = $1 and ($3::text is null or union_id = $3)
        and (deadline < least($2, still.paused_at) and status in ('open', 'returned', 'inReview') and submitted_at is null
             or review_deadline < least($2, still.paused_at) and status = 'inReview')
      order by deadline, instance, key
      limit $4`,
    [run, asOf, union, limit],
  );
  return rows;
}

export interface ChangedTask extends FoundTask {
  /** The transaction that wrote it: the same task with the same one has been seen before. */
  readonly changedIn: string;
}

export interface ChangedTasks {
  readonly tasks: readonly ChangedTask[];
  /** For the next question; opaque. */
  readonly cursor: string;
}

/** One sweep reads, page by page, what was written by transactions from `from` on; the next sweep begins at `nextFrom`. */
interface Sweep {
  readonly from: string;
  readonly nextFrom?: string;
  readonly last?: readonly [changedIn: string, instance: string, key: string];
}

/**
 * Tasks that wait for somebody and were written since the cursor ('' at first), for those who watch a run: the simulated people of a
 * rehearsal. Nothing is missed, however late a writer commits: a sweep begins at the oldest transaction that was under way when the one
 * before it began. So a task may come again with the same `changedIn`, but never not at all.
 */
export async function findOpenTasksSince(
  db: Queryable,
  { run, cursor, limit }: { run: string; cursor: string; limit: number },
): Promise<ChangedTasks> {
  const { from, nextFrom, last }: Sweep = cursor === '' ? { from: '0' } : (JSON.parse(cursor) as Sweep);
  const [changedIn, instance, key] = last ?? [from, '', ''];
  const { rows } = await db.query<ChangedTask & { horizon: string }>(
    `select ${COLUMNS}, changed_in::text as "changedIn", horizon::text
       from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) as h
       left join tasks on run_id = $1 and (changed_in, instance, key) > ($2::xid8, $3, $4) and status in ('open', 'returned', 'inReview')
      order by tasks.changed_in, instance, key
      limit $5`,
    [run, changedIn, instance, key, limit],
  );
  const next = nextFrom ?? rows[0]!.horizon;
  const tasks = rows.filter((row) => row.key !== null).map(({ horizon: _horizon, ...task }) => task);
  const end = tasks.at(-1);
  const sweep: Sweep =
    tasks.length === limit && end !== undefined
      ? { from, nextFrom: next, last: [end.changedIn, end.instance, end.key] }
      : { from: next };
  return { tasks, cursor: JSON.stringify(sweep) };
}
