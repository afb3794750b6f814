import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Environment } from './config.ts';
import { PlatformError } from './platform-error.ts';

/** How far a long preparation is. `done` counts upwards; nobody knows the end exactly, so `about` is from experience. */
export interface Progress {
  readonly step: 'download' | 'fetch-sources' | 'compile';
  readonly done: number;
  readonly about: number;
}

export type OnProgress = (progress: Progress) => void;

/** The last release without `replace` lines in its go.mod: later ones cannot be installed by path and version. */
export const TEMPORAL_CLI_VERSION = 'v1.5.1';

const MODULE = `github.com/temporalio/cli/cmd/temporal@${TEMPORAL_CLI_VERSION}`;

/** Sources, compiled packages and the linker's draft together, with room to spare. */
const BUILD_SPACE_BYTES = 4 * 1024 ** 3;

/** Builds the Temporal CLI into `directory` with the Go that is installed. Takes minutes, once. */
export async function buildTemporal({
  directory,
  env,
  onProgress,
}: {
  directory: string;
  env: Environment;
  onProgress?: OnProgress | undefined;
}): Promise<void> {
  mkdirSync(directory, { recursive: true });
  await assertSpace([directory, env['GOTMPDIR'] || env['TMPDIR'] || tmpdir()]);
  // Go keeps what it fetches and compiles in the user's home; without a home it gets a place that goes away afterwards.
  const scratch = env['HOME'] || env['GOPATH'] ? undefined : join(directory, 'go');
  const own = scratch ? { GOPATH: scratch, GOCACHE: join(scratch, 'build'), GOFLAGS: '-modcacherw' } : {};
  try {
    await runGoInstall({ ...env, ...own, GOBIN: directory }, onProgress);
  } finally {
    if (scratch) rmSync(scratch, { recursive: true, force: true });
  }
}

/** @throws NO_DISK_SPACE when one of the directories has too little room for the build. */
export async function assertSpace(directories: readonly string[], needed = BUILD_SPACE_BYTES): Promise<void> {
  for (const directory of directories) {
    const { bavail, bsize } = await statfs(directory);
    if (bavail * bsize < needed)
      throw noSpace(`'${directory}' has ${gigabytes(bavail * bsize)} free, the build needs ${gigabytes(needed)}`);
  }
}

async function runGoInstall(env: Environment, onProgress: OnProgress | undefined): Promise<void> {
  const child = spawn('go', ['install', '-v', '-ldflags=-s -w', MODULE], {
    env: env as NodeJS.ProcessEnv,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const end = () => child.kill('SIGTERM');
  process.once('exit', end);
  const problems: string[] = [];
  const done = { fetch: 0, compile: 0 };
  const reading = (async () => {
    for await (const line of createInterface({ input: child.stderr })) {
      // With -v, go prints each package's path as it is compiled; everything else is a download or a problem.
      if (line.startsWith('go: downloading ')) onProgress?.({ step: 'fetch-sources', done: (done.fetch += 1), about: 180 });
      else if (/^[\w.~/-]+$/.test(line)) onProgress?.({ step: 'compile', done: (done.compile += 1), about: 1_300 });
      else problems.push(line);
    }
  })();
  const code = await ended.finally(() => process.removeListener('exit', end));
  await reading;
  if (code !== 0) throw buildFailed(problems);
}

function buildFailed(problems: readonly string[]): PlatformError {
  const text = problems.slice(-5).join(' | ');
  if (/no space left on device/i.test(text)) return noSpace(`go reports: ${text}`);
  return new PlatformError({
    code: 'TEMPORAL_BUILD_FAILED',
    message: `go install ${MODULE} failed: ${text || 'without a message'}.`,
    remedy: 'Put a temporal program on PATH, set TEMPORAL_ADDRESS to a running server, or correct the cause and start again.',
  });
}

function noSpace(message: string): PlatformError {
  return new PlatformError({
    code: 'NO_DISK_SPACE',
    message: `there is no room to build the Temporal server: ${message}.`,
    remedy: 'Free some space, put a temporal program on PATH, or set TEMPORAL_ADDRESS to a running server.',
  });
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}
