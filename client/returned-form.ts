/** What came back with a task that was returned: why, in the reviewer's words, and what had been handed in. Both are sealed, and opened for whoever sees the form. */
import { isRecord } from '../forms/answers.ts';
import type { Instant } from '../model/plan.ts';
import { findLastReturn } from '../store/audit.ts';
import { withIdentity } from '../store/pool.ts';
import { findSubmissionContents } from '../store/submissions.ts';
import type { FoundTask } from '../store/tasks.ts';
import { OPERATOR } from './operator.ts';
import type { ClientRoom } from './parts.ts';

export interface Returned {
  readonly by: string;
  readonly at: Instant;
  /** Null once it can be read no more, as `answers` is. */
  readonly reason: string | null;
  /** As they were kept, of every field. */
  readonly answers: Readonly<Record<string, unknown>> | null;
}

/** Null of a task that is not returned, or whose return is not in the books yet. */
export async function findReturned(
  { appPool, sealer }: Pick<ClientRoom, 'appPool' | 'sealer'>,
  { run, instance, key, status, submission }: FoundTask,
): Promise<Returned | null> {
  if (status !== 'returned') return null;
  return await withIdentity(appPool, OPERATOR, async (db) => {
    const last = await findLastReturn(db, { run, instance, task: key });
    if (last === undefined) return null;
    const open = async (id: string | null, kind: 'reason' | 'form'): Promise<string | undefined> =>
      id === null ? undefined : (await findSubmissionContents(db, { run, ids: [id], kind }, sealer)).get(id);
    const [reason, form] = [await open(last.reason, 'reason'), await open(submission, 'form')];
    const { answers } = form === undefined ? { answers: null } : (JSON.parse(form) as { answers: unknown });
    return { by: last.actor, at: last.at, reason: reason ?? null, answers: isRecord(answers) ? answers : null };
  });
}
