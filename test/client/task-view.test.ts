/** A task as those see it who must act: whose deadline it is past. */
import { describe, expect, it } from 'vitest';
import { viewOf } from '../../client/queries.ts';
import type { FoundTask } from '../../store/tasks.ts';
import { linwei } from '../definitions/linwei.ts';
import { buildTask, DAY, HOUSEHOLD, RUN, SEP_21 } from '../store/flushes.ts';

const found = (changes: Partial<FoundTask> = {}): FoundTask => ({
  ...buildTask(),
  run: RUN,
  instance: HOUSEHOLD,
  union: 'xizhen',
  source: null,
  held: null,
  reviewDeadline: null,
  owner: null,
  standsFor: null,
  item: null,
  pausedAt: null,
  deadline: SEP_21 + 2 * DAY,
  ...changes,
});
const overdueAt = (now: number, changes: Partial<FoundTask> = {}): readonly boolean[] => {
  const { overdue, overdueReview } = viewOf(linwei.plan, { task: found(changes), now });
  return [overdue, overdueReview];
};

describe('a task', () => {
  it('is overdue from the instant after its deadline', () =>
    expect([overdueAt(SEP_21 + 2 * DAY), overdueAt(SEP_21 + 2 * DAY + 1)]).toEqual([
      [false, false],
      [true, false],
    ]));
  it('in review is not, however long that takes', () =>
    expect(overdueAt(SEP_21 + 9 * DAY, { status: 'inReview', submittedAt: SEP_21 })).toEqual([false, false]));
  it('in a review with a deadline is overdue after that, and it is the reviewer who is', () => {
    const review = { status: 'inReview', submittedAt: SEP_21, reviewDeadline: SEP_21 + DAY } as const;
    expect([overdueAt(SEP_21 + DAY, review), overdueAt(SEP_21 + DAY + 1, review)]).toEqual([
      [false, false],
      [true, true],
    ]);
  });
  it('that is done is not overdue', () => expect(overdueAt(SEP_21 + 9 * DAY, { status: 'done' })).toEqual([false, false]));
});
