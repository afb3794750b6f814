/** A version of the tiny definition: what it says goes over its base, and the rest is as there. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';
import { CN_CALENDAR, TINY } from './tiny.ts';

const BASE = TINY;
const compile = (version: string, { base = BASE, others = [] as readonly string[] } = {}) =>
  compileDefinition({
    files: [
      { path: 'v/definition.yaml', text: `shigeyi: 1\nbase: ../tiny\n${version}` },
      ...others.map((text, index) => ({ path: `v/other-${index}.yaml`, text })),
    ],
    base: [{ path: 'tiny/definition.yaml', text: base }],
    calendars: [CN_CALENDAR],
  });
function planOf(version: string, options = {}) {
  const compiled = compile(version, options);
  if ('issues' in compiled) throw new Error(JSON.stringify(compiled.issues, null, 1));
  return compiled.plan;
}
function issuesOf(version: string, options = {}) {
  const compiled = compile(version, options);
  const issues = 'issues' in compiled ? compiled.issues : compiled.warnings;
  return issues.map(({ code, file, line, column }) => `${code} ${file}:${line}:${column}`);
}
const phase = (rest: string): string => `phases:\n  - { id: autumn, ${rest} }\n`;

describe('a version that says nothing', () => {
  it('is its base', () => expect(planOf('')).toEqual(planOf('', { base: BASE })));
  it('is the plan that its base alone would be', () => {
    const alone = compileDefinition({ files: [{ path: 'tiny/definition.yaml', text: BASE }], calendars: [CN_CALENDAR] });
    expect('plan' in alone && planOf('')).toEqual('plan' in alone && alone.plan);
  });
});

describe('what a version says', () => {
  it('goes over a map key by key', () =>
    expect(planOf('title: { en: Second }\n').title).toEqual({ zh: '小型行动', en: 'Second' }));
  it('goes over items by their ids, however deep', () => {
    const plan = planOf(phase('ends: 2020-10-16, actions: [{ id: begin, tasks: [{ id: write, basis: practice }] }]'));
    expect(plan.tasks[0]).toMatchObject({ id: 'write', basis: { kind: 'practice' }, scope: 'campaign' });
    expect(plan.phases[0]!.endsAt - planOf('').phases[0]!.endsAt).toBe(86_400_000);
  });
  it('replaces a deadline as a whole', () => {
    const due = (rule: string): string => phase(`actions: [{ id: begin, tasks: [{ id: write, due: ${rule} }] }]`);
    const base = BASE.replace('form: plan }\n', 'form: plan, due: { date: 2020-10-14 } }\n');
    expect(planOf(due('{ workingDays: 2 }'), { base }).tasks[0]!.due).toMatchObject({ workingDays: 2 });
  });
  it('adds an item behind the one before it', () => {
    const rungs = `ladders:\n  standard:\n    - { id: early, remind: assignee, workingDays: -1, at: '09:00' }\n    - { id: on-the-day }\n    - { id: late, remind: assignee, when: overdue }\n`;
    expect(planOf(rungs).ladders['standard']!.rungs.map(({ id }) => id)).toEqual(['early', 'on-the-day', 'late']);
  });
  it('takes out with `remove: true`, in a list and in a map', () => {
    const added = '    - { id: late, remind: assignee, when: overdue }\nlists:\n  spare: { a: { zh: 甲, en: A } }\n';
    const base = BASE.replace('forms:\n', `${added}forms:\n`);
    const plan = planOf('ladders: { standard: [{ id: late, remove: true }] }\nlists: { spare: { remove: true } }\n', { base });
    expect(plan.ladders['standard']!.rungs.map(({ id }) => id)).toEqual(['on-the-day']);
  });
  it('may stand in any of its files', () =>
    expect(
      planOf('files: [other-0.yaml]\n', { others: ['phases: [{ id: autumn, title: { en: Fall } }]\n'] }).phases[0]!.title.en,
    ).toBe('Fall'));
  it('wins over the parameters of the base', () => {
    const base = BASE.replace('id: tiny', 'parameters: { year: 2020 }\nid: tiny-${year}');
    expect([planOf('', { base }).campaign, planOf('parameters: { year: 2021 }\n', { base }).campaign]).toEqual([
      'tiny-2020',
      'tiny-2021',
    ]);
  });
});

describe('an issue of a version', () => {
  it('stands in the version where the version wrote it', () =>
    expect(issuesOf('zone: Asia/Shanghi\n')).toEqual(['UNKNOWN_ZONE v/definition.yaml:3:7']));
  it('stands in the base where the base did', () =>
    expect(issuesOf('', { base: BASE.replace('Asia/Shanghai', 'Asia/Shanghi') })).toEqual([
      'UNKNOWN_ZONE tiny/definition.yaml:4:7',
    ]));
  it('tells what the base lacks for what was taken out', () =>
    expect(issuesOf('forms: { plan: { remove: true } }\n')).toEqual(['UNKNOWN_FORM tiny/definition.yaml:28:109']));
  it('tells a slip in an id as the new thing that it makes', () =>
    expect(issuesOf('forms: { paln: { note: one } }\n')).toContain('MISSING_KEY v/definition.yaml:3:16'));
  it('tells what is said twice, though each is only a part', () =>
    expect(
      issuesOf('files: [other-0.yaml]\nroles: { office: { title: { en: A } } }\n', {
        others: ['roles: { office: { title: { en: B } } }\n'],
      }),
    ).toContain('DUPLICATE_ID v/other-0.yaml:1:10'));
  it.each([
    ['what is not there', 'roles: { ofice: { remove: true } }\n', 'REMOVE_MISPLACED v/definition.yaml:3:27'],
    ['what is still described', 'roles: { office: { remove: true, scope: union } }\n', 'REMOVE_MISPLACED v/definition.yaml:3:34'],
    ['an item that is not there', phase('remove: true').replace('autumn', 'spring'), 'REMOVE_MISPLACED v/definition.yaml:4:27'],
  ])('refuses to take out %s', (_, version, expected) => expect(issuesOf(version)).toContain(expected));
});

describe('a base', () => {
  const write = (root: string, name: string, text: string): string => {
    mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, name, 'definition.yaml'), text);
    return join(root, name);
  };
  const codesOf = (path: string): readonly string[] => {
    const compiled = compileDefinition({ ...readDefinition(path), calendars: [CN_CALENDAR] });
    return 'issues' in compiled ? compiled.issues.map(({ code }) => code) : [];
  };
  const version = (base: string): string => `shigeyi: 1\nbase: ${base}\n`;

  it('is read from the folder beside', () =>
    withTemporaryDirectory(async (root) => {
      write(root, 'tiny', BASE);
      expect(codesOf(write(root, 'v', version('../tiny')))).toEqual([]);
    }));
  it('that is not there is told', () =>
    withTemporaryDirectory(async (root) => expect(codesOf(write(root, 'v', version('../tiny')))).toEqual(['BASE_MISSING'])));
  it('is not followed out of the folder, by dots or by a link', () =>
    withTemporaryDirectory(async (root) => {
      write(root, 'elsewhere/tiny', BASE);
      const link = write(root, 'here/v', version('../linked'));
      symlinkSync(join(root, 'elsewhere/tiny'), join(root, 'here/linked'));
      const dots = write(root, 'here/w', version('../../elsewhere/tiny'));
      expect([codesOf(link), codesOf(dots)]).toEqual([['BASE_MISSING'], ['BASE_MISSING']]);
    }));
  it('whose own file is a link out of the folder loses that file', () =>
    withTemporaryDirectory(async (root) => {
      write(root, 'elsewhere', BASE);
      write(root, 'here/tiny', BASE.replace('id: tiny', 'files: [more.yaml]\nid: tiny'));
      symlinkSync(join(root, 'elsewhere/definition.yaml'), join(root, 'here/tiny/more.yaml'));
      expect(codesOf(write(root, 'here/v', version('../tiny')))).toEqual(['FILE_MISSING']);
    }));
  it('has no base itself, so that no circle can be', () =>
    withTemporaryDirectory(async (root) => {
      const first = write(root, 'first', version('../second'));
      const second = write(root, 'second', version('../first'));
      const own = write(root, 'own', version('../own'));
      expect([codesOf(first), codesOf(second), codesOf(own)]).toEqual([['BASE_NESTED'], ['BASE_NESTED'], ['BASE_NESTED']]);
    }));
});
