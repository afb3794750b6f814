/** Rungs that never speak. */
import { describe, expect, it } from 'vitest';
import { issuesFrom } from './tiny.ts';
import { care, visit, visitCodes, visitsWith } from './visits.ts';

const SILENT = ['RUNG_NEVER_SPEAKS'];
const own = (...rungs: readonly string[]): readonly [string, string] => [
  'forms:',
  `  own:\n${rungs.map((rung) => `    - { ${rung} }\n`).join('')}forms:`,
];
const early = (when: string): string => `id: early, remind: assignee, ${when}`;
const LATE = 'id: late, remind: assignee, when: overdue';
const standard = (when: string): readonly [string, string] => [
  "id: on-the-day, remind: assignee, workingDays: 0, at: '09:00'",
  early(when),
];

describe('a rung of a ladder that a task names', () => {
  it.each([
    ['three hours', 'due: { from: opened, hours: 3 }', 'hours: -8'],
    ['three hours', 'due: { from: opened, hours: 3 }', "workingDays: -1, at: '09:00'"],
    [
      'three hours, or two after a return',
      'due: { from: opened, hours: 3 }, reviews: [{ accept: union-head }], returns: { within: { hours: 2 } }',
      'hours: -8',
    ],
  ])('never speaks in %s', (_what, due, when) =>
    expect(visitCodes([visit(`, ladder: own, ${due}`)], own(early(when)))).toEqual(SILENT),
  );

  it.each([
    ['three hours', 'due: { from: opened, hours: 3 }', 'hours: -3'],
    ['three hours', 'due: { from: opened, hours: 3 }', "days: 0, at: '00:01'"],
    ['thirty hours', 'due: { from: opened, hours: 30 }', "days: -1, at: '20:00'"],
    [
      'the time after a return',
      'due: { from: opened, hours: 3 }, reviews: [{ accept: union-head }], returns: { within: { hours: 9 } }',
      'hours: -8',
    ],
    ['working hours', 'due: { from: opened, workingHours: 3 }', 'hours: -8'],
  ])('speaks in %s', (_what, due, when) =>
    expect(
      visitCodes([visit(`, ladder: own, ${due}`)], own(early(when)), [
        'notice: 1',
        "notice: 1\nhours: { work: ['08:30-12:00'] }",
      ]),
    ).toEqual([]),
  );

  it('is told of at the task for which it never speaks, though it does for another', () => {
    const tasks = [visit(', ladder: own'), care('aid', 'ladder: own, due: { workingDays: 1 }')];
    const [found, ...others] = issuesFrom(visitsWith(tasks, own(early("workingDays: -2, at: '09:00'"), LATE))).filter(
      ({ code }) => code !== 'UNUSED',
    );
    expect([found!.code, others]).toEqual([SILENT[0], []]);
    expect(found!.message).toBe("rung 'early' of ladder 'own' never speaks here: it falls before 'aid' can open");
    expect(found!.related).toHaveLength(1);
  });
});

describe('a rung of the ladder that tasks have by default', () => {
  const tasks = [visit(), care('aid', 'due: { workingDays: 1 }')];

  it('may be too early for some of them as long as another reminds', () => {
    const [from, to] = standard("workingDays: -2, at: '09:00'");
    expect(visitCodes(tasks, [from, `${to} }\n    - { ${from}`])).toEqual([]);
  });

  it('is told of where a task has no other reminder by its deadline', () => {
    const text = visitsWith(tasks, standard("workingDays: -2, at: '09:00'"));
    expect(issuesFrom(text).map(({ message }) => message)).toContain(
      "nobody is ever reminded of 'aid' by its deadline: what ladder 'standard' says up to then falls before the task can open",
    );
  });
});

describe('a rung of a review', () => {
  const review = (within: string): string => visit(`, reviews: [{ accept: union-head, within: { ${within} }, ladder: own }]`);

  it('never speaks when the review has less time', () => {
    expect(visitCodes([review('workingDays: 1')], own(early("workingDays: -5, at: '09:00'")))).toEqual(SILENT);
    expect(visitCodes([review('hours: 4')], own(early('hours: -5')))).toEqual(SILENT);
  });

  it('speaks when it has as much', () => {
    expect(visitCodes([review('workingDays: 6')], own(early("workingDays: -5, at: '09:00'")))).toEqual([]);
    expect(visitCodes([review('hours: 4')], own(early('hours: -3')))).toEqual([]);
  });
});

it('speaks for whoever comes later than the time that the first have, and gets notice', () =>
  expect(visitCodes([visit(', ladder: own, due: { from: phase-start, hours: 3 }')], own(early('hours: -8')))).toEqual([]));

describe('a rung after the deadline', () => {
  it('never speaks beyond the days that the plan knows', () => {
    const text = visitsWith([visit(', ladder: own')], own('id: much-later, escalate: office, days: 60, at: "09:00"'));
    const silent = issuesFrom(text).find(({ code }) => code === SILENT[0]);
    expect(silent!.message).toContain('after the last day that the plan knows');
  });
  it('speaks within them', () =>
    expect(visitCodes([visit(', ladder: own')], own('id: later, escalate: office, days: 10, at: "09:00"'))).toEqual([]));
});

it('an instruction has whatever deadline it is given, so a rung before that may speak', () =>
  expect(
    visitCodes([visit(', ladder: own, due: { workingDays: 1 }')], own(early("workingDays: -5, at: '09:00'"), LATE), [
      'notice: 1',
      'notice: 1\nassigned: { ladder: own, review: office }',
    ]),
  ).toEqual(SILENT));
