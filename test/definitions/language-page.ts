/**
 * docs/definition.md as a reader has it: its sections, the tables of keys in them, and what their examples are. The definition under "The main file" is
 * whole; each other section's examples together are a version of it, so that each can be compiled and played.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compileDefinition, type DefinitionInput } from '../../compiler/compile.ts';
import type { Compiled } from '../../compiler/emit.ts';
import { formatIssue } from '../../compiler/issue.ts';
import { ContentFile } from '../../compiler/language.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/definition.md'), 'utf8');
const CN_CALENDAR = { path: 'calendars/cn.yaml', text: readFileSync(join(ROOT, 'definitions/calendars/cn.yaml'), 'utf8') };

export interface Section {
  readonly heading: string;
  /** Its texts in YAML. */
  readonly examples: readonly Example[];
  /** The headings of the sections that its tables lead to, as links have them. */
  readonly links: readonly string[];
  /** Of each table of keys, the keys, in their order. */
  readonly tables: readonly (readonly string[])[];
}

export interface Example {
  /** What a file of a definition may hold; tasks, as they stand in the first action; a calendar; or a scenario. */
  readonly kind: 'file' | 'tasks' | 'calendar' | 'scenario';
  readonly text: string;
  readonly value: unknown;
}

export const SECTIONS: readonly Section[] = PAGE.split(/\n(?=#{2,3} )/)
  .slice(1)
  .map((text) => ({
    heading: /^#+ (.*)/.exec(text)![1]!,
    examples: [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, example]) => readExample(example!)),
    links: [...text.matchAll(/^\|.*\(#([a-z-]+)\)/gm)].map(([, link]) => link!),
    tables: [...text.matchAll(/^\| key \|.*\n\| --- .*\n((?:\|.*\n?)+)/gm)].map(([, rows]) =>
      [...rows!.matchAll(/^\| `([^`]+)`/gm)].map(([, key]) => key!),
    ),
  }));

function readExample(text: string): Example {
  const value: unknown = parse(text);
  const has = (key: string): boolean => Object.hasOwn(value as object, key);
  const kind = Array.isArray(value) ? 'tasks' : has('shigeyi-test') ? 'scenario' : has('weekend') ? 'calendar' : 'file';
  return { kind, text, value };
}

export function sectionOf(heading: string): Section {
  const found = SECTIONS.find((each) => each.heading === heading);
  if (found === undefined) throw new Error(`docs/definition.md has no section '${heading}'`);
  return found;
}

/** The examples of a section and of those that its tables lead to. */
export const textsShownBy = ({ heading, links }: Section): string =>
  SECTIONS.filter((each) => each.heading === heading || links.includes(each.heading.toLowerCase().replaceAll(' ', '-')))
    .flatMap(({ examples }) => examples.map(({ text }) => text))
    .join('\n');

const textsOf = (section: Section, kind: Example['kind']): readonly string[] =>
  section.examples.flatMap((example) => (example.kind === kind ? [example.text] : []));

/** The definition that stands whole on the page. */
const WHOLE = filesOf(sectionOf('The main file'), 'autumn-visits');

/** What a section's examples come to. Where one amends, this is the version that it amends to. */
export function inputOf(section: Section): DefinitionInput {
  const files = filesOf(section, 'example');
  const calendars = textsOf(section, 'calendar').map((text) => ({ path: 'calendars/example.yaml', text }));
  return { files, calendars: [CN_CALENDAR, ...calendars], ...(hasBase(files[0]!.text) && { base: WHOLE }) };
}

const hasBase = (main: string): boolean => /^base: /m.test(main);

/** One that says `shigeyi` is a main file, and the next are those that it lists. Otherwise all are parts of a version. */
function filesOf(section: Section, folder: string): DefinitionInput['files'] {
  const named = (name: string, text: string) => ({ path: `${folder}/${name}`, text });
  const [first, ...others] = textsOf(section, 'file');
  if (first !== undefined && /^shigeyi: /m.test(first)) {
    const { files = [] } = parse(first) as { files?: readonly string[] };
    return [named('definition.yaml', first), ...others.map((text, index) => named(files[index] ?? 'unlisted.yaml', text))];
  }
  const texts = [...textsOf(section, 'file'), ...asPhases(textsOf(section, 'tasks'))];
  const isOfMain = (text: string): boolean =>
    Object.keys(parse(text) as object).some((key) => !Object.hasOwn(ContentFile.shape, key));
  const parts = texts.filter((text) => !isOfMain(text)).map((text, index) => named(`part-${index + 1}.yaml`, text));
  const listed = parts.map(({ path }) => path.split('/').at(-1));
  const main = ['shigeyi: 1', 'base: ../autumn-visits', `files: [${listed.join(', ')}]`, ...texts.filter(isOfMain)];
  return [named('definition.yaml', main.join('\n')), ...parts];
}

/** Tasks by themselves stand in the first action. */
function asPhases(lists: readonly string[]): readonly string[] {
  if (lists.length === 0) return [];
  const tasks = lists.join('').replace(/^(?=.)/gm, ' '.repeat(10));
  return [`phases:\n  - id: visits\n    actions:\n      - id: visiting\n        tasks:\n${tasks}`];
}

/** @throws with its issues, warnings too, when it has any. */
export function compiledOf(input: DefinitionInput): Compiled {
  const compiled = compileDefinition(input);
  const issues = 'issues' in compiled ? compiled.issues : compiled.warnings;
  if (!('plan' in compiled) || issues.length > 0) throw new Error(issues.map(formatIssue).join('\n'));
  return compiled;
}
