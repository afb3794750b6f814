/** What is said of a text that is not YAML, or is YAML by accident. */
import { describe, expect, it } from 'vitest';
import { curesOf } from '../../compiler/punctuation.ts';
import { codesFrom, issuesFrom, TINY, tinyWith } from './tiny.ts';

const ROLE = '  office: { title: { zh: 办公室, en: Office }, scope: campaign, fallback: leading-group }';
const told = (text: string) => issuesFrom(text).map(({ code, line, column }) => `${code} ${line}:${column}`);

describe('a text that is not YAML', () => {
  it('tells one mistake, however much follows from it', () =>
    expect(told(tinyWith(['en: Office }', 'en: Office']))).toEqual(['YAML_SYNTAX 9:11']));

  it('tells one for each key of the first column that has one', () =>
    expect(told(tinyWith(['en: Office }', 'en: Office'], ["at: '09:00'", "at: '09:00"]))).toEqual([
      'YAML_SYNTAX 9:11',
      'YAML_SYNTAX 12:63',
    ]));

  it('tells the same whatever its line breaks are', () => {
    const text = `# 说明\n${tinyWith(['en: Office }', 'en: Office'], ['{ id: text', '{ id：text,'])}`;
    expect(told(text.replaceAll('\n', '\r\n'))).toEqual(told(text));
    expect(told(text)).toHaveLength(2);
  });

  it('tells one for each file that has one', () => {
    const main = tinyWith(['notice: 3', 'notice: 3\nfiles: [forms.yaml]'], ['en: Office }', 'en: Office']);
    const issues = issuesFrom(main, { others: [{ path: 'forms.yaml', text: 'forms: {\n' }] });
    expect(issues.map(({ file }) => file)).toEqual(['tiny.yaml', 'forms.yaml']);
  });

  it('points from what is not closed to where it would have had to be', () => {
    const [issue] = issuesFrom(tinyWith(["at: '09:00'", 'at: "09:00']));
    expect(issue).toMatchObject({ line: 12, message: `'"' is opened here and not closed`, hint: 'write " where it ends' });
    expect(issue!.zh).toEqual({ message: '此处的“"”没有闭合', hint: '在其结尾处补上 "' });
  });

  it('names a tab', () =>
    expect(issuesFrom(TINY.replace(ROLE, `\t${ROLE.trim()}`))).toMatchObject([
      { line: 9, column: 1, message: 'a tab stands where this line is indented' },
    ]));

  it.each([
    ['a value that goes on', 'id: tiny', 'id: tiny: x', '一行之内不能再套映射：同一行有两个“键: 值”'],
    ['no colon', 'notice: 3', 'notice', '键之后没有冒号和值'],
    ['two commas', 'zh: 办公室,', 'zh: 办公室,,', '多了一个逗号'],
    ['no comma', 'zh: 办公室,', 'zh: 办公室', '括号之内不能用分行缩进的写法，可能缺少逗号'],
    ['a brace too many', 'fallback: leading-group }', 'fallback: leading-group } }', '多了一个右括号'],
    ['an indent', ROLE, ` ${ROLE}`, '同一映射的各键须从同一列开始'],
    ['a reserved sign', 'zone: Asia/Shanghai', 'zone: @Shanghai', '没有引号的值不能以这个字符开头'],
    ['an escape', 'zone: Asia/Shanghai', 'zone: "Asia\\/\\Shanghai"', '双引号内的转义写法不对'],
  ])('is told in Chinese what the parser says in English: %s', (_, from, to, why) =>
    expect(issuesFrom(tinyWith([from, to]))[0]!.zh.message).toBe(`这不是 YAML：${why}`),
  );
});

