import type { Answer } from '../model/command.ts';
import type { Queryable } from './pool.ts';

/** The first answer to this command, also of an instance that has closed. */
export async function findAnswer(db: Queryable, { run, id }: { run: string; id: string }): Promise<Answer | undefined> {
  const { rows } = await db.query<{ answer: Answer }>('select answer from commands where run_id = $1 and id = $2', [run, id]);
  const answer = rows[0]?.answer;
  if (answer === undefined) return undefined;
  // Postgres keeps members in an order of its own; whoever compares texts finds them in the order in which the engine answers.
  const { command, digest, at, ...more } = answer;
  return { command, digest, at, ...ordered(more) };
}

/** The members that only some answers have. */
function ordered({ task, status, late, ...rest }: Omit<Answer, 'command' | 'digest' | 'at'>): object {
  return {
    ...(task === undefined ? {} : { task }),
    ...(status === undefined ? {} : { status }),
    ...(late === undefined ? {} : { late }),
    ...rest,
  };
}
