import { describe, expect, it } from 'vitest';
import { codesFrom, issuesFrom, tinyWith } from './tiny.ts';

const titled = (zh: string): string => tinyWith(['zh: 撰写', `zh: ${zh}`]);

describe('a title', () => {
  it.each([
    ['an end of a line', '"撰写\\n上报"'],
    ['a mark that turns its direction', '"撰写\\u202e上报"'],
    ['a mark that ends one', '"撰写\\u2069"'],
    ['a control character', '"撰写\\u0007"'],
  ])('does not hold %s', (_what, zh) => expect(codesFrom(titled(zh))).toHaveLength(1));

  it('is told with what cannot be seen in it named', () => {
    const [issue] = issuesFrom(titled('"撰写\\u202e上报"'));
    expect(issue!.message).toContain('撰写\\u202e上报');
    expect(`${issue!.hint}${issue!.zh.hint}`).toContain('one line, without control characters');
  });

  it('may hold whatever else is written', () => expect(codesFrom(titled('"撰写（甲）①·A&B 😀"'))).toEqual([]));
});
