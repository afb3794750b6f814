// npm start: installs what is missing, then runs the demonstration with the arguments given. No dependencies.
import { runChild } from './child.mjs';
import { ensureInstalled, ROOT } from './install.mjs';

await ensureInstalled();
process.exitCode = await runChild(process.execPath, ['--import', 'tsx', 'cli/main.ts', 'demo', ...process.argv.slice(2)], {
  cwd: ROOT,
});
