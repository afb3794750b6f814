import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TINY } from './tiny.ts';

const ROOT = join(import.meta.dirname, '../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shigeyi-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Cost {
  readonly codes: readonly string[];
  readonly ms: number;
  readonly mebibytes: number;
}

function costOf(text: string): Cost {
  const path = join(folder, 'definition.yaml');
  writeFileSync(path, text);
  const harmless = join(ROOT, 'definitions/first');
  const args = ['--import', 'tsx', join(import.meta.dirname, 'refuse.ts'), path, harmless];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })) as Cost;
}

const BOMB = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 40 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(9)}]`),
];

describe('a hostile text is refused before it costs anything:', () => {
  it.each<[string, string, string]>([
    ['aliases that stand for more than there is memory', `${TINY}${BOMB.join('\n')}\n`, 'YAML_FEATURE_REFUSED'],
    ['ten megabytes of tasks', `${TINY}${'          - { id: write }\n'.repeat(400_000)}`, 'FILE_TOO_LARGE'],
    ['a single line of ten megabytes', `id: ${'x'.repeat(10_000_000)}`, 'FILE_TOO_LARGE'],
    ['two megabytes of tasks', `${TINY}${'          - { id: write }\n'.repeat(80_000)}`, 'FILE_TOO_LARGE'],
    ['brackets ten thousand deep', `id: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'NESTED_TOO_DEEPLY'],
    ['maps ten thousand deep', `${'{a: '.repeat(10_000)}${'}'.repeat(10_000)}`, 'NESTED_TOO_DEEPLY'],
    [
      'lists a thousand deep by indentation',
      Array.from({ length: 1000 }, (_, at) => `${' '.repeat(at)}- `).join('\n'),
      'NESTED_TOO_DEEPLY',
    ],
    [
      'conditions ten thousand deep',
      TINY.replace('form: plan }', `form: plan, when: "${'('.repeat(10_000)}a${')'.repeat(10_000)}" }`),
      'OUT_OF_RANGE',
    ],
  ])('%s', (_what, text, code) => {
    const { codes, ms, mebibytes } = costOf(text);
    expect(codes.join()).toContain(code);
    expect(ms).toBeLessThan(200);
    expect(mebibytes).toBeLessThan(64);
  });
});
