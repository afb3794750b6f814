import { describe, expect, it } from 'vitest';
import { MESSAGE_FILTERS, type MessageValues, readTemplate, renderTemplate } from '../../messages/template.ts';

const VALUES: MessageValues = {
  campaign: '行动',
  task: '入户走访',
  place: '户 h-001',
  union: '第一工会',
  deadline: '2020-10-20 23:59',
  left: 2,
  late: 0,
  times: 1,
};

describe('a template', () => {
  it('names each of its fields once, and says where', () =>
    expect(readTemplate('{{ task }}{% if late > 0 %}{{ late }}{% endif %}{{ task | append: union }}')).toEqual({
      names: [
        { name: 'task', at: 3 },
        { name: 'late', at: 16 },
        { name: 'union', at: 66 },
      ],
      flaws: [],
    }));
  it.each([
    ['a field', '到期\n{{ task }} {{ tsk }}', 'tsk }}'],
    ['a filter', '{{ task | append: left | tas }}', 'tas }}'],
    ['a tag', '到期\n{% iff late %}', 'iff late %}'],
    ['what is not closed', 'a {{ task', '{{ task'],
  ])('says where it is wrong: %s', (_, text, rest) => expect(text.slice(readTemplate(text).flaws[0]!.at)).toBe(rest));
  it.each([
    ['a filter that there is not', '{{ task | upcas }}', { kind: 'filter', name: 'upcas' }],
    ['a filter that its language has and messages have not', '{{ task | where: "a" }}', { kind: 'filter', name: 'where' }],
    ['a tag that there is not', '{% iff late %}', { kind: 'tag', name: 'iff' }],
    ['a loop', '{% for i in (1..1000) %}x{% endfor %}', { kind: 'tag', name: 'for' }],
    ['a file', '{% include "other" %}', { kind: 'tag', name: 'include' }],
    ['a name that is no field', '{{ tsk }}', { kind: 'field', name: 'tsk' }],
    ['a member of a field', '{{ task.title }}', { kind: 'field', name: 'task.title' }],
    ['a member of whatever everything is made of', '{{ task.constructor }}', { kind: 'field', name: 'task.constructor' }],
    ['an argument that is no field', '{{ task | append: tsk }}', { kind: 'field', name: 'tsk' }],
    ['a condition on what is no field', '{% if tsk %}x{% endif %}', { kind: 'field', name: 'tsk' }],
  ])('is refused for %s', (_, text, flaw) => expect(readTemplate(text).flaws).toMatchObject([flaw]));
  it('that is not closed cannot be read', () => expect(readTemplate('{{ task').flaws).toMatchObject([{ kind: 'syntax' }]));
  it.each(MESSAGE_FILTERS)('may use %s', (filter) => expect(readTemplate(`{{ left | ${filter}: 1 }}`).flaws).toEqual([]));
});

describe('what a template comes to', () => {
  it('has its fields filled in', () =>
    expect(renderTemplate('{{ task }}（{{ place }}）还有{{ left }}天', VALUES)).toBe('入户走访（户 h-001）还有2天'));
  it('follows its conditions', () =>
    expect(renderTemplate('{% if late > 0 %}逾期{% else %}未逾期{% endif %}', VALUES)).toBe('未逾期'));
  it('is one line', () => expect(renderTemplate('a\n  b\n', VALUES)).toBe('a b'));
  it('ends after 500 characters', () => expect(renderTemplate('x'.repeat(900), VALUES)).toHaveLength(500));
  it('does not read what was filled in as a template', () =>
    expect(renderTemplate('{{ task }}', { ...VALUES, task: '{{ union }}' })).toBe('{{ union }}'));
});
