import { describe, expect, it } from 'vitest';
import { admittedHousehold } from '../../roster/admission.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { compareStages } from '../../scenarios/compare-stages.ts';
import type { Stage } from '../../scenarios/stage.ts';
import { createVirtualStage } from '../../scenarios/virtual-stage.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';

const compiled = compileDefinition(readDefinition('definitions/first'));
if (!('plan' in compiled)) throw new Error('the first definition does not compile');
const { plan, programs } = compiled;
const { days } = programs.campaign;
const HOUR_MS = 3_600_000;

/** As it stands an hour after the deadline. */
async function late(): Promise<Stage> {
  const roster = createSampleRoster({ seed: 1, unions: 1, households: 1, earlier: 0 });
  const stage = createVirtualStage({ plan, programs, roster, run: 'r', startsAt: plan.startsAt, admit: admittedHousehold });
  for (const at of [plan.startsAt, plan.endsAt + 1, plan.endsAt + HOUR_MS]) await stage.advance(at);
  return stage;
}

describe('two stages', () => {
  it('on which the same was played are the same', async () =>
    expect(await compareStages({ expected: await late(), found: await late() }, days)).toEqual([]));

  it('differ by a task, word by word', async () => {
    const stage = await late();
    const other: Stage = { ...stage, tasks: async () => (await stage.tasks()).map((task) => ({ ...task, holder: null })) };
    const [difference, ...others] = await compareStages({ expected: stage, found: other }, days);
    expect(others).toEqual([]);
    expect(difference).toMatchObject({ what: "'u/union-01/plan'" });
    expect(difference!.expected.filter((word) => !difference!.found.includes(word))).toEqual(['held by union-01-officer-1']);
    expect(difference!.found.filter((word) => !difference!.expected.includes(word))).toEqual(['held by nobody']);
  });

  it('differ by a task that is not there at all', async () => {
    const stage = await late();
    const other: Stage = { ...stage, tasks: () => Promise.resolve([]) };
    expect(await compareStages({ expected: stage, found: other }, days)).toMatchObject([
      { what: "'u/union-01/plan'", found: [] },
    ]);
  });

  it('differ by a fact and by a rung that spoke', async () => {
    const stage = await late();
    const other: Stage = {
      ...stage,
      facts: () => Promise.resolve(new Map([['u/union-01', { unionKind: 'sector' }]])),
      spoken: async () => (await stage.spoken()).slice(1),
    };
    const differences = await compareStages({ expected: stage, found: other }, days);
    expect(differences.map(({ what }) => what)).toEqual(["'unionKind' of u/union-01", "rungs of 'u/union-01/plan'"]);
  });
});
