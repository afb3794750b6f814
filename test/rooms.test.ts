/** The rooms of the house and their doors: which room may use which at run time, and what it may use from outside. */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Room {
  /** Rooms whose code it runs. Types may be imported from anywhere: they are gone at run time. */
  readonly uses: readonly string[];
  /** Packages, and `node` for what Node brings along. */
  readonly packages: readonly string[];
  readonly because: string;
}

const ROOMS: Readonly<Record<string, Room>> = {
  model: { uses: [], packages: [], because: 'the nouns and their arithmetic: everybody may use them, so they use nobody' },
  compiler: {
    uses: ['messages', 'model'],
    packages: ['@marcbachmann/cel-js', 'node', 'yaml', 'zod'],
    because: 'reads files and hashes plans, outside of workflows',
  },
  engine: {
    uses: ['model'],
    packages: ['xstate'],
    because: 'the pure core: it runs in workflows, on the virtual clock and in tests',
  },
  simulator: {
    uses: ['engine', 'forms', 'model'],
    packages: [],
    because: 'drives the engine without a server, and fills in forms as people would',
  },
  explainer: {
    uses: ['engine', 'messages', 'model'],
    packages: [],
    because: 'asks the engine, so that it never says what a run does not do',
  },
  forms: { uses: ['model'], packages: [], because: 'a page, the server and a rehearsal ask the same functions' },
  messages: { uses: ['model'], packages: ['liquidjs'], because: 'words of plain data: who a household is never comes here' },
  scenarios: {
    uses: ['compiler', 'engine', 'forms', 'messages', 'model', 'simulator'],
    packages: ['zod'],
    because: "what a definition's author expects, read with the compiler's means and played on a stage",
  },
  workflows: {
    uses: ['engine', 'model'],
    packages: ['@temporalio/workflow'],
    because: 'the sandbox has nothing else; activities are known by type only',
  },
  activities: {
    uses: ['messages', 'model', 'platform', 'store'],
    packages: ['@temporalio/activity', '@temporalio/common', 'node'],
    because: 'every effect; of the platform the failpoints and the zoned clock',
  },
  store: {
    uses: ['model'],
    packages: ['node', 'node-pg-migrate', 'pg'],
    because: 'the only room with SQL; encryption is handed to it',
  },
  roster: {
    uses: ['model'],
    packages: ['csv-parse', 'exceljs', 'node', 'yauzl'],
    because: 'registers in: files to checked rows',
  },
  platform: {
    uses: ['model'],
    packages: ['@temporalio/client', '@temporalio/common', '@temporalio/proto', 'node', 'pg'],
    because: 'of the model only the mark that stands for a payload nobody may read',
  },
  client: {
    uses: ['engine', 'forms', 'model', 'platform', 'roster', 'store'],
    packages: ['@temporalio/client', '@temporalio/common', 'node'],
    because:
      'asks the core what an adjustment would do, and the register what a file says otherwise; checks forms before it stores them; of the platform the failpoints and the zoned clock; workflows by type',
  },
  worker: {
    uses: ['activities', 'client', 'engine', 'model', 'platform', 'roster', 'store'],
    packages: ['@temporalio/client', '@temporalio/worker', 'node'],
    because: 'wires one process; workflows reach it as a bundle; of the engine the version of its rules',
  },
  cli: {
    uses: [
      'activities',
      'client',
      'compiler',
      'engine',
      'explainer',
      'forms',
      'model',
      'platform',
      'roster',
      'scenarios',
      'simulator',
      'store',
      'worker',
    ],
    packages: ['@temporalio/client', 'commander', 'node', 'pino', 'tsx', 'yaml', 'zod'],
    because: 'wires whatever a command needs',
  },
};

/** No rooms: these may use everything, and no room may use them. */
const OUTSIDE = ['bench', 'definitions', 'docs', 'node_modules', 'scripts', 'test'];

/** The rooms that decide are told the time. `workflows` asks Temporal, which answers the same on replay. */
const TIMELESS = ['model', 'engine', 'compiler', 'explainer', 'simulator', 'scenarios', 'forms', 'messages'];

const root = join(import.meta.dirname, '..');
type Sources = ReadonlyMap<string, string>;

function readRoom(room: string): [path: string, text: string][] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]s$/.test(name))
    .map((name) => posix.join(room, name.replaceAll('\\', '/')))
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

