// npm test: installs what is missing, runs vitest with the arguments given (a path filters), and ends with the count. No dependencies.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { ensureInstalled, ROOT } from './install.mjs';
import { countTests } from './test-count.mjs';

await ensureInstalled();
const directory = mkdtempSync(join(tmpdir(), 'shigeyi-report-'));
const file = join(directory, 'report.json');
const vitest = join('node_modules', 'vitest', 'vitest.mjs');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
const code = await runChild(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], { cwd: ROOT });
const { passed, failed, reason } = countTests(readReport(file), code);
rmSync(directory, { recursive: true, force: true });
if (reason !== undefined) process.stdout.write(`${reason}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 || code !== 0 ? 1 : 0;

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
