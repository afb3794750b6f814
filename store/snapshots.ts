/** States put together again from their rows, for looking ahead: without the answers that were given, which decide nothing. */
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import type { AdjustmentScope } from '../model/adjustment.ts';
import type { Queryable } from './pool.ts';

export interface SnapshotsQuestion {
  readonly run: string;
  readonly for: AdjustmentScope;
  /** Of these, those of these ids only. */
  readonly among?: readonly string[];
  /** The last instance of the page before. */
  readonly after?: string;
  readonly limit: number;
}

type Head = Omit<Snapshot, 'tasks' | 'answered'>;
type Row = Head & { readonly more: Partial<Snapshot>; readonly rows: readonly TaskRow[] | null };
type TaskRow = TaskState & { readonly key: string; readonly more: Partial<TaskState> };

/** Of open instances that have written, by id, a page at a time. As of their last flush, which is what they answer for. */
export async function findSnapshots(
  db: Queryable,
  { run, for: scope, among, after = '', limit }: SnapshotsQuestion,
): Promise<readonly Snapshot[]> {
  const { rows } = await db.query<Row>(
    `select i.run_id as run, i.id as instance, i.union_id as "union", i.status, i.revision, i.advanced_to as "advancedTo", i.roles, i.facts,
            i.facts_at_enrolment as "factsAtEnrolment", i.more, t.rows
       from instances i
       left join lateral (
         select jsonb_agg(jsonb_build_object(
                  'key', key, 'template', template, 'status', status, 'openedAt', opened_at, 'deadline', deadline, 'deadlineRev', deadline_rev,
                  'holder', holder, 'step', step, 'reviewer', reviewer, 'rung', rung, 'returns', returns, 'submission', submission, 'held', held,
                  'submittedAt', submitted_at, 'submittedBy', submitted_by, 'settledAt', settled_at, 'decidedBy', decided_by, 'source', source,
                  'more', more) order by opened_at, key) as rows
           from tasks where run_id = i.run_id and instance = i.id) as t on true
      where i.run_id = $1 and i.id > $2 and i.status = 'open'
        and ($3::text is null or i.union_id = $3) and ($4::text is null or i.id = $4)
        and ($5::text[] is null or i.id = any ($5))
      order by i.id
      limit $6`,
    [run, after, 'union' in scope ? scope.union : null, 'instance' in scope ? scope.instance : null, among, limit],
  );
  return rows.map(snapshotOf);
}

function snapshotOf({ more, rows, ...head }: Row): Snapshot {
  const tasks = Object.fromEntries((rows ?? []).map(({ key, ...row }) => [key, taskOf(row)]));
  return { ...head, ...more, tasks, answered: [] };
}

/** Members that a state leaves out are null in their columns. */
function taskOf({ more, held, source, ...task }: Omit<TaskRow, 'key'>): TaskState {
  return { ...task, ...(held ? { held } : {}), ...(source ? { source } : {}), ...more };
}
