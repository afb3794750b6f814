/** Writing a new folder: all of it, or nothing that was there is touched. And writing one file, over whatever bears its name. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFile } from '../compiler/yaml-source.ts';
import { systemCode } from '../platform/platform-error.ts';
import { CliError, EXIT } from './failure.ts';

/** @throws CliError FOLDER_NOT_EMPTY, FOLDER_UNWRITABLE */
export async function writeFolder(path: string, files: readonly SourceFile[]): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
    if ((await readdir(path)).length > 0) throw notEmpty(path);
    // `wx`: what somebody else wrote in this very moment is not written over.
    for (const { path: name, text } of files) await writeFile(join(path, name), text, { flag: 'wx' });
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw systemCode(error) === 'EEXIST' ? notEmpty(path) : unwritable(path, error);
  }
}

/** @throws CliError FILE_UNWRITABLE */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw fileUnwritable(path, error);
  }
}

export function fileUnwritable(path: string, error: unknown): CliError {
  return new CliError({
    exit: EXIT.refused,
    code: 'FILE_UNWRITABLE',
    message: `'${path}' cannot be written: ${(error as Error).message}`,
    remedy: 'name a file in a folder that is there and that you may write',
  });
}

/** Also said of a file that bears the folder's name. */
export function notEmpty(path: string): CliError {
  return new CliError({
    exit: EXIT.refused,
    code: 'FOLDER_NOT_EMPTY',
    message: `'${path}' is there already and is not an empty folder; nothing was changed`,
    remedy: 'name a folder that does not exist yet',
  });
}

function unwritable(path: string, error: unknown): CliError {
  return new CliError({
    exit: EXIT.refused,
    code: 'FOLDER_UNWRITABLE',
    message: `'${path}' cannot be written: ${(error as Error).message}`,
    remedy: 'name a folder that you may write',
  });
}
