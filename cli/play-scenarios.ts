/** Plays the scenarios of a definition for `test`: on the virtual clock, and where that is wanted beside it on Temporal, which must come to the same. */
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { CompiledPlan } from '../client/api.ts';
import type { Place } from '../compiler/issue.ts';
import type { Settings } from '../compiler/parameters.ts';
import type { SourceFile } from '../compiler/yaml-source.ts';
import type { DayTable } from '../model/plan.ts';
import type { createScenarioRegister } from '../roster/sample.ts';
import { compareStages, type StageDifference } from '../scenarios/compare-stages.ts';
import type { Coverage } from '../scenarios/coverage.ts';
import { readScenario, type ScenarioReading } from '../scenarios/read-scenario.ts';
import { type Failure, runScenario } from '../scenarios/run-scenario.ts';
import type { Stage } from '../scenarios/stage.ts';
import { startOfRun } from '../scenarios/start-of-run.ts';
import { createVirtualStage } from '../scenarios/virtual-stage.ts';
import type { Host, Stages, StageStart } from './host.ts';
import type { Tests } from './test-shape.ts';

type Played = Tests['scenarios'][number];

export interface Playing {
  readonly compiled: CompiledPlan;
  readonly coverage: Coverage;
  /** Left out: on the virtual clock alone. */
  readonly stages?: Stages | undefined;
  readonly host: Pick<Host, 'compile' | 'now'>;
}

export async function playScenario(file: SourceFile, playing: Playing): Promise<Played> {
  const began = playing.host.now();
  const reading = readScenario(file);
  if ('issues' in reading) {
    const failures = reading.issues.map(({ code, hint, message, ...place }) => ({
      ...onlyPlace(place),
      message: `${code}: ${message}; ${hint}`,
    }));
    return { file: file.path, title: null, ok: false, steps: 0, failures, ms: 0 };
  }
  const failures = await play(file, reading, playing);
  const { title, steps } = reading.scenario;
  const ms = Math.round(playing.host.now() - began);
  return { file: file.path, title, ok: failures.length === 0, steps: steps.length, failures: failures.map(shapeOf), ms };
}

type Sound = Exclude<ScenarioReading, { readonly issues: unknown }>;

async function play(file: SourceFile, sound: Sound, { compiled, coverage, stages, host }: Playing): Promise<readonly Failure[]> {
  const { plan, programs } = compiled;
  const { days } = programs.campaign;
  const versionOf = versionsBeside(file, host);
  const { roster, later } = await registerOf(sound);
  const startsAt = startOfRun(sound.scenario, { startsAt: plan.startsAt, days });
  const on = (stage: Stage): Promise<readonly Failure[]> => runScenario({ ...sound, plan, days, stage, later, versionOf });
  // Households found by a sweep are called after their run, so both are called the same.
  const run = stages === undefined ? 'scenario' : `test-${randomBytes(6).toString('hex')}`;
  const virtual = await openVirtual({ compiled, coverage, roster, run, startsAt });
  const failures = await on(virtual.stage);
  virtual.close();
  if (stages === undefined) return failures;
  const real = await stages.begin({ compiled, roster, run, startsAt });
  const found = await on(real);
  return [...found, ...(await disagreements(sound, { virtual: virtual.stage, real, failures, found, days }))];
}

/** Other versions of the definition, by their paths as seen from the scenario. */
function versionsBeside(file: SourceFile, host: Playing['host']): (path: string, set: Settings) => CompiledPlan | string {
  return (path, set) => {
    const version = host.compile(join(dirname(file.path), path), { set });
    if ('plan' in version) return version;
    const { code, message } = version.issues.find(({ severity }) => severity === 'error')!;
    return `${code}: ${message}`;
  };
}

async function registerOf({ scenario: { register } }: Sound): Promise<ReturnType<typeof createScenarioRegister>> {
  const { createScenarioRegister: create } = await import('../roster/sample.ts');
  return create(register);
}

async function openVirtual({
  compiled: { plan, programs },
  coverage,
  ...start
}: StageStart & Pick<Playing, 'coverage'>): Promise<{
  readonly stage: Stage;
  readonly close: () => void;
}> {
  const { admittedHousehold } = await import('../roster/admission.ts');
  const { observer, close } = coverage.listen();
  const stage = createVirtualStage({ plan, programs, ...start, admit: admittedHousehold, observer });
  return { stage, close };
}

interface BothPlayed {
  readonly virtual: Stage;
  readonly real: Stage;
  /** On the virtual clock, and on Temporal. */
  readonly failures: readonly Failure[];
  readonly found: readonly Failure[];
  readonly days: DayTable;
}

/** What the two engines do not see alike, where the scenario ends: they are one, so each is a fault of the product and not of the definition. */
async function disagreements({ places, scenario }: Sound, both: BothPlayed): Promise<readonly Failure[]> {
  const end: Place = places.of(scenario, 'steps');
  const missed = both.failures.filter(({ message }) => !both.found.some((each) => each.message === message));
  const differences = await compareStages({ expected: both.virtual, found: both.real }, both.days);
  return [
    ...missed.map(({ about, ...failure }) => ({
      ...failure,
      message: `${ONLY}${failure.message}`,
      ...(about === undefined ? {} : { about: `${ONLY}${about}` }),
    })),
    ...differences.map((difference) => ({ ...end, ...tellDifference(difference) })),
  ];
}

const ONLY = 'only on the virtual clock: ';

function tellDifference({ what, expected, found }: StageDifference): Omit<Failure, keyof Place> {
  const told = (words: readonly string[]): string => (words.length === 0 ? 'nothing' : words.join(', '));
  const message = `${what}: ${told(expected)} on the virtual clock, ${told(found)} on Temporal`;
  return { message, about: `the engines differ: ${what}, on the virtual clock and on Temporal`, expected, found };
}

const onlyPlace = ({ file, line, column }: Place): Place => ({ file, line, column });

function shapeOf({ message, about, expected, found, ...place }: Failure): Played['failures'][number] {
  const sides = about !== undefined && expected !== undefined && found !== undefined ? { about, expected, found } : {};
  return { ...onlyPlace(place), message, ...sides };
}
