// npm run soak [-- --sequences 100000 --seed 1 --amended 5000]: the engine beside the reference model of test/reference, on random definitions; then a run
// of so many households amended in one command while workers are killed. Prints how far it is and, when they differ, the seed; ends with 1 then. No
// dependencies of its own.
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { ensureInstalled, ROOT } from './install.mjs';

await ensureInstalled();
const main = join('test', 'soak', 'main.ts');
process.exitCode = await runChild(process.execPath, ['--import', 'tsx', main, ...process.argv.slice(2)], { cwd: ROOT });
