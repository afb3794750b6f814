/** What a sound definition says and cannot mean. */
import { describe, expect, it } from 'vitest';
import { codesFrom, issuesFrom, tinyWith } from './tiny.ts';

const FORMS = `  mood:
    title: { zh: 情绪, en: Mood }
    fields:
      - id: mood
        title: { zh: 情绪, en: Mood }
        type: choice
        choices: { good: { zh: 好, en: Good }, bad: { zh: 差, en: Bad }, mixed: { zh: 一般, en: Mixed } }
        fact: mood
      - { id: size, title: { zh: 人数, en: People }, type: integer, min: 1, max: 20, fact: size }
`;
const FACTS = `facts:
  mood: { scope: campaign, choices: [good, bad, mixed] }
  size: { scope: campaign, type: number }
  standing: { scope: campaign, choices: [new, old], initial: new }
`;
const task = (id: string, more = ''): string =>
  `          - { id: ${id}, title: { zh: 任务, en: Task }, basis: house, scope: campaign, holder: office, form: plan${more} }\n`;
const WRITE = task('write').replace('title: { zh: 任务, en: Task }', 'title: { zh: 撰写, en: Write }');

/** Behind a task `ask` whose form sets `mood` and `size`. */
const text = (...tasks: readonly string[]): string =>
  tinyWith(
    ['ladders:', `${FACTS}ladders:`],
    ['phases:', `${FORMS}phases:`],
    [
      WRITE,
      [
        task('ask', ', outcomes: [{ when: { mood: bad }, set: { standing: old } }]').replace('form: plan', 'form: mood'),
        ...tasks,
      ].join(''),
    ],
  );
const codes = (...tasks: readonly string[]): readonly string[] => codesFrom(text(...tasks)).filter((code) => code !== 'UNUSED');

describe('a task', () => {
  it.each([
    ['asks for two members at once', "mood == 'good' && mood == 'bad'"],
    ['asks for more than its field takes', 'size > 20'],
    ['asks for less than its field takes', 'size < 1'],
    ['asks for a fraction of a whole number', 'size > 3 && size < 4'],
    ['asks for what no number of its field comes to', 'size > 5 && size * 2 < 10'],
  ])('never comes up when it %s', (_what, when) => expect(codes(task('next', `, when: "${when}"`))).toEqual(['CONDITION_NEVER']));

  it.each([
    ['one of its members', "mood == 'bad'"],
    ['what nobody has answered yet', 'size == null'],
    ['what an outcome sets', "standing == 'old'"],
    ['what is reckoned', 'size * 2 > 30'],
  ])('may ask for %s', (_what, when) => expect(codes(task('next', `, when: "${when}"`))).toEqual([]));

  it('asks nothing when every case is among those it names', () =>
    expect(codes(task('next', ', when: { standing: [new, old] }'))).toEqual(['CONDITION_ALWAYS']));

  it('asks something as long as the answer may be missing', () =>
    expect(codes(task('next', ', when: { mood: [good, bad, mixed] }'))).toEqual([]));

  it('never comes up after one that never does, nor does what comes after it', () => {
    const found = issuesFrom(
      text(task('next', ', when: { size: 99 }'), task('third', ', after: [next]'), task('fourth', ', after: [third]')),
    );
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "CONDITION_NEVER the condition holds in no case, so task 'next' never comes up",
      "TASK_UNREACHABLE task 'third' never comes up: it waits for 'next', which never does",
      "TASK_UNREACHABLE task 'fourth' never comes up: it waits for 'third', which never does",
    ]);
    expect(found[0]!.hint).toContain("'size' may be a number from 1 up to 20");
    expect(found[1]!.related).toHaveLength(1);
  });

  it('comes up after one that keeps nobody: turns that are dropped', () =>
    expect(
      codes(task('next', ', when: { size: 99 }, repeats: { every: { days: 1 } }'), task('third', ', after: [next]')),
    ).toEqual(['CONDITION_NEVER']));

  it('is not reached by a fact that only a task behind it would set', () => {
    const asks = task('asks', ', when: "standing == \'old\'"');
    const sets = task('sets', ', after: [asks], outcomes: [{ set: { standing: old } }]');
    const circle = text(asks, sets).replace(', outcomes: [{ when: { mood: bad }, set: { standing: old } }]', '');
    expect(codesFrom(circle)).toEqual(expect.arrayContaining(['CONDITION_NEVER', 'TASK_UNREACHABLE']));
    expect(codes(asks, sets)).toEqual([]);
  });

  it('is due on a day when people work, if its phase has one', () => {
    const early = tinyWith(
      ['starts: 2020-10-13', 'starts: 2020-10-05'],
      ['form: plan }', 'form: plan, due: { date: 2020-10-07 } }'],
    );
    expect(codesFrom(early)).toEqual(['NO_WORKING_DAY']);
  });
});

