// Run after npm install has changed package-lock.json: node scripts/complete-lockfile.mjs. No dependencies.
//
// A package with programs for many systems names them all as optional dependencies. npm leaves those out of the lockfile that the
// registry at hand does not have, and npm ci then refuses the lockfile on every machine. This adds them, with the version that is
// asked for and the system that their name tells; they are fetched only on that system.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OS = /(?:^|-)(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)(?:-|$)/;
const CPU = /-(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64)(?:-|$)/;

/** The optional dependencies that the lockfile names and does not hold: path of the entry, name, version and who asks for it. */
export function findMissing({ packages }) {
  return Object.entries(packages).flatMap(([parent, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !(`node_modules/${name}` in packages) && !(`${parent}/node_modules/${name}` in packages))
      .map(([name, version]) => ({ path: `node_modules/${name}`, name, version, parent })),
  );
}

/** The lockfile with an entry for each of them, in npm's order. */
export function completeLockfile(lockfile) {
  const added = findMissing(lockfile).map(({ path, name, version, parent }) => {
    const { dev, license, engines } = lockfile.packages[parent];
    return [path, { version, ...systemOf(name), ...(dev ? { dev } : {}), license, optional: true, engines }];
  });
  const [root, ...others] = [...Object.entries(lockfile.packages), ...added];
  others.sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lockfile, packages: Object.fromEntries([root, ...others]) };
}

function systemOf(name) {
  const suffix = name.slice(name.indexOf('/') + 1);
  const [, os] = OS.exec(suffix) ?? [];
  const [, cpu] = CPU.exec(suffix) ?? [];
  if (os === undefined || cpu === undefined)
    throw new Error(`the name ${name} does not tell the system that it is for: add it by hand`);
  const libc = suffix.includes('musl') ? 'musl' : os === 'linux' && /gnu/.test(suffix) ? 'glibc' : undefined;
  return { cpu: [cpu], os: [os], ...(libc ? { libc: [libc] } : {}) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = new URL('../package-lock.json', import.meta.url);
  const lockfile = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, `${JSON.stringify(completeLockfile(lockfile), undefined, 2)}\n`);
  process.stdout.write(`added: ${findMissing(lockfile).length}\n`);
}
