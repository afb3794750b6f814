/** Pictures of a plan: each thing in it once, well-formed, and nothing that another machine would have to be asked for. */
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { drawFlow } from '../../explainer/draw-flow.ts';
import { drawGantt } from '../../explainer/draw-gantt.ts';
import { escapeXml, widthOf } from '../../explainer/svg.ts';
import { dayOf } from '../../model/day-table.ts';
import type { Plan } from '../../model/plan.ts';

const compiled = compileDefinition(readDefinition('definitions/linwei-2020'));
if (!('plan' in compiled)) throw new Error('it does not compile');
const { plan, programs } = compiled;
const { days } = programs.campaign;
const flow = (of: Plan = plan, language: 'zh' | 'en' = 'zh'): string => drawFlow(of, { language });
const gantt = (of: Plan = plan, language: 'zh' | 'en' = 'zh'): string => drawGantt(of, { days, language });

/** Elements in the order they open; throws where one is not closed or text is not escaped. */
function elementsOf(svg: string): readonly string[] {
  const open: string[] = [];
  const seen: string[] = [];
  let rest = 0;
  for (const { 0: tag, 1: closing, 2: name, 3: empty, index } of svg.matchAll(
    /<(\/?)([a-z]+)(?:\s[a-zA-Z0-9-]+="[^"<]*")*\s*(\/?)>/g,
  )) {
    expect(svg.slice(rest, index)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
    rest = index + tag.length;
    if (closing === '/') expect(open.pop()).toBe(name);
    else {
      seen.push(name!);
      if (empty !== '/') open.push(name!);
    }
  }
  expect(open).toEqual([]);
  return seen;
}

const awkward: Plan = {
  ...plan,
  title: { zh: '<危险> & "引号"', en: '<x onload="alert(1)">' },
  tasks: plan.tasks.map((task) => ({ ...task, title: { zh: '甲 < 乙 & "丙"\u0007', en: ']]> --> <script>' } })),
};

describe.each([
  ['flow', flow],
  ['gantt', gantt],
] as const)('the %s of a plan', (_name, draw) => {
  it('is the same bytes each time', () => expect(draw()).toBe(draw()));
  it('is well-formed', () => expect(elementsOf(draw())[0]).toBe('svg'));
  it('stays well-formed whatever titles hold', () => {
    for (const language of ['zh', 'en'] as const) expect(elementsOf(draw(awkward, language))).not.toContain('script');
  });
  it('fetches nothing and runs nothing', () =>
    expect(draw().replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href|@import|<script|<image|<foreignObject/));
  it('says what it is to who cannot see it', () => expect(draw()).toMatch(/<title>决战决胜.*<\/title>\n<desc>.+<\/desc>/));
  it('names every task, in the language asked for', () => {
    for (const language of ['zh', 'en'] as const) {
      const words = draw(plan, language);
      for (const { id, title } of plan.tasks) expect(words, id).toContain(`${id}: ${escapeXml(title[language])}`);
    }
  });
});

describe('the flow of a plan', () => {
  it('has an arrow for each predecessor, each row that makes a task, and each gate', () => {
    const arrows = (kind: string): number => flow().split(`marker-end="url(#${kind})"`).length - 1;
    const count = (of: (task: Plan['tasks'][number]) => number): number => plan.tasks.reduce((sum, task) => sum + of(task), 0);
    expect(arrows('waits')).toBe(count(({ after }) => after.length));
    expect(arrows('rows')).toBe(count(({ rows }) => rows.filter(({ task }) => task !== undefined).length));
    expect(arrows('gate')).toBe(count(({ gate }) => (gate === undefined ? 0 : 1)));
  });
});

describe('what a flow says in words', () => {
  it('is the condition of every task that has one, and the share of every gate', () => {
    const conditions = plan.tasks.filter(({ when }) => when !== undefined).length;
    expect(flow().match(/font-size="10">(<title>[^<]*<\/title>)?◇/g)).toHaveLength(conditions);
    expect(flow()).toMatch(/text-anchor="end"[^>]*>100%</);
  });

  it('is whole for a plan of one phase', () => {
    const short: Plan = {
      ...plan,
      phases: plan.phases.slice(0, 1),
      tasks: plan.tasks.filter(({ phase }) => phase === plan.phases[0]!.id),
    };
    for (const language of ['zh', 'en'] as const) {
      const drawn = drawFlow(short, { language });
      const width = Number(/ width="(\d+)"/.exec(drawn)![1]);
      for (const [, x, words] of drawn.matchAll(
        /<text x="([\d.]+)" y="[\d.]+" text-anchor="start"[^>]*>(?:<title>[^<]*<\/title>)?([^<]*)</g,
      ))
        expect(Number(x) + widthOf(words!), words).toBeLessThanOrEqual(width);
    }
  });
});

describe('the gantt of a plan', () => {
  /** The bar of a task: where it begins and how wide it is. */
  function barOf(id: string): { x: number; width: number } {
    const [, x, width] = new RegExp(`<rect x="([\\d.]+)" y="[\\d.]+" width="([\\d.]+)"[^>]*><title>${id}: `).exec(gantt())!;
    return { x: Number(x), width: Number(width) };
  }
  const perDay = (barOf('evaluation-closed').width + 2) / 3;

  it('gives each task with a date as many days as it has', () => {
    for (const { id, due, opensAt, origin } of plan.tasks) {
      if (due.kind !== 'at' || origin === 'row') continue;
      const spanned = dayOf(days, due.at) - dayOf(days, opensAt) + 1;
      expect((barOf(id).width + 2) / perDay, id).toBeCloseTo(spanned);
    }
  });

  it('begins each bar on the day the task can open', () => {
    const first = barOf('evaluation-closed').x;
    for (const { id, opensAt, origin } of plan.tasks)
      if (origin === 'plan')
        expect((barOf(id).x - first) / perDay, id).toBeCloseTo(dayOf(days, opensAt) - dayOf(days, plan.startsAt));
  });

  it('shades the days off', () => {
    const from = dayOf(days, plan.startsAt);
    const off = [...days.working.slice(from, dayOf(days, plan.endsAt) + 1)].filter((kind) => kind !== '1').length;
    expect(gantt().split('fill="#f1f1f1"').length - 1).toBe(off);
  });
});
