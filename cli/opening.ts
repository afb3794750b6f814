/** Waiting until a new run's instances are open: the worker opens them one after another. */
import type { RunSummary } from '../client/api.ts';
import { CliError, EXIT, isUnreachable } from './failure.ts';

export interface Opening {
  readonly run: string;
  readonly planned: number;
  status(): Promise<RunSummary>;
  now(): number;
  sleep(ms: number): Promise<void>;
  onProgress(open: number): void;
  readonly signal: AbortSignal;
}

const POLL_MS = 250;
/** A busy worker opens dozens a second; without a sign for so long there is none. */
const PATIENCE_MS = 60_000;

/** @throws CliError OPENING_STALLED when nothing moves any more, INTERRUPTED when the person does not want to wait. The run itself goes on. */
export async function waitUntilOpen({ run, planned, status, now, sleep, onProgress, signal }: Opening): Promise<void> {
  let open = 0;
  let movedAt = now();
  for (;;) {
    const instances = await findInstances(status);
    const count = instances === undefined ? open : instances.open + instances.closed;
    if (count > open) [open, movedAt] = [count, now()];
    onProgress(open);
    if (open >= planned) return;
    if (signal.aborted) throw interrupted({ run, open, planned });
    if (now() - movedAt > PATIENCE_MS) throw stalled({ run, open, planned });
    await sleep(POLL_MS);
  }
}

/** Undefined while a part is away: that shows in the waiting. */
async function findInstances(status: () => Promise<RunSummary>): Promise<RunSummary['instances'] | undefined> {
  try {
    return (await status()).instances;
  } catch (error) {
    if (isUnreachable(error)) return undefined;
    throw error;
  }
}

interface Standing {
  readonly run: string;
  readonly open: number;
  readonly planned: number;
}

function stalled({ run, open, planned }: Standing): CliError {
  return new CliError({
    exit: EXIT.unreachable,
    code: 'OPENING_STALLED',
    message: `run '${run}' was started, but only ${open} of its ${planned} instances are open and no more open`,
    remedy: 'the rest opens by itself once a worker runs; start one with: npx shigeyi up',
  });
}

function interrupted({ run, open, planned }: Standing): CliError {
  return new CliError({
    exit: EXIT.refused,
    code: 'INTERRUPTED',
    message: `run '${run}' was started, and ${open} of its ${planned} instances were open when the waiting was interrupted`,
    remedy: `the rest opens by itself; see with: npx shigeyi status ${run}`,
  });
}
