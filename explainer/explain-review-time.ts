/** The time a reviewer has, shown for one instant at which a task comes to them. */
import { clampedOffset, type Offset } from '../model/offset.ts';
import type { Instant, ReviewStep } from '../model/plan.ts';
import { countDays, type CountedDay, type Day, dayAt } from './explain-days.ts';
import { explainLadder, type RungExplanation } from './explain-ladder.ts';
import type { Explaining } from './explain-posts.ts';

export interface ReviewTimeExplanation extends Day {
  readonly within: Offset;
  /** The ladder that speaks meanwhile; that of the task is silent. */
  readonly ladder: string;
  /** As if it came to the reviewer then: when the task opens. */
  readonly since: Instant;
  readonly deadline: Instant;
  /** From the day after that to the deadline, where working days were counted. */
  readonly counted: readonly CountedDay[];
  readonly rungs: readonly RungExplanation[];
}

export function explainReviewTime(
  both: Explaining,
  { within, ladder, by }: ReviewStep,
  { since, closesAt }: { readonly since: Instant; readonly closesAt: Instant },
): ReviewTimeExplanation | null {
  if (within === undefined || ladder === undefined) return null;
  const { days } = both.program;
  const deadline = clampedOffset(both.program, { from: since, offset: within, timeless: 'end-of-day' });
  return {
    ...dayAt(days, deadline),
    within,
    ladder,
    since,
    deadline,
    counted: within.unit === 'workingDays' ? countDays(days, { from: since, to: deadline }) : [],
    rungs: explainLadder(both, { ladder, openedAt: since, deadline, closesAt, actor: by }),
  };
}
