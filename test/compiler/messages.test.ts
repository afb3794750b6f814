/** What is said of a definition, in both languages. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { expectedWords } from '../../compiler/expected.ts';
import { type Issue, tellIssue } from '../../compiler/issue.ts';
import { SAY } from '../../compiler/messages.ts';
import { readCalendars, readDefinition } from '../../compiler/read-definition.ts';
import { issuesFrom, tinyWith } from './tiny.ts';

const ROOT = join(import.meta.dirname, '../..');
const CHINESE = /[\u4e00-\u9fff]/;
const invalid = readdirSync(join(ROOT, 'definitions/invalid'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml') && !name.includes('calendars'))
  .map((name) => join('definitions/invalid', name));

function issuesOf(path: string): readonly Issue[] {
  const compiled = compileDefinition({
    ...readDefinition(join(ROOT, path)),
    calendars: readCalendars(join(ROOT, 'definitions/calendars')),
  });
  return 'issues' in compiled ? compiled.issues : compiled.warnings;
}

describe('every issue of the broken definitions', () => {
  it.each(invalid)('is told in Chinese as in English: %s', (path) => {
    for (const { code, message, hint, zh } of issuesOf(path)) {
      expect(zh.message, code).toMatch(CHINESE);
      expect(zh.hint, code).toMatch(CHINESE);
      // Names in quotes may be Chinese; what stands around them is not.
      expect(`${message} ${hint}`.replaceAll(/['`].*?['`]/g, ''), code).not.toMatch(CHINESE);
    }
  });

  it('names the same things in both languages', () => {
    for (const { code, message, zh } of invalid.flatMap(issuesOf)) {
      const names = [...zh.message.matchAll(/“([^”]+)”/g)].map(([, name]) => name!);
      for (const name of names) expect(message, `${code}: ${zh.message}`).toContain(`'${name}'`);
    }
  });
});

describe('the catalogue', () => {
  it('has a single variant called main, or several that say what is wrong', () => {
    const odd = Object.entries(SAY).filter(([, variants]) => Object.keys(variants).length === 0);
    expect(odd).toEqual([]);
  });

  it('has every variant that a check names, and no other', () => {
    const source = readdirSync(join(ROOT, 'compiler'))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, 'compiler', name), 'utf8'))
      .join('\n');
    const unused = Object.entries(SAY).flatMap(([code, variants]) =>
      Object.keys(variants)
        .filter((name) => !isNamed(source, code, name))
        .map((name) => `${code}.${name}`),
    );
    expect(unused).toEqual([]);
  });

  it('has what the schemas expect in Chinese too', () => {
    const texts = readdirSync(join(ROOT, 'compiler'))
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [
        ...readFileSync(join(ROOT, 'compiler', name), 'utf8').matchAll(/\berror: ('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g),
      ])
      .map(([, text]) => text!.slice(1, -1).replaceAll("\\'", "'"))
      .filter((text) => /^[a-z`{]/.test(text));
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => expectedWords(text).zh === text)).toEqual([]);
  });
});

/** By its code; through a short name for the code's variants (`const say = SAY.CODE`); or as one of the codes that share a variant. */
function isNamed(source: string, code: string, name: string): boolean {
  if (source.includes(`SAY.${code}.${name}`)) return true;
  if (source.includes(`= SAY.${code};`) && new RegExp(`\\b(?:say|SAID)\\.${name}\\b`).test(source)) return true;
  return name === 'found' || (name === 'main' && source.includes('SAY[code].main') && code.startsWith('UNKNOWN_'));
}

describe('what an issue is also about', () => {
  const DUPLICATE = tinyWith([
    '- { id: write, title',
    '- { id: write, title: { zh: 写, en: W }, basis: house, scope: campaign, holder: office, form: plan }\n          - { id: write, title',
  ]);

  it('is told with its place and a note, in the language asked for', () => {
    const [issue] = issuesFrom(DUPLICATE);
    expect(tellIssue(issue!, 'en').related).toEqual([{ file: 'tiny.yaml', line: 28, column: 19, note: 'first used here' }]);
    expect(tellIssue(issue!, 'zh').related[0]!.note).toBe('首次使用在此处');
  });

  it('is every other link of a circle', () => {
    const [issue] = issuesOf('definitions/invalid/cycle.yaml');
    expect(tellIssue(issue!, 'en').related.map(({ note }) => note)).toEqual([
      "'third' waits for 'read' here",
      "'read' waits for 'write' here",
    ]);
  });

  it('is where the name stands that was perhaps meant, since the slip may be there', () => {
    const [issue] = issuesFrom(tinyWith(['form: plan', 'form: plans']));
    expect(tellIssue(issue!, 'en').related).toEqual([
      { file: 'tiny.yaml', line: 14, column: 3, note: "'plan' has its name here" },
    ]);
  });

  it('is nothing, when no name is like it', () =>
    expect(tellIssue(issuesFrom(tinyWith(['form: plan', 'form: questionnaire']))[0]!, 'en').related).toEqual([]));
});
