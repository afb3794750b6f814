import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tinyWith } from '../compiler/tiny.ts';
import { misfitsOf } from './json-schema.ts';
import { SECTIONS, inputOf } from './language-page.ts';

const FOLDER = join(import.meta.dirname, '../../definitions');
const SCHEMA = JSON.parse(readFileSync(join(FOLDER, 'definition.schema.json'), 'utf8')) as Readonly<Record<string, unknown>>;

const shipped = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['invalid', 'calendars'].includes(entry.name))
  .flatMap(({ name }) => readdirSync(join(FOLDER, name)).map((file) => join(name, file)))
  .filter((path) => path.endsWith('.yaml') && !path.endsWith('.test.yaml'));

const misfitsIn = (text: string): readonly string[] => misfitsOf(parse(text), SCHEMA);

describe('the schema for editors', () => {
  it.each(shipped)('underlines nothing in %s', (path) => expect(misfitsIn(readFileSync(join(FOLDER, path), 'utf8'))).toEqual([]));

  it.each(SECTIONS.filter(({ examples }) => examples.length > 0))(
    'underlines nothing in the examples of "$heading"',
    (section) => {
      expect(inputOf(section).files.flatMap(({ text }) => misfitsIn(text))).toEqual([]);
    },
  );

  it.each([
    ['a number', 'notice: 3', "notice: '${days}'"],
    ['a number of days', 'form: plan }', "form: plan, due: { workingDays: '${days}' } }"],
    ['a role', 'holder: office', "holder: '${office}'"],
    ['an id', 'id: tiny', 'id: tiny-${year}'],
    ['true or false', 'form: plan }', "form: plan, gate: { of: campaign, task: x, latched: '${is}' } }"],
    ['a word of a list', 'scope: campaign, holder', "scope: '${scope}', holder"],
  ])('takes a parameter in the place of %s', (_what, from, to) => expect(misfitsIn(tinyWith([from, to]))).toEqual([]));

  it.each([
    ['an unknown key', 'notice: 3', 'notice: 3\nnotise: 3'],
    ['a title that is missing', 'title: { zh: 撰写, en: Write }, ', ''],
    ['a word that is none of those allowed', 'scope: campaign, holder', 'scope: county, holder'],
    ['a parameter in a key', '  plan:', "  'p${x}':"],
    ['what only a version may say', 'form: plan }', 'form: plan, remove: true }'],
    ['an id that is none', '{ id: write,', '{ id: Write,'],
  ])('underlines %s', (_what, from, to) => expect(misfitsIn(tinyWith([from, to]))).not.toEqual([]));

  it('underlines an unknown key in a version too', () =>
    expect(misfitsIn('shigeyi: 1\nbase: ../a\nphases: [{ id: b, acts: [] }]\n')).not.toEqual([]));
});
