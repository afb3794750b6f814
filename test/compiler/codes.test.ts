import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ISSUE_CODES, renderCodesPage } from '../../compiler/codes.ts';

const ROOT = join(import.meta.dirname, '../..');
const source = readdirSync(join(ROOT, 'compiler'))
  .filter((name) => name.endsWith('.ts') && name !== 'codes.ts')
  .map((name) => readFileSync(join(ROOT, 'compiler', name), 'utf8'))
  .join('\n');

describe('the table of issue codes', () => {
  it('has every code that the compiler can report, and no other', () => {
    const unused = Object.keys(ISSUE_CODES).filter((code) => !source.includes(`'${code}'`));
    expect(unused).toEqual([]);
  });

  it('says cause and remedy in both languages', () => {
    for (const { cause, remedy } of Object.values(ISSUE_CODES)) {
      for (const { en, zh } of [cause, remedy]) {
        expect(en).toMatch(/\.$/);
        expect(zh).toMatch(/[\u4e00-\u9fff]/);
      }
    }
  });

  it('is what docs/issue-codes.md shows (else run: node --import tsx scripts/generate-issue-codes.mjs)', () =>
    expect(readFileSync(join(ROOT, 'docs/issue-codes.md'), 'utf8')).toBe(renderCodesPage()));
});
