import { describe, expect, it } from 'vitest';
import { findRungAt } from '../../engine/schedule.ts';
import { findDay } from '../../model/day-table.ts';
import type { TaskTemplate } from '../../model/plan.ts';
import { compiledFrom, tinyWith } from './tiny.ts';

const WRITE = '- { id: write, title: { zh: 撰写, en: Write }, basis: house, scope: campaign, holder: office, form: plan }';
const task = (id: string, rest: string): string =>
  `- { id: ${id}, title: { zh: 任务, en: Task }, basis: house, form: plan, ${rest} }`;

/** The tasks of a campaign with these beside `write`, by id. */
function tasksOf(...tasks: readonly string[]): Readonly<Record<string, TaskTemplate>> {
  const text = tinyWith(
    [WRITE, [WRITE, ...tasks].join('\n          ')],
    [
      'ladders:',
      'facts:\n  mood: { scope: campaign, choices: [good, bad], initial: good }\n  done: { scope: campaign, type: boolean, initial: false }\n  sure: { scope: campaign, type: boolean, initial: true }\nladders:',
    ],
    [
      'fields:',
      'fields:\n      - { id: list, title: { zh: 清单, en: List }, type: table, rowDue: by, rowHolder: who, rowUnion: where, columns: [{ id: by, title: { zh: 时限, en: By }, type: date }, { id: who, title: { zh: 谁, en: Who }, type: person }, { id: where, title: { zh: 工会, en: Where }, type: union }] }',
    ],
    ['roles:', 'roles:\n  union-officer: { title: { zh: 经办人, en: Officer }, scope: union, fallback: office }'],
  );
  return Object.fromEntries(compiledFrom(text).plan.tasks.map((each) => [each.id, each]));
}

const shanghai = (text: string): number => Date.parse(`${text}+08:00`);

describe('a task template', () => {
  it('opens with the first instant of its phase and is due with the last of it, unless it says otherwise', () => {
    const { write } = tasksOf();
    expect(write).toMatchObject({
      opensAt: shanghai('2020-10-13T00:00:00.000'),
      endsAt: shanghai('2020-10-15T23:59:59.999'),
      due: { kind: 'at', at: shanghai('2020-10-15T23:59:59.999'), noticeWorkingDays: 3 },
      atEnd: 'late',
      ladder: 'standard',
      origin: 'plan',
    });
  });

  it.each([
    ['{ workingDays: 2 }', { kind: 'afterOpening', workingDays: 2 }],
    ['{ date: 2020-10-14 }', { kind: 'at', at: shanghai('2020-10-14T23:59:59.999'), noticeWorkingDays: 3 }],
    ['phase-end', { kind: 'at', at: shanghai('2020-10-15T23:59:59.999'), noticeWorkingDays: 3 }],
    ["{ date: 2020-10-14, at: '17:00' }", { kind: 'at', at: shanghai('2020-10-14T17:00:00.000'), noticeWorkingDays: 3 }],
    [
      "{ from: phase-end, workingDays: -1, at: '17:00' }",
      {
        kind: 'at',
        at: shanghai('2020-10-14T17:00:00.000'),
        noticeWorkingDays: 3,
        from: { anchor: 'phase-end', offset: { unit: 'workingDays', count: -1, atMinute: 1020 } },
      },
    ],
    [
      '{ from: phase-start, days: 1 }',
      {
        kind: 'at',
        at: shanghai('2020-10-14T23:59:59.999'),
        noticeWorkingDays: 3,
        from: { anchor: 'phase-start', offset: { unit: 'days', count: 1 } },
      },
    ],
    [
      '{ from: { done: write }, hours: 48 }',
      {
        kind: 'from',
        anchor: { on: 'done', task: 'write' },
        offset: { unit: 'hours', count: 48 },
        otherwise: shanghai('2020-10-15T23:59:59.999'),
        noticeWorkingDays: 3,
      },
    ],
  ])('is due by its own rule: %s', (due, rule) =>
    expect(tasksOf(task('next', `scope: campaign, holder: office, due: ${due}`))['next']!.due).toEqual(rule),
  );

  it.each([
    ['house', { kind: 'house' }],
    ['practice', { kind: 'practice' }],
    ['六（三）4', { kind: 'doc', place: '六（三）4' }],
  ])('says what it rests on: %s', (basis, expected) =>
    expect(
      tasksOf(task('next', 'scope: campaign, holder: office').replace('basis: house', `basis: ${basis}`))['next']!.basis,
    ).toEqual(expected),
  );

  it('that rows make is known by it, and its time ends with the campaign', () => {
    const { made, write } = tasksOf(
      task('source', 'scope: campaign, holder: office, rows: [{ table: list, task: made, to: { column: where } }]'),
      task('made', 'scope: union, holder: { row: who }, due: row'),
    );
    expect(made).toMatchObject({ origin: 'row', holder: { row: 'who' }, due: { kind: 'row' }, endsAt: write!.endsAt });
  });

  it('keeps its rules for rows, and stays in its own instance by default', () => {
    const { source } = tasksOf(
      task('source', 'scope: campaign, holder: office, rows: [{ table: list, task: made }]'),
      task('made', 'scope: campaign, holder: office'),
    );
    expect(source!.rows).toEqual([{ table: 'list', task: 'made', to: 'self' }]);
  });

  it.each([
    ['mood == "good"', undefined],
    ['sure', true],
    ['sure && mood == "good"', undefined],
  ])('whose condition is %s knows whether that can ever change', (when, fixed) => {
    const next = task('next', `scope: campaign, holder: office, when: '${when}'`);
    const setting = task('setting', 'scope: campaign, holder: office, outcomes: [{ set: { mood: bad } }]');
    expect(tasksOf(next, setting)['next']!.fixed).toBe(fixed);
  });

  it.each([
    ['{ all: unions, task: below }', { of: 'union', share: 1, latched: true }],
    ['{ share: 0.5, of: unions, task: below, latched: false }', { of: 'union', share: 0.5, latched: false }],
  ])('of the campaign counts those below: %s', (gate, expected) =>
    expect(
      tasksOf(
        task('below', 'scope: union, holder: union-officer'),
        task('next', `scope: campaign, holder: office, gate: ${gate}`),
      )['next']!.gate,
    ).toMatchObject(expected),
  );

  it('waits for the one above, which knows whom it feeds', () => {
    const { write, next } = tasksOf(task('next', 'scope: union, holder: union-officer, gate: { of: campaign, task: write }'));
    expect([next!.gate, write!.feeds]).toEqual([
      { id: 'next', of: 'campaign', task: 'write', share: 1, latched: true },
      ['next'],
    ]);
  });

  it('reviews in the order written', () => {
    const { next } = tasksOf(
      task(
        'next',
        'scope: union, holder: union-officer, reviews: [{ confirm: union-officer }, { accept: office, when: { } }]',
      ).replace(', when: { }', ''),
    );
    expect(next!.reviews).toEqual([
      { id: '1-confirm-union-officer', by: 'union-officer', kind: 'confirm' },
      { id: '2-accept-office', by: 'office', kind: 'accept' },
    ]);
  });

  it('with a gate is named by those it counts', () => {
    const { next, count } = tasksOf(
      task('count', 'scope: union, holder: union-officer'),
      task('next', 'scope: campaign, holder: office, gate: { share: 0.95, of: unions, task: count, noLaterThan: 2020-10-14 }'),
    );
    expect(next!.gate).toEqual({
      id: 'next',
      of: 'union',
      task: 'count',
      share: 0.95,
      latched: true,
      noLaterThan: shanghai('2020-10-14T00:00:00.000'),
    });
    expect(count!.feeds).toEqual(['next']);
  });
});

