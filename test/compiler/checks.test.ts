/** Checks beyond the one example that definitions/invalid has of each code. */
import { describe, expect, it } from 'vitest';
import { codesFrom, issuesFrom, tinyWith } from './tiny.ts';

const T = 'title: { zh: 题, en: Q }';
const FIELD = '{ id: text, title: { zh: 内容, en: Text }, type: text }';
const WRITE = '- { id: write, title: { zh: 撰写, en: Write }, basis: house, scope: campaign, holder: office, form: plan }';
const task = (id: string, rest: string): string => `- { id: ${id}, ${T}, basis: house, form: plan, ${rest} }`;
const withTasks = (...tasks: readonly string[]): string => tinyWith([WRITE, [WRITE, ...tasks].join('\n          ')]);
const withFacts = (text: string, facts: string): string => text.replace('ladders:', `facts:\n${facts}ladders:`);
const MOOD = '  mood: { scope: campaign, choices: [good, bad], initial: good }\n';

describe('waiting', () => {
  it('of a task for itself is a circle', () =>
    expect(issuesFrom(withTasks(task('next', 'scope: campaign, holder: office, after: [next]')))).toMatchObject([
      { code: 'CYCLE', message: "'next' waits for 'next'" },
    ]));

  it('in a circle through rows is found', () =>
    expect(
      codesFrom(
        tinyWith(
          [FIELD, `{ id: list, ${T}, type: table, columns: [{ id: a, ${T}, type: text }] }`],
          [
            WRITE,
            [
              task('source', 'scope: campaign, holder: office, after: [collect], rows: [{ table: list, task: made }]'),
              task('made', 'scope: campaign, holder: office'),
              task('collect', 'scope: campaign, holder: office, after: [made]'),
            ].join('\n          '),
          ],
        ),
      ),
    ).toEqual(['CYCLE']));

  it('in two circles is reported twice, once for each', () => {
    const circle = (a: string, b: string): string[] => [
      task(a, `scope: campaign, holder: office, after: [${b}]`),
      task(b, `scope: campaign, holder: office, after: [${a}]`),
    ];
    expect(codesFrom(withTasks(...circle('a', 'b'), ...circle('c', 'd')))).toEqual(['CYCLE', 'CYCLE']);
  });

  it('of a union for the campaign, or of the campaign for a union, without a gate is refused with the way out', () => {
    const text = withTasks(
      task('report', 'scope: union, holder: office, after: [write]'),
      task('collect', 'scope: campaign, holder: office, after: [report]'),
    );
    expect(issuesFrom(text).map(({ code, hint }) => `${code}: ${hint}`)).toEqual([
      'SCOPE_MISMATCH: use a gate: { of: campaign, task: write }',
      'SCOPE_MISMATCH: use a gate: { all: unions, task: report }',
    ]);
  });
});

describe('a gate', () => {
  const gated = (gate: string, scope = 'campaign'): readonly string[] =>
    codesFrom(
      withTasks(task('count', 'scope: union, holder: office'), task('next', `scope: ${scope}, holder: office, gate: ${gate}`)),
    );

  it('counts a task of those it names', () => expect(gated('{ all: households, task: count }')).toEqual(['SCOPE_MISMATCH']));
  it('of a union counts no unions', () => expect(gated('{ all: unions, task: count }', 'union')).toEqual(['SCOPE_MISMATCH']));
  it('opens within the phase of its task', () =>
    expect(gated('{ all: unions, task: count, noLaterThan: 2020-10-20 }')).toEqual(['DATE_OUTSIDE_CAMPAIGN']));
  it('wants a share above nothing and up to all', () => {
    expect(gated('{ share: 0, of: unions, task: count }')).toEqual(['OUT_OF_RANGE']);
    expect(gated('{ share: 1.5, of: unions, task: count }')).toEqual(['OUT_OF_RANGE']);
    expect(gated('{ share: 1, of: unions, task: count }')).toEqual([]);
  });
  it('takes all or a share, not both', () =>
    expect(gated('{ all: unions, share: 0.5, of: unions, task: count }')).toEqual(['CHOOSE_ONE']));
});

