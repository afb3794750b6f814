// npm run check: every check that needs no server, all of them even when one fails. No dependencies.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, ROOT } from './install.mjs';

const STEPS = [
  { name: 'format', program: 'biome', args: ['format', '.'] },
  { name: 'lint', program: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'types', program: 'tsc', args: [] },
  { name: 'unused', program: 'knip', args: [] },
  { name: 'rooms', program: 'vitest', args: ['run', 'test/rooms.test.ts'] },
];

await ensureInstalled();
const failed = STEPS.filter((step) => !run(step));
process.stdout.write(failed.length === 0 ? 'All checks passed.\n' : `Failed: ${failed.map(({ name }) => name).join(', ')}.\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** One line when all is well; otherwise what the tool said. */
function run({ name, program, args }) {
  const startedAt = Date.now();
  const { status, stdout, stderr, error } = spawnSync(join(ROOT, 'node_modules', '.bin', program), args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, SHIGEYI_TEST_SERVERS: 'none' },
    maxBuffer: 256 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${name.padEnd(8)} ${status === 0 ? 'ok    ' : 'FAILED'} ${seconds} s\n`);
  if (status !== 0) process.stdout.write(`${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`);
  return status === 0;
}
