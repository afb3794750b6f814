/** A simulated campaign: the same findings for the same options, and the same run as when it is played step by step. */
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { evaluate } from '../../model/condition.ts';
import type { Gate } from '../../model/plan.ts';
import { findDay } from '../../model/day-table.ts';
import { admittedHousehold } from '../../roster/admission.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import type { Findings } from '../../simulator/findings.ts';
import { ALL_IN_TIME, type Habits } from '../../simulator/people.ts';
import { type Progress, type SimulationOptions, simulate } from '../../simulator/simulate.ts';
import { play } from '../story/play.ts';
import { createVirtualStage, type VirtualStage } from '../story/virtual-stage.ts';

const compilation = compileDefinition(readDefinition('definitions/linwei-2020'));
if (!('plan' in compilation)) throw new Error(JSON.stringify(compilation.issues));
const compiled = compilation;
const { plan, programs } = compiled;
const roster = createSampleRoster({ seed: 3, unions: 2, households: 8, earlier: 2 });
const habits: Habits = { late: 0.2, never: 0.08, returned: 0.3 };
const wishes = { sweep: { found: 1 }, 'inspection-record': { findings: 1 } };
const options: SimulationOptions = { plan, programs, roster, seed: 9, habits, wishes, admit: admittedHousehold };

