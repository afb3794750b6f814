/** Every scenario that is shipped passes on the virtual clock and on the real engine, and together they go through the whole plan. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSteppedStage } from '../../client/stepped-stage.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import type { Settings } from '../../compiler/parameters.ts';
import { readDefinition, readScenarioFiles } from '../../compiler/read-definition.ts';
import { admittedHousehold } from '../../roster/admission.ts';
import { createScenarioRegister } from '../../roster/sample.ts';
import { compareStages, type StageDifference } from '../../scenarios/compare-stages.ts';
import { Coverage } from '../../scenarios/coverage.ts';
import { readScenario } from '../../scenarios/read-scenario.ts';
import { type Failure, runScenario } from '../../scenarios/run-scenario.ts';
import { startOfRun } from '../../scenarios/start-of-run.ts';
import { createVirtualStage } from '../../scenarios/virtual-stage.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';

const definitions = readdirSync('definitions')
  .map((name) => join('definitions', name))
  .filter(
    (path) => statSync(path).isDirectory() && path !== join('definitions', 'invalid') && readScenarioFiles(path).length > 0,
  );

function compiledOf(path: string, set?: Settings) {
  const compiled = compileDefinition({ ...readDefinition(path), ...(set && { set }) });
  if (!('plan' in compiled)) throw new Error(`${path} does not compile`);
  return compiled;
}

function scenariosOf(path: string) {
  return readScenarioFiles(path).map((file) => {
    const reading = readScenario(file);
    if ('issues' in reading) throw new Error(JSON.stringify(reading.issues));
    return { file: file.path, ...reading, ...createScenarioRegister(reading.scenario.register) };
  });
}

interface Played {
  readonly found: readonly Failure[];
  readonly differences: readonly StageDifference[];
}

describe.each(definitions)('the scenarios of %s', (path) => {
  const compiled = compiledOf(path);
  const { plan, programs } = compiled;
  const { days } = programs.campaign;
  const scenarios = scenariosOf(path);
  const coverage = new Coverage(plan, programs);
  const versionOf = (other: string, set: Settings) => compiledOf(join(path, other), set);

  it.each(scenarios)('pass on the virtual clock: $file', async ({ scenario, places, roster, later }) => {
    const { observer, close } = coverage.listen();
    const startsAt = startOfRun(scenario, { startsAt: plan.startsAt, days });
    const stage = createVirtualStage({ plan, programs, roster, run: 'scenario', startsAt, admit: admittedHousehold, observer });
    expect(await runScenario({ scenario, places, plan, days, stage, later, versionOf })).toEqual([]);
    close();
  });

  it('go through every task, branch, review, outcome, row and rung', () => {
    expect(coverage.lines().flatMap(({ kind, missing }) => missing.map((id) => `${kind} ${id}`))).toEqual([]);
  });

  describe('on the real engine, on a stepped clock', () => {
    let engine: Engine;
    const played = new Map<string, Promise<Played>>();
    beforeAll(async () => {
      engine = await openEngine();
      // All at once: each is a run of its own, and most of the time goes in waiting.
      for (const { file, scenario, places, roster, later } of scenarios) {
        const run = newRunId();
        const startsAt = startOfRun(scenario, { startsAt: plan.startsAt, days });
        const play = async (): Promise<Played> => {
          const { client } = engine;
          const clock = { kind: 'stepped', anchor: startsAt, staysOpen: true } as const;
          await client.start({ compiled, roster, run, clock, author: 'operator' });
          const stage = createSteppedStage(client, { run, startsAt });
          await stage.advance(startsAt);
          const found = await runScenario({ scenario, places, plan, days, stage, later, versionOf });
          const virtual = createVirtualStage({ plan, programs, roster, run, startsAt, admit: admittedHousehold });
          await runScenario({ scenario, places, plan, days, stage: virtual, later, versionOf });
          return { found, differences: await compareStages({ expected: virtual, found: stage }, days) };
        };
        played.set(file, play());
      }
    }, 60_000);
    afterAll(async () => {
      await Promise.allSettled(played.values());
      await engine.close();
    });

    it.each(scenarios)(
      '$file passes too, and comes to the same',
      async ({ file }) => expect(await played.get(file)).toEqual({ found: [], differences: [] }),
      300_000,
    );
  });
});
