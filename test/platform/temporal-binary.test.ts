import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTemporalBinary } from '../../platform/temporal-binary.ts';
import { assertSpace } from '../../platform/temporal-build.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

/** Nothing listens on this port, so a download fails at once, as on a machine without a network. */
const OFFLINE = 'http://127.0.0.1:9';

/** A program that answers as the Temporal CLI does. */
function writeProgram(path: string, script = 'echo temporal version 1.5.1'): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

describe('the program of the Temporal server', () => {
  it('is the one on PATH', async () => {
    await withTemporaryDirectory(async (directory) => {
      writeProgram(join(directory, 'bin', 'temporal'));
      const found = await findTemporalBinary({
        env: { PATH: join(directory, 'bin') },
        cacheDir: join(directory, 'cache'),
        origin: OFFLINE,
      });
      expect(found).toBe(join(directory, 'bin', 'temporal'));
    });
  });

  it('is the kept one when the one on PATH is something else', async () => {
    await withTemporaryDirectory(async (directory) => {
      const kept = join(directory, 'cache', 'temporal', 'v1.5.1', 'temporal');
      writeProgram(kept);
      writeProgram(join(directory, 'bin', 'temporal'), 'exit 1');
      const env = { PATH: `${join(directory, 'bin')}:/bin:/usr/bin` };
      expect(await findTemporalBinary({ env, cacheDir: join(directory, 'cache'), origin: OFFLINE })).toBe(kept);
    });
  });

  it('is downloaded when there is none, and then kept', async () => {
    await withTemporaryDirectory(async (directory) => {
      writeProgram(join(directory, 'temporal'));
      execFileSync('tar', ['-czf', 'archive.tar.gz', 'temporal'], { cwd: directory });
      const asked: (string | undefined)[] = [];
      const server = createServer((request, response) => {
        asked.push(request.url);
        response.end(readFileSync(join(directory, 'archive.tar.gz')));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const options = { env: { PATH: '' }, cacheDir: join(directory, 'cache'), origin };
      const found = await findTemporalBinary(options);
      expect([found, await findTemporalBinary(options), asked.length]).toEqual([found, found, 1]);
      expect(asked[0]).toMatch(/^\/cli\/archive\/v1\.5\.1\?platform=\w+&arch=\w+$/);
      server.close();
    });
  });

  it('is built with Go when it can be had in no other way', async () => {
    await withTemporaryDirectory(async (directory) => {
      const build =
        'echo "go: downloading a v1" >&2; echo a/package >&2; printf "#!/bin/sh\\necho temporal version built\\n" > $GOBIN/temporal; chmod 755 $GOBIN/temporal';
      writeProgram(join(directory, 'bin', 'go'), `PATH=/bin:/usr/bin; ${build}`);
      const steps: string[] = [];
      const env = { PATH: join(directory, 'bin'), HOME: directory };
      const found = await findTemporalBinary({
        env,
        cacheDir: join(directory, 'cache'),
        origin: OFFLINE,
        onProgress: ({ step, done }) => steps.push(`${step} ${done}`),
      });
      expect(existsSync(found)).toBe(true);
      expect(steps).toEqual(['fetch-sources 1', 'compile 1']);
    });
  });

  it.each([
    ['there is no Go', undefined, 'TEMPORAL_NOT_FOUND', 'no Go to build one'],
    ['the build fails', 'echo "no route to host" >&2; exit 1', 'TEMPORAL_BUILD_FAILED', 'no route to host'],
    ['the disk fills up', 'echo "write x: no space left on device" >&2; exit 1', 'NO_DISK_SPACE', 'no space left'],
  ])('is missed with a reason when %s', async (_, go, code, text) => {
    await withTemporaryDirectory(async (directory) => {
      if (go !== undefined) writeProgram(join(directory, 'bin', 'go'), go);
      const env = { PATH: join(directory, 'bin'), HOME: directory };
      await expect(findTemporalBinary({ env, cacheDir: join(directory, 'cache'), origin: OFFLINE })).rejects.toMatchObject({
        code,
        message: expect.stringContaining(text),
      });
    });
  });

  it('is not built where there is too little room', async () => {
    await withTemporaryDirectory(async (directory) => {
      await expect(assertSpace([directory], Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'NO_DISK_SPACE' });
    });
  });
});
