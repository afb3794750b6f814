/** Conditions in CEL: what they mean, and what they are refused for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCel } from '../../compiler/cel.ts';
import { evaluate } from '../../model/condition.ts';
import type { Facts } from '../../model/plan.ts';
import { codesFrom, compiledFrom, issuesFrom, tinyWith } from './tiny.ts';

function holds(text: string, facts: Facts): boolean {
  const reading = readCel(text);
  if (!('condition' in reading)) throw new Error(reading.message);
  return evaluate(reading.condition, facts);
}

describe('a condition in CEL', () => {
  it.each([
    ["outcome == 'assist'", { outcome: 'assist' }, true],
    ["'assist' == outcome", { outcome: 'assist' }, true],
    ["outcome != 'assist'", { outcome: 'exit' }, true],
    ["outcome != 'assist'", {}, true],
    ["class in ['deep', 'sudden']", { class: 'sudden' }, true],
    ["class in ['deep', 'sudden']", { class: 'relative' }, false],
    ['liftable', { liftable: true }, true],
    ['!liftable', { liftable: false }, true],
    ['!liftable', {}, true],
    ['liftable == null', {}, true],
    ['income < 800', { income: 799.99 }, true],
    ['income < 800', { income: 800 }, false],
    ['income <= 800.0', { income: 800 }, true],
    ['800 > income', { income: 799 }, true],
    ['-3 < n', { n: -2 }, true],
    ["filed >= date('2020-11-01')", { filed: '2020-11-01' }, true],
    ["filed < '2020-11-01'", { filed: '2020-10-31' }, true],
    ['a == 1 || b == 2 && c == 3', { a: 0, b: 2, c: 3 }, true],
    ['(a == 1 || b == 2) && c == 3', { a: 1, b: 0, c: 0 }, false],
    ['!(a == 1 && b == 2)', { a: 1, b: 3 }, true],
  ] as [string, Facts, boolean][])('%s of %j is %s', (text, facts, expected) => expect(holds(text, facts)).toBe(expected));

  it.each(['income < 800', 'income >= 800', "filed < '2020-01-01'"])('%s does not hold of what is not known yet', (text) =>
    expect(holds(text, { income: null, filed: null })).toBe(false),
  );

  it('compares a number with a number only', () => {
    expect(holds('income < 800', { income: '1' })).toBe(false);
    expect(holds('income < 800', { income: true })).toBe(false);
  });

  it('means the same as the map it could be written as', () => {
    const choices = fc.constantFrom('deep', 'relative', 'sudden', null);
    fc.assert(
      fc.property(choices, fc.constantFrom(true, false, null), (level, liftable) => {
        const facts = { class: level, liftable };
        expect(holds("class in ['deep', 'relative'] && !(liftable == true)", facts)).toBe(
          (level === 'deep' || level === 'relative') && liftable !== true,
        );
      }),
    );
  });

  it.each([
    ["outcome = 'assist'", 9],
    ['outcome ==', 11],
    ["name.matches('^(a+)+$')", 1],
    ['income + 1 < 800', 1],
    ['size(name) > 3', 1],
    ['a == b', 6],
    ['class in other', 10],
    ['class in []', 10],
    ['[1, 2].all(x, x > 0)', 1],
    ['a ? b : c', 1],
    ['{"a": 1}', 1],
    ['flag < true', 8],
  ])('%s is refused, and told from which character on', (text, at) => expect(readCel(text)).toMatchObject({ at }));

  it('may not make more comparisons than anybody reads', () => {
    expect(readCel(Array.from({ length: 50 }, () => 'a == 1').join(' || '))).toHaveProperty('condition');
    expect(readCel(Array.from({ length: 51 }, () => 'a == 1').join(' || '))).toMatchObject({
      message: 'it makes 51 comparisons',
    });
  });

  it('never throws, whatever is written', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => void readCel(text)));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '==', '<', '&&', '!', '(', ')', "'x'", '1', 'in', '[', ']', '.', 'b('), { maxLength: 12 }),
        (words) => void readCel(words.join(' ')),
      ),
    );
  });
});

describe('a condition in CEL in a definition', () => {
  const FACTS =
    'facts:\n  mood: { scope: campaign, choices: [good, bad], initial: good }\n  size: { scope: campaign, type: number }\n';
  const when = (condition: string): string =>
    tinyWith(
      ['ladders:', `${FACTS}ladders:`],
      ['holder: office, form: plan }', `holder: office, form: plan, when: "${condition}", outcomes: [{ set: { size: 1 } }] }`],
    );
  it('is compiled', () => expect(codesFrom(when("mood == 'good' && size < 3"))).toEqual([]));
  it('names the fact that is not known, and one that is near', () =>
    expect(issuesFrom(when("moood == 'good' && size < 3"))).toMatchObject([
      { code: 'UNKNOWN_FACT', hint: "did you mean 'mood'?" },
    ]));
  it('names the value that a fact never has', () =>
    expect(issuesFrom(when("mood == 'goood' && size < 3"))).toMatchObject([
      { code: 'FACT_VALUE_UNKNOWN', hint: "did you mean 'good'?" },
    ]));
  it('does not order what has no order', () =>
    expect(issuesFrom(when("mood < 'good' && size < 3"))).toMatchObject([
      { code: 'CONDITION_UNREADABLE', message: "'mood' is neither a number nor a date, and has no order" },
    ]));
  it('does not compare a number with a word', () =>
    expect(codesFrom(when("mood == 'good' && size < 'three'"))).toEqual(['FACT_VALUE_UNKNOWN']));
  it('says where in it something is wrong', () =>
    expect(issuesFrom(when("mood = 'good'"))).toMatchObject([
      { code: 'CONDITION_UNREADABLE', message: expect.stringContaining('at character 6 of the condition') },
    ]));
});

describe('a condition in either notation', () => {
  const FACTS =
    'facts:\n  mood: { scope: campaign, choices: [good, bad], initial: good }\n  done: { scope: campaign, type: boolean, initial: false }\n';
  const plan = (condition: string): string =>
    compiledFrom(
      tinyWith(
        ['ladders:', `${FACTS}ladders:`],
        ['holder: office, form: plan }', `holder: office, form: plan, when: ${condition}, outcomes: [{ set: { done: true } }] }`],
      ),
    ).hash;
  it('makes the same plan where it means the same', () =>
    expect(plan("\"mood in ['good', 'bad'] && !done\"")).toBe(plan('{ mood: [good, bad], not: { done: true } }')));
});
