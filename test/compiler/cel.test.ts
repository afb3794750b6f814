/** Conditions in CEL: what they mean, and what they are refused for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCel } from '../../compiler/cel.ts';
import { conditionOf } from '../../compiler/condition-tree.ts';
import { evaluate } from '../../model/condition.ts';
import type { Facts } from '../../model/plan.ts';
import type { Issue } from '../../compiler/issue.ts';
import { codesFrom, compiledFrom, issuesFrom, tinyWith } from './tiny.ts';

function holds(text: string, facts: Facts): boolean {
  const reading = readCel(text);
  if (!('tree' in reading)) throw new Error(reading.why.message.en);
  return evaluate(conditionOf(reading.tree), facts);
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
    ['paid <= planned', { paid: 3, planned: 3 }, true],
    ['paid <= planned', { paid: 4, planned: 3 }, false],
    ['holder == reviewer', { holder: 'p-1', reviewer: 'p-1' }, true],
    ['holder != reviewer', { holder: 'p-1', reviewer: 'p-1' }, false],
    ['paid + owed * 2 == planned', { paid: 1, owed: 2, planned: 5 }, true],
    ['(paid + owed) * 2 == planned', { paid: 1, owed: 2, planned: 6 }, true],
    ['-paid < 0 - owed', { paid: 3, owed: 2 }, true],
    ['income / people < 800', { income: 2399, people: 3 }, true],
    ['0.1 + a == 0.3', { a: 0.2 }, true],
    ['paidOn <= visitedOn + days(3)', { paidOn: '2021-01-02', visitedOn: '2020-12-30' }, true],
    ['paidOn <= visitedOn + days(n)', { paidOn: '2021-01-02', visitedOn: '2020-12-30', n: 2 }, false],
    ['paidOn - days(3) == visitedOn', { paidOn: '2021-01-02', visitedOn: '2020-12-30' }, true],
    ['paidOn - visitedOn == 3', { paidOn: '2021-01-02', visitedOn: '2020-12-30' }, true],
    ["date('2020-03-01') - visitedOn == 1", { visitedOn: '2020-02-29' }, true],
    ['paid + owed == null', { paid: 1 }, true],
    ['paid + owed != null', { paid: 1, owed: 0 }, true],
    ['null == paid / owed', { paid: 1, owed: 0 }, true],
  ] as [string, Facts, boolean][])('%s of %j is %s', (text, facts, expected) => expect(holds(text, facts)).toBe(expected));

  it.each(['income < 800', 'income >= 800', "filed < '2020-01-01'"])('%s does not hold of what is not known yet', (text) =>
    expect(holds(text, { income: null, filed: null })).toBe(false),
  );

  it('reckons as arithmetic does', () => {
    interface Sum {
      readonly text: string;
      readonly of: (a: number, b: number) => number;
    }
    const WORK = {
      '+': (x: number, y: number) => x + y,
      '-': (x: number, y: number) => x - y,
      '*': (x: number, y: number) => x * y,
    } as const;
    const sums = fc.letrec<{ sum: Sum }>((tie) => ({
      sum: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Sum>({ text: 'a', of: (a) => a }, { text: 'b', of: (_, b) => b }),
        fc.nat(9).map((number): Sum => ({ text: String(number), of: () => number })),
        tie('sum').map((inner): Sum => ({ text: `-(${inner.text})`, of: (a, b) => -inner.of(a, b) })),
        fc.tuple(tie('sum'), fc.constantFrom('+' as const, '-' as const, '*' as const), tie('sum')).map(
          ([left, sign, right]): Sum => ({
            text: `(${left.text} ${sign} ${right.text})`,
            of: (a, b) => WORK[sign](left.of(a, b), right.of(a, b)),
          }),
        ),
      ),
    })).sum;
    fc.assert(
      fc.property(sums, fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), (sum, a, b) => {
        expect(holds(`a + 0 == ${sum.text}`, { a, b })).toBe(a === sum.of(a, b) + 0);
        expect(holds(`a < ${sum.text}`, { a, b })).toBe(a < sum.of(a, b));
      }),
    );
  });

  it.each(['paid <= planned', 'paid >= planned', 'paid == planned', 'paid + 1 > 0', 'a - b < 3', 'a + days(1) >= b'])(
    '%s does not hold of what is not known yet',
    (text) => expect(holds(text, { paid: null, planned: null, a: null, b: null })).toBe(false),
  );

  it('is null, and throws nothing, whatever it divides by', () => {
    expect(holds('a / b > 0', { a: 1, b: 0 })).toBe(false);
    expect(holds('a / b == null', { a: 0, b: 0 })).toBe(true);
  });

  it('knows no day after the year 9999', () => {
    expect(holds('a + days(n) == null', { a: '9999-12-31', n: 1 })).toBe(true);
    expect(holds('a + days(n) == null', { a: '2020-01-01', n: 1e300 })).toBe(true);
    expect(holds("a + days(n) == '9999-12-31'", { a: '9999-12-30', n: 1 })).toBe(true);
  });

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
    ["name.matches('^(a+)+$') == 1", 1],
    ['income + 1', 1],
    ['size(name)', 1],
    ['a == b == c', 1],
    ['class in other', 10],
    ['class in []', 10],
    ['a + 1 in [2]', 1],
    ['[1, 2].all(x, x > 0)', 1],
    ['a ? b : c', 1],
    ['{"a": 1}', 1],
    ['1 < 2', 1],
    ['1 + 1 == null', 1],
    ['a < null', 5],
    ['a == days(3)', 6],
    ['a + days(1, 2) == b', 5],
    ["a < date('2020-02-30')", 5],
    ['a < date(b)', 5],
    ['size(1) > 0', 6],
    ['sum(a) > 0', 5],
    ['a < abs(b)', 5],
    ['a % 2 == 0', 1],
  ])('%s is refused, and told from which character on', (text, at) => expect(readCel(text)).toMatchObject({ at }));

  it('never throws, whatever is written', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => void readCel(text)));
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'a',
            '==',
            '<',
            '&&',
            '!',
            '(',
            ')',
            "'x'",
            '1',
            'in',
            '[',
            ']',
            '.',
            'b(',
            '-',
            '*',
            'days(',
            'sum(',
            'null',
          ),
          { maxLength: 12 },
        ),
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
  const MORE = `  tune: { scope: campaign, choices: [major], initial: major }
  state: { scope: campaign, choices: [good], initial: good }
  day: { scope: campaign, type: date, initial: 2020-10-13 }
  who: { scope: campaign, type: person, initial: office-1 }
  who2: { scope: campaign, type: person, initial: office-2 }
`;
  // Of facts that never change some conditions hold always, or never: here they are about types alone.
  const ASIDE: readonly string[] = ['UNUSED', 'CONDITION_NEVER', 'CONDITION_ALWAYS'];
  const issuesWithMore = (condition: string): readonly Issue[] =>
    issuesFrom(when(condition).replace('ladders:', () => `${MORE}ladders:`)).filter(({ code }) => !ASIDE.includes(code));
  it('is compiled', () => expect(codesFrom(when("mood == 'good' && size == null"))).toEqual([]));
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
      {
        code: 'CONDITION_TYPE_MISMATCH',
        message: "at character 1 of the condition: 'mood' is a choice and has no order: only numbers and dates do",
      },
    ]));
  it.each([
    ["size + mood < 3 || mood == 'good'", 8, 'this is a choice, and a number is wanted here'],
    ['size == mood', 1, 'a number is compared with a choice'],
    ['size < day', 1, 'a number is compared with a date'],
    ['day < day + 3', 7, 'this is a date, and a number is wanted here'],
    ['day < size + days(3)', 7, 'this is a number, and a date is wanted here'],
    ['day - size < 3', 7, 'this is a number, and a date is wanted here'],
    ["size + 'three' > 3", 8, "this is 'three', and a number is wanted here"],
    ["day + days(1) == 'soon'", 1, "a date is compared with 'soon'"],
    ['size < 3 && day > size * 2', 13, 'a date is compared with a number'],
    ['who < who2', 1, "'who' is a person and has no order: only numbers and dates do"],
    ['mood == tune', 1, 'a choice is compared with a choice'],
    ['size(table) > 0', 1, "facts have no table 'table': only a form counts its rows"],
  ])('%s is a mismatch of types at character %i', (condition, at, message) =>
    expect(issuesWithMore(condition)).toMatchObject([
      { code: 'CONDITION_TYPE_MISMATCH', message: `at character ${at} of the condition: ${message}` },
    ]),
  );
  it.each([
    'size * 2 + 1 >= size / 3',
    "day + days(size) > '2020-10-14'",
    "day - date('2020-10-13') <= 5",
    "day - '2020-10-13' <= 5",
    'who == who2',
    "'good' == mood",
    'mood == state',
    'size + 1 == null',
  ])('%s fits its facts', (condition) => expect(issuesWithMore(condition)).toEqual([]));
  it('takes no date that does not exist', () =>
    expect(issuesWithMore("day == '2020-02-30'")).toMatchObject([
      { code: 'FACT_VALUE_UNKNOWN', message: "at character 8 of the condition: 'day' is a date and never '2020-02-30'" },
    ]));
  it('may not cost more than anybody reads, in either notation', () => {
    const many = Array.from({ length: 50 }, () => 'size == 1');
    expect(codesFrom(when(many.join(' || ')))).not.toContain('CONDITION_TOO_COSTLY');
    expect(codesFrom(when([...many, 'size == 2'].join(' || ')))).toContain('CONDITION_TOO_COSTLY');
    const map = Array.from({ length: 20 }, () => '{ size: [1, 2, 3, 4, 5, 6, 7, 8, 9] }').join(', ');
    expect(codesFrom(when('x').replace('when: "x"', `when: { any: [${map}] }`))).toContain('CONDITION_TOO_COSTLY');
  });
  it('does not compare a number with a word', () =>
    expect(codesFrom(when("mood == 'good' && size < 'three'"))).toEqual(['CONDITION_TYPE_MISMATCH']));
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