describe('a full-width mark', () => {
  it.each([
    ['：', 'zone: Asia', 'zone：Asia', 'write the ASCII one: : and a space after it'],
    ['：', 'forms:', 'forms：', 'write the ASCII one: : and a space after it'],
    ['：', '{ id: text', '{ id：text', 'write the ASCII one: : and a space after it'],
    ['，', '办公室, en', '办公室，en', 'write the ASCII one: , and a space after it'],
    ['‘', "at: '09:00'", 'at: ‘09:00’', "write the ASCII one: '"],
    ['’', "at: '09:00'", "at: '09:00’", "write the ASCII one: '"],
    ['｝', 'en: Office }', 'en: Office ｝', 'write the ASCII one: }'],
    ['［', 'notice: 3', 'notice: 3\nfiles: ［］', 'write the ASCII one: ['],
    ['－', '- { id: text', '－ { id: text', 'write the ASCII one: - and a space after it'],
  ])('%s is named, with the one that is meant, and nothing else is told', (mark, from, to, hint) => {
    const issues = issuesFrom(tinyWith([from, to]));
    expect(issues).toMatchObject([
      { code: 'PUNCTUATION', message: `'${mark}' is a full-width mark, which YAML takes for text`, hint },
    ]);
    expect(issues[0]!.zh.message).toBe(`“${mark}”是全角符号，YAML 只当作文字`);
  });

  it('between the words of a list divides them, and each word is still checked', () =>
    expect(told(tinyWith(['form: plan }', 'form: plan, after: [reed，wrote] }']))).toEqual([
      'UNKNOWN_TASK 28:123',
      'UNKNOWN_TASK 28:123',
      'PUNCTUATION 28:127',
    ]));

  it('does not hide another mistake of the same file', () =>
    expect(codesFrom(tinyWith(['{ id: text', '{ id：text'], ['holder: office', 'holder: offise']))).toEqual([
      'PUNCTUATION',
      'UNKNOWN_ROLE',
    ]));

  it('is left alone in prose, in quotes and in comments', () => {
    const prose = tinyWith(['zh: 办公室', 'zh: “办公室”：内容，说明（见附件）【一】'], ['zh: 撰写', "zh: '写：一，二'"]);
    expect(codesFrom(`# 注意：甲，乙\n${prose}`)).toEqual([]);
  });

  it('is not blamed where a word with a form is wanted, and prose stands', () =>
    expect(codesFrom(tinyWith(['holder: office', 'holder: 办公室，主席']))).toEqual(['MALFORMED']));

  it('is not blamed for what is wrong beside it', () =>
    expect(told(tinyWith(['zh: 办公室', 'zh: “办公室”：内容，说明'], ['en: Office }', 'en: Office']))).toEqual([
      'YAML_SYNTAX 9:11',
    ]));
});

describe('what is YAML by accident', () => {
  it('is told as a space that is missing after a colon', () =>
    expect(issuesFrom(tinyWith(['{ id: text', '{ id:text']))).toMatchObject([
      { code: 'PUNCTUATION', line: 17, column: 13, message: "after ':' the space is missing" },
    ]));

  it('is told as a colon that is missing', () =>
    expect(issuesFrom(tinyWith(['{ id: text', '{ id text']))).toMatchObject([
      { code: 'UNKNOWN_KEY', hint: "after 'id' a colon and a space are missing" },
    ]));

  it('is told as one key that stands at another indent than it should', () => {
    const issues = issuesFrom(tinyWith(['    fields:', '  fields:']));
    expect(issues).toMatchObject([{ code: 'MISSING_KEY', line: 15, related: [{ line: 16 }] }]);
  });

  it('is told as a key whose own keys are no further in, and names that it would have held are not told as unknown', () => {
    const issues = issuesFrom(tinyWith(['  plan:', 'plan:']));
    expect(issues).toMatchObject([{ code: 'WRONG_TYPE', line: 13, related: [{ line: 14 }] }]);
  });

  it('is told as a list of files that is none, and the files not as unlisted', () =>
    expect(
      codesFrom(tinyWith(['notice: 3', 'notice: 3\nfiles: forms.yaml]']), {
        others: [{ path: 'forms.yaml', text: 'forms: {}' }],
      }),
    ).toEqual(['WRONG_TYPE']));
});

describe('a line that nobody wrote by hand', () => {
  const LONG = 2_001;
  it.each([
    ['letters', 'a'],
    ['spaces', ' '],
    ['full-width colons', 'a：'],
    ['full-width commas and spaces', '， '],
  ])('of %s is not tried in other ways', (_, unit) => {
    const line = `{ id：${unit.repeat(LONG)}`;
    expect([...curesOf(line)]).toEqual([]);
    expect([...curesOf(line.slice(0, 40))]).not.toEqual([]);
  });

  // The square of this length takes minutes.
  it.each([
    ['letters', 'a'],
    ['spaces', ' '],
  ])('of %s is told as the parser does', (_, unit) =>
    expect(codesFrom(`notice: { id：${unit.repeat(200_000)}：`)).toContain('YAML_SYNTAX'),
  );
});

describe('a mark after a long run', () => {
  it('is cured after the longest id, and deep in the text', () =>
    expect([...curesOf(`${' '.repeat(60)}- ${'a'.repeat(60)}：1`)].map(({ text }) => text)).toContain(
      `${' '.repeat(60)}- ${'a'.repeat(60)}: 1`,
    ));
});