describe('a condition', () => {
  const conditionOf = (when: string): unknown =>
    tasksOf(task('next', `scope: campaign, holder: office, when: ${when}`))['next']!.when;

  it('of one fact is one comparison', () =>
    expect(conditionOf('{ mood: good }')).toEqual({ op: 'is', fact: 'mood', in: ['good'] }));
  it('of several facts wants all of them', () =>
    expect(conditionOf('{ mood: good, done: true }')).toEqual({
      op: 'all',
      of: [
        { op: 'is', fact: 'mood', in: ['good'] },
        { op: 'is', fact: 'done', in: [true] },
      ],
    }));
  it('with a list takes any of its values', () =>
    expect(conditionOf('{ mood: [good, bad] }')).toEqual({ op: 'is', fact: 'mood', in: ['good', 'bad'] }));
  it('may be one of several, or be turned round', () =>
    expect(conditionOf('{ any: [{ mood: bad }, { not: { done: false } }] }')).toEqual({
      op: 'any',
      of: [
        { op: 'is', fact: 'mood', in: ['bad'] },
        { op: 'not', of: { op: 'is', fact: 'done', in: [false] } },
      ],
    }));
  it('may ask for what is not known yet', () =>
    expect(conditionOf('{ mood: null }')).toEqual({ op: 'is', fact: 'mood', in: [null] }));
});

describe('in a zone with seasons', () => {
  const { plan, programs } = compiledFrom(
    tinyWith(
      ['zone: Asia/Shanghai', 'zone: Europe/Berlin'],
      ['starts: 2020-10-13', 'starts: 2020-10-20'],
      ['ends: 2020-10-15', 'ends: 2020-10-27'],
      ['form: plan }', "form: plan, due: { date: 2020-10-25, at: '17:00' } }"],
    ),
  );

  it('a deadline is at that time by the clock on the wall, also on the day on which the clock is set back', () =>
    expect(plan.tasks[0]!.due).toMatchObject({ at: Date.parse('2020-10-25T17:00+01:00') }));
  it('the day table says when it is', () =>
    expect(programs.household.days.jumps).toEqual([
      { day: findDay(programs.household.days, '2020-10-25'), afterMs: 3 * 3_600_000, byMs: -3_600_000 },
    ]));
  it('rungs of the days around it keep their time', () => {
    const rung = programs.campaign.ladders['standard']!.rungs[0]!;
    const at = (deadline: string) => findRungAt(programs.campaign, rung, { deadline: Date.parse(deadline) });
    expect([at('2020-10-24T23:59+02:00'), at('2020-10-25T23:59+01:00'), at('2020-10-26T23:59+01:00')]).toEqual(
      ['2020-10-24T09:00+02:00', '2020-10-25T09:00+01:00', '2020-10-26T09:00+01:00'].map((text) => Date.parse(text)),
    );
  });
});

