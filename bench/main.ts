/**
 * `npm run bench`: what needs no server, each beside its goal; then the engine beside the same household written by hand, in interleaved pairs of
 * rounds. docs/benchmarks.md says what is measured. Ends with 1 when the two sides did not do the same work, or when a goal or target was missed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { readSettings } from '../store/volume.ts';
import { WORKER_LIMITS } from '../worker/worker.ts';
import { CITY, formatOffline, isMet, measureOffline } from './offline.ts';
import { formatHistories, formatReport, reportOf } from './report.ts';
import { type RoundFigures, type RoundSize, runRound } from './round.ts';
import { differencesOf } from './same-work.ts';
import { createScenario, type Scenario } from './scenario.ts';
import { sqliteSettings, type Stage, withStage } from './stage.ts';
import { orderOf, type Pair, type Side } from './statistics.ts';

const OPTIONS = {
  pairs: { type: 'string', default: '7' },
  households: { type: 'string', default: '480' },
  'in-flight': { type: 'string', default: '40' },
  json: { type: 'string', default: 'bench/results/latest.json' },
  /** `offline`: only what needs no server. */
  only: { type: 'string' },
  /** Prints both histories event by event, also when they have the same events. */
  histories: { type: 'boolean', default: false },
} as const;

/** Enough for compilers, caches and pools to be warm; not counted. */
const WARM_UP: RoundSize = { households: 40, inFlight: 20 };

const { values } = parseArgs({ options: OPTIONS });
const size: RoundSize = { households: wholeNumber('households'), inFlight: wholeNumber('in-flight') };
const pairsWanted = wholeNumber('pairs');
process.exitCode = await main();

function wholeNumber(option: 'pairs' | 'households' | 'in-flight'): number {
  const number = Number(values[option]);
  if (Number.isInteger(number) && number >= 1 && number <= 99_999) return number;
  throw new Error(`--${option} is a whole number from 1 to 99999, not '${values[option]}'`);
}

async function main(): Promise<number> {
  if (values.only !== undefined && values.only !== 'offline')
    throw new Error(`--only offline is the only part there is, not '${values.only}'`);
  const loadBefore = loadavg();
  const offline = await measureOffline(CITY);
  console.log(`${formatOffline(offline)}\n`);
  if (values.only === 'offline') {
    console.log(`load of the machine ${formatLoad(loadBefore)} before, ${formatLoad(loadavg())} after`);
    return offline.every(isMet) ? 0 : 1;
  }
  const scenario = createScenario(Date.now());
  const { pairs, environment } = await withStage(scenario, async (stage) => {
    const found = await readEnvironment(stage);
    console.log(JSON.stringify(found, null, 2));
    return { pairs: await runPairs(stage, scenario), environment: found };
  });
  const report = reportOf(pairs);
  const [first] = pairs;
  if (values.histories || first!.engine.history.events !== first!.reference.history.events)
    console.log(`\n${formatHistories(first!)}`);
  console.log(`\n${formatReport(report)}`);
  console.log(
    `\n${pairs.length} pairs of ${size.households} households, ${size.inFlight} in flight; load of the machine ${formatLoad(loadBefore)} before, ${formatLoad(loadavg())} after`,
  );
  writeJson({ environment, size, offline, loadBefore, loadAfter: loadavg(), report, pairs: pairs.map(withoutVolumes) });
  return report.every(({ met = true }) => met) && offline.every(isMet) ? 0 : 1;
}

async function runPairs(stage: Stage, scenario: Scenario): Promise<readonly Pair<RoundFigures>[]> {
  for (const side of orderOf(1)) await runRound(stage, { scenario, side, round: '00', size: WARM_UP });
  const pairs: Pair<RoundFigures>[] = [];
  for (let number = 1; number <= pairsWanted; number += 1) {
    const rounds: Partial<Record<Side, RoundFigures>> = {};
    for (const side of orderOf(number))
      rounds[side] = await runRound(stage, { scenario, side, round: String(number).padStart(2, '0'), size });
    const pair = rounds as Pair<RoundFigures>;
    const differences = differencesOf(pair, { households: size.households, tasks: scenario.tasks.length });
    if (differences.length > 0)
      throw new Error(`pair ${number} is not the same work on both sides:\n${differences.slice(0, 10).join('\n')}`);
    const { engine, reference } = pair;
    const ratio = engine.householdsPerSecond / reference.householdsPerSecond;
    console.log(
      `pair ${number}: engine ${engine.householdsPerSecond.toFixed(2)}, by hand ${reference.householdsPerSecond.toFixed(2)} households/s, ratio ${ratio.toFixed(3)}`,
    );
    pairs.push(pair);
  }
  return pairs;
}

async function readEnvironment({ temporal, pool, servers }: Stage) {
  const { serverVersion } = await temporal.workflowService.getSystemInfo({});
  const sdk = JSON.parse(readFileSync(new URL('../node_modules/@temporalio/worker/package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const processors = cpus();
  return {
    machine: { processors: processors.length, model: processors[0]?.model, memoryGb: Math.round(totalmem() / 1024 ** 3) },
    node: process.version,
    temporal: { server: serverVersion, sdk: sdk.version, sqlite: sqliteSettings(servers.temporal) },
    postgres: await readSettings(pool),
    worker: WORKER_LIMITS,
  };
}

function formatLoad(load: readonly number[]): string {
  return load.map((value) => value.toFixed(1)).join(' ');
}

/** Hundreds of rows that are all alike. */
function withoutVolumes({ engine, reference }: Pair<RoundFigures>): Pair<Omit<RoundFigures, 'volumes'>> {
  const strip = ({ volumes: _, ...figures }: RoundFigures): Omit<RoundFigures, 'volumes'> => figures;
  return { engine: strip(engine), reference: strip(reference) };
}

function writeJson(results: object): void {
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`written to ${values.json}`);
}
