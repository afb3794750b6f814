import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { drawPlan } from '../../explainer/draw.ts';
import { formatIssue } from '../../compiler/issue.ts';
import { readDefinition } from '../../compiler/read-definition.ts';

const FOLDER = join(import.meta.dirname, '../../definitions');
const DEFINITIONS = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(FOLDER, entry.name, 'definition.yaml')))
  .map(({ name }) => name);

describe('each definition of the repository', () => {
  it('is found', () => expect(DEFINITIONS).toContain('linwei-2020'));

  it.each(DEFINITIONS)('compiles without an issue and without a warning: %s', (name) => {
    const compiled = compileDefinition(readDefinition(join(FOLDER, name)));
    expect(('issues' in compiled ? compiled.issues : compiled.warnings).map(formatIssue)).toEqual([]);
  });

  it.each(DEFINITIONS)('lists every file of its folder that holds a part of it: %s', (name) => {
    const { files } = readDefinition(join(FOLDER, name));
    const parts = readdirSync(join(FOLDER, name)).filter((file) => file.endsWith('.yaml') && !file.endsWith('.test.yaml'));
    expect(new Set(files.map(({ path }) => path.split('/').at(-1)))).toEqual(new Set(parts));
  });

  it.each(DEFINITIONS)('can be drawn: %s', (name) => {
    const compiled = compileDefinition(readDefinition(join(FOLDER, name)));
    if ('issues' in compiled) throw new Error('it does not compile');
    expect(drawPlan(compiled.plan)).toMatch(/^flowchart TD\n/);
  });

  it.each(DEFINITIONS)('bears no telephone or identity number: %s', (name) => {
    for (const { text } of readDefinition(join(FOLDER, name)).files) expect(text).not.toMatch(/\d{11}|\d{17}[\dX]/);
  });
});
