/** Gates that nothing may ever open. */
import { describe, expect, it } from 'vitest';
import { issuesFrom } from './tiny.ts';
import { care, report, visit, visitCodes, visitsWith } from './visits.ts';

const all = report('gate: { all: households, task: x }');
const SHUT = ['GATE_MAY_STAY_SHUT'];

describe('a gate without a day', () => {
  it.each([
    ['asks for one of several answers', [care('x', 'after: [visit], when: { outcome: exit }')]],
    ['asks for what need not be answered', [care('x', 'after: [visit], when: { not: { people: null } }')]],
    ['has a sample as well', [care('x', 'after: [visit], when: { outcome: exit }, sample: { share: 0.1 }')]],
    ['comes after such a task', [care('aid', 'after: [visit], when: { outcome: assist }'), care('x', 'after: [aid]')]],
    ['has turns', [care('x', 'after: [visit], when: { outcome: exit }, repeats: { times: 2 }')]],
  ])('may stay shut when the task that it counts %s', (_what, tasks) =>
    expect(visitCodes([visit(), ...tasks, all])).toEqual(SHUT),
  );

  it('may stay shut whatever the share', () =>
    expect(
      visitCodes([
        visit(),
        care('x', 'after: [visit], when: { outcome: exit }'),
        report('gate: { share: 0.1, of: households, task: x }'),
      ]),
    ).toEqual(SHUT));

  it.each([
    ['comes up for everybody', [care('x', 'after: [visit]')]],
    ['has a condition on what never changes', [care('x', 'when: { class: deep }')]],
    ['has a sample alone', [care('x', 'after: [visit], sample: { share: 0.1 }')]],
    ['asks for what is answered before it in every case', [care('x', 'after: [visit], when: { not: { outcome: null } }')]],
    [
      'has a schedule, whose turns are dropped',
      [care('x', 'after: [visit], when: { outcome: exit }, repeats: { every: { weeks: 1 } }')],
    ],
  ])('opens when the task that it counts %s', (_what, tasks) =>
    expect(visitCodes([visit(), ...tasks, all]).filter((code) => code !== 'CONDITION_ALWAYS')).toEqual([]),
  );

  it('says which condition keeps it', () => {
    const tasks = [visit(), care('aid', 'after: [visit], when: { outcome: assist }'), care('x', 'after: [aid]'), all];
    const [found] = issuesFrom(visitsWith(tasks)).filter(({ code }) => code === 'GATE_MAY_STAY_SHUT');
    expect(found!.message).toContain("where the condition of 'aid', which it comes after,");
    expect(found!.related).toEqual([expect.objectContaining({ line: found!.line - 2 })]);
  });
});

it('a gate with a day opens on it', () =>
  expect(
    visitCodes([
      visit(),
      care('x', 'after: [visit], when: { outcome: exit }'),
      report('gate: { all: households, task: x, noLaterThan: 2026-11-16 }'),
    ]),
  ).toEqual([]));
