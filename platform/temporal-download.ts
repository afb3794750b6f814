import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';
import type { OnProgress } from './temporal-build.ts';
import { TEMPORAL_CLI_VERSION } from './temporal-build.ts';

/** Where the SDKs of Temporal fetch their development server from. */
const ORIGIN = 'https://temporal.download';

const ANSWER_WITHIN_MS = 4_000;
const WHOLE_WITHIN_MS = 300_000;

/**
 * Fetches the Temporal CLI into `directory`. False when that is not possible, for whatever reason and without a message:
 * a machine without a way out has the compiler as its next resort, and shall come to it within seconds.
 */
export async function downloadTemporal({
  directory,
  origin = ORIGIN,
  onProgress,
}: {
  directory: string;
  origin?: string;
  onProgress?: OnProgress | undefined;
}): Promise<boolean> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const patience = new AbortController();
  let timer = setTimeout(() => patience.abort(), ANSWER_WITHIN_MS);
  try {
    const url = `${origin}/cli/archive/${TEMPORAL_CLI_VERSION}?platform=${platform}&arch=${arch}`;
    const response = await fetch(url, { signal: patience.signal });
    if (!response.ok || !response.body) return false;
    clearTimeout(timer);
    timer = setTimeout(() => patience.abort(), WHOLE_WITHIN_MS);
    const about = Number(response.headers.get('content-length')) || 60_000_000;
    const archive = join(directory, 'archive');
    await pipeline(Readable.fromWeb(response.body as ReadableStream), counted(about, onProgress), createWriteStream(archive));
    await promisify(execFile)('tar', ['-xf', archive, '-C', directory]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function counted(about: number, onProgress: OnProgress | undefined) {
  return async function* (source: AsyncIterable<Uint8Array>) {
    let done = 0;
    for await (const chunk of source) {
      done += chunk.length;
      onProgress?.({ step: 'download', done, about });
      yield chunk;
    }
  };
}
