import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { formatIssue } from '../../compiler/issue.ts';
import { renderJsonSchema } from '../../compiler/json-schema.ts';
import { Task } from '../../compiler/language.ts';

const FOLDER = join(import.meta.dirname, '../../definitions');
const page = readFileSync(join(FOLDER, 'README.md'), 'utf8');

describe('the page about definitions', () => {
  it('shows a whole definition that compiles', () => {
    const text = /```yaml\n([^]+?)```/.exec(page)![1]!;
    const calendars = [{ path: 'cn.yaml', text: readFileSync(join(FOLDER, 'calendars/cn.yaml'), 'utf8') }];
    const compiled = compileDefinition({ files: [{ path: 'README.md', text }], calendars });
    expect(('issues' in compiled ? compiled.issues : compiled.warnings).map(formatIssue)).toEqual([]);
  });

  it('explains every key of a task', () => {
    const explained = [...page.slice(page.indexOf('## Tasks')).matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key);
    expect(new Set([...explained, 'id', 'title', 'basis'])).toEqual(new Set(Object.keys(Task.shape)));
  });
});

describe('the schema for editors', () => {
  it('is made from the language (else run: node --import tsx scripts/generate-definition-schema.mjs)', () =>
    expect(readFileSync(join(FOLDER, 'definition.schema.json'), 'utf8')).toBe(renderJsonSchema()));
});
