/** What a scenario says when things are otherwise than its author expects: one sentence each, at the line that expects it. */
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../scenarios/read-scenario.ts';
import { playOn } from './played.ts';

const HEAD = ['shigeyi-test: 1', 'title: { zh: 示例, en: Example }', 'register: { unions: 1, households: 1 }'];
const play = (...lines: string[]): Promise<readonly string[]> =>
  playOn('definitions/linwei-2020', [...HEAD, ...lines].join('\n'));
/** One step on a morning at which the work scheme is open and nothing of the households is. */
const expecting = (expectation: string): Promise<readonly string[]> =>
  play('steps:', '  - at: 2020-10-19 10:00', `    expect: { ${expectation} }`);
const scheme = 'u/union-01/work-scheme';

describe('an expectation that is not met', () => {
  it.each([
    [`done: [${scheme}]`, `6:22 '${scheme}': expected done, found open (due 2020-10-20)`],
    [`overdue: [${scheme}]`, `6:25 '${scheme}': expected not done and overdue, found open (due 2020-10-20)`],
    [`absent: [${scheme}]`, `6:24 '${scheme}': expected not to have come up, found open (due 2020-10-20)`],
    [`due: { ${scheme}: 2020-10-21 }`, `6:46 '${scheme}': expected 2020-10-21, found 2020-10-20`],
    [`holder: { ${scheme}: union-01-head }`, `6:49 '${scheme}': expected union-01-head, found union-01-officer-1`],
    [`reviewer: { ${scheme}: union-01-head }`, `6:51 '${scheme}': expected union-01-head, found nobody`],
    ['facts: { h/h-001: { standing: lifted } }', "6:45 'standing' of h/h-001: expected lifted, found on-file"],
    [`rungs: { ${scheme}: [] }`, `6:24 rungs of '${scheme}': expected none, found one-day-before to union-01-officer-1`],
    ['count: { work-scheme: 2 }', "6:37 'work-scheme': expected 2 of them, found 1"],
  ])('is told at its place: %s', async (expectation, failure) => expect(await expecting(expectation)).toEqual([failure]));

  it.each([
    ['open: [u/union-01/work-shceme]', "'u/union-01/work-shceme' has not come up; did you mean 'u/union-01/work-scheme'?"],
    ['absent: [u/union-01/no-such-task]', "the plan has no task 'no-such-task'"],
    ['absent: [u/union-09/work-scheme]', "there is no instance 'u/union-09'"],
    ['facts: { h/h-001: { standng: lifted } }', "'h/h-001' has no fact 'standng'; did you mean 'standing'?"],
    ['facts: { h/h-9: { standing: lifted } }', "there is no instance 'h/h-9'"],
    ['count: { work-shceme: 0 }', "the plan has no task 'work-shceme'; did you mean 'work-scheme'?"],
    ['rungs: { u/union-01/union-summary: [] }', "'u/union-01/union-summary' has not come up"],
  ])('does not pass for what is not there: %s', async (expectation, failure) =>
    expect((await expecting(expectation)).join('\n')).toContain(failure),
  );

  it('does not keep the others from being told', async () =>
    expect(await expecting(`done: [${scheme}], count: { task-force: 7 }`)).toHaveLength(2));
});

describe('an act', () => {
  const doing = (act: string, ...more: string[]): Promise<readonly string[]> =>
    play('steps:', '  - at: 2020-10-19 10:00', '    do:', `      - { ${act} }`, ...more);

  it('fails the scenario when it is refused', async () =>
    expect((await doing(`accept: ${scheme}, as: union-01-head`)).join()).toContain(
      `7:19 '${scheme}' was refused: NOT_IN_REVIEW`,
    ));
  it('fails the scenario when it is accepted and a refusal was expected', async () =>
    expect(await doing(`complete: ${scheme}, refused: NOT_HOLDER`)).toEqual([
      `7:54 '${scheme}' was accepted; expected it to be refused with NOT_HOLDER`,
    ]));
  it('fails the scenario when it is refused for another reason', async () =>
    expect((await doing(`complete: ${scheme}, as: office-1, refused: ALREADY_FINAL`)).join()).toContain(
      'was refused with NOT_HOLDER, not ALREADY_FINAL',
    ));
  it('names the form that is not accepted', async () =>
    expect((await doing(`complete: c/evaluation-closed, form: {}`)).join()).toContain('was refused: FORM_INVALID'));
  it('says which issue of a form it expects', async () => {
    const handIn = (code: string) => doing(`complete: c/evaluation-closed, form: {}, refused: ${code}`);
    expect(await handIn('ANSWER_REQUIRED')).toEqual([]);
    expect(await handIn('FORM_INVALID')).toEqual([]);
    expect((await handIn('RULE_BROKEN')).join()).toContain('was refused with FORM_INVALID: ANSWER_REQUIRED, not RULE_BROKEN');
  });
  it('says which issue of made-up answers it expects', async () =>
    expect(await doing(`complete: ${scheme}, answers: { document: 7 }, refused: WRONG_TYPE`)).toEqual([]));
  it('that is expected to be refused passes, and changes nothing', async () =>
    expect(await doing(`complete: ${scheme}, as: office-1, refused: NOT_HOLDER`, `    expect: { open: [${scheme}] }`)).toEqual(
      [],
    ));
  it('on a task that nobody has says so', async () =>
    expect(await doing(`accept: ${scheme}`)).toEqual([`7:19 nobody has '${scheme}' to accept: say who does it, with \`as\``]));
  it('says why it is late by itself, and is refused when it must not', async () => {
    const late = (words: string): Promise<readonly string[]> =>
      play('steps:', '  - at: 2020-10-21 10:00', '    do:', `      - { complete: ${scheme}${words} }`);
    expect(await late('')).toEqual([]);
    expect((await late(', late: false')).join()).toContain('LATE_REASON_REQUIRED');
  });
});

