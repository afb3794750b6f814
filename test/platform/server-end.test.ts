import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isAlive, waitForEnd } from '../../platform/process-identity.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

const script = fileURLToPath(new URL('./start-servers.ts', import.meta.url));

describe('a process that started both servers', () => {
  it('takes them with it when it is killed', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      const keeper = spawn(process.execPath, ['--import', 'tsx', script, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
      const [line] = (await once(keeper.stdout, 'data')) as [Buffer];
      const pids = JSON.parse(line.toString()) as number[];
      expect(pids.map(isAlive)).toEqual([true, true]);
      keeper.kill('SIGKILL');
      expect(await Promise.all(pids.map((pid) => waitForEnd(pid, { withinMs: 25_000 })))).toEqual([true, true]);
    });
  });
});
