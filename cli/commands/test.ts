import { basename, dirname, join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { Coverage } from '../../scenarios/coverage.ts';
import { readScenario } from '../../scenarios/read-scenario.ts';
import { runScenario } from '../../scenarios/run-scenario.ts';
import { startOfRun } from '../../scenarios/start-of-run.ts';
import { createVirtualStage } from '../../scenarios/virtual-stage.ts';
import type { CompiledPlan } from '../../client/api.ts';
import type { Settings } from '../../compiler/parameters.ts';
import type { SourceFile } from '../../compiler/yaml-source.ts';
import { defineCommand, SET_OPTION } from '../command.ts';
import { compileOrRefuse } from '../definition.ts';
import { CliError, EXIT } from '../failure.ts';
import type { Host } from '../host.ts';
import { formatTests } from '../format-tests.ts';
import { Tests } from '../test-shape.ts';

export const testCommand = defineCommand({
  name: 'test',
  summary: "Plays a definition's scenarios on a virtual clock, and says where it goes otherwise than expected.",
  about:
    'Scenarios are files called *.test.yaml beside the definition; docs/scenarios.md has their language. Nothing is started and nobody is told. Each run also says which tasks, branches, reviews, outcomes, rows and rungs no scenario has gone through.',
  arguments: { path: { kind: 'required', about: "A definition's folder, or its definition.yaml." } },
  options: {
    only: { value: 'name', about: 'Scenarios whose file is called like this, or a part of it.' },
    threshold: { value: 'percent', about: 'Fail when less of the plan is covered.', read: readPercent },
    set: SET_OPTION,
  },
  answer: Tests,
  examples: ['test definitions/linwei-2020', 'test definitions/linwei-2020 --only exit --json'],
  async run({ arguments: { path }, options: { only, threshold = 0, set } }, { host, answer }) {
    const compiled = compileOrRefuse(host, { path, set });
    const files = host.findScenarios(path).filter((file) => only === undefined || basename(file.path).includes(only));
    if (files.length === 0) throw noScenarios(path, only);
    const coverage = new Coverage(compiled.plan, compiled.programs);
    const scenarios: Tests['scenarios'][number][] = [];
    for (const file of files) scenarios.push(await testOne(file, { compiled, coverage, host }));
    const lines = coverage.lines();
    const [covered, of] = [sum(lines.map((line) => line.covered)), sum(lines.map((line) => line.of))];
    const share = of === 0 ? 1 : covered / of;
    const ok = scenarios.every((scenario) => scenario.ok) && share >= threshold;
    const tests: Tests = { ok, plan: compiled.hash, scenarios, coverage: { share, threshold, lines } };
    answer(tests, () => formatTests(tests, files));
    return ok ? EXIT.done : EXIT.refused;
  },
});

async function testOne(
  file: SourceFile,
  { compiled: { plan, programs }, coverage, host }: { compiled: CompiledPlan; coverage: Coverage; host: Host },
): Promise<Tests['scenarios'][number]> {
  const began = host.now();
  const reading = readScenario(file);
  if ('issues' in reading) {
    const failures = reading.issues.map(({ code, hint, message, ...place }) => ({
      file: place.file,
      line: place.line,
      column: place.column,
      message: `${code}: ${message}; ${hint}`,
    }));
    return { file: file.path, title: null, ok: false, steps: 0, failures, ms: 0 };
  }
  const { scenario, places } = reading;
  const [{ createSampleRoster }, { admittedHousehold }] = await Promise.all([
    import('../../roster/sample.ts'),
    import('../../roster/admission.ts'),
  ]);
  const { seed = 1, earlier = 0, ...size } = scenario.register;
  const { observer, close } = coverage.listen();
  const stage = createVirtualStage({
    plan,
    programs,
    roster: createSampleRoster({ seed, earlier, ...size }),
    run: 'scenario',
    startsAt: startOfRun(scenario, { startsAt: plan.startsAt, days: programs.campaign.days }),
    admit: admittedHousehold,
    observer,
  });
  const versionOf = (path: string, set: Settings): CompiledPlan | string => {
    const version = host.compile(join(dirname(file.path), path), { set });
    if ('plan' in version) return version;
    const { code, message } = version.issues.find(({ severity }) => severity === 'error')!;
    return `${code}: ${message}`;
  };
  const failures = await runScenario({ scenario, places, plan, days: programs.campaign.days, stage, versionOf });
  close();
  const { title, steps } = scenario;
  return { file: file.path, title, ok: failures.length === 0, steps: steps.length, failures, ms: Math.round(host.now() - began) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function noScenarios(path: string, only: string | undefined): CliError {
  return new CliError({
    exit: EXIT.refused,
    code: 'NO_SCENARIOS',
    message: only === undefined ? `'${path}' has no scenario beside it` : `'${path}' has no scenario called '${only}'`,
    remedy: 'write one: a file whose name ends in .test.yaml (docs/scenarios.md)',
  });
}

function readPercent(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= 0 && number <= 100) return number / 100;
  throw new InvalidArgumentError('Use a percentage from 0 to 100.');
}
