import { describe, expect, it } from 'vitest';
import { drawOverview } from '../../explainer/draw-overview.ts';
import { linwei } from '../definitions/linwei.ts';
import { compiledFrom, tinyWith } from '../compiler/tiny.ts';

const { plan, programs } = linwei;
const { days } = programs.campaign;

const tinyOverview = (...changes: readonly (readonly [from: string, to: string])[]): string => {
  const tiny = compiledFrom(tinyWith(...changes));
  return drawOverview(tiny.plan, { days: tiny.programs.campaign.days });
};

describe('the overview of a plan', () => {
  const drawn = drawOverview(plan, { days });

  it('is the same text each time', () => expect(drawOverview(plan, { days })).toBe(drawn));

  it('names every phase and action once, and nothing else', () => {
    const { phases, actions } = plan;
    for (const { title } of [...phases, ...actions]) expect(drawn.split(title.zh.replaceAll('"', '#quot;'))).toHaveLength(2);
    expect(drawn.match(/\["/g)).toHaveLength(phases.length + actions.length);
  });

  it('says how many tasks each action has', () => {
    const counts = [...drawn.matchAll(/(\d+) 项任务<\/small>/g)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(plan.tasks.length);
  });

  it('gives each phase its first and last day, and the year once', () => expect(drawn).toContain('2020-10-13 – 10-15'));

  it('gives both years of a phase that lasts beyond one', () =>
    expect(tinyOverview(['ends: 2020-10-15', 'ends: 2021-01-15'])).toContain('2020-10-13 – 2021-01-15'));

  it('draws one arrow between two actions, however many of their tasks wait', () =>
    expect(drawn.match(/^ {2}action_great_verification --> action_exact_aid$/gm)).toHaveLength(1));

  it('tells the rows that make tasks of another action from waiting', () =>
    expect(drawn).toContain('action_great_inspection -. "每行一项任务" .-> action_evaluation_summary'));

  it('draws no arrow from an action to itself', () => expect(drawn).not.toMatch(/(action_\w+) (?:-->|-\. ".*" \.->) \1$/m));

  it('is written in English when asked', () =>
    expect(drawOverview(plan, { days, language: 'en' })).toContain('"10. Look back<br/><small>8 tasks</small>"'));

  it('survives titles with the marks of Mermaid', () =>
    expect(tinyOverview(['zh: 开始', `zh: '开"始" <b> & ]'`])).toContain('开#quot;始#quot; #lt;b#gt; #amp; ]'));
});
