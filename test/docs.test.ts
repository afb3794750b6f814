/**
 * The pages against the code: what is generated is current, what is listed is whole, and what is linked is there.
 * Blocks between `<!-- made: … -->` and `<!-- end -->` are written by: SHIGEYI_TEST_SERVERS=none npx vitest run test/docs.test.ts --update
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COMMANDS } from '../cli/commands.ts';
import type { Screen } from '../cli/screen.ts';
import { createHost } from '../cli/machine.ts';
import { runCli } from '../cli/run.ts';
import { CalendarFile } from '../compiler/calendar.ts';
import { drawOverview } from '../explainer/draw-overview.ts';
import * as forms from '../compiler/form-language.ts';
import * as language from '../compiler/language.ts';
import { FORM_ISSUE_CODES } from '../forms/form-issue.ts';
import { REFUSAL_CODES } from '../model/command.ts';
import { taskMachine } from '../engine/lifecycles.ts';
import { ROSTER_ISSUE_CODES } from '../roster/roster-issue.ts';
import { linwei } from './definitions/linwei.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
const PAGES = ['README.md', 'README.zh.md', 'CHANGELOG.md', ...filesIn('docs', '.md')].filter((path) =>
  existsSync(join(ROOT, path)),
);

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

const overview = (language: 'zh' | 'en'): string =>
  fence('mermaid', drawOverview(linwei.plan, { days: linwei.programs.campaign.days, language }));

/** Two tasks as they stand in the file, moved to the margin. */
function excerpt(): string {
  const text = read('definitions/linwei-2020/3-verify.yaml');
  const from = text.indexOf('          - id: pairing\n');
  const lines = text.slice(from, text.indexOf('\nforms:', from)).split('\n');
  return fence('yaml', lines.map((line) => line.slice(10)).join('\n'));
}

/** What the command line really prints, as of a fixed day. */
async function session(): Promise<string> {
  const roster = 'definitions/linwei-2020/sample-roster.xlsx';
  const lines: string[] = [];
  const print = (text: string): void => void lines.push(text);
  const screen: Screen = { out: print, err: print, draw: () => undefined, canDraw: false, columns: () => 80 };
  const host = { ...createHost(process), env: {}, screen, now: () => Date.UTC(2026, 10, 24) };
  for (const command of [
    'check definitions/linwei-2020',
    `start definitions/linwei-2020 --roster ${roster} --rehearse 90s --dry-run`,
    `start definitions/linwei-2020 --roster ${roster} --dry-run`,
  ]) {
    lines.push(`$ npx shigeyi ${command}`);
    await runCli(command.split(' '), { host, signal: new AbortController().signal });
  }
  return fence('console', lines.join('\n'));
}

const commands = (): string =>
  ['| command | |', '| --- | --- |', ...COMMANDS.map(({ name, summary }) => `| \`${name}\` | ${summary} |`)].join('\n');

/** Every state and event of the machine, in its own order. */
function lifecycle(): string {
  const states = Object.entries(taskMachine.states);
  const arrows = states.flatMap(([from, { config, tags }]) => [
    ...Object.entries((config.on ?? {}) as Record<string, string>).map(([event, to]) => `  ${from} --> ${to}: ${event}`),
    ...(tags.includes('settled' as never) ? [`  ${from} --> [*]`] : []),
  ]);
  return fence('mermaid', ['stateDiagram-v2', `  [*] --> ${taskMachine.config.initial as string}`, ...arrows].join('\n'));
}

const MADE: Readonly<Record<string, () => string | Promise<string>>> = {
  excerpt,
  session,
  commands,
  lifecycle,
  'overview-zh': () => overview('zh'),
  'overview-en': () => overview('en'),
};

/** The page with every block made anew. */
async function remade(path: string): Promise<string> {
  let page = read(path);
  for (const [block, name] of page.matchAll(/<!-- made: ([\w-]+) -->\n[^]*?<!-- end -->/g)) {
    const made = await MADE[name!]?.();
    if (made === undefined) throw new Error(`${path} asks for '${name}', which nothing makes`);
    page = page.replace(block, () => `<!-- made: ${name} -->\n\n${made}\n\n<!-- end -->`);
  }
  return page;
}

describe('the pages', () => {
  it.each(PAGES)('%s shows what is made from the code as it is now (else run with --update)', async (path) =>
    expect(await remade(path)).toMatchFileSnapshot(join(ROOT, path)),
  );

  it.each(PAGES)('%s links only to what is there', (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(path), link)))).toEqual([]);
  });
});

/** The first cells of the table rows below a heading, without their code marks. */
function listedUnder(path: string, heading: string): readonly string[] {
  const page = read(path);
  const from = page.indexOf(`\n${heading}\n`);
  expect(from, `${path} has '${heading}'`).toBeGreaterThan(-1);
  const section = page.slice(from + heading.length + 2).split(/\n#{1,3} /, 1)[0]!;
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, cell]) => cell!);
}

describe.each([
  ['README.md', '## Rooms', '## Commands'],
  ['README.zh.md', '## 目录', '## 命令'],
])('%s', (path, rooms, commandList) => {
  it('has a line for every room, and none for another', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
    );
    const built = ['node_modules', 'dist', 'coverage'];
    expect([...listedUnder(path, rooms)].sort()).toEqual(
      folders
        .filter(({ name }) => !built.includes(name))
        .map(({ name }) => `${name}/`)
        .sort(),
    );
  });

  it('has a line for every command', () => expect(listedUnder(path, commandList)).toEqual(COMMANDS.map(({ name }) => name)));
});

