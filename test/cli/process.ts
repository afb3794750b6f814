import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const SHIGEYI = join(import.meta.dirname, '../../cli/shigeyi.mjs');

export interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** What it has said on standard output and standard error so far. */
  readonly said: { out: string; err: string };
  readonly ended: Promise<Ended>;
}

/** A real `shigeyi` in a process of its own. `env` replaces what this process has of it; undefined takes a variable away. */
export function startShigeyi(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  input = '',
): Running {
  const child = spawn(process.execPath, [SHIGEYI, ...words], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  child.stdin.on('error', () => undefined).end(input);
  const ended = once(child, 'close').then(([exit]) => ({ exit: exit as number | null, ...said }));
  return { child, said, ended };
}

export const runShigeyi = (...given: Parameters<typeof startShigeyi>): Promise<Ended> => startShigeyi(...given).ended;

/** Looks again and again until there is something to see; the test's own time limit ends it. */
export async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