describe('a condition', () => {
  const withWhen = (when: string, facts = MOOD): readonly string[] =>
    codesFrom(withFacts(withTasks(task('next', `scope: campaign, holder: office, when: ${when}`)), facts));

  it('compares like with like', () => {
    const facts = '  done: { scope: campaign, type: boolean, initial: false }\n';
    expect(withWhen('{ done: true }', facts)).not.toContain('FACT_VALUE_UNKNOWN');
    expect(withWhen("{ done: 'yes' }", facts)).toEqual(['FACT_VALUE_UNKNOWN']);
  });
  it('holds conditions only under any and not', () => expect(withWhen('{ mood: { mood: good } }')).toEqual(['WRONG_TYPE']));
  it('turns round a condition, not a value', () => expect(withWhen('{ mood: good, not: bad }')).toEqual(['WRONG_TYPE']));
  it('is checked inside any and not as well', () =>
    expect(withWhen('{ any: [{ mood: god }, { not: { mod: good } }] }')).toEqual(['FACT_VALUE_UNKNOWN', 'UNKNOWN_FACT']));
  it('reads facts of its own scope', () =>
    expect(
      withWhen('{ class: deep }', '  class: { scope: household, choices: [deep, relative, sudden], from: roster }\n'),
    ).toEqual(['SCOPE_MISMATCH']));
  it('is never empty', () => {
    expect(withWhen('{ mood: [] }')).toEqual(['WRONG_TYPE']);
    expect(withWhen('{}')).toEqual(['MALFORMED']);
    expect(withWhen('{ mood: good, any: [] }')).toEqual(['WRONG_TYPE']);
  });
});

describe('a field', () => {
  const withField = (field: string): readonly string[] => codesFrom(tinyWith([FIELD, field]));

  it('does not depend on itself', () =>
    expect(withField(`{ id: a, ${T}, type: yes-no, when: { a: true } }`)).toEqual(['UNKNOWN_FIELD']));
  it('keeps the order of its bounds', () =>
    expect(withField(`{ id: a, ${T}, type: integer, min: 5, max: 1 }`)).toEqual(['OUT_OF_RANGE']));
  it('may name the union its person must not be of, if the form asks for that union', () => {
    const who = `{ id: who, ${T}, type: person, union: { not: where } }`;
    expect(withField(who)).toEqual(['UNKNOWN_FIELD']);
    expect(withField(`${who}\n      - { id: where, ${T}, type: union }`)).toEqual([]);
  });
  it('in a table has neither fact nor condition of its own', () =>
    expect(withField(`{ id: t, ${T}, type: table, columns: [{ id: a, ${T}, type: text, when: { b: true } }] }`)).toEqual([
      'UNKNOWN_KEY',
    ]));
});

describe('a target', () => {
  it('is counted by facts of households', () =>
    expect(
      codesFrom(
        withFacts(
          `${tinyWith()}targets:\n  t: { ${T}, of: { class: deep }, counts: {}, by: [mood] }\n`,
          `${MOOD}  class: { scope: household, choices: [deep, relative, sudden], from: roster }\n`,
        ),
      ),
    ).toEqual(['SCOPE_MISMATCH']));
});

describe('a fact of the register', () => {
  it('has every value the register gives', () =>
    expect(
      codesFrom(
        withFacts(
          `${tinyWith()}targets:\n  t: { ${T}, of: { class: deep }, counts: {} }\n`,
          '  class: { scope: household, choices: [deep], from: roster }\n',
        ),
      ),
    ).toEqual(['FACT_TYPE_MISMATCH']));
});

