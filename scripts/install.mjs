// Makes sure that the packages of package-lock.json are installed, before anything that needs them is loaded. No dependencies.
import { spawn } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_NODE = [20, 19];

/** Installs what is missing, or ends the process with a message that says what is wrong and what to do. */
export async function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    fail(
      `this is Node ${process.versions.node}, and ${OLDEST_NODE.join('.')} or newer is needed.`,
      'Install a newer Node and start again.',
    );
  }
  if (isInstalled(ROOT)) return;
  const { code, output } = await installPackages();
  if (code !== 0) fail(`npm could not install the packages (exit code ${code}).\n${errorLines(output)}`, remedyFor(output));
}

/**
 * Whether node_modules is what the lockfile says. npm writes a lockfile of its own into node_modules when it has finished, so an
 * install that was interrupted, or is older than the lockfile, is seen; packages for other systems may be absent.
 */
export function isInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = present[path];
    return found === undefined ? optional === true : found.version === version;
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Install scripts are left out: no package that is used here needs its own, and they are other people's programs. */
function installPackages() {
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...cacheFlags()];
  // Run by npm, this process knows which npm that was; otherwise the one on PATH is taken.
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [program, ...before] = npm;
  const child = spawn(program, [...before, ...flags], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && program === 'npm',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const stopProgress = showProgress('Installing the packages, once');
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  }).finally(stopProgress);
}

/** npm keeps a cache in the home directory; where there is none to write to, it gets another place. */
function cacheFlags() {
  try {
    accessSync(process.env.HOME || homedir(), constants.W_OK);
    return process.env.HOME === '' ? [`--cache=${join(tmpdir(), 'shigeyi-npm')}`] : [];
  } catch {
    return [`--cache=${join(tmpdir(), 'shigeyi-npm')}`];
  }
}

function showProgress(text) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const line = () =>
    process.stderr.isTTY
      ? process.stderr.write(`\r${text} … ${seconds()} s`)
      : process.stderr.write(`${text} … ${seconds()} s\n`);
  line();
  const timer = setInterval(line, process.stderr.isTTY ? 1_000 : 15_000);
  return () => {
    clearInterval(timer);
    process.stderr.write(process.stderr.isTTY ? `\r${text}: ${seconds()} s.   \n` : `${text}: ${seconds()} s.\n`);
  };
}

const REMEDIES = [
  [/ENOSPC/, 'Free some space (1 GB) and start again.'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/,
    'The package registry could not be reached: check the network or the proxy settings of npm.',
  ],
  [/EACCES|EPERM|EROFS/, 'Give yourself the right to write to this directory and to the npm cache.'],
  [/EINTEGRITY/, 'A package is not the one of the lockfile: clear the npm cache (npm cache clean --force) and start again.'],
  [/EUSAGE/, 'Bring package-lock.json into step with package.json: npm install, then node scripts/complete-lockfile.mjs.'],
  [/ENOENT.*npm|spawn npm/, 'Install npm, or run npm ci elsewhere and bring node_modules along.'],
];

function remedyFor(output) {
  return REMEDIES.find(([pattern]) => pattern.test(output))?.[1] ?? 'Correct the cause, or run npm ci to see all of its output.';
}

/** What npm says first is what went wrong; its usage and the place of its log come last. */
function errorLines(output) {
  const lines = output.trim().split('\n');
  const errors = lines.filter((line) => /^npm (error|ERR!) \S/.test(line) && !/A complete log|Run "npm help/.test(line));
  return (errors.length > 0 ? errors : lines).slice(0, 8).join('\n');
}

function fail(message, remedy) {
  process.stderr.write(`shigeyi: ${message}\n${remedy}\n`);
  process.exit(1);
}
