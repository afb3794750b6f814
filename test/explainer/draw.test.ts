import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { drawPlan } from '../../explainer/draw.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { compiledFrom, tinyWith } from '../compiler/tiny.ts';

const linwei = () => {
  const compiled = compileDefinition(readDefinition(join(import.meta.dirname, '../../definitions/linwei-2020')));
  if ('issues' in compiled) throw new Error(JSON.stringify(compiled.issues));
  return compiled.plan;
};

describe('the drawing of a plan', () => {
  it('is the same text each time', () => expect(drawPlan(linwei())).toBe(drawPlan(linwei())));

  it('names every phase, action and task once as a node', () => {
    const plan = linwei();
    const drawn = drawPlan(plan);
    for (const { id, title } of plan.tasks)
      expect(drawn.split(`"${title.zh.replaceAll('"', '#quot;')}<br/><small>${id}</small>`), id).toHaveLength(2);
    for (const { title } of [...plan.phases, ...plan.actions]) expect(drawn).toContain(title.zh);
  });

  it('has an arrow for each predecessor, each row that makes a task, and each gate', () => {
    const plan = linwei();
    const arrows = drawPlan(plan).match(/-->|-\. ".*?" \.->|== ".*?" ==>/g)!;
    const expected = plan.tasks.flatMap(({ after, rows, gate }) => [...after, ...rows, ...(gate ? [gate] : [])]);
    expect(arrows).toHaveLength(expected.length);
  });

  it('says of each branch on what it is taken', () =>
    expect(drawPlan(linwei())).toMatch(/<small>continued-aid<\/small><br\/><small>◇ .+<\/small>/));

  it('is written in English when asked', () => expect(drawPlan(linwei(), { language: 'en' })).toContain('Difficulty list'));

  it('survives titles with the marks of Mermaid', () => {
    const { plan } = compiledFrom(tinyWith(['zh: 撰写', `zh: '撰"写" <b> & ]'`]));
    expect(drawPlan(plan)).toContain('撰#quot;写#quot; #lt;b#gt; #amp; ]');
  });
});
