import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition, readScenarioFiles } from '../../compiler/read-definition.ts';
import { readScenario } from '../../scenarios/read-scenario.ts';
import { CN_CALENDAR, TINY, tinyWith } from './tiny.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'shigeyi-reading-'));
});
afterAll(() => rmSync(root, { recursive: true }));

let made = 0;
/** A folder with these files, and beside it the calendars. */
function folderWith(
  files: Readonly<Record<string, string | Uint8Array>>,
  calendars: Readonly<Record<string, Uint8Array>> = {},
): string {
  const folder = join(root, String((made += 1)));
  mkdirSync(join(folder, 'tiny'), { recursive: true });
  mkdirSync(join(folder, 'calendars'));
  for (const [name, text] of Object.entries({ 'cn.yaml': CN_CALENDAR.text, ...calendars }))
    writeFileSync(join(folder, 'calendars', name), text);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'tiny', name), text);
  return join(folder, 'tiny');
}

function issuesOf(folder: string): readonly string[] {
  const compiled = compileDefinition(readDefinition(folder));
  const issues = 'issues' in compiled ? compiled.issues : compiled.warnings;
  return issues.map(
    ({ file, line, column, code, message }) => `${file.slice(folder.lastIndexOf('/') + 1)}:${line}:${column} ${code} ${message}`,
  );
}

/** A text with bytes put in the place of `from`. */
function bytesOf(text: string, from: string, bytes: readonly number[]): Uint8Array {
  const [before, after] = text.split(from) as [string, string];
  return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
}

const listing = (name: string): string => tinyWith(['notice: 3', `notice: 3\nfiles: [${name}]`]);
/** The first two of these bytes happen to be a letter in UTF-8. */
const IN_GBK = [0xd0, 0xa1, 0xd0, 0xcd];

describe('a file that is no text in UTF-8', () => {
  it.each<[string, Uint8Array, string]>([
    [
      'in GBK',
      bytesOf(TINY, '小型', IN_GBK),
      'tiny/definition.yaml:3:15 NOT_UTF8 the file is no text in UTF-8: the byte 0xD0 stands here',
    ],
    [
      'with a byte that no text has',
      bytesOf(TINY, '小', [0xff]),
      'tiny/definition.yaml:3:14 NOT_UTF8 the file is no text in UTF-8: the byte 0xFF stands here',
    ],
    [
      'with a zero',
      bytesOf(TINY, '小', [0]),
      'tiny/definition.yaml:3:14 NOT_UTF8 the file is no text in UTF-8: the byte 0x00 stands here',
    ],
    [
      'that is cut off within a character',
      Buffer.from(`${TINY}# 完`).subarray(0, -1),
      `tiny/definition.yaml:${TINY.split('\n').length}:3 NOT_UTF8 the file is no text in UTF-8: the byte 0xE5 stands here`,
    ],
    ['in UTF-16', Buffer.from(`\uFEFF${TINY}`, 'utf16le'), 'tiny/definition.yaml:1:1 NOT_UTF8 the file is written in UTF-16'],
  ])('%s is told as that alone, at the first byte that is wrong', (_what, bytes, told) =>
    expect(issuesOf(folderWith({ 'definition.yaml': bytes }))).toEqual([told]),
  );

  it('is told of a file that is listed, of a calendar and of a scenario too', () => {
    const bad = Uint8Array.of(0x23, 0xff);
    expect(issuesOf(folderWith({ 'definition.yaml': listing('f.yaml'), 'f.yaml': bad }))).toEqual([
      expect.stringContaining('tiny/f.yaml:1:2 NOT_UTF8'),
    ]);
    expect(issuesOf(folderWith({ 'definition.yaml': TINY }, { 'bad.yaml': bad }))).toEqual([
      expect.stringContaining('bad.yaml:1:2 NOT_UTF8'),
    ]);
    const [scenario] = readScenarioFiles(folderWith({ 'bad.test.yaml': bad }));
    expect(readScenario(scenario!)).toMatchObject({ issues: [{ code: 'NOT_UTF8', line: 1, column: 2 }] });
  });

  it('is none where a mark of byte order stands before UTF-8', () =>
    expect(issuesOf(folderWith({ 'definition.yaml': `\uFEFF${TINY}` }))).toEqual([]));
});

describe('a file that is too large to be read', () => {
  const LARGE = `# ${'x'.repeat(5_000_000)}\n`;

  it.each([
    ['the main file', { 'definition.yaml': LARGE }, 'definition.yaml'],
    ['one that it lists', { 'definition.yaml': listing('f.yaml'), 'f.yaml': LARGE }, 'f.yaml'],
  ])('is an issue of that file: %s', (_what, files, name) =>
    expect(issuesOf(folderWith(files))).toEqual([`tiny/${name}:1:1 FILE_TOO_LARGE the file has 5000003 bytes`]),
  );
});

describe('a folder with more scenarios than are played', () => {
  it('has each of the others told as not read', () => {
    const files = Array.from({ length: 502 }, (_, index) => [`s${String(index).padStart(3, '0')}.test.yaml`, 'scenario: 1\n']);
    const scenarios = readScenarioFiles(folderWith(Object.fromEntries(files) as Record<string, string>));
    expect(
      scenarios
        .map(readScenario)
        .flatMap((read) => ('issues' in read ? read.issues : []))
        .filter(({ message }) => message.includes('not read')),
    ).toEqual([500, 501].map((at) => expect.objectContaining({ code: 'OUT_OF_RANGE', file: scenarios[at]!.path }) as unknown));
  });
});

describe('a main file that lists itself', () => {
  it('is told that it need not', () =>
    expect(issuesOf(folderWith({ 'definition.yaml': listing('definition.yaml') }))).toEqual([
      "tiny/definition.yaml:7:9 FILE_MISSING 'definition.yaml' is this file itself, which is read anyway",
    ]));
});
