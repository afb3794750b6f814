/** Plays a scenario's text with a definition on the virtual clock. */
import { compileDefinition } from '../../compiler/compile.ts';
import type { Compiled } from '../../compiler/emit.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { admittedHousehold } from '../../roster/admission.ts';
import { createScenarioRegister } from '../../roster/sample.ts';
import { readScenario } from '../../scenarios/read-scenario.ts';
import { runScenario } from '../../scenarios/run-scenario.ts';
import { startOfRun } from '../../scenarios/start-of-run.ts';
import { createVirtualStage } from '../../scenarios/virtual-stage.ts';

/** `line:column message` of each failure; of a scenario that cannot be read, `line:column code`. */
export async function playOn(path: string, text: string): Promise<readonly string[]> {
  const compiled = compileDefinition(readDefinition(path));
  if (!('plan' in compiled)) throw new Error(`${path} does not compile`);
  return await playWith(compiled, text);
}

/** The same with a definition that is compiled already. `version`: of what the scenario amends to, whatever it is called there. */
export async function playWith({ plan, programs }: Compiled, text: string, version?: Compiled): Promise<readonly string[]> {
  const reading = readScenario({ path: 'one.test.yaml', text });
  if ('issues' in reading) return reading.issues.map(({ line, column, code }) => `${line}:${column} ${code}`);
  const { scenario, places } = reading;
  const { roster, later } = createScenarioRegister(scenario.register);
  const stage = createVirtualStage({
    plan,
    programs,
    roster,
    run: 'scenario',
    startsAt: startOfRun(scenario, { startsAt: plan.startsAt, days: programs.campaign.days }),
    admit: admittedHousehold,
  });
  const versionOf = version === undefined ? {} : { versionOf: () => version };
  const failures = await runScenario({ scenario, places, plan, days: programs.campaign.days, stage, later, ...versionOf });
  return failures.map(({ line, column, message }) => `${line}:${column} ${message}`);
}
