import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlatformError, systemCode } from './platform-error.ts';

/** Replaces the file as a whole, readable by its owner alone. A reader sees the old text or the new one, never half of it. */
export function writePrivateFile(path: string, text: string): void {
  const draft = writeDraft(path, text);
  renameSync(draft, path);
}

/** Writes the file only if it does not exist, and returns what it holds then: of two processes that try, both get the first one's text. */
export function createPrivateFile(path: string, text: string): string {
  const draft = writeDraft(path, text);
  try {
    linkSync(draft, path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8');
}

/** The text of a file, or undefined when there is none. */
export function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Makes the data directory. Its secrets are files that only their owner reads; the directory itself may be passed through,
 * because as root the database server runs as another user and keeps its files in a folder of its own below.
 */
export function makeDataDirectory(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    if (process.getuid?.() === 0 && (statSync(dataDir).mode & 0o001) === 0) chmodSync(dataDir, 0o711);
  } catch (error) {
    throw new PlatformError({
      code: systemCode(error) === 'ENOSPC' ? 'NO_DISK_SPACE' : 'DATA_DIR_UNUSABLE',
      message: `the data directory '${dataDir}' cannot be made: ${(error as Error).message}.`,
      remedy: 'Set SHIGEYI_DATA to a directory that you may write to and that has room.',
      cause: error,
    });
  }
}

function writeDraft(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o711 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  return draft;
}
