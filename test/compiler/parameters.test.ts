import { describe, expect, it } from 'vitest';
import { CN_CALENDAR, compiledFrom, issuesFrom, tinyWith } from './tiny.ts';
import { compileDefinition } from '../../compiler/compile.ts';

const HEAD = 'shigeyi: 1\nid: tiny\n';
const declaring = (parameters: string, ...changes: readonly (readonly [string, string])[]): string =>
  tinyWith([HEAD, `shigeyi: 1\nparameters: ${parameters}\nid: tiny\n`], ...changes);
const title = (text: string, parameters = '{ year: 2020 }'): string =>
  compiledFrom(declaring(parameters, ['en: Tiny campaign', `en: ${text}`])).plan.title.en;

describe('a parameter', () => {
  it('becomes part of the text it stands in', () => expect(title("'Campaign of ${year}'")).toBe('Campaign of 2020'));
  it('is counted from, up and down', () => expect(title("'${year-1}, ${year}, ${year+10}'")).toBe('2019, 2020, 2030'));
  it('stands in dates', () => {
    const { plan } = compiledFrom(declaring('{ year: 2020 }', ['starts: 2020-10-13', 'starts: ${year}-10-13']));
    expect(plan.startsAt).toBe(compiledFrom(tinyWith()).plan.startsAt);
  });
  it('that is all of a value is that value, a number as a number', () => {
    const { plan } = compiledFrom(declaring('{ days: 5 }', ['notice: 3', 'notice: ${days}']));
    expect(plan.tasks[0]!.due).toMatchObject({ noticeWorkingDays: 5 });
  });
  it('is not looked for behind two dollars', () => {
    const { plan } = compiledFrom(tinyWith(['en: Tiny campaign', "en: 'costs $${year}'"]));
    expect(plan.title.en).toBe('costs ${year}');
  });
  it('gives the same plan as what it stands for', () => {
    const used = compiledFrom(declaring('{ year: 2020 }', ['starts: 2020-10-13', 'starts: ${year}-10-13']));
    expect(used.hash).toBe(compiledFrom(tinyWith()).hash);
  });
});

describe('what is set from outside', () => {
  const text = declaring('{ year: 2020, name: Tiny, quiet: false }', ['en: Tiny campaign', "en: '${name} ${year+1} ${quiet}'"]);
  const compile = (set: Readonly<Record<string, string>>) =>
    compileDefinition({ files: [{ path: 'tiny.yaml', text }], calendars: [CN_CALENDAR], set });

  it('takes the place of what is declared, as the kind that is declared', () => {
    const compiled = compile({ year: '2021', name: 'Big', quiet: 'true' });
    expect('plan' in compiled && compiled.plan.title.en).toBe('Big 2022 true');
  });
  it.each([
    ['a name that nothing declares', { yaer: '2021' }, 'UNKNOWN_PARAMETER 2:13'],
    ['another kind', { year: 'soon' }, 'PARAMETER_MISFIT 2:15'],
    ['a text that is too long', { name: 'x'.repeat(101) }, 'PARAMETER_MISFIT 2:27'],
  ])('is refused where it is %s', (_, set: Readonly<Record<string, string>>, expected) => {
    const compiled = compile(set);
    expect('issues' in compiled && compiled.issues.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([
      expected,
    ]);
  });
});

describe('an issue of what a parameter stands in', () => {
  it('stands at the scalar, and says what came of it', () =>
    expect(issuesFrom(declaring('{ year: 20 }', ['starts: 2020-10-13', 'starts: ${year}-10-13']))).toMatchObject([
      { code: 'MALFORMED', line: 22, column: 13, message: "'starts' is '20-10-13'" },
    ]));
  it('is one, when the parameter is not known', () =>
    expect(
      issuesFrom(declaring('{ year: 2020 }', ['starts: 2020-10-13', 'starts: ${yeer}-10-13'], ['ends: 2020', 'ends: ${year}'])),
    ).toMatchObject([{ code: 'UNKNOWN_PARAMETER', line: 22, hint: "did you mean 'year'?" }]));
  it('tells what braces do to it', () =>
    expect(issuesFrom(declaring('{ year: 2020 }', ['en: Tiny campaign', 'en: ${year} campaign']))[0]!.hint).toContain("'${"));
});

describe('a text made of parameters', () => {
  it('does not grow without end', () => {
    const uses = '${name}'.repeat(20_000);
    const issues = issuesFrom(declaring(`{ name: ${'x'.repeat(100)} }`, ['en: Tiny campaign', `en: '${uses}'`]));
    expect(issues.map(({ code }) => code)).toContain('OUT_OF_RANGE');
    expect(JSON.stringify(issues).length).toBeLessThan(10_000);
  });
});
