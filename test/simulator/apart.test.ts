/** Unions played one by one: only where that cannot matter, and then to the same findings. */
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import type { CompiledPlan } from '../../simulator/virtual-run.ts';
import type { DueRule, Plan, TaskTemplate } from '../../model/plan.ts';
import { cell, form } from '../forms/builders.ts';
import { admittedHousehold } from '../../roster/admission.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { playsApart } from '../../simulator/apart.ts';
import type { Findings } from '../../simulator/findings.ts';
import { simulate } from '../../simulator/simulate.ts';

const SHIPPED = ['linwei-2020', 'winter-visits-2026', 'safety-month-2026', 'mutual-aid-2026', 'first'];

function planOf(name: string): CompiledPlan {
  const compiled = compileDefinition(readDefinition(`definitions/${name}`));
  if (!('plan' in compiled)) throw new Error(JSON.stringify(compiled.issues));
  return compiled;
}

function findingsOf(name: string, together: boolean): Findings {
  const { plan, programs } = planOf(name);
  const steps = simulate({
    ...{ plan, programs, together, seed: 4, admit: admittedHousehold },
    habits: { late: 0.2, never: 0.05, returned: 0.2 },
    roster: createSampleRoster({ seed: 4, unions: 5, households: 60, earlier: 12 }),
    // Rows of unions put households on file, and rows of the campaign give unions work.
    wishes: { sweep: { found: 2 }, 'rectification-ledger': { ledger: 3 }, 'campaign-recheck': { gaps: 4 } },
  });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

describe('unions played one by one', () => {
  it.each(SHIPPED)('come to the same as all together: %s', (name) => {
    expect(playsApart(planOf(name).plan)).toBe(true);
    expect(findingsOf(name, false)).toEqual(findingsOf(name, true));
  });

  const { plan } = planOf('linwei-2020');
  /** linwei-2020 with one of its tasks otherwise. */
  const withTask = (id: string, other: Partial<TaskTemplate>): Plan => ({
    ...plan,
    tasks: plan.tasks.map((task) => (task.id === id ? { ...task, ...other } : task)),
  });
  const GATE = 'district-summary';

  const fromGate: DueRule = {
    kind: 'from',
    anchor: { on: 'done', task: GATE },
    offset: { unit: 'days', count: 1 },
    otherwise: plan.endsAt,
    noticeWorkingDays: 1,
  };

  it('are those of a campaign with two tasks that wait for all of them and have nothing to do with each other', () => {
    const gate = { id: 'g', of: 'union', task: 'union-summary', share: 1, latched: true } as const;
    expect(playsApart(withTask('five-year-summary', { gate }))).toBe(true);
  });

  it.each<[string, Plan]>([
    [
      'a union gives another one work',
      withTask('union-recheck', { rows: [{ table: 'gaps', task: 'gap', to: { column: 'union' } }] }),
    ],
    [
      'what waits for all unions gives unions work',
      withTask(GATE, { rows: [{ table: 'gaps', task: 'gap', to: { column: 'union' } }] }),
    ],
    ['what waits for all unions lets work of unions come up', withTask(GATE, { feeds: ['union-summary'] })],
    ['something comes after what waits for all unions', withTask('campaign-recheck', { after: [GATE] })],
    [
      'something else has its deadline from it',
      withTask('campaign-recheck', {
        due: fromGate,
      }),
    ],
    ['somebody else is chosen by who did it', withTask('campaign-recheck', { holder: { role: 'office', not: GATE } })],
    ['it sets facts of the campaign', withTask(GATE, { outcomes: [{ set: {} }] })],
    ['it holds later phases back', withTask(GATE, { atEnd: 'hold' })],
    [
      'a form of the campaign is held to the numbers of the moment',
      withTask('campaign-recheck', { form: 'long-term-mechanism' }),
    ],
    ['what waits for all unions tells who has a post', withTask(GATE, { form: 'pairing' })],
    ['what waits for all unions has rows of its own', withTask(GATE, { rows: [{ table: 'gaps', task: 'gap', to: 'self' }] })],
    ['what waits for all unions gives somebody a post', withTask(GATE, { assigns: { chief: 'office' } })],
    [
      'somebody else reviews by who did it',
      withTask('campaign-recheck', { reviews: [{ id: 'r', by: 'office', not: GATE, kind: 'accept' }] }),
    ],
    ['an outcome asks for it again', withTask('campaign-recheck', { outcomes: [{ set: {}, again: [GATE] }] })],
    [
      'whoever joins late has another deadline from it',
      withTask('campaign-recheck', { joining: { kind: 'due', due: fromGate } }),
    ],
    [
      'a form is prefilled from it',
      {
        ...plan,
        forms: {
          ...plan.forms,
          'campaign-recheck': form(cell({ id: 'words', type: 'text', from: { task: GATE, field: 'results' } })),
        },
      },
    ],
  ])('is not done where %s', (_why, other) => expect(playsApart(other)).toBe(false));
});
