import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from './config.ts';
import { PlatformError, systemCode } from './platform-error.ts';
import type { OnProgress } from './temporal-build.ts';
import { buildTemporal, TEMPORAL_CLI_VERSION } from './temporal-build.ts';
import { downloadTemporal } from './temporal-download.ts';

export interface TemporalBinaryOptions {
  readonly env: Environment;
  readonly cacheDir: string;
  /** Told while a download or a build goes on; the build takes minutes. */
  readonly onProgress?: OnProgress | undefined;
  /** Where to download from, for tests. */
  readonly origin?: string | undefined;
}

const PROGRAM = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/**
 * The program that can run a Temporal development server: the one on PATH, else the one we made or fetched before, else a
 * download, else a build with Go. @throws TEMPORAL_NOT_FOUND when all four fail.
 */
export async function findTemporalBinary({ env, cacheDir, onProgress, origin }: TemporalBinaryOptions): Promise<string> {
  const onPath = findOnPath(PROGRAM, env);
  if (onPath !== undefined && (await answers(onPath))) return onPath;
  const cached = join(cacheDir, 'temporal', TEMPORAL_CLI_VERSION, PROGRAM);
  if (existsSync(cached) && (await answers(cached))) return cached;
  const draft = makeDraft(join(cacheDir, 'temporal'));
  try {
    const fresh = join(draft, PROGRAM);
    const downloaded =
      (await downloadTemporal({ directory: draft, onProgress, ...(origin === undefined ? {} : { origin }) })) &&
      (await answers(fresh));
    if (!downloaded) {
      if (findOnPath(process.platform === 'win32' ? 'go.exe' : 'go', env) === undefined) throw notFound();
      await buildTemporal({ directory: draft, env, onProgress });
    }
    mkdirSync(join(cached, '..'), { recursive: true });
    renameSync(fresh, cached);
    return cached;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The first runnable file of that name on PATH. */
function findOnPath(program: string, env: Environment): string | undefined {
  const directories = (env['PATH'] ?? '').split(delimiter).filter((directory) => directory !== '');
  return directories.map((directory) => join(directory, program)).find((path) => isRunnable(path));
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A program may be there and not run: for another machine, half copied, or something else under the same name. */
async function answers(path: string): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 });
    return stdout.includes('temporal version');
  } catch {
    return false;
  }
}

function makeDraft(directory: string): string {
  const draft = join(directory, `draft-${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(draft, { recursive: true });
    return draft;
  } catch (cause) {
    throw new PlatformError({
      code: systemCode(cause) === 'ENOSPC' ? 'NO_DISK_SPACE' : 'DATA_DIR_UNUSABLE',
      message: `the cache directory '${directory}' cannot be made: ${(cause as Error).message}.`,
      remedy: 'Set XDG_CACHE_HOME to a directory that you may write to and that has room.',
      cause,
    });
  }
}

function notFound(): PlatformError {
  return new PlatformError({
    code: 'TEMPORAL_NOT_FOUND',
    message:
      'there is no Temporal server: TEMPORAL_ADDRESS is not set, no temporal program is on PATH, none could be downloaded, and there is no Go to build one.',
    remedy:
      'Install the Temporal CLI (https://docs.temporal.io/cli) or Go (https://go.dev/dl), or set TEMPORAL_ADDRESS to a running server.',
  });
}