describe('what would be passed over in silence', () => {
  const rung = (words: string): string =>
    tinyWith(["{ id: on-the-day, remind: assignee, workingDays: 0, at: '09:00' }", `{ id: late, remind: assignee, ${words} }`]);
  it.each(['when: overdue, workingDays: 2', "when: overdue, at: '09:00'", 'workingDays: 2', "at: '09:00'"])(
    'is refused: a rung with %s',
    (words) => expect(codesFrom(rung(words))).toEqual(['CHOOSE_ONE']),
  );

  it('is refused: a gate that waits for all and for a share', () => {
    const gate = 'gate: { all: unions, share: 0.5, task: write }';
    expect(codesFrom(withTasks(task('next', `scope: campaign, holder: office, ${gate}`)))).toContain('CHOOSE_ONE');
  });

  it.each([
    ['min: 3', 'text'],
    ['max: 3', 'evidence'],
    ['freeText: true, choices: { a: { zh: 甲, en: A } }', 'choices'],
  ])('is refused: %s of a field of type %s', (words, type) =>
    expect(codesFrom(tinyWith([FIELD, `{ id: text, title: { zh: 内容, en: Text }, type: ${type}, ${words} }`]))).toEqual([
      'NOT_FOR_THIS_TYPE',
    ]),
  );

  it('is explained: the rest of a text after a comma inside braces', () =>
    expect(issuesFrom(tinyWith(['en: Tiny campaign }', 'en: Tiny campaign, and more }']))).toMatchObject([
      { code: 'UNKNOWN_KEY', hint: 'put the text before it in quotes: inside braces a comma ends a text' },
    ]));
});

describe('a reminder', () => {
  const reminding = (role: string): string => tinyWith(['remind: assignee, workingDays: 0', `remind: ${role}, workingDays: -1`]);
  it('may go to a role, before the deadline too', () => expect(codesFrom(reminding('leading-group'))).toEqual([]));
  it('to a role that is not there is refused', () => expect(codesFrom(reminding('nobody'))).toContain('UNKNOWN_ROLE'));
});

describe('a version of a ladder', () => {
  const RUNG = "    - { id: on-the-day, remind: assignee, workingDays: 0, at: '09:00' }\n";
  const version = (words: string): readonly string[] =>
    codesFrom(withTasks(task('next', 'scope: campaign, holder: office, ladder: own')).replace(RUNG, `${RUNG}  own: ${words}\n`));

  it.each([
    ['{ extends: standard }', []],
    ["{ extends: standard, rungs: [{ id: on-the-day, remind: office, workingDays: 0, at: '11:00' }] }", []],
    ['{ extends: standard, rungs: [{ id: x, remind: assignee, when: overdue }] }', []],
    ['{ extends: standrad }', ['UNKNOWN_LADDER']],
    ['{ extends: standard, without: [on-the-day] }', ['OUT_OF_RANGE']],
    ['{ extends: standard, rungs: [{ id: x, remind: nobody, when: overdue }] }', ['UNKNOWN_ROLE']],
    ['{ extends: own }', ['LADDER_CYCLE']],
    ['{ without: [on-the-day] }', ['MISSING_KEY']],
  ])('is checked: %s', (words, codes) => expect(version(words)).toEqual(codes));
  it('says of a rung it takes over nothing that its own ladder has said', () =>
    expect(
      codesFrom(
        withTasks(task('next', 'scope: campaign, holder: office, ladder: own')).replace(
          RUNG,
          `${RUNG}    - { id: early, escalate: office, days: 0, at: '18:00' }\n  own: { extends: standard }\n`,
        ),
      ),
    ).toEqual(['ESCALATES_EARLY']));
});