describe('hours', () => {
  it('are minutes of the day in the plan and in every program', () => {
    const { plan, programs } = compiledFrom(
      tinyWith([
        'notice: 3',
        "notice: 3\nhours: { work: ['08:30-12:00', '14:00-18:00'], quiet: '21:00-07:30', quietOnDaysOff: true }",
      ]),
    );
    expect(plan.hours).toEqual({
      work: [
        { fromMinute: 510, toMinute: 720 },
        { fromMinute: 840, toMinute: 1080 },
      ],
      quiet: { fromMinute: 1260, toMinute: 450 },
      quietOnDaysOff: true,
    });
    expect([programs.campaign.hours, programs.household.hours]).toEqual([plan.hours, plan.hours]);
  });
});

describe('a ladder', () => {
  it('says again what a rung repeats, twenty times where that is not said', () => {
    const text = tinyWith([
      "at: '09:00' }",
      "at: '09:00', repeat: { every: { weeks: 1 } } }\n    - { id: hourly, remind: assignee, hours: 2 }",
    ]);
    expect(compiledFrom(text).plan.ladders['standard']!.rungs).toMatchObject([
      { repeat: { every: { unit: 'weeks', count: 1 }, times: 20 } },
      { offset: { unit: 'hours', count: 2 } },
    ]);
  });

  it('speaks at minutes of working days, or the instant work becomes overdue', () => {
    const text = tinyWith([
      "at: '09:00' }",
      "at: '09:30' }\n    - { id: late, escalate: leading-group, when: overdue }\n    - { id: later, escalate: leading-group, workingDays: 2, at: '00:00', digest: daily }",
    ]);
    expect(compiledFrom(text).plan.ladders['standard']!.rungs).toEqual([
      { id: 'on-the-day', kind: 'reminder', offset: { unit: 'workingDays', count: 0, atMinute: 570 }, to: 'assignee' },
      { id: 'late', kind: 'escalation', offset: null, to: 'leading-group' },
      {
        id: 'later',
        kind: 'escalation',
        offset: { unit: 'workingDays', count: 2, atMinute: 0 },
        to: 'leading-group',
        digest: 'daily',
      },
    ]);
  });
});

describe('a form', () => {
  const formOf = (fields: string, more: readonly (readonly [string, string])[] = []) =>
    compiledFrom(tinyWith(['      - { id: text, title: { zh: 内容, en: Text }, type: text }', fields], ...more)).plan.forms[
      'plan'
    ]!.fields;
  const T = 'title: { zh: 题, en: Q }';

  it('asks for everything that does not say it is optional, and keeps free text as personal', () =>
    expect(formOf(`      - { id: a, ${T}, type: text }\n      - { id: b, ${T}, type: integer, required: false }`)).toMatchObject([
      { id: 'a', required: true, privacy: 'personal' },
      { id: 'b', required: false, privacy: 'none' },
    ]));

  it('keeps identity numbers as sensitive', () =>
    expect(formOf(`      - { id: a, ${T}, type: id-number }`)[0]).toMatchObject({ privacy: 'sensitive' }));

  it('has its parts and lists put in, in their places', () => {
    const fields = formOf(`      - { id: a, ${T}, type: text }\n      - { part: shared }\n      - { id: z, ${T}, type: text }`, [
      [
        'forms:',
        `lists:\n  sizes: { big: { zh: 大, en: Big }, small: { zh: 小, en: Small } }\nparts:\n  shared: [{ id: size, ${T}, type: choice, choices: sizes }]\nforms:`,
      ],
    ]);
    expect(fields.map(({ id }) => id)).toEqual(['a', 'size', 'z']);
    expect(fields[1]).toMatchObject({
      choices: [
        { id: 'big', title: { zh: '大', en: 'Big' } },
        { id: 'small', title: { zh: '小', en: 'Small' } },
      ],
    });
  });

  it('with fixed rows has exactly these', () =>
    expect(
      formOf(
        `      - { id: t, ${T}, type: table, fixedRows: { one: { zh: 一, en: One }, two: { zh: 二, en: Two } }, columns: [{ id: a, ${T}, type: text }] }`,
      )[0],
    ).toMatchObject({
      minRows: 2,
      maxRows: 2,
      fixedRows: [
        { id: 'one', title: { zh: '一', en: 'One' } },
        { id: 'two', title: { zh: '二', en: 'Two' } },
      ],
    }));
});
