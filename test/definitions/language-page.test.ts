/** docs/definition.md against the language: each example compiles and is played to its end, and no key is without one. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CalendarFile } from '../../compiler/calendar.ts';
import { MainFile, Task } from '../../compiler/language.ts';
import { readDefinition, readScenarioFiles } from '../../compiler/read-definition.ts';
import { admittedHousehold } from '../../roster/admission.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { Coverage } from '../../scenarios/coverage.ts';
import { simulate } from '../../simulator/simulate.ts';
import { playWith } from '../scenarios/played.ts';
import { allKeys, keysUsed, MAPS } from './language-keys.ts';
import { compiledOf, inputOf, SECTIONS, type Section, sectionOf, textsShownBy } from './language-page.ts';

const DEFINITIONS = join(import.meta.dirname, '../../definitions');
/** Everybody does their work in time, and reviewers return some of it. */
const HABITS = { late: 0, never: 0, returned: 0.2 };
/** So many that each branch of an example is somebody's. */
const ROSTER = createSampleRoster({ seed: 1, unions: 3, households: 36, earlier: 0 });

/** What a simulated campaign leaves undone: nothing, if all is well. */
function leftUndone(section: Section): unknown {
  const { plan, programs } = compiledOf(inputOf(section));
  const coverage = new Coverage(plan, programs);
  const { observer, close } = coverage.listen();
  const steps = simulate({ plan, programs, roster: ROSTER, seed: 1, habits: HABITS, admit: admittedHousehold, observer });
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  close();
  const { lines, refusals, unfillable } = step.value;
  return {
    ...{ refusals, unfillable },
    unfinished: lines.filter((line) => line.unfinished + line.missed > 0),
    // Rungs that speak of delay have nothing to say here.
    unseen: coverage
      .lines()
      .flatMap(({ kind, missing }) => (kind === 'rung' || kind === 'not-taken' ? [] : missing.map((id) => `${kind} ${id}`))),
  };
}

const scenariosOf = (section: Section): readonly string[] =>
  section.examples.flatMap(({ kind, text }) => (kind === 'scenario' ? [text] : []));

describe('each section of docs/definition.md', () => {
  it('has an example, but the one about files', () =>
    expect(SECTIONS.filter(({ examples }) => examples.length === 0).map(({ heading }) => heading)).toEqual([
      'Rules for every file',
    ]));

  describe.each(SECTIONS.filter(({ examples }) => examples.length > 0))('$heading', (section) => {
    it('has an example that compiles without a warning', () => expect(() => compiledOf(inputOf(section))).not.toThrow());

    it('has an example that simulated people bring to its end, all of it', () =>
      expect(leftUndone(section)).toEqual({ refusals: {}, unfillable: [], unfinished: [], unseen: [] }));

    it.each(scenariosOf(section))('has a scenario that passes', async (text) => {
      const example = compiledOf(inputOf(section));
      const played = /\bamend: /.test(text)
        ? playWith(compiledOf(inputOf(sectionOf('The main file'))), text, example)
        : playWith(example, text);
      expect(await played).toEqual([]);
    });
  });
});

describe('the tables of docs/definition.md', () => {
  const tables = SECTIONS.flatMap(({ heading, tables: of }) => of.map((keys) => ({ heading, keys })));

  it.each(tables)('$heading has the keys that a schema has, in their order, and no other', ({ keys }) =>
    expect([...MAPS.values()]).toContainEqual(keys),
  );

  it('have every key of what has more of them than a line can hold', () => {
    const long = [...MAPS].filter(([, keys]) => keys.length > 2);
    const isListed = (keys: readonly string[]): boolean => tables.some((table) => keys.every((key) => table.keys.includes(key)));
    expect(long.filter(([, keys]) => !isListed(keys)).map(([name]) => name)).toEqual([]);
  });

  it.each(tables)('$heading shows each key in an example, its own or one it leads to', ({ heading, keys }) => {
    const shown = textsShownBy(sectionOf(heading));
    expect(keys.filter((key) => !new RegExp(`(?:^|[{\\s])${key}:`, 'm').test(shown))).toEqual([]);
  });
});

/** What the definitions with scenarios say, as written, and the examples of sections that have one. */
function keysPlayed(): ReadonlySet<string> {
  const shipped = readdirSync(DEFINITIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'invalid')
    .map(({ name }) => join(DEFINITIONS, name))
    .filter((folder) => readScenarioFiles(folder).length > 0)
    .flatMap((folder) => readDefinition(folder))
    .flatMap(({ files, base = [], calendars }) => [
      ...[...files, ...base].flatMap(({ text }) => [...keysUsed(parse(text), MainFile)]),
      ...calendars.flatMap(({ text }) => [...keysUsed(parse(text), CalendarFile)]),
    ]);
  const inExamples = SECTIONS.filter((section) => scenariosOf(section).length > 0)
    .flatMap(({ examples }) => examples)
    .flatMap(({ kind, value }) => {
      if (kind === 'scenario') return [];
      if (kind === 'calendar') return [...keysUsed(value, CalendarFile)];
      return [...(kind === 'file' ? keysUsed(value, MainFile) : keysUsed(value, z.array(Task)))];
    });
  return new Set([...shipped, ...inExamples]);
}

/** What has nothing of its own to play, and why. */
const UNPLAYED: Readonly<Record<string, string>> = {
  'MainFile.parameters: true': 'a value as any other',
  'MainFile.parameters: false': 'a value as any other',
  'Hours.quietOnDaysOff: false': 'what holds without saying so',
  'Fact.initial: true': 'as `false`, which is played',
  'Cell.required: true': 'what holds without saying so',
  'Cell.freeText: false': 'what holds without saying so',
  'Cell.correctable: false': 'what holds without saying so',
  'Gate.latched: true': 'what holds without saying so',
};

describe('each key of the language', () => {
  it('is used in a definition or an example that has a scenario, so that what it does is stated', () => {
    const played = keysPlayed();
    expect([...allKeys()].filter((key) => !played.has(key))).toEqual(Object.keys(UNPLAYED));
  });
});