describe('a review', () => {
  const review = (words: string): readonly string[] =>
    codesFrom(withTasks(task('next', `scope: campaign, holder: office, reviews: [{ accept: leading-group, ${words} }]`)));

  it.each([
    ['within: { workingDays: 2 }', []],
    ['within: { workingDays: 2 }, ladder: standard', []],
    ['within: { workingDays: 0 }', ['MALFORMED']],
    ['within: { workingDays: 2 }, ladder: nowhere', ['UNKNOWN_LADDER']],
    ['ladder: standard', ['CHOOSE_ONE']],
    ['within: { workingHours: 4 }', ['WORKING_HOURS_UNKNOWN']],
  ])('may have a deadline of its own: %s', (words, codes) => expect(review(words)).toEqual(codes));

  it('that nobody gives leaves nothing to return', () =>
    expect(codesFrom(withTasks(task('next', 'scope: campaign, holder: office, returns: { atMost: 3 }')))).toEqual([
      'NOTHING_TO_RETURN',
    ]));
  it.each([
    ['{ atMost: 21 }', ['OUT_OF_RANGE']],
    ['{}', ['MALFORMED']],
    ['{ within: { days: -1 } }', ['MALFORMED']],
    ['{ atMost: 2, within: { days: 1 } }', []],
  ])('is bound in its returns: %s', (words, codes) =>
    expect(
      codesFrom(
        withTasks(task('next', `scope: campaign, holder: office, reviews: [{ accept: leading-group }], returns: ${words}`)),
      ),
    ).toEqual(codes),
  );
});

