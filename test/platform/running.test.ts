import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Running } from '../../platform/running.ts';
import { clearRunning, readRunning, writeRunning } from '../../platform/running.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

const parts = {
  temporal: { address: '127.0.0.1:7233', namespace: 'default', taskQueue: 'shigeyi', pid: 2 },
  database: { ownerUrl: 'postgres://o@127.0.0.1/s', appUrl: 'postgres://a@127.0.0.1/s', workerUrl: 'postgres://w@127.0.0.1/s' },
};

/** Rewrites the file as if another process had written it. */
function changeKeeper(dataDir: string, keeper: Running['keeper']): void {
  const path = join(dataDir, 'running.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), keeper }));
}

describe('the parts that run', () => {
  it('are found by other processes as they were told', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      writeRunning(dataDir, parts);
      expect(readRunning(dataDir)).toMatchObject({ ...parts, keeper: { pid: process.pid } });
    });
  });

  it('are told in a file that only its owner reads', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      writeRunning(dataDir, parts);
      expect(statSync(join(dataDir, 'running.json')).mode & 0o777).toBe(0o600);
    });
  });

  it('are none where nothing was told', async () => {
    await withTemporaryDirectory(async (dataDir) => expect(readRunning(dataDir)).toBeUndefined());
  });

  it('are none when the process that kept them is dead', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      const dead = spawn(process.execPath, ['-e', '']);
      await once(dead, 'exit');
      writeRunning(dataDir, parts);
      changeKeeper(dataDir, { pid: dead.pid ?? 0 });
      expect(readRunning(dataDir)).toBeUndefined();
    });
  });

  it('are none when another process was given the number of the one that kept them', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      writeRunning(dataDir, parts);
      changeKeeper(dataDir, { pid: process.pid, started: 'long ago' });
      expect(readRunning(dataDir)).toBeUndefined();
    });
  });

  it('are not forgotten by a process that does not keep them', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      writeRunning(dataDir, parts);
      changeKeeper(dataDir, { pid: process.ppid });
      clearRunning(dataDir);
      expect(readRunning(dataDir)).toMatchObject(parts);
    });
  });
});
