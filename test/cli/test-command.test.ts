/** `shigeyi test`: how failures are told, and what becomes of scenarios that are played twice. */
import { describe, expect, it } from 'vitest';
import type { Stages } from '../../cli/host.ts';
import { readScenarioFiles } from '../../compiler/read-definition.ts';
import { admittedHousehold } from '../../roster/admission.ts';
import type { Stage } from '../../scenarios/stage.ts';
import { createVirtualStage } from '../../scenarios/virtual-stage.ts';
import { type FakeMachine, tell } from './fake-host.ts';

const DEFINITION = 'definitions/first';
const [FILE] = readScenarioFiles(DEFINITION);

/** A machine whose scenario says something else. */
const expecting = (from: string, to: string): FakeMachine => {
  if (!FILE!.text.includes(from)) throw new Error(`the scenario does not say ${from}`);
  return { host: { findScenarios: () => [{ ...FILE!, text: FILE!.text.replace(from, to) }] } };
};

it('one scenario is played by naming its file', async () => {
  const asked: string[] = [];
  const host = {
    findScenarios: (path: string) => {
      asked.push(path);
      return [FILE!, { ...FILE!, path: `${DEFINITION}/other.test.yaml`, text: 'not read' }];
    },
  };
  const { exit, out } = await tell(`test ${FILE!.path}`, { host });
  expect([exit, asked]).toEqual([0, [DEFINITION]]);
  expect(out).toContain('1 of 1 scenario passed');
});

describe('a failure is told with both sides:', () => {
  it('a value under the other', async () => {
    const { exit, out } = await tell(
      `test ${DEFINITION}`,
      expecting('returned: [u/union-01/plan]', 'returned: [u/union-02/plan]'),
    );
    expect(exit).toBe(1);
    expect(out).toContain(
      [
        "  definitions/first/plan.test.yaml:10:18 'u/union-02/plan'",
        '    10 | returned: [u/union-02/plan]',
        '      expected  returned',
        '      found     open (due 2026-09-11)',
      ].join('\n'),
    );
  });

  it('a list beside the other, with a mark where they part', async () => {
    const { out } = await tell(
      `test ${DEFINITION}`,
      expecting('[overdue to union-02-head]', '[day-before to union-02-officer-1, overdue to union-02-head]'),
    );
    expect(out).toContain(
      [
        "rungs of 'u/union-02/plan'",
        '    20 | rungs: { u/union-01/plan: [], u/union-02/plan: [day-before to union-02-officer-1, overdue to union-02-head] }',
        '         expected                          found',
        '      ─  ────────────────────────────────  ────────────────────────',
        '      ≠  day-before to union-02-officer-1  overdue to union-02-head',
        '      ≠  overdue to union-02-head',
      ].join('\n'),
    );
  });

  it('and in one sentence for a machine', async () => {
    const { out } = await tell(`test ${DEFINITION} --json`, expecting('open: [u/union-02/plan]', 'done: [u/union-02/plan]'));
    expect(JSON.parse(out)).toMatchObject({ engine: 'virtual', scenarios: [{ ok: false }] });
  });
});

/** Instead of Temporal another virtual clock, which may see something otherwise. */
function stagesThat(change: (stage: Stage) => Stage): { readonly stages: Stages; readonly wasClosed: () => boolean } {
  let closed = false;
  const stages: Stages = {
    begin: ({ compiled: { plan, programs }, ...start }) =>
      Promise.resolve(change(createVirtualStage({ plan, programs, ...start, admit: admittedHousehold }))),
    lost: new Promise(() => undefined),
    close: () => {
      closed = true;
      return Promise.resolve();
    },
  };
  return { stages, wasClosed: () => closed };
}

const on = (stages: Stages, more: Partial<NonNullable<FakeMachine['host']>> = {}): FakeMachine => {
  const unused = (): never => {
    throw new Error('nothing else is started');
  };
  return { host: { ...more, services: { up: unused, worker: unused, demo: unused, stages: () => Promise.resolve(stages) } } };
};

describe('scenarios on Temporal', () => {
  it('pass when they come to the same as on the virtual clock', async () => {
    const { stages, wasClosed } = stagesThat((stage) => stage);
    const { exit, out, err } = await tell(`test ${DEFINITION} --engine temporal`, on(stages));
    expect({ exit, closed: wasClosed() }).toEqual({ exit: 0, closed: true });
    expect(out).toContain('1 of 1 scenario passed; 100 % covered.');
    expect(err).toContain('0 of 1 scenario played on Temporal');
  });

  it('fail, with both sides, when something stands otherwise at their end', async () => {
    const { stages } = stagesThat((stage) => ({
      ...stage,
      tasks: async () => (await stage.tasks()).map((task) => ({ ...task, returns: task.returns + 1 })),
    }));
    const { exit, out } = await tell(`test ${DEFINITION} --engine temporal`, on(stages));
    expect(exit).toBe(1);
    expect(out).toContain("the engines differ: 'u/union-01/plan', on the virtual clock and on Temporal");
    expect(out).toMatch(/≠ {2}done, returned 1 times, at step \d {2}done, returned 2 times/);
  });

  it('tell what fails on the virtual clock alone', async () => {
    const { stages } = stagesThat((stage) => ({ ...stage, spoken: () => Promise.resolve([]) }));
    const { host } = expecting(
      'rungs: { u/union-02/plan: [day-before to union-02-officer-1] }',
      'rungs: { u/union-02/plan: [] }',
    );
    const { out } = await tell(`test ${DEFINITION} --engine temporal`, on(stages, host));
    expect(out).toContain("'u/union-02/plan'");
    expect(out).toContain('only on the virtual clock');
  });

  it('are put away when the engine is lost', async () => {
    const { stages, wasClosed } = stagesThat((stage) => stage);
    const lost = {
      ...stages,
      begin: () => new Promise<never>(() => undefined),
      lost: Promise.resolve(new Error('the worker is gone')),
    };
    const { exit } = await tell(`test ${DEFINITION} --engine temporal`, on(lost));
    expect(exit).not.toBe(0);
    expect(wasClosed()).toBe(true);
  });
});
