/** A task's ladder for one deadline: when each rung speaks and to whom, or why it never does. */
import { closingAt, findNextRung, findRungAt } from '../engine/schedule.ts';
import type { Instant, Plan, Program, Rung, TaskTemplate } from '../model/plan.ts';
import { type CountedDay, countDays, type Day, dayAt } from './explain-days.ts';
import { explainPost, holdingRole, type PostExplanation } from './explain-posts.ts';

export interface RungExplanation {
  readonly rung: string;
  readonly kind: Rung['kind'];
  /** `dropped`: it falls before the opening; `closed`: the task has ended by then; `beyond`: on a day the plan's calendar does not reach. */
  readonly fate: 'speaks' | 'dropped' | 'closed' | 'beyond';
  readonly at: Instant | null;
  readonly day: Day | null;
  /** From the deadline's day, negative before it; null: the instant after the deadline. */
  readonly workingDays: number | null;
  readonly counted: readonly CountedDay[];
  /** The post that is told; null: whoever must act, which is the holder, or the reviewer while it is in review. */
  readonly to: PostExplanation | null;
  readonly daily: boolean;
}

interface Scheduled {
  readonly openedAt: Instant;
  readonly deadline: Instant;
}

export function explainLadder(
  { plan, program }: { readonly plan: Plan; readonly program: Program },
  task: TaskTemplate,
  { openedAt, deadline }: Scheduled,
): readonly RungExplanation[] {
  const rungs = program.ladders[task.ladder]?.rungs ?? [];
  const kept = keptRungs(program, { ladder: task.ladder, openedAt, deadline });
  const closesAt = task.atEnd === 'close' ? closingAt(task, deadline) : Infinity;
  return rungs.map((rung, index) => {
    const at = findRungAt(program.days, rung, deadline);
    const isDayless = rung.atMinute === null;
    return {
      rung: rung.id,
      kind: rung.kind,
      // What falls together with the closing still speaks: the engine lets rungs go first.
      fate: at === undefined ? 'beyond' : !kept.has(index) ? 'dropped' : at > closesAt ? 'closed' : 'speaks',
      at: at ?? null,
      day: at === undefined ? null : dayAt(program.days, at),
      workingDays: isDayless ? null : rung.workingDays,
      counted: at === undefined || isDayless ? [] : countDays(program.days, { from: deadline, to: at }),
      to: rung.to === 'assignee' ? null : explainPost({ plan, program }, { role: rung.to, not: holdingRole(task) }),
      daily: rung.digest === 'daily',
    };
  });
}

/** The places of the rungs that the engine would let speak, one after another, for a task that nobody finishes. */
function keptRungs(program: Program, asked: Scheduled & { readonly ladder: string }): ReadonlySet<number> {
  const kept = new Set<number>();
  for (let next = findNextRung(program, { ...asked, from: 0 }); next !== undefined; ) {
    kept.add(next.index);
    next = findNextRung(program, { ...asked, from: next.index + 1 });
  }
  return kept;
}
