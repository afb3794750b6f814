/** Files of lines that may be larger than memory. */
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemCode } from '../platform/platform-error.ts';
import { CliError, EXIT } from './failure.ts';
import { fileUnwritable } from './write-folder.ts';

/** No line of ours is longer; what is may be of another kind, and must not fill the memory. It comes in pieces then. */
const LINE_AT_MOST = 1_000_000;

/** The lines of a file as they come, without their ends. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines;
    if (rest.length > LINE_AT_MOST) {
      yield rest;
      rest = '';
    }
  }
  if (rest !== '') yield rest;
}

/** A new file, one line after another; one that could not be finished is taken away. @throws CliError FILE_EXISTS, FILE_UNWRITABLE */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const file = await open(path, 'wx').catch((error: unknown) => {
    throw systemCode(error) === 'EEXIST' ? exists(path) : fileUnwritable(path, error);
  });
  try {
    await pipeline(Readable.from(ended(lines)), file.createWriteStream({ encoding: 'utf8' }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

function exists(path: string): CliError {
  return new CliError({
    exit: EXIT.refused,
    code: 'FILE_EXISTS',
    message: `'${path}' is there already; nothing was changed`,
    remedy: 'name a file that does not exist yet',
  });
}