describe('docs/definition.md', () => {
  const page = read('docs/definition.md');

  it('names every key that the schemas have anywhere', () => {
    const schemas = [language.MainFile, CalendarFile].map((schema) =>
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
    );
    const all = (node: unknown): readonly string[] =>
      typeof node !== 'object' || node === null
        ? []
        : Object.entries(node).flatMap(([key, value]) => [
            ...(key === 'properties' ? Object.keys(value as object) : []),
            ...all(value),
          ]);
    for (const key of new Set(all(schemas))) expect(page, key).toMatch(new RegExp(`\\b${key}\\b`));
  });

  it('names every type of field', () => {
    for (const type of forms.COLUMN_TYPES) expect(page).toContain(`\`${type}\``);
  });
});

/** The members of a union of texts, which is gone at run time: read from its source. */
function membersOf(path: string, union: string): readonly string[] {
  const declared = new RegExp(`export type ${union} =([^;]*);`).exec(read(path));
  return [...declared![1]!.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code!);
}

describe('docs/refusals.md', () => {
  const path = 'docs/refusals.md';
  const page = read(path);

  it.each([
    ['## Refused by the rules', REFUSAL_CODES],
    ['## The store', membersOf('store/store-error.ts', 'StoreErrorCode')],
    ['## The machine', membersOf('platform/platform-error.ts', 'PlatformErrorCode')],
    ['## Issues of a form', FORM_ISSUE_CODES],
    ['## Issues of a register', ROSTER_ISSUE_CODES],
  ])('%s has every code there is, and no other', (heading, codes) => expect(listedUnder(path, heading)).toEqual([...codes]));

  it('has no code twice under one heading', () => {
    for (const [heading] of page.matchAll(/^###? .*$/gm)) {
      const codes = listedUnder(path, heading);
      expect(codes, heading).toEqual([...new Set(codes)]);
    }
  });

  it('has every code that the client and the command line give by themselves', () => {
    const sources = [...filesIn('client', '.ts'), ...filesIn('cli', '.ts')].map(read).join('\n');
    const given = new Set([...sources.matchAll(/\bcode: '([A-Z_]+)'/g)].map(([, code]) => code!));
    expect(given.size).toBeGreaterThan(20);
    expect([...given].filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]);
  });

  it('has no code under the client and the command line that nothing gives', () => {
    const sources = ['client', 'cli'].flatMap((room) => filesIn(room, '.ts').map(read)).join('\n');
    const listed = ['## Invalid', '## Unavailable', '## The command line'].flatMap((heading) => listedUnder(path, heading));
    expect(listed.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });

  it('has every code of what a register leaves, and no other', () => {
    const codes = [...read('roster/register-step.ts').matchAll(/\bleft\(\s*'([A-Z_]+)'/g)].map(([, code]) => code!);
    const later = ['HOUSEHOLDS_REMAIN', 'STILL_HAS_WORK', 'NOT_BEGUN', 'ITEMS_REFUSED'];
    expect(new Set(listedUnder(path, '## Left by a register'))).toEqual(new Set([...codes, ...later]));
  });

  it('says what to do about every refusal', () => {
    for (const [row] of page.slice(0, page.indexOf('## Issues of a form')).matchAll(/^\| `[A-Z_]+` \|.*$/gm))
      expect(row.split(' | ').filter((cell) => cell.trim() !== '|')).toHaveLength(3);
  });
});

describe('docs/operating.md', () => {
  const page = read('docs/operating.md');
  const rooms = ['cli', 'platform', 'worker', 'store', 'client', 'activities'];

  it('has every variable of the environment that the product asks for', () => {
    const sources = rooms.flatMap((room) => filesIn(room, '.ts').map(read)).join('\n');
    const asked = [...sources.matchAll(/\benv(?:\.|\[')([A-Z_]+)|\(env, '([A-Z_]+)'/g)].map(
      ([, direct, through]) => direct ?? through!,
    );
    // What belongs to the system, and is only passed on or looked at.
    const foreign = ['PATH', 'TERM', 'TMPDIR', 'GOTMPDIR', 'GOPATH'];
    const missing = [...new Set(asked)].filter((name) => !foreign.includes(name) && !page.includes(`\`${name}\``));
    expect(asked).toContain('SHIGEYI_KEYS');
    expect(missing).toEqual([]);
  });

  it('has every variable of docker-compose.yml', () => {
    const asked = [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+):-/g)].map(([, name]) => name!);
    expect([...new Set(asked)].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('explains every line that a worker logs', () => {
    const sources = ['activities', 'worker'].flatMap((room) => filesIn(room, '.ts').map(read)).join('\n');
    const texts = [...sources.matchAll(/\blog\.(?:info|warn|error)\([^;']*'([^']+)'\)/g)].map(([, text]) => text!);
    expect(texts.length).toBeGreaterThan(6);
    expect(texts.filter((text) => !page.includes(`\`${text}\``))).toEqual([]);
  });
});

describe('docs/decisions', () => {
  const decisions = [...filesIn('docs/decisions', '.md')].sort();

  it('are numbered from 1 without a gap', () =>
    expect(decisions.map((path) => Number(/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1]))).toEqual(
      decisions.map((_, index) => index + 1),
    ));

  it.each(decisions)('%s says context, decision and consequences', (path) => {
    const headings = [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);
    expect(headings[0]).toMatch(new RegExp(`^${Number(/\d{4}/.exec(path)![0])}\\. `));
    expect(headings.slice(1)).toEqual(['Context', 'Decision', 'Consequences']);
  });
});
