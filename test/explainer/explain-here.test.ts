/** A task explained for one household or union of a register: what is said of it is what becomes of it in a run. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import type { Compiled } from '../../compiler/emit.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { enrol } from '../../engine/enrol.ts';
import { type HereExplanation, explainHere } from '../../explainer/explain-here.ts';
import { explainTask, type TaskExplanation } from '../../explainer/explain-task.ts';
import { judge } from '../../explainer/judge-condition.ts';
import { enrolledInstance, factsAtEnrolment, postsAround } from '../../model/enrolment.ts';
import type { Condition, Scope } from '../../model/plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { admittedHousehold } from '../../roster/admission.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { Others } from '../../scenarios/others.ts';
import { createVirtualStage } from '../../scenarios/virtual-stage.ts';
import { ALL_IN_TIME } from '../../simulator/people.ts';
import type { Stage } from '../../scenarios/stage.ts';

const DAY = 86_400_000;
const shipped = readdirSync('definitions', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['invalid', 'calendars'].includes(entry.name))
  .map(({ name }) => join('definitions', name));
const roster = createSampleRoster({ seed: 3, unions: 2, households: 12, earlier: 4 });

function compiledOf(path: string): Compiled {
  const compiled = compileDefinition(readDefinition(path));
  if (!('plan' in compiled)) throw new Error(`${path} does not compile`);
  return compiled;
}

/** Everybody of the register on the first day, as the run begins with them. */
function everybody({ plan, programs }: Compiled): readonly (Snapshot & { readonly scope: Scope })[] {
  const begin = (scope: Scope, id: string, union: string | null): Snapshot & { readonly scope: Scope } => {
    const household = scope === 'household' ? roster.households.find((each) => each.id === id) : undefined;
    const instance = scope === 'campaign' ? 'c' : `${scope[0]}/${id}`;
    const entry = enrolledInstance({ instance, scope, union }, { household, unions: roster.unions });
    const roles = postsAround(entry, roster.people);
    const facts = factsAtEnrolment(plan, entry);
    return {
      ...enrol(programs[scope], { run: 'r', instance, union, revision: 1, roles, facts, at: plan.startsAt }).snapshot,
      scope,
    };
  };
  return [
    begin('campaign', '', null),
    ...roster.unions.map(({ id }) => begin('union', id, id)),
    ...roster.households.map(({ id, union }) => begin('household', id, union)),
  ];
}

const stageOf = ({ plan, programs }: Compiled): Stage =>
  createVirtualStage({ plan, programs, roster, run: 'here', startsAt: plan.startsAt, admit: admittedHousehold });

async function playToTheEnd(stage: Stage): Promise<void> {
  for (let wake = await stage.nextWake(); wake !== null; wake = await stage.nextWake()) await stage.advance(wake);
}

describe.each(shipped)('of the tasks of %s', (path) => {
  const compiled = compiledOf(path);
  const { plan, programs } = compiled;
  const here = ({ scope, ...snapshot }: Snapshot & { readonly scope: Scope }, task: string): HereExplanation =>
    explainHere({ plan, program: programs[scope], snapshot }, task);

  it('those that never come up for somebody never do, and those that do come up do where everybody works in time', async () => {
    const stage = stageOf(compiled);
    const last = plan.endsAt + 60 * DAY;
    const others = new Others(stage, {
      ...{ seed: 1, habits: ALL_IN_TIME, wishes: {}, endsAt: plan.endsAt, isTheirs: () => true },
      onRefused: (_task, refusal) => expect(refusal).toBeUndefined(),
    });
    await others.playUntil(last);
    const seen = new Set(
      (await stage.tasks()).filter(({ status }) => status !== 'dropped').map((task) => `${task.instance}/${task.template}`),
    );
    const wrong: string[] = [];
    for (const snapshot of everybody(compiled)) {
      for (const { id, scope } of plan.tasks) {
        if (scope !== snapshot.scope) continue;
        const { comesUp, mayLeave } = here(snapshot, id);
        const came = seen.has(`${snapshot.instance}/${id}`);
        if (came ? comesUp === 'no' : comesUp === 'yes' && !mayLeave) wrong.push(`${snapshot.instance}/${id}: ${comesUp}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('who holds them and who is told is who a run asks when nobody does anything', async () => {
    const stage = stageOf(compiled);
    await playToTheEnd(stage);
    const spoken = await stage.spoken();
    const instances = new Map(everybody(compiled).map((snapshot) => [snapshot.instance, snapshot]));
    const tasks = (await stage.tasks()).filter(({ status }) => status !== 'dropped');
    expect(tasks.length).toBeGreaterThan(0);
    for (const { instance, key, template, holder, openedAt } of tasks) {
      const { scope, ...snapshot } = instances.get(instance)!;
      const task = plan.tasks.find(({ id }) => id === template)!;
      const told: TaskExplanation = explainTask({ plan, program: programs[scope], here: snapshot }, task, { openedAt });
      expect(told.holder?.here?.person, `${instance}/${key}`).toBe(holder);
      for (const { rung, recipient } of spoken.filter((each) => each.instance === instance && each.task === key)) {
        const to = told.rungs.find((each) => each.rung === rung)!.to;
        expect(to === null ? holder : to.here!.person, `${instance}/${key} ${rung}`).toBe(recipient);
      }
    }
  });
});

describe('a condition', () => {
  const is = (fact: string): Condition => ({ op: 'is', fact, in: [true] });
  const facts = { known: true, changing: false };
  const judged = (condition: Condition) => judge(condition, facts, (fact) => fact === 'changing');

  it('that reads what never changes is decided', () =>
    expect([judged(is('known')), judged({ op: 'not', of: is('known') })]).toEqual(['yes', 'no']));

  it('that reads what may change depends on it', () => expect(judged(is('changing'))).toBe('depends'));

  it('is decided by the part that decides it, whatever the others come to', () => {
    expect(judged({ op: 'all', of: [is('changing'), is('missing')] })).toBe('no');
    expect(judged({ op: 'any', of: [is('changing'), is('known')] })).toBe('yes');
    expect(judged({ op: 'not', of: { op: 'all', of: [is('changing'), is('known')] } })).toBe('depends');
  });
});
