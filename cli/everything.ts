/** Everything a campaign needs on one machine: Temporal, PostgreSQL with the current schema, and a worker in a process of its own. */
import { type Config, type Environment, readConfig } from '../platform/config.ts';
import { openParts, type Parts } from '../platform/parts.ts';
import type { Progress } from '../platform/temporal-build.ts';
import { migrate } from '../store/migrate.ts';
import { drawBar } from './bar.ts';
import type { CliError } from './failure.ts';
import { unlessInterrupted } from './interruption.ts';
import { formatElapsed } from './instants.ts';
import { type Live, type LiveView, whileShowing } from './screen.ts';
import type { Parts as PartsShape } from './shapes.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';

export interface Everything {
  readonly config: Config;
  readonly parts: Parts;
  readonly worker: WorkerProcess;
  /** Resolves with the reason when the worker cannot be kept up any more. */
  readonly lost: Promise<CliError>;
  stop(): Promise<void>;
}

export interface EverythingOptions {
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly live: Live;
  readonly now: () => number;
}

/** Opens one after another, says so, and puts away what was opened when the next fails. */
export async function openEverything({ env, signal, live, now }: EverythingOptions): Promise<Everything> {
  const config = readConfig(env);
  const opened: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  const waitFor = <T>(view: (elapsedMs: number) => LiveView, work: Promise<T>): Promise<T> =>
    whileShowing(live, view, { now, work: unlessInterrupted(signal, work) });
  try {
    let progress: Progress | undefined;
    const parts = await waitFor(
      (elapsed) => viewPreparation(progress, elapsed),
      openParts(config, { onProgress: (told) => (progress = told) }),
    );
    opened.push(() => parts.stop());
    live.say(`✓ Temporal    ${parts.temporal.address}${parts.temporal.pid === undefined ? ', found' : ''}`);
    const applied = await waitFor(
      (elapsed) => viewStep('PostgreSQL', 'bringing the schema up to date', elapsed),
      migrate(parts.database.ownerUrl),
    );
    live.say(`✓ PostgreSQL  ${describeDatabase(parts)}${applied.length > 0 ? `, schema brought up to date` : ''}`);
    const { worker, lost } = await waitFor(
      (elapsed) => viewStep('worker', 'starting', elapsed),
      openWorker({ config, env, live }),
    );
    opened.push(() => worker.stop());
    live.say(`✓ worker      process ${worker.pid()}`);
    return { config, parts, worker, lost, stop };
  } catch (error) {
    live.clear();
    await stop();
    throw error;
  }
}

async function openWorker({
  config,
  env,
  live,
}: {
  config: Config;
  env: Environment;
  live: Live;
}): Promise<Pick<Everything, 'worker' | 'lost'>> {
  let lose: (failure: CliError) => void;
  const lost = new Promise<CliError>((resolve) => {
    lose = resolve;
  });
  const worker = await startWorkerProcess({
    dataDir: config.dataDir,
    env,
    onReplaced: (how) => live.say(`! the worker ended (${how}) and is replaced by another; nothing is lost`),
    onLost: (failure) => lose(failure),
  });
  return { worker, lost };
}

const STEPS: Readonly<Record<Progress['step'], string>> = {
  download: 'downloading the server',
  'fetch-sources': 'fetching the sources of the server',
  compile: 'building the server, once on this machine; it takes some minutes',
};

function viewPreparation(progress: Progress | undefined, elapsed: number): LiveView {
  if (progress === undefined) return viewStep('Temporal', 'starting, and PostgreSQL beside it', elapsed);
  const { step, done, about } = progress;
  const share = Math.min(0.99, done / Math.max(1, about));
  const percent = `${Math.floor(share * 100)}%`;
  return {
    lines: [`  Temporal    ${drawBar(share)} ${formatElapsed(elapsed)}  ${STEPS[step]}`],
    plain: `Temporal: ${STEPS[step]}, about ${percent}`,
  };
}

function viewStep(name: string, what: string, elapsed: number): LiveView {
  return { lines: [`  ${name.padEnd(10)}  ${what} (${formatElapsed(elapsed)})`], plain: `${name}: ${what}` };
}

/** Host, port and name of the database, without its users and passwords. */
export function describeDatabase({ database }: Pick<Parts, 'database'>): string {
  const { host, pathname } = new URL(database.ownerUrl);
  return `${host}${pathname}`;
}

export function shapeOfParts({ parts, worker }: { readonly parts: Parts; readonly worker: number }): PartsShape {
  const { address, namespace, taskQueue } = parts.temporal;
  return { temporal: { address, namespace, taskQueue }, database: describeDatabase(parts), worker };
}
