/** What pauses that are over make of the deadlines and ends that are reckoned after them. */
import { type Budget, carriedDeadline, type Pause } from '../model/pause.ts';
import type { Instant, Program, ProgramTask } from '../model/plan.ts';
import type { Draft } from './draft.ts';
import type { DueFacts } from './schedule.ts';

export const datesMove = ({ pauses }: Program): boolean => pauses?.absolute === 'move';

/** For `dueOf`: of what is counted from an instant, only the pauses after it matter. */
export function carryOf({ program, pauses }: Pick<Draft, 'program' | 'pauses'>): NonNullable<DueFacts['carry']> {
  const moves = datesMove(program);
  return (deadline, { budget, since = -Infinity }) =>
    pauses.reduce(
      (at, { from, to }) => carriedDeadline(program, { deadline: at, budget, pause: { from: Math.max(from, since), to }, moves }),
      deadline,
    );
}

/** The end of a task's time: that of its phase, later by the pauses where dates move. */
export function endOfTime(draft: Pick<Draft, 'program' | 'pauses'>, { endsAt }: Pick<ProgramTask, 'endsAt'>): Instant {
  return draft.pauses.length === 0 ? endsAt : carryOf(draft)(endsAt, { budget: 'date' });
}

export function carriedBy(
  program: Program,
  { deadline, budget, pause }: { deadline: Instant; budget: Budget; pause: Pause },
): Instant {
  return carriedDeadline(program, { deadline, budget, pause, moves: datesMove(program) });
}
