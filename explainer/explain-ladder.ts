/** A task's ladder for one deadline: when each rung speaks and to whom, or why it never does. */
import { findNextRung, findRungAt } from '../engine/schedule.ts';
import { sendingAt } from '../model/hours.ts';
import type { Offset } from '../model/offset.ts';
import type { Instant, Program, Rung } from '../model/plan.ts';
import { type CountedDay, countDays, type Day, dayAt } from './explain-days.ts';
import { type Explaining, explainPost, type PostExplanation } from './explain-posts.ts';

/** One time that a rung speaks. */
export interface RungExplanation {
  readonly rung: string;
  readonly kind: Rung['kind'];
  /** From 1; more where the rung says it again until the task is finished. */
  readonly occurrence: number;
  /** `dropped`: it falls before the opening; `closed`: the task has ended by then; `beyond`: on a day the plan's calendar does not reach. */
  readonly fate: 'speaks' | 'dropped' | 'closed' | 'beyond';
  readonly at: Instant | null;
  /** When what it says reaches people, where quiet hours hold it back; otherwise null. */
  readonly sendAt: Instant | null;
  readonly day: Day | null;
  /** From the deadline's day, negative before it; null where it is not counted in working days. */
  readonly workingDays: number | null;
  /** From the deadline, or from the time before where it is said again; null: the instant after the deadline. */
  readonly offset: Offset | null;
  readonly counted: readonly CountedDay[];
  /** The post that is told; null: whoever must act, which is the holder, or the reviewer while it is in review. */
  readonly to: PostExplanation | null;
  readonly daily: boolean;
}

export interface Scheduled {
  readonly ladder: string;
  readonly openedAt: Instant;
  readonly deadline: Instant;
  /** When the task ends by itself; Infinity: never. */
  readonly closesAt: Instant;
  /** The role that acts meanwhile, and is not told of its own work. */
  readonly actor: string | undefined;
}

/** In the order of time; what lies beyond the known days comes last. */
export function explainLadder(explaining: Explaining, scheduled: Scheduled): readonly RungExplanation[] {
  const { program } = explaining;
  const rungs = program.ladders[scheduled.ladder]?.rungs ?? [];
  const kept = keptTimes(program, scheduled);
  return rungs
    .flatMap((rung) => timesOf(explaining, { ...scheduled, rung, kept }))
    .sort((a, b) => (a.at === b.at ? 0 : (a.at ?? Infinity) - (b.at ?? Infinity)));
}

interface Asked extends Scheduled {
  readonly rung: Rung;
  readonly kept: ReadonlySet<string>;
}

function timesOf(explaining: Explaining, { actor, rung, deadline, kept, closesAt }: Asked): readonly RungExplanation[] {
  const { program } = explaining;
  const to = rung.to === 'assignee' ? null : explainPost(explaining, { role: rung.to, not: [actor] });
  return Array.from({ length: 1 + (rung.repeat?.times ?? 0) }, (_, index): RungExplanation => {
    const occurrence = index + 1;
    const at = findRungAt(program, rung, { deadline, occurrence });
    const offset = occurrence === 1 ? rung.offset : rung.repeat!.every;
    const from = occurrence === 1 ? deadline : (findRungAt(program, rung, { deadline, occurrence: index }) ?? deadline);
    const sendAt = at === undefined ? null : sendingAt(program, at);
    return {
      rung: rung.id,
      kind: rung.kind,
      occurrence,
      // What falls together with the closing still speaks: the engine lets rungs go first.
      fate: at === undefined ? 'beyond' : !kept.has(`${rung.id} ${occurrence}`) ? 'dropped' : at > closesAt ? 'closed' : 'speaks',
      at: at ?? null,
      sendAt: sendAt === at ? null : sendAt,
      day: at === undefined ? null : dayAt(program.days, at),
      workingDays: offset?.unit === 'workingDays' ? offset.count : null,
      offset,
      counted: at === undefined || offset?.unit !== 'workingDays' ? [] : countDays(program.days, { from, to: at }),
      to,
      daily: rung.digest === 'daily',
    };
  });
}

/** The rungs that the engine would let speak, one after another, for a task that nobody finishes. */
function keptTimes(program: Program, { ladder, openedAt, deadline }: Scheduled): ReadonlySet<string> {
  const asked = { ladder, openedAt, deadline };
  const kept = new Set<string>();
  for (let next = findNextRung(program, { ...asked, from: 0 }); next !== undefined; ) {
    kept.add(`${next.rung.id} ${next.occurrence}`);
    next = findNextRung(program, { ...asked, from: next.place + 1 });
  }
  return kept;
}
