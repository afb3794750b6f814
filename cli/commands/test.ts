import { basename, dirname } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { Coverage } from '../../scenarios/coverage.ts';
import type { SourceFile } from '../../compiler/yaml-source.ts';
import { inParallel } from '../../model/in-parallel.ts';
import { defineCommand, readWord, SET_OPTION } from '../command.ts';
import { counted } from '../counted.ts';
import { compileOrRefuse } from '../definition.ts';
import { CliError, EXIT } from '../failure.ts';
import { formatTests } from '../format-tests.ts';
import type { ServiceContext } from '../host.ts';
import { unlessInterrupted } from '../interruption.ts';
import { type Playing, playScenario } from '../play-scenarios.ts';
import { createLive, silentLive } from '../screen.ts';
import { ENGINES, Tests } from '../test-shape.ts';

const readEngine = readWord(...ENGINES);

export const testCommand = defineCommand({
  name: 'test',
  summary: "Plays a definition's scenarios on a virtual clock, and says where it goes otherwise than expected.",
  about:
    'Scenarios are files called *.test.yaml beside the definition; docs/scenarios.md has their language. On the virtual clock nothing is started and nobody is told. With --engine temporal each is played on Temporal and PostgreSQL as well, and what becomes of it must be the same: servers of its own are started for that and thrown away, unless TEMPORAL_ADDRESS or DATABASE_URL name some; there its runs, called test-…, stay behind and stand still. Each run also says which tasks, branches, reviews, outcomes, rows and rungs no scenario has gone through.',
  arguments: { path: { kind: 'required', about: "A definition's folder, its definition.yaml, or one of its scenarios." } },
  options: {
    only: { value: 'name', about: 'Scenarios whose file is called like this, or a part of it.' },
    threshold: { value: 'percent', about: 'Fail when less of the plan is covered.', read: readPercent },
    engine: { value: 'name', about: 'What to play on: virtual, or temporal.', read: readEngine },
    set: SET_OPTION,
  },
  answer: Tests,
  examples: [
    'test definitions/linwei-2020',
    'test definitions/linwei-2020 --only exit --json',
    'test definitions/winter-visits-2026/snow.test.yaml',
    'test definitions/linwei-2020 --engine temporal',
  ],
  async run({ arguments: { path: named }, options }, { host, json, signal, answer }) {
    const { threshold = 0, engine = 'virtual', set } = options;
    // One scenario is named with its folder, which is the definition's.
    const isScenario = named.endsWith('.test.yaml');
    const [path, only] = isScenario ? [dirname(named), basename(named)] : [named, options.only];
    const compiled = compileOrRefuse(host, { path, set });
    const files = host.findScenarios(path).filter((file) => only === undefined || basename(file.path).includes(only));
    if (files.length === 0) throw noScenarios(path, only);
    const coverage = new Coverage(compiled.plan, compiled.programs);
    const playing: Playing = { compiled, coverage, host };
    const scenarios =
      engine === 'virtual' ? await playAll(files, playing) : await playOnTemporal(files, playing, { host, signal, quiet: json });
    const lines = coverage.lines();
    const [covered, of] = [sum(lines.map((line) => line.covered)), sum(lines.map((line) => line.of))];
    const share = of === 0 ? 1 : covered / of;
    const ok = scenarios.every((scenario) => scenario.ok) && share >= threshold;
    const tests: Tests = { ok, plan: compiled.hash, engine, scenarios, coverage: { share, threshold, lines } };
    answer(tests, () => formatTests(tests, files));
    return ok ? EXIT.done : EXIT.refused;
  },
});

async function playAll(files: readonly SourceFile[], playing: Playing): Promise<Tests['scenarios']> {
  const played: Tests['scenarios'][number][] = [];
  for (const file of files) played.push(await playScenario(file, playing));
  return played;
}

/** Each is a run of its own, and most of its time goes in waiting. */
const AT_ONCE = 8;

async function playOnTemporal(
  files: readonly SourceFile[],
  playing: Playing,
  context: ServiceContext,
): Promise<Tests['scenarios']> {
  const { host, signal, quiet } = context;
  const stages = await host.services.stages(context);
  const live = quiet ? silentLive : createLive(host.screen, () => host.now());
  const played = new Map<SourceFile, Tests['scenarios'][number]>();
  const show = (): void => {
    const plain = `${played.size} of ${counted(files.length, 'scenario')} played on Temporal`;
    live.show({ lines: [`  ${plain}`], plain });
  };
  const work = async (file: SourceFile): Promise<void> => {
    const scenario = await playScenario(file, { ...playing, stages });
    played.set(file, scenario);
    show();
  };
  try {
    show();
    const lost = stages.lost.then((failure) => {
      throw failure;
    });
    await Promise.race([lost, unlessInterrupted(signal, inParallel(files, { width: AT_ONCE, work }))]);
    return files.map((file) => played.get(file)!);
  } finally {
    live.clear();
    await stages.close();
  }
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
