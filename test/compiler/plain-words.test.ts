/** What an author is told of slips that a machine would put in words of its own, or at a place of its own. */
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { CN_CALENDAR, TINY, compileText, tinyWith } from './tiny.ts';

const told = (text: string) => {
  const compiled = compileText(text);
  const issues = 'issues' in compiled ? compiled.issues : compiled.warnings;
  return issues.map(({ code, line, column, message, hint }) => ({ at: `${line}:${column}`, code, message, hint }));
};

describe('a time zone that there is not', () => {
  it.each(['Asia/Beijing', '北京时间', 'China/Beijing', 'PRC', 'UTC+8', "'+08:00'", 'Asia/Shenzhen'])(
    'is Shanghai where China is meant: %s',
    (zone) =>
      expect(told(tinyWith(['zone: Asia/Shanghai', `zone: ${zone}`]))).toEqual([
        expect.objectContaining({ code: 'UNKNOWN_ZONE', hint: "did you mean 'Asia/Shanghai'?" }),
      ]),
  );

  it.each([
    ['Europe/Berlim', "did you mean 'Europe/Berlin'?"],
    ['当地时间', "write it as in 'Asia/Shanghai'"],
  ])('is the nearest otherwise, and never a list of all: %s', (zone, hint) =>
    expect(told(tinyWith(['zone: Asia/Shanghai', `zone: ${zone}`]))).toEqual([expect.objectContaining({ hint })]),
  );
});

describe('a second document in a file', () => {
  it('is told where it begins, as what it is', () =>
    expect(told(tinyWith(['phases:', '---\nphases:']))).toEqual([
      expect.objectContaining({
        at: '18:1',
        code: 'YAML_SYNTAX',
        message: 'a second document begins here (---), and a file holds one',
      }),
    ]));
});

describe('an empty file', () => {
  it('is told what a main file begins with', () => expect(told('')[0]!.hint).toContain("begin a main file with 'shigeyi: 1'"));
});

describe('a parameter that stands alone', () => {
  it.each(['2026', 'true', 'spring'])('becomes a text where a text is wanted: %s', (value) => {
    const title = "title: { zh: 年, en: '${year}' }";
    const compiled = compileText(
      tinyWith(['roles:', `parameters: { year: ${value} }\nroles:`], ['title: { zh: 开始, en: Begin }', title]),
    );
    expect('plan' in compiled && compiled.plan.actions[0]!.title.en).toBe(value);
  });

  it('does not make a text of a number that is written out', () =>
    expect(told(tinyWith(['en: Begin', 'en: 2026']))).toEqual([
      expect.objectContaining({ code: 'WRONG_TYPE', message: "'en' is 2026" }),
    ]));
});

describe('a function that is asked of something in CEL', () => {
  it.each(["title.matches('a.*')", "title.matches('a.*') == true", "'a' == title.lower()"])(
    'is called by its own name: %s',
    (condition) =>
      expect(told(tinyWith(['form: plan }', `form: plan, when: "${condition}" }`]))).toEqual([
        expect.objectContaining({
          code: 'CONDITION_UNREADABLE',
          message: expect.stringMatching(/there is no function '(matches|lower)'/) as unknown,
        }),
      ]),
  );
});

describe('what a version takes out although it is needed', () => {
  const inVersion = (text: string) => {
    const compiled = compileDefinition({
      files: [{ path: 'version.yaml', text: `shigeyi: 1\nbase: ../tiny\n${text}` }],
      base: [{ path: 'tiny.yaml', text: TINY }],
      calendars: [CN_CALENDAR],
    });
    return ('issues' in compiled ? compiled.issues : []).map(
      ({ file, line, column, code }) => `${file}:${line}:${column} ${code}`,
    );
  };

  it('is missing where it is taken out', () => {
    expect(inVersion('zone: { remove: true }\n')).toEqual(['version.yaml:3:7 MISSING_KEY']);
    expect(inVersion('forms: { plan: { title: { remove: true } } }\n')).toEqual(['version.yaml:3:25 MISSING_KEY']);
  });
});

describe('a file of ninety thousand unknown keys', () => {
  it('is told of a thousand, without looking for what each of the others might have meant', () => {
    const text = `${TINY}${Array.from({ length: 90_000 }, (_, at) => `k${at}: 1\n`).join('')}`;
    expect(told(text)).toHaveLength(1000);
  });
});
