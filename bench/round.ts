/**
 * One round of one side: as in a campaign, all households are enrolled first, then worked through, and closed at the end. There are more of them
 * than the worker keeps in memory, so most are replayed from history twice: when their first task is handed in, and when they are closed.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { inParallel } from '../model/in-parallel.ts';
import { countInstances } from '../store/instances.ts';
import { findVolumes, type Volume } from '../store/volume.ts';
import { cpuMsOfTree, ownCpuMs } from './cpu.ts';
import { type HistoryFigures, readHistory, sampleOf } from './histories.ts';
import { type Household, householdsOf, type Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';
import { percentile, type Side } from './statistics.ts';

export interface RoundSize {
  readonly households: number;
  /** Households whose tasks are handed in at once. */
  readonly inFlight: number;
}

export interface RoundFigures {
  readonly side: Side;
  readonly householdsPerSecond: number;
  readonly seconds: { readonly enrol: number; readonly work: number; readonly close: number };
  readonly updateMs: { readonly p50: number; readonly p99: number };
  /** Per household. Of the servers undefined where the system does not tell. */
  readonly cpuMs: Cpu;
  readonly rssMb: number;
  readonly history: HistoryFigures;
  readonly volumes: readonly Volume[];
}

export interface Cpu {
  readonly worker: number;
  readonly client: number;
  readonly temporal: number | undefined;
  readonly postgres: number | undefined;
}

/** As wide as the reconciler starts and closes. */
const WIDTH = 16;
const HISTORIES_READ = 8;
const ENROLLED_WITHIN_MS = 120_000;

export async function runRound(
  stage: Stage,
  { scenario, side, round, size }: { scenario: Scenario; side: Side; round: string; size: RoundSize },
): Promise<RoundFigures> {
  const households = householdsOf({ side, round, count: size.households });
  const { driver, worker } = stage.sides[side];
  const before = await readCpu(stage, side);
  const updates: number[] = [];
  const enrol = await timed(async () => {
    await inParallel(households, { width: WIDTH, work: (household) => driver.enrol(household) });
    await enrolled(stage, households);
  });
  const work = await timed(() =>
    inParallel(households, {
      width: size.inFlight,
      work: async (household) => {
        for (const task of scenario.tasks) updates.push(await timed(() => driver.complete(household, task)));
      },
    }),
  );
  const close = await timed(async () => {
    await inParallel(households, { width: WIDTH, work: (household) => driver.close(household) });
    await stage.confirmer.drain();
  });
  const after = await readCpu(stage, side);
  const { rssBytes } = await worker.usage();
  if (worker.problems.length > 0) throw new Error(`the ${side}'s worker had problems: ${worker.problems.slice(0, 5).join('; ')}`);
  const perHousehold = (key: keyof Cpu): number | undefined =>
    before[key] === undefined || after[key] === undefined ? undefined : (after[key] - before[key]) / households.length;
  return {
    side,
    householdsPerSecond: households.length / ((enrol + work + close) / 1000),
    seconds: { enrol: enrol / 1000, work: work / 1000, close: close / 1000 },
    updateMs: { p50: percentile(updates, 0.5), p99: percentile(updates, 0.99) },
    cpuMs: {
      worker: perHousehold('worker')!,
      client: perHousehold('client')!,
      temporal: perHousehold('temporal'),
      postgres: perHousehold('postgres'),
    },
    rssMb: rssBytes / 1024 ** 2,
    history: await sampleHistories(stage, households),
    volumes: await findVolumes(stage.pool, { run: households[0]!.run, limit: households.length + 1 }),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Every household has opened its first task and written it down. */
async function enrolled({ pool }: Stage, households: readonly Household[]): Promise<void> {
  const deadline = Date.now() + ENROLLED_WITHIN_MS;
  for (;;) {
    const { open } = await countInstances(pool, { run: households[0]!.run });
    if (open === households.length) return;
    if (Date.now() > deadline)
      throw new Error(`only ${open} of ${households.length} households were enrolled in ${ENROLLED_WITHIN_MS} ms`);
    await delay(20);
  }
}

async function readCpu({ servers, sides }: Stage, side: Side): Promise<Cpu> {
  const { cpuMs } = await sides[side].worker.usage();
  return {
    worker: cpuMs,
    client: ownCpuMs(),
    temporal: cpuMsOfTree(servers.temporal.pid),
    postgres: cpuMsOfTree(servers.postgres.pid),
  };
}

/** One of the sample stands for all: the work is the same, so the histories must be. The largest, should they differ in a byte or two. */
async function sampleHistories({ temporal }: Stage, households: readonly Household[]): Promise<HistoryFigures> {
  const histories: HistoryFigures[] = [];
  for (const household of sampleOf(households, HISTORIES_READ)) histories.push(await readHistory(temporal, household));
  return histories.reduce((largest, history) => (history.bytes > largest.bytes ? history : largest));
}
