/** What needs no server, each beside its goal: what an author waits for after each change, and a whole city on the virtual clock. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compileDefinition } from '../compiler/compile.ts';
import { readDefinition, readScenarioFiles } from '../compiler/read-definition.ts';
import { admittedHousehold } from '../roster/admission.ts';
import { createScenarioRegister } from '../roster/sample.ts';
import { readScenario } from '../scenarios/read-scenario.ts';
import { runScenario } from '../scenarios/run-scenario.ts';
import { createVirtualStage } from '../scenarios/virtual-stage.ts';
import { measureCheck } from './check.ts';
import type { SimulationFigures } from './simulation.ts';

export interface OfflineFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Absent: told, and not judged. */
  readonly atMost?: number;
}

/** The size of a city's register. */
export const CITY = { households: 100_000, unions: 400 } as const;
const LINWEI = fileURLToPath(new URL('../definitions/linwei-2020', import.meta.url));
const DAY_MS = 86_400_000;

export async function measureOffline(
  size: { readonly households: number; readonly unions: number } = CITY,
): Promise<readonly OfflineFigure[]> {
  const check = measureCheck();
  const simulation = await measureSimulation(size);
  const { households, acts, messages, seconds, cpuSeconds, peakRssMb } = simulation;
  return [
    { name: 'check and compile linwei-2020, processor time', value: check.median, unit: 'ms', atMost: 300 },
    { name: 'play all scenarios of linwei-2020', value: await measureScenarios(), unit: 's', atMost: 10 },
    {
      name: `simulate linwei-2020 with ${size.households} households and ${size.unions} unions`,
      value: seconds,
      unit: 's',
      atMost: 60,
    },
    { name: '  processor time', value: cpuSeconds, unit: 's' },
    { name: '  households a second', value: households / seconds, unit: '' },
    { name: '  acts a second', value: acts / seconds, unit: '' },
    { name: '  messages', value: messages, unit: '' },
    { name: '  peak resident memory', value: peakRssMb, unit: 'MB' },
  ];
}

/** Seconds for all of them, one after another, on the virtual clock. */
async function measureScenarios(): Promise<number> {
  const compiled = compileDefinition(readDefinition(LINWEI));
  if (!('plan' in compiled)) throw new Error(`linwei-2020 has ${compiled.issues.length} issues`);
  const { plan, programs } = compiled;
  const startedAt = performance.now();
  for (const file of readScenarioFiles(LINWEI)) {
    const reading = readScenario(file);
    if ('issues' in reading) throw new Error(`${file.path} cannot be read`);
    const { scenario, places } = reading;
    const { roster, later } = createScenarioRegister(scenario.register);
    const startsAt = plan.startsAt - DAY_MS;
    const stage = createVirtualStage({ plan, programs, roster, run: 'bench', startsAt, admit: admittedHousehold });
    const failures = await runScenario({ scenario, places, plan, days: programs.campaign.days, stage, later });
    if (failures.length > 0) throw new Error(`${file.path}: ${failures[0]!.message}`);
  }
  return (performance.now() - startedAt) / 1000;
}

async function measureSimulation({
  households,
  unions,
}: {
  readonly households: number;
  readonly unions: number;
}): Promise<SimulationFigures> {
  const script = fileURLToPath(new URL('./simulation.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, String(households), String(unions)]);
  return JSON.parse(stdout) as SimulationFigures;
}

export const isMet = ({ value, atMost }: OfflineFigure): boolean => atMost === undefined || value <= atMost;

export function formatOffline(figures: readonly OfflineFigure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, atMost } = figure;
    const goal = atMost === undefined ? '' : `${isMet(figure) ? 'met' : 'MISSED'}: at most ${atMost} ${unit}`;
    return [name, `${value >= 100 ? Math.round(value) : value.toFixed(1)} ${unit}`.trimEnd(), goal] as const;
  });
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(([name, value, goal]) => `${name.padEnd(widths[0]!)}  ${value.padStart(widths[1]!)}  ${goal}`.trimEnd())
    .join('\n');
}
