import { describe, expect, it } from 'vitest';
import { findTooDeep } from '../../compiler/depth.ts';
import { codesFrom, issuesFrom, TINY, tinyWith } from './tiny.ts';

describe('the text of a definition', () => {
  it('may be a megabyte and no more', () => expect(codesFrom(`# ${'x'.repeat(1_000_000)}\n${TINY}`)).toEqual(['FILE_TOO_LARGE']));

  it.each([
    ['brackets', `id: ${'['.repeat(400_000)}`],
    ['braces', '{a: '.repeat(200_000)],
    ['list marks', '- '.repeat(400_000)],
    ['question marks', '? '.repeat(400_000)],
    ['indentation', Array.from({ length: 1200 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('is refused before anything is built from it when it nests too deeply: %s', (_, text) =>
    expect(codesFrom(text)).toEqual(['NESTED_TOO_DEEPLY']),
  );

  it.each([
    ['an alias bomb', `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n${TINY}`],
    ['a merge key', tinyWith(['leading-group: {', 'leading-group: { <<: {},'])],
    ['a tag', tinyWith(['notice: 3', 'notice: !!int 3'])],
    ['a directive', `%YAML 1.1\n---\n${TINY}`],
    ['a prototype', tinyWith(['notice: 3', 'notice: 3\n__proto__: { polluted: true }'])],
  ])('may not use what YAML has beyond plain values: %s', (_, text) => {
    expect(codesFrom(text)).toContain('YAML_FEATURE_REFUSED');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['in', 'a:\n   b: 1\n  c: 2\n', [3, 2]],
    ['out', 'a:\n b: 1\n  c: 2\n', [3, 2]],
    ['out of a list', 'a:\n  - b: 1\n    c: 2\n   d: 3\n', [4, 2]],
  ])(
    'names the line whose indent fits none above when it is too far %s, and the line it does not agree with',
    (_, text, lines) => {
      const [issue] = issuesFrom(text);
      expect([issue!.code, issue!.related?.map(({ line }) => line)]).toEqual(['YAML_SYNTAX', lines]);
    },
  );

  it.each([
    ['one line', 'a:\n  - b: "1\n'],
    ['a text that goes on in the next line', 'a: some\n  continued text\nb: "x'],
    ['a folded text', 'a: >\n    text: 1\n  more\nb: "x'],
    ['a comment behind the key', 'a: # of this\n  b: 1\nc: "x'],
  ])('says nothing of indents that fit, and something else is wrong: %s', (_, text) => {
    const [issue] = issuesFrom(text);
    expect([issue!.code, issue!.related]).toEqual(['YAML_SYNTAX', undefined]);
  });

  it('may not hold two documents', () => expect(codesFrom(`${TINY}---\n${TINY}`)).toEqual(['YAML_SYNTAX']));

  it('may not be empty', () => expect(codesFrom('')).toEqual(['WRONG_TYPE']));

  it.each([
    ['010', '10'],
    ['0x0A', '10'],
    ['1e1', '10'],
    ['3.0', '3'],
  ])('is not read differently from how it is written: %s', (written, read) => {
    const [issue] = issuesFrom(tinyWith(['number: 1', `number: ${written}`]));
    expect(issue).toMatchObject({ code: 'SCALAR_SPELLING', message: `'${written}' is read as ${read}` });
  });

  it('counts columns as editors do, past Chinese and past line breaks of Windows', () => {
    const issues = issuesFrom(tinyWith(['zh: 撰写, en: Write', 'zh: 撰写, on: Write']).replaceAll('\n', '\r\n'));
    expect(issues.find(({ code }) => code === 'UNKNOWN_KEY')).toMatchObject({ line: 28, column: 43 });
  });

  it('may begin with a byte-order mark', () => expect(codesFrom(`\ufeff${TINY}`)).toEqual([]));

  it.each([
    ['keys that nobody knows', Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n')],
    ['the same key', 'a: 1\n'.repeat(30_000)],
    ['dashes in a text', `a: |\n  ${'- '.repeat(499_000)}x\nb: "x`],
    ['tasks without anything', TINY + '          - { id: x }\n'.repeat(10_000)],
    [
      'tasks that wait for each other',
      TINY +
        Array.from(
          { length: 3500 },
          (_, id) =>
            `          - { id: t${id}, title: { zh: 任务, en: T }, basis: house, scope: campaign, holder: office, form: plan, after: [t${id - 1}] }\n`,
        ).join(''),
    ],
  ])('takes no time with the square of its size, and gives a thousand issues at most, when it is full of %s', (_, text) => {
    const { length } = codesFrom(text.slice(0, 999_000));
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(1000);
  });
});

describe('depth', () => {
  it('is counted in brackets and in columns alike', () => {
    expect(findTooDeep('a:\n  b:\n    c: [[1]]\n', 5)).toBeUndefined();
    expect(findTooDeep('a:\n  b:\n    c: [[1]]\n', 4)).toBe(16);
  });

  it('is left again where the text steps back', () => expect(findTooDeep('a: { b: 1 }\n'.repeat(500), 3)).toBeUndefined());

  it('does not count brackets inside text', () =>
    expect(findTooDeep(`a: '${'['.repeat(100)}'\n# ${'{'.repeat(100)}\n`, 3)).toBeUndefined());
});
