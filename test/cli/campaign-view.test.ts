import { describe, expect, it } from 'vitest';
import { viewCampaign } from '../../cli/campaign-view.ts';
import { displayWidth } from '../../explainer/display-width.ts';
import { emptyTally } from '../../cli/rehearsal.ts';
import { SUMMARY } from './fake-host.ts';

const DAY = 86_400_000;
const phase = (id: string, { zh, from, to }: { zh: string; from: number; to: number }) => ({
  id,
  title: { zh, en: id },
  startsAt: from * DAY,
  endsAt: to * DAY - 1,
});
const plan = {
  zone: 'UTC',
  startsAt: 10 * DAY,
  endsAt: 30 * DAY - 1,
  phases: [phase('first', { zh: '梳理评估成效阶段', from: 10, to: 14 }), phase('second', { zh: '总结', from: 20, to: 30 })],
};
const at = (days: number) =>
  viewCampaign({
    plan,
    now: days * DAY,
    summary: SUMMARY,
    messages: 12,
    tally: { ...emptyTally(), completed: 7, refusals: { IN_REVIEW: 2 } },
  });

describe('the view of a campaign', () => {
  it('shows how far each phase is', () => {
    const [first, second] = at(25).lines.slice(2);
    expect(first).toMatch(/^✓ .*█{24}/);
    expect(second).toMatch(/^▶ .*█{12}░{12}/);
  });

  it('has its bars under one another whatever the titles', () => {
    const bars = at(25)
      .lines.slice(2, 4)
      .map((line) => displayWidth(line.slice(0, line.search(/[█░]/))));
    expect(bars[0]).toBe(bars[1]);
  });

  it.each([
    [5, '尚未开始'],
    [11, '第 1/2 阶段 梳理评估成效阶段'],
    [16, '两个阶段之间'],
    [31, '收尾'],
  ])('on day %i says where it stands', (days, words) => expect(at(days).plain).toContain(words));

  it('counts tasks, messages and what people did', () =>
    expect(at(25).plain).toMatch(
      /75% \| 7 done, 6 open, 2 in review, 1 overdue; 12 messages \| 7 handed in, 0 accepted, 0 returned, 2 refused$/,
    ));
});
