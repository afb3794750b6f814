import type { Answer } from '../model/command.ts';
import type { Queryable } from './pool.ts';

/** The first answer to this command, also of an instance that has closed. */
export async function findAnswer(db: Queryable, { run, id }: { run: string; id: string }): Promise<Answer | undefined> {
  const { rows } = await db.query<{ answer: Answer }>('select answer from commands where run_id = $1 and id = $2', [run, id]);
  return rows[0]?.answer;
}