function findingsOf(of: Partial<Parameters<typeof simulate>[0]> = {}): Findings {
  const steps = simulate({ ...options, ...of });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function progressOf(how: { readonly together: boolean }): readonly Progress[] {
  const steps = simulate({ ...options, ...how, roster: createSampleRoster({ seed: 3, unions: 4, households: 60, earlier: 4 }) });
  const seen: Progress[] = [];
  for (let step = steps.next(); step.done !== true; step = steps.next()) seen.push(step.value);
  return seen;
}

async function played(): Promise<VirtualStage> {
  const stage = createVirtualStage({ compiled, roster, run: 'simulation', startsAt: plan.startsAt - 86_400_000 });
  await play(stage, { seed: 9, habits, wishes, endsAt: plan.endsAt, until: plan.endsAt + 60 * 86_400_000 });
  return stage;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

describe('a simulated campaign', () => {
  const findings = findingsOf();

  it('comes to the same for the same seed', () => expect(findingsOf()).toEqual(findings));
  it('comes to something else for another seed', () => expect(findingsOf({ seed: 10 }).days).not.toEqual(findings.days));
  it('has forms for everybody to fill in, and nobody is refused', () => {
    expect(findings.unfillable).toEqual([]);
    expect(findings.refusals).toEqual({});
  });

  it('counts by phase and union what a play of the same people leaves', async () => {
    const { world, messages } = await played();
    const tasks = [...world.instances.values()].flatMap(({ union, tasks: of }) =>
      Object.values(of).map((task) => ({ ...task, union, phase: plan.tasks.find(({ id }) => id === task.template)!.phase })),
    );
    for (const line of findings.lines) {
      const own = tasks.filter(({ union, phase }) => union === line.union && phase === line.phase);
      const done = own.filter(({ status }) => status === 'done');
      expect(line).toMatchObject({
        tasks: own.length,
        onTime: done.filter(({ submittedAt, deadline }) => submittedAt! <= deadline).length,
        late: done.filter(({ submittedAt, deadline }) => submittedAt! > deadline).length,
        missed: own.filter(({ status }) => status === 'missed').length,
        returned: sum(own.map(({ returns }) => returns)),
      });
    }
    expect(sum(findings.lines.map((line) => line.tasks))).toBe(tasks.length);
    const bulletins = plan.bulletins.flatMap(({ at }) => at);
    expect(bulletins.length).toBeGreaterThan(0);
    expect(sum(findings.people.map((person) => person.messages))).toBe(messages.length + bulletins.length);
    expect(sum(findings.lines.map((line) => line.reminders))).toBe(
      messages.filter(({ entry }) => entry.purpose === 'reminder').length,
    );
  });

  it('counts messages on the day on which quiet hours let them leave', () => {
    const hours = { quiet: { fromMinute: 21 * 60, toMinute: 7 * 60 + 30 }, quietOnDaysOff: true } as const;
    const { campaign, union, household } = programs;
    const quiet = findingsOf({
      programs: { campaign: { ...campaign, hours }, union: { ...union, hours }, household: { ...household, hours } },
    });
    const { working } = campaign.days;
    const written = quiet.days.filter(({ messages }) => messages > 0).map(({ date }) => working[findDay(campaign.days, date)!]);
    expect(new Set(written)).toEqual(new Set(['1']));
    expect(sum(quiet.days.map(({ messages }) => messages))).toBe(sum(findings.days.map(({ messages }) => messages)));
  });

  it('counts every deadline on the day it falls, for whoever holds the work', () => {
    const holders = sum(findings.people.map(({ due }) => due));
    expect(sum(findings.days.map(({ due }) => due))).toBe(holders);
    expect(holders).toBe(sum(findings.lines.map(({ tasks }) => tasks)));
  });

  it('names the day on which a person does most, and what', () => {
    for (const { peak, acts, person } of findings.people) {
      if (acts === 0) expect(peak, person).toBeNull();
      else expect(sum(peak!.tasks.map(({ count }) => count)), person).toBe(peak!.count);
    }
    const counts = findings.people.map(({ peak }) => peak?.count ?? 0);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });

  it('counts the target as the facts at the end say', async () => {
    const { world } = await played();
    const [target] = plan.targets;
    const held = [...world.instances]
      .filter(([id]) => id.startsWith('h/'))
      .map(([, snapshot]) => snapshot)
      .filter(({ factsAtEnrolment }) => evaluate(target!.of, factsAtEnrolment));
    expect(findings.targets[0]!.of).toBe(held.length);
    for (const { id, when } of target!.counts)
      expect(findings.targets[0]!.counts[id], id).toBe(held.filter(({ facts }) => evaluate(when, facts)).length);
  });

  it('names work that nobody is ever asked for, because its gate stays shut', () => {
    expect(findings.shut).toEqual([]);
    const isShut = (tasks: typeof plan.tasks): typeof plan.tasks =>
      tasks.map((task) => (task.gate === undefined ? task : { ...task, gate: shutFor(task.gate) }));
    const shutFor = ({ noLaterThan: _never, ...gate }: Gate): Gate => gate;
    const shut = findingsOf({
      habits: { ...ALL_IN_TIME, never: 1 },
      plan: { ...plan, tasks: isShut(plan.tasks) },
      programs: {
        ...programs,
        campaign: {
          ...programs.campaign,
          tasks: programs.campaign.tasks.map((task) => (task.gate === undefined ? task : { ...task, gate: shutFor(task.gate) })),
        },
      },
    });
    expect(shut.shut).toEqual([{ task: 'district-summary', instances: 1 }]);
  });

  it('leaves nothing late or undone when everybody is in time', () => {
    const { lines } = findingsOf({ habits: ALL_IN_TIME });
    expect(lines.filter(({ late, missed, unfinished }) => late + missed + unfinished > 0)).toEqual([]);
  });

  it.each([true, false])('tells how far it is, and never goes back (everybody together: %s)', (together) => {
    const seen = progressOf({ together });
    expect(seen.length).toBeGreaterThan(1);
    for (const of of ['share', 'enrolled', 'acts'] as const)
      expect(seen.map((progress) => progress[of])).toEqual([...seen.map((progress) => progress[of])].sort((a, b) => a - b));
    expect(seen.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
  });

  it('tells campaign time only where everybody is at the same', () => {
    expect(progressOf({ together: true }).every(({ now }) => now !== null)).toBe(true);
    expect(progressOf({ together: false }).every(({ now }) => now === null)).toBe(true);
  });
});