describe('an empty list', () => {
  it('says that no task stands so', async () => expect(await expecting('returned: [], missed: [], late: []')).toEqual([]));
  it('fails with the tasks that do', async () =>
    expect(await expecting('overdue: []')).toEqual([
      '6:24 tasks not done and overdue: expected none, found c/evaluation-closed',
    ]));
});

describe('people no step mentions', () => {
  const later = (others: string): Promise<readonly string[]> =>
    play(`others: ${others}`, 'steps:', '  - at: 2020-10-20 23:59', `    expect: { done: [${scheme}] }`);
  it('do nothing unless they are asked to', async () => expect(await later('nothing')).toHaveLength(1));
  it('do all their work in time when they are', async () => expect(await later('in-time')).toEqual([]));
  it('leave alone what a step acts on', async () =>
    expect(
      await play(
        'others: in-time',
        'steps:',
        '  - at: 2020-10-19 23:00',
        `    expect: { open: [${scheme}] }`,
        '  - at: 2020-10-20 10:00',
        `    do: [{ complete: ${scheme} }]`,
      ),
    ).toEqual([]));
});

describe('a scenario that cannot be read', () => {
  const step = ['steps:', '  - at: 2020-10-19 10:00'];
  it.each([
    ['an unknown key', [...step, '    expcet: {}'], '6:5 UNKNOWN_KEY'],
    ['a moment without a time', ['steps:', '  - at: 2020-10-19'], '5:9 MALFORMED'],
    ['steps against time', [...step, '  - at: 2020-10-18 10:00'], '6:9 DATES_REVERSED'],
    ['an act of two kinds', [...step, '    do: [{ complete: c/x, accept: c/x }]'], '6:10 CHOOSE_ONE'],
    [
      'a code that nothing is refused with',
      [...step, '    do: [{ complete: c/x, refused: NO_SUCH_CODE }]'],
      '6:36 VALUE_NOT_ALLOWED',
    ],
    ['a list of no absent task', [...step, '    expect: { absent: [] }'], '6:23 '],
    ['an act on no task', [...step, '    do: [{ complete: nonsense }]'], '6:22 '],
  ])('says where: %s', async (_what, lines, issue) => expect((await play(...lines)).join()).toContain(issue));

  it('has a code that was perhaps meant', () => {
    const text = [...HEAD, ...step, '    do: [{ complete: c/x, refused: NOT_HOLDR }]'].join('\n');
    expect(readScenario({ path: 'one.test.yaml', text })).toMatchObject({
      issues: [{ message: "nothing is refused with 'NOT_HOLDR'", hint: "did you mean 'NOT_HOLDER'?" }],
    });
  });

  it('says when a step lies outside the days of the plan', async () =>
    expect(await play('steps:', '  - at: 2030-10-19 10:00')).toEqual([
      '5:9 2030-10-19 10:00 lies outside the days the plan can reckon with',
    ]));
});

describe('a run that `start` refuses', () => {
  const begun = (started: string, day: string): Promise<readonly string[]> =>
    play(`started: ${started}`, 'steps:', `  - at: ${day} 23:00`, '    expect: { done: [u/union-01/work-scheme] }');
  it('is not played where a phase that has begun does not say what becomes of it', async () =>
    expect(await begun('2020-10-14 00:00', '2020-10-14')).toEqual([
      "4:10 the run cannot begin at 2020-10-14 00:00: DATES_PAST, phase 'review' has begun on 2020-10-13 and does not say what becomes of it (`past`)",
    ]));
  it('is played on the first day itself', async () =>
    expect((await begun('2020-10-13 23:59', '2020-10-14')).join()).not.toContain('DATES_PAST'));
});
