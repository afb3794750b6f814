import { describe, expect, it } from 'vitest';
import { issuesFrom } from './tiny.ts';
import { report, visitCodes, visitsWith } from './visits.ts';

describe('a date after the end of its phase', () => {
  const due = (more = ''): string => report(`due: { date: 2026-11-25 }${more}`);

  it('is told of with both days', () => {
    const found = issuesFrom(visitsWith([due()])).find(({ code }) => code === 'DUE_AFTER_PHASE');
    expect(found!.message).toBe("task 'report' is due on 2026-11-25, but its phase 'autumn' ends on 2026-11-20");
    expect(found!.related).toHaveLength(1);
  });

  it.each(['late', 'hold'])('is meant where the task says `atEnd: %s`', (atEnd) =>
    expect(visitCodes([due(`, atEnd: ${atEnd}`)]).filter((code) => code !== 'HOLDS_NOTHING')).toEqual([]),
  );

  it('is meant where it is counted from that end', () =>
    expect(visitCodes([report('due: { from: phase-end, workingDays: 2 }')])).toEqual([]));

  it('is no matter of the last day itself', () => expect(visitCodes([report('due: { date: 2026-11-20 }')])).toEqual([]));
});