const IMPORT =
  /(?:^|[;\n])\s*(?:import|export)\s+(?!type\b)(?:[\w*{][^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]|(?:\bimport|=\s*require)\(\s*['"]([^'"]+)['"]/g;
const importsOf = (text: string): string[] =>
  [...withoutComments(text).matchAll(IMPORT)].map(([, direct, called]) => (direct ?? called)!);

/** What is imported, as the table names it: a room, `node`, or a package without the path inside it. */
function doorOf(path: string, specifier: string): { readonly room?: string; readonly pack?: string } {
  if (specifier.startsWith('.')) return { room: posix.join(posix.dirname(path), specifier).split('/')[0]! };
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return { pack: 'node' };
  return { pack: specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/') };
}

function findTrespasses(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) => {
    const own = path.split('/')[0]!;
    const { uses, packages } = ROOMS[own]!;
    return importsOf(text).flatMap((specifier) => {
      const { room, pack } = doorOf(path, specifier);
      const allowed = room === undefined ? packages.includes(pack!) : room === own || uses.includes(room);
      return allowed ? [] : [`${path} imports '${specifier}'`];
    });
  });
}

function findClocks(sources: Sources): string[] {
  const asks = /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.now\b/;
  return [...sources]
    .filter(([path, text]) => TIMELESS.includes(path.split('/')[0]!) && asks.test(withoutComments(text)))
    .map(([path]) => path);
}

const house: Sources = new Map(Object.keys(ROOMS).flatMap(readRoom));
const planted = (path: string, text: string): Sources => new Map([[path, text]]);

describe('the house', () => {
  it('has a rule for each of its rooms', () => {
    const folders = readdirSync(root, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
    );
    expect(folders.map(({ name }) => name).filter((name) => !OUTSIDE.includes(name) && ROOMS[name] === undefined)).toEqual([]);
    for (const room of Object.keys(ROOMS)) expect(readRoom(room), room).not.toEqual([]);
  });

  it('has no room that is used by those it uses', () => {
    const reaches = (from: string): string[] => ROOMS[from]!.uses.flatMap((room) => [room, ...reaches(room)]);
    expect(Object.keys(ROOMS).filter((room) => reaches(room).includes(room))).toEqual([]);
  });

  it('lets no room use cli, and only cli use worker', () => {
    const users = (of: string): string[] => Object.keys(ROOMS).filter((room) => ROOMS[room]!.uses.includes(of));
    expect(users('cli')).toEqual([]);
    expect(users('worker')).toEqual(['cli']);
  });

  it('keeps its doors: every import is one that the table allows', () => expect(findTrespasses(house)).toEqual([]));

  it('has no door in the table that nobody goes through', () => {
    const gone = (own: string): ReadonlySet<string> =>
      new Set(
        [...house]
          .filter(([path]) => path.startsWith(`${own}/`))
          .flatMap(([path, text]) => importsOf(text).map((specifier) => Object.values(doorOf(path, specifier))[0]!)),
      );
    const unused = Object.entries(ROOMS).flatMap(([own, { uses, packages }]) =>
      [...uses, ...packages].filter((door) => !gone(own).has(door)).map((door) => `${own} → ${door}`),
    );
    expect(unused).toEqual([]);
  });

  it('tells the rooms that decide what time it is', () => expect(findClocks(house)).toEqual([]));
});

describe('what keeps the doors', () => {
  it.each([
    ['a room above', 'engine/x.ts', `import { writeFlush } from '../store/flush.ts';`],
    ['a room beside', 'workflows/x.ts', `import { createRelay } from '../activities/relay.ts';`],
    ['an import over several lines', 'model/x.ts', `import {\n  advanceTo,\n  nextWake,\n} from '../engine/advance.ts';`],
    ['an export from elsewhere', 'model/x.ts', `export * from '../engine/advance.ts';`],
    ['an import for its effects', 'engine/x.ts', `import '../platform/failpoint.ts';`],
    ['an import at run time', 'forms/x.ts', `const { pool } = await import('../store/pool.ts');`],
    ['a module of Node', 'workflows/x.ts', `import { readFileSync } from 'node:fs';`],
    ['a module of Node by its old name', 'engine/x.ts', `import { createHash } from 'crypto';`],
    ['a package', 'workflows/x.ts', `import { z } from 'zod';`],
    ['a part of a package', 'model/x.ts', `import sync from 'csv-parse/sync';`],
    ['types named one by one, which leave the import in place', 'simulator/x.ts', `import { type Pool } from 'pg';`],
  ])('finds %s', (_what, path, text) => {
    expect(findTrespasses(planted(path, text))).toHaveLength(1);
  });

  it.each([
    ['types alone', 'workflows/x.ts', `import type { FlushActivities } from '../activities/flush.ts';`],
    ['types passed on', 'model/x.ts', `export type { Pool } from 'pg';`],
    ['what stands in a comment', 'model/x.ts', `// import { pool } from '../store/pool.ts';\n/* import 'node:fs'; */`],
    ['its own room', 'engine/x.ts', `import { begin } from './draft.ts';`],
  ])('lets pass %s', (_what, path, text) => {
    expect(findTrespasses(planted(path, text))).toEqual([]);
  });

  it.each(['const now = Date.now();', 'const today = new Date();', 'const at = performance.now();'])(
    'finds %s in a room that decides',
    (text) => {
      expect(findClocks(planted('engine/x.ts', text))).toEqual(['engine/x.ts']);
    },
  );
});
