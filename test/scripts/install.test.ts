import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withTemporaryDirectory } from '../temporary-directory.ts';
import { loadScript } from './load-script.ts';

const { isInstalled } = await loadScript<{ isInstalled(root: string): boolean }>('install.mjs');

type Packages = Readonly<Record<string, { readonly version: string; readonly optional?: boolean }>>;

async function installed({ wanted, present }: { wanted: Packages; present?: Packages }): Promise<boolean> {
  return withTemporaryDirectory((root) => {
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': { version: '1' }, ...wanted } }));
    if (present) {
      mkdirSync(join(root, 'node_modules'));
      writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: present }));
    }
    return Promise.resolve(isInstalled(root));
  });
}

describe('the packages', () => {
  it('are installed when each has the version of the lockfile', async () =>
    expect(await installed({ wanted: { a: { version: '1' } }, present: { a: { version: '1' } } })).toBe(true));

  it('are not installed when there is no node_modules', async () =>
    expect(await installed({ wanted: { a: { version: '1' } } })).toBe(false));

  it('are not installed when one is missing', async () =>
    expect(await installed({ wanted: { a: { version: '1' } }, present: {} })).toBe(false));

  it('are not installed when one has another version', async () =>
    expect(await installed({ wanted: { a: { version: '2' } }, present: { a: { version: '1' } } })).toBe(false));

  it('are installed without those that are for other systems', async () =>
    expect(await installed({ wanted: { a: { version: '1', optional: true } }, present: {} })).toBe(true));
});

interface Lockfile {
  readonly packages: Readonly<Record<string, unknown>>;
}
const { completeLockfile, findMissing } = await loadScript<{
  findMissing(lockfile: Lockfile): readonly { readonly name: string }[];
  completeLockfile(lockfile: Lockfile): Lockfile;
}>('complete-lockfile.mjs');

describe('the lockfile', () => {
  it('holds every optional package that it names, without which npm ci refuses it', () => {
    const lockfile = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as Lockfile;
    expect(
      findMissing(lockfile).map(({ name }) => name),
      'run node scripts/complete-lockfile.mjs',
    ).toEqual([]);
  });

  it('is completed with packages for other systems, by their names', () => {
    const parent = {
      version: '1.2.0',
      dev: true,
      license: 'MIT',
      optionalDependencies: { '@x/y-linux-arm64-musl': '1.2.0', '@x/z-win32-x64-msvc': '1.2.0' },
    };
    const { packages } = completeLockfile({ packages: { '': {}, 'node_modules/y': parent } });
    const common = { version: '1.2.0', dev: true, license: 'MIT', optional: true };
    expect(packages).toMatchObject({
      'node_modules/@x/y-linux-arm64-musl': { ...common, os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
      'node_modules/@x/z-win32-x64-msvc': { ...common, os: ['win32'], cpu: ['x64'] },
    });
  });
});