describe('a review or an outcome', () => {
  it('sees the answers of its own task, which are there', () => {
    const form = (more: string): string => task('next', more).replace('form: plan', 'form: mood');
    expect(codes(form(', outcomes: [{ when: { mood: [good, bad, mixed] }, set: { standing: old } }]'))).toEqual([
      'CONDITION_ALWAYS',
    ]);
    expect(codes(form(', reviews: [{ accept: leading-group, when: { mood: [good, bad, mixed] } }]'))).toEqual([
      'CONDITION_ALWAYS',
    ]);
    expect(codes(form(', reviews: [{ accept: leading-group, when: { size: null } }]'))).toEqual(['CONDITION_NEVER']);
    expect(codes(form(', reviews: [{ accept: leading-group, when: { mood: bad } }]'))).toEqual([]);
  });
});

describe('a form', () => {
  const field = (id: string, more: string): string => `      - { id: ${id}, title: { zh: 栏, en: Field }, ${more} }\n`;
  const withFields = (...fields: readonly string[]): readonly string[] =>
    codesFrom(tinyWith(['type: text }\n', `type: text }\n${fields.join('')}`]));
  const rule = (must: string): string => `    rules: [{ must: "${must}", say: { zh: 不对, en: Wrong }, at: text }]\n`;
  const CHOICE = field('kind', 'type: choice, choices: { food: { zh: 食, en: Food }, fuel: { zh: 煤, en: Fuel } }');

  it('has no field that is asked for in no case, or needs no asking', () => {
    expect(withFields(CHOICE, field('why', 'type: text, when: { kind: food }'))).toEqual([]);
    expect(withFields(CHOICE, field('why', 'type: text, when: { kind: [food, fuel] }'))).toEqual(['CONDITION_ALWAYS']);
    expect(withFields(CHOICE, field('why', 'type: text, when: { kind: food, not: { kind: food } }'))).toEqual([
      'CONDITION_NEVER',
    ]);
  });

  it('asks where a field may be left empty', () =>
    expect(
      withFields(
        CHOICE.replace('type: choice', 'required: false, type: choice'),
        field('why', 'type: text, when: { kind: [food, fuel] }'),
      ),
    ).toEqual([]));

  it('has no rule that any answers keep, or none', () => {
    const count = field('count', 'type: integer, min: 1, max: 9');
    expect(withFields(count, rule('count <= 5'))).toEqual([]);
    expect(withFields(count, rule('count <= 9'))).toEqual(['CONDITION_ALWAYS']);
    expect(withFields(count, rule('count > 9'))).toEqual(['CONDITION_NEVER']);
  });
});

describe('a choice', () => {
  const good = task('celebrate', ', when: { mood: good }');
  const bad = task('comfort', ', when: { mood: bad }');
  const without = (...tasks: readonly string[]): readonly string[] =>
    codesFrom(text(...tasks).replace(', outcomes: [{ when: { mood: bad }, set: { standing: old } }]', '')).filter(
      (code) => code !== 'UNUSED',
    );

  it('lacks a branch when something follows the others', () => {
    const [issue] = issuesFrom(text(good, bad)).filter(({ code }) => code === 'BRANCH_MISSING');
    expect(issue!.message).toBe("nothing follows when 'ask' answers 'mixed' to 'mood', as something does for the other choices");
  });
  it('lacks none when a task follows whatever was answered', () =>
    expect(without(good, bad, task('always', ', after: [ask]'))).toEqual([]));
  it('lacks none when an outcome says what becomes of the last one', () => {
    const settled = text(good, bad).replace('{ when: { mood: bad }', '{ when: { mood: mixed }');
    expect(codesFrom(settled)).toEqual([]);
  });
  it('lacks none when all but one are the same', () => expect(without(good)).toEqual([]));
  it('lacks none when the rest is asked for together', () =>
    expect(without(good, task('else', ', when: { not: { mood: good } }'))).toEqual([]));
});

describe('a rung', () => {
  const FIVE = "    - { id: five, remind: assignee, workingDays: -5, at: '09:00' }\n    - { id: on-the-day";
  const withRung = (...changes: readonly (readonly [string, string])[]): readonly string[] =>
    codesFrom(tinyWith(['    - { id: on-the-day', FIVE], ...changes));

  it('never speaks when there are never so many days', () => expect(withRung()).toEqual(['RUNG_NEVER_SPEAKS']));
  it('speaks where there are', () => expect(withRung(['ends: 2020-10-15', 'ends: 2020-10-25'])).toEqual([]));
  it('speaks where whoever comes too late gets as many', () => expect(withRung(['notice: 3', 'notice: 9'])).toEqual([]));
  it('is listened to by every task of its ladder before it is called silent', () =>
    expect(withRung([WRITE, WRITE + task('long', ', due: { workingDays: 8 }')])).toEqual([]));
});
