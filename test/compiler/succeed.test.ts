/** Which plan may take the place of one that runs, and what comes of the two. */
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import type { Compiled } from '../../compiler/emit.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { succeed } from '../../compiler/succeed.ts';
import { beijing } from '../running/drill.ts';

const PATH = 'test/running/definition';
const CALENDARS = { calendars: 'definitions/calendars' };
type Edit = readonly [was: string | RegExp, is: string];

function compile(...edits: readonly Edit[]): Compiled {
  const { files, ...more } = readDefinition(PATH, CALENDARS);
  const edited = files.map(({ text, ...file }) => ({
    ...file,
    text: edits.reduce((now, [was, is]) => {
      const changed = now.replace(was, is);
      if (changed === now) throw new Error(`not there: ${was}`);
      return changed;
    }, text),
  }));
  const compiled = compileDefinition({ files: edited, ...more });
  if ('plan' in compiled) return compiled;
  throw new Error(JSON.stringify(compiled.issues));
}
const OLD = compile();
const follow = (next: Compiled, { now = beijing('10-13 09:00'), old = OLD } = {}) =>
  succeed(old, next, { now, timers: 'recompute' });
const codesOf = (next: Compiled, options?: Parameters<typeof follow>[1]): readonly string[] => {
  const found = follow(next, options);
  return 'issues' in found ? found.issues.map(({ code }) => code) : [];
};
const followed = (next: Compiled, old = OLD) => {
  const found = follow(next, { old });
  if ('issues' in found) throw new Error(JSON.stringify(found.issues));
  return found;
};
const WITHOUT_PHOTO: Edit = [/ {10}# What a phase can never.*\n.*id: photo.*\n/, ''];

describe('a plan that follows another', () => {
  it('has what the new version has, and beside it, retired, what only the old one had', () => {
    const { compiled } = followed(compile(WITHOUT_PHOTO));
    const photo = compiled.plan.tasks.find(({ id }) => id === 'photo')!;
    expect(photo).toMatchObject({ retired: true, title: { en: 'Photograph' }, feeds: [], after: [] });
    expect(compiled.plan.forms[photo.form]).toBeDefined();
    expect(compiled.programs.household.tasks.find(({ id }) => id === 'photo')).toMatchObject({ retired: true });
    expect(compiled.plan.tasks.filter(({ retired }) => retired !== true)).toHaveLength(OLD.plan.tasks.length - 1);
  });

  it('is named by its hashes, which the amendment carries', () => {
    const { compiled, adjustment } = followed(compile(WITHOUT_PHOTO));
    expect(adjustment).toMatchObject({ kind: 'amend', plan: compiled.hash, programs: compiled.plan.programs });
    expect(compiled.hash).not.toBe(OLD.hash);
  });

  it('that is the same is the same plan', () => {
    expect(followed(compile()).compiled.hash).toBe(OLD.hash);
  });

  it('keeps what was retired before, until a version has it again', () => {
    const { compiled: second } = followed(compile(WITHOUT_PHOTO));
    const { compiled: third } = followed(compile(WITHOUT_PHOTO), second);
    expect(third.hash).toBe(second.hash);
    const { compiled: fourth } = followed(compile(), third);
    expect(fourth.hash).toBe(OLD.hash);
  });

  it('gives new facts the values they begin with', () => {
    const next = compile(
      [
        '  standing: { scope: household, choices: [on-file, lifted], initial: on-file }\n',
        '  standing: { scope: household, choices: [on-file, lifted], initial: on-file }\n  seen: { scope: household, type: boolean, initial: false }\n',
      ],
      ['outcomes: [{ set: { standing: lifted } }]', 'outcomes: [{ set: { standing: lifted, seen: true } }]'],
    );
    expect(followed(next).adjustment.initial).toEqual({ campaign: {}, union: {}, household: { seen: false } });
  });
});

describe('a plan cannot follow', () => {
  it.each<[string, string, readonly Edit[]]>([
    ['one of another campaign', 'AMEND_OTHER_CAMPAIGN', [['id: drill', 'id: other']]],
    ['one in another zone', 'AMEND_OTHER_CAMPAIGN', [['zone: Asia/Shanghai', 'zone: Asia/Tokyo']]],
    [
      'where a phase that has begun would begin at another time',
      'AMEND_BEGUN_PHASE',
      [['starts: 2020-10-12', 'starts: 2020-10-13']],
    ],
    ['where a phase that has begun is called otherwise', 'AMEND_BEGUN_PHASE', [['- id: visits\n', '- id: visiting-phase\n']]],
    [
      'where a gate would count another scope',
      'AMEND_GATE_MOVED',
      [
        [
          'gate: { all: unions, task: report, noLaterThan: 2020-10-23 }',
          'gate: { all: households, task: result, noLaterThan: 2020-10-23 }',
        ],
      ],
    ],
    [
      'where a task would be of another scope',
      'AMEND_TASK_MOVED',
      [
        [
          'id: photo, title: { zh: 现场照片, en: Photograph }, basis: house, scope: household',
          'id: photo, title: { zh: 现场照片, en: Photograph }, basis: house, scope: union',
        ],
      ],
    ],
    [
      'where a fact could no longer have a value that it may have by now',
      'AMEND_FACT_CHANGED',
      [
        ['choices: [on-file, lifted], initial: on-file', 'choices: [on-file, gone], initial: on-file'],
        ['when: { standing: lifted }', 'when: { standing: gone }'],
        ['set: { standing: lifted }', 'set: { standing: gone }'],
      ],
    ],
    [
      'where a new fact would have to be asked of the register',
      'AMEND_FACT_UNKNOWN',
      [
        [
          '  cadre: { scope: household, type: person }',
          '  cadre: { scope: household, type: person }\n  enrolment: { scope: household, choices: [on-file, earlier-lifted, admitted], from: roster }',
        ],
        ['when: { outcome: assist }', 'when: { outcome: assist, enrolment: on-file }'],
      ],
    ],
  ])('%s', (_what, code, edits) => {
    expect(codesOf(compile(...edits))).toContain(code);
  });

  it('but may move a phase that has not begun', () => {
    const later: readonly Edit[] = [['starts: 2020-10-19', 'starts: 2020-10-20']];
    expect(codesOf(compile(...later))).toEqual([]);
    expect(codesOf(compile(...later), { now: beijing('10-20 09:00') })).toEqual(['AMEND_BEGUN_PHASE']);
  });
});
