/** The workflow code as the worker bundles it, built once for all test processes and kept under the hash of everything it is made of. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflows } from '../../worker/bundle.ts';

const ROOT = join(import.meta.dirname, '../..');
const MADE_OF = [
  'workflows',
  'engine',
  'model',
  'activities',
  'worker/bundle.ts',
  'platform/failure-converter.cjs',
  'package-lock.json',
];
const CACHE = join(ROOT, 'node_modules/.cache/shigeyi');
const KEPT_MS = 86_400_000;

/** As `Worker.create` takes it. */
export async function workflowBundle(): Promise<{ readonly codePath: string }> {
  const codePath = join(CACHE, `workflows-${hashOfSources()}.js`);
  if (existsSync(codePath)) return { codePath };
  const { code } = await bundleWorkflows();
  mkdirSync(CACHE, { recursive: true });
  sweep();
  // Two processes may build at once; whoever is last puts the same in place.
  const draft = `${codePath}.${process.pid}`;
  writeFileSync(draft, code);
  renameSync(draft, codePath);
  return { codePath };
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const path of MADE_OF.flatMap(filesAt)) hash.update(path).update(readFileSync(join(ROOT, path)));
  return hash.digest('hex').slice(0, 16);
}

function filesAt(path: string): string[] {
  if (statSync(join(ROOT, path)).isFile()) return [path];
  const names = readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(path, name));
}

function sweep(): void {
  for (const name of readdirSync(CACHE)) {
    const path = join(CACHE, name);
    if (statSync(path).mtimeMs < Date.now() - KEPT_MS) rmSync(path, { force: true });
  }
}
