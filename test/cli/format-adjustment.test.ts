/** What an adjustment did or would do, as people read it. */
import { describe, expect, it } from 'vitest';
import { faceOf } from '../../cli/format-adjustment.ts';

const DAY = 86_400_000;
const face = (over: Partial<Parameters<typeof faceOf>[0] & object> = {}) => ({
  ...{ status: 'open', deadline: 10 * DAY, holder: 'officer-1', reviewer: null },
  rungs: Array.from({ length: 5 }, (_, index) => ({ rung: `rung-${index}`, at: (5 + index) * DAY })),
  ...over,
});
const told = (before: ReturnType<typeof face>, after: ReturnType<typeof face>): readonly string[] => {
  const task = { task: 'visit', template: 'visit', before, after } as never;
  return [faceOf(before as never, task), faceOf(after as never, task)];
};

describe('a task in a preview', () => {
  it('has its deadline, and of its rungs only those that move, the first two by name', () => {
    const moved = face({ rungs: face().rungs.map(({ rung, at }) => ({ rung, at: at + DAY })) });
    const [before, after] = told(face(), moved);
    expect(before).toMatch(/^due .*; then rung-0 .*, rung-1 .*, and 3 more$/);
    expect(after).toMatch(/^due .*; then rung-0 .*, rung-1 .*, and 3 more$/);
    expect(before).not.toBe(after);
  });

  it('says nothing of rungs that stay', () => {
    const [before, after] = told(face(), face({ holder: 'officer-2' }));
    expect([before, after].join()).not.toContain('rung');
    expect(after).toContain('held by officer-2');
  });
});
