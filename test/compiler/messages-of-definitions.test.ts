import { describe, expect, it } from 'vitest';
import { compiledFrom, issuesFrom, tinyWith } from './tiny.ts';

const textOf = (text: string, { uses = 'task', id = 'opened' } = {}): string =>
  `${tinyWith()}messages:\n  ${id}: { zh: '${text}', en: 'To do', uses: [${uses}] }\n`;
const found = (text: string, options = {}): readonly string[] =>
  issuesFrom(textOf(text, options)).flatMap(({ code, severity, hint }) => (severity === 'error' ? [`${code}: ${hint}`] : []));

describe('a message of a definition', () => {
  it('stands in the plan by its purpose', () =>
    expect(compiledFrom(textOf('新任务 {{ task }}')).plan.messages).toEqual({
      opened: { zh: '新任务 {{ task }}', en: 'To do' },
    }));
  it('leaves the programs as they are: other words are no other rules', () =>
    expect(compiledFrom(textOf('新任务 {{ task }}')).plan.programs).toEqual(compiledFrom(tinyWith()).plan.programs));
  it('suggests the field that was meant', () =>
    expect(found('{{ tsk }}')).toEqual(["UNKNOWN_MESSAGE_FIELD: did you mean 'task'?"]));
  it('suggests the filter that was meant', () =>
    expect(found('{{ task | apend: task }}')).toEqual(["MESSAGE_SYNTAX: did you mean 'append'?"]));
  it('suggests the tag that was meant', () => expect(found('{% iff task %}')).toEqual(["MESSAGE_SYNTAX: did you mean 'if'?"]));
  it('suggests the purpose that was meant', () =>
    expect(found('{{ task }}', { id: 'openned' })).toEqual(["MESSAGE_NEVER: did you mean 'opened'?"]));
  it.each([
    ['the answer of a form', '{{ task }}{{ text }}'],
    ['a name', '{{ task }}{{ household.name }}'],
    ['a telephone number', '{{ task }} 13800000000'],
    ['a telephone number in groups', '{{ task }} 138 0000 0000'],
    ['a telephone number with its country', '{{ task }} +86-138-0000-0000'],
    ['a telephone number in full-width digits', '{{ task }} １３８００００００００'],
    ['an identity number', '{{ task }} 11010119900101001X'],
    ['an identity number in groups', '{{ task }} 110101 19900101 001X'],
  ])('carries nothing personal: %s', (_, text) =>
    expect(found(text).map((each) => each.split(':')[0])).toEqual(['PERSONAL_DATA_IN_MESSAGE']),
  );
  it.each(['2020-10-13 至 2020-10-15', '13 800 户', '编号 123456789012'])('may hold other numbers: %s', (text) =>
    expect(found(`{{ task }} ${text}`)).toEqual([]),
  );
  it('is sent with titles, which hold no number of a person either', () => {
    const [issue] = issuesFrom(tinyWith(['zh: 撰写', 'zh: 找张三13800000000']));
    expect([issue!.code, issue!.severity]).toEqual(['PERSONAL_DATA_IN_MESSAGE', 'error']);
    expect(issue!.message).toContain('the title holds a telephone or identity number');
  });
  it('names no field that it does not declare', () =>
    expect(found('{{ task }}{{ late }}')).toEqual(['MESSAGE_FIELD_UNDECLARED: add it to `uses`']));
  it('is sent in Chinese, or in the language that the main file names', () =>
    expect(
      ['', 'language: zh\n', 'language: en\n'].map((line) => compiledFrom(tinyWith(['zone:', `${line}zone:`])).plan.language),
    ).toEqual([undefined, undefined, 'en']));
});
