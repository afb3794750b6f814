import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ISSUE_CODES, type IssueCode } from '../../compiler/codes.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';

const FOLDER = join(import.meta.dirname, '../../definitions/invalid');
const FILES = readdirSync(FOLDER).sort();

/** The lines `# expect CODE line:column` at the head of a file. */
function expectedOf(text: string): readonly string[] {
  return [...text.matchAll(/^# expect (\S+ \d+:\d+)$/gm)].map(([, expected]) => expected!);
}

function issuesIn(name: string) {
  const compiled = compileDefinition(readDefinition(join(FOLDER, name)));
  return 'issues' in compiled ? compiled.issues : compiled.warnings;
}

describe('a definition with mistakes', () => {
  it.each(FILES)('reports exactly what it must, where it must: %s', (name) => {
    const found = issuesIn(name).map(({ code, line, column }) => `${code} ${line}:${column}`);
    expect(found.sort()).toEqual([...expectedOf(readFileSync(join(FOLDER, name), 'utf8'))].sort());
  });

  it('says what was found and what to do, in every issue', () => {
    for (const issue of FILES.flatMap(issuesIn)) {
      expect(issue.message.length, issue.code).toBeGreaterThan(8);
      expect(issue.hint.length, issue.code).toBeGreaterThan(3);
    }
  });

  it('reports ten issues when ten mistakes were made', () => expect(issuesIn('ten-mistakes.yaml')).toHaveLength(10));

  it('is there for every code that a text alone can bring about', () => {
    // Brought about by an argument, a file's size, or a file beside: see test/compiler.
    const elsewhere: readonly IssueCode[] = ['FILE_TOO_LARGE', 'FILE_NOT_LISTED', 'STARTS_MALFORMED'];
    const shown = new Set(FILES.flatMap((name) => issuesIn(name).map(({ code }) => code)));
    const missing = (Object.keys(ISSUE_CODES) as IssueCode[]).filter((code) => !shown.has(code) && !elsewhere.includes(code));
    expect(missing).toEqual([]);
  });
});