describe('a time', () => {
  const due = (words: string, facts = ''): readonly string[] => {
    const text = withTasks(task('next', `scope: campaign, holder: office, due: ${words}`));
    return codesFrom(facts === '' ? text : withFacts(text, facts));
  };

  it.each([
    ['{ from: opened, workingDays: 2, days: 1 }', ['CHOOSE_ONE']],
    ['{ from: opened }', ['CHOOSE_ONE']],
    ["{ from: opened, hours: 2, at: '09:00' }", ['CHOOSE_ONE']],
    ['{ from: opened, hours: 501 }', ['OUT_OF_RANGE']],
    ['{ from: opened, hours: 1.5 }', ['WRONG_TYPE']],
    ["{ date: 2020-10-14, at: '24:00' }", ['MALFORMED']],
    ['{ from: yesterday, days: 1 }', ['WRONG_TYPE']],
    ['{ workingDays: 0 }', ['OUT_OF_RANGE']],
    ['{ days: 2 }', ['CHOOSE_ONE']],
    ['{ date: 2020-10-14, days: 2 }', ['CHOOSE_ONE']],
    ['{ from: phase-end, days: 1 }', ['DATE_OUTSIDE_CAMPAIGN']],
    ['{ from: phase-start, days: 1 }', []],
    ['{ from: opened, days: 0 }', []],
    ['{ from: opened, hours: 0 }', ['DUE_BEFORE_OPENING']],
    ['{ from: { done: write }, days: 1 }', []],
    ['{ from: { done: wrote }, days: 1 }', ['UNKNOWN_TASK']],
    ['{ from: { done: next }, days: 1 }', ['ANCHOR_TOO_LATE']],
    ['{ from: { returned: next }, days: 1 }', ['NOTHING_TO_RETURN']],
    ['{ from: { fact: mood }, days: 1 }', ['UNKNOWN_FACT']],
  ])('is checked where a deadline is counted: %s', (words, codes) => expect(due(words)).toEqual(codes));

  it('counted from a fact wants a date of the scope that something sets', () => {
    expect(due('{ from: { fact: held }, days: 1 }', '  held: { scope: campaign, type: date, initial: 2020-10-14 }\n')).toEqual(
      [],
    );
    expect(due('{ from: { fact: held }, days: 1 }', '  held: { scope: campaign, type: date }\n')).toEqual(['FACT_NEVER_SET']);
    expect(due('{ from: { fact: held }, days: 1 }', '  held: { scope: campaign, type: number, initial: 3 }\n')).toEqual([
      'FACT_TYPE_MISMATCH',
    ]);
    expect(due('{ from: { fact: held }, days: 1 }', '  held: { scope: union, type: date, initial: 2020-10-14 }\n')).toEqual([
      'SCOPE_MISMATCH',
    ]);
  });
  it('counted from a task wants one of the same scope that no rows make', () => {
    const after = (scope: string): readonly string[] =>
      codesFrom(
        withTasks(
          task('other', `scope: ${scope}, holder: office`),
          task('next', 'scope: campaign, holder: office, due: { from: { done: other }, days: 1 }'),
        ),
      );
    expect([after('campaign'), after('union')]).toEqual([[], ['SCOPE_MISMATCH']]);
  });
  it('after which a task is closed is refused', () => {
    const later = '  - { id: winter, title: { zh: 冬季, en: Winter }, starts: 2020-10-20, ends: 2020-10-25, actions: [] }\n';
    const text = withTasks(task('next', 'scope: campaign, holder: office, due: { from: phase-end, days: 2 }, atEnd: close'));
    expect(codesFrom(text + later)).toEqual(['CLOSES_BEFORE_DUE']);
  });

  const rungs = (...words: readonly string[]): readonly string[] =>
    codesFrom(
      tinyWith([
        "- { id: on-the-day, remind: assignee, workingDays: 0, at: '09:00' }",
        words.map((each, index) => `- { id: r${index}, ${each} }`).join('\n    '),
      ]),
    );
  it.each([
    [['remind: assignee, hours: -4', 'remind: assignee, when: overdue'], []],
    [['remind: assignee, when: overdue', 'remind: assignee, hours: -4'], ['RUNGS_OUT_OF_ORDER']],
    [["remind: assignee, days: 2, at: '09:00'", "remind: assignee, days: 1, at: '10:00'"], ['RUNGS_OUT_OF_ORDER']],
    [["remind: assignee, workingDays: 2, at: '09:00'", "remind: assignee, days: 1, at: '10:00'"], ['RUNGS_OUT_OF_ORDER']],
    [["remind: assignee, weeks: 1, at: '09:00'", "remind: assignee, workingDays: 3, at: '10:00'"], []],
    [["remind: assignee, days: -3, at: '09:00'", "remind: assignee, workingDays: -4, at: '09:00'"], ['RUNGS_OUT_OF_ORDER']],
  ])('of rungs is in its order, as far as that is sure: %j', (words, codes) => expect(rungs(...words)).toEqual(codes));

  it.each([
    ['escalate: office, hours: 0', ['ESCALATES_EARLY']],
    ['escalate: office, minutes: 30', []],
    ["escalate: office, days: 0, at: '18:00'", ['ESCALATES_EARLY']],
    ["escalate: office, weeks: 1, at: '09:00'", []],
    ["remind: assignee, hours: 2, at: '09:00'", ['CHOOSE_ONE']],
    ['remind: assignee, when: overdue, repeat: { every: { weeks: 1 } }', []],
    ['remind: assignee, when: overdue, repeat: { every: { weeks: 0 } }', ['MALFORMED']],
    ['remind: assignee, when: overdue, repeat: { every: { weeks: 1 }, times: 51 }', ['OUT_OF_RANGE']],
    ['remind: assignee, when: overdue, repeat: { every: { workingHours: 1 } }', ['WORKING_HOURS_UNKNOWN']],
  ])('of a rung is checked: %s', (words, codes) => expect(rungs(words)).toEqual(codes));

  it('of quiet hours may go over midnight, and leaves some of the day', () => {
    const quiet = (span: string): readonly string[] =>
      codesFrom(tinyWith(['notice: 3', `notice: 3\nhours: { quiet: '${span}' }`]));
    expect([quiet('21:00-07:30'), quiet('00:00-24:00'), quiet('9:00-10:00')]).toEqual([
      [],
      ['HOURS_OUT_OF_ORDER'],
      ['MALFORMED'],
    ]);
  });
});
