import type { Answer } from '../model/command.ts';
import type { Queryable } from './pool.ts';

/** The first answer to this command, also of an instance that has closed. */
export async function findAnswer(db: Queryable, { run, id }: { run: string; id: string }): Promise<Answer | undefined> {
  return (await findWrittenAnswer(db, { run, id }))?.answer;
}

/** An answer with the flush that wrote it. */
export interface WrittenAnswer {
  readonly answer: Answer;
  readonly instance: string;
  readonly number: number;
  readonly digest: string | null;
  /**
   * History is known to hold that flush, or the instance has closed. Otherwise it is a proposal still: its workflow task may have been lost, and then
   * the command was never taken.
   */
  readonly held: boolean;
}

export async function findWrittenAnswer(
  db: Queryable,
  { run, id }: { run: string; id: string },
): Promise<WrittenAnswer | undefined> {
  return (await findWrittenAnswers(db, { run, ids: [id] })).get(id);
}

/** By command id, those that there are: as many at most as there are ids, which the caller bounds. */
export async function findWrittenAnswers(
  db: Queryable,
  { run, ids }: { run: string; ids: readonly string[] },
): Promise<ReadonlyMap<string, WrittenAnswer>> {
  const { rows } = await db.query<WrittenAnswer & { id: string }>(
    `select c.id, c.answer, c.instance, c.flush_number as number, f.digest, coalesce(f.confirmed, false) or coalesce(i.status = 'closed', false) as held
       from commands c
       left join flushes f on f.run_id = c.run_id and f.instance = c.instance and f.number = c.flush_number
       left join instances i on i.run_id = c.run_id and i.id = c.instance
      where c.run_id = $1 and c.id = any ($2)
      limit $3`,
    [run, ids, ids.length],
  );
  return new Map(rows.map(({ id, ...written }) => [id, { ...written, answer: inOrder(written.answer) }]));
}

function inOrder(answer: Answer): Answer {
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
