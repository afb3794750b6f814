import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../compiler/conditions.ts';
import { explainCondition } from '../../explainer/explain-condition.ts';
import { linwei } from '../definitions/linwei.ts';

const wordsOf = (text: string): string => explainCondition(linwei.plan, compileCondition(text))!.words;

describe('a condition in words', () => {
  it.each([
    ['income < 800 && people >= 3', 'income is less than 800 and people is at least 3'],
    ['paid <= planned', 'paid is at most planned'],
    ['holder != reviewer', 'not (holder is the same as reviewer)'],
    ['(income + aid) / people > 800', '((income + aid) ÷ people) is more than 800'],
    ['paidOn > visitedOn + days(3)', 'paidOn is more than (visitedOn + 3 days)'],
    ['-owed * 2 < 3', '(−owed × 2) is less than 3'],
    ['paid / people == null', 'paid ÷ people is not known yet'],
    ['sum(rows.amount) > size(rows)', 'the sum of rows.amount is more than the number of rows of rows'],
  ])('%s', (text, words) => expect(wordsOf(text)).toBe(words));

  it('names every fact that is reckoned with', () =>
    expect(explainCondition(linwei.plan, compileCondition('a + b < c'))!.facts.map(({ fact }) => fact)).toEqual(['a', 'b', 'c']));
});
