/** What comes after others that are done, and yet never comes up. */
import { describe, expect, it } from 'vitest';
import { issuesFrom } from './tiny.ts';
import { care, report, visit, visitCodes, visitsWith } from './visits.ts';

const UNREACHABLE = ['TASK_UNREACHABLE'];
const x = (when: string): string => care('x', `after: [visit], when: ${when}`);
const y = (when: string, after = 'x'): string => care('y', `after: [${after}], when: ${when}`);

describe('what comes after a task that everybody leaves by', () => {
  const leaving = (more = ''): string => visit(`, outcomes: [{ withdraw: true }${more}]`);
  it('never comes up', () => {
    expect(visitCodes([leaving(), care('y', 'after: [visit]')])).toEqual(UNREACHABLE);
    expect(visitCodes([leaving(), care('y', 'after: [visit]'), care('z', 'after: [y]')])).toEqual([
      ...UNREACHABLE,
      ...UNREACHABLE,
    ]);
  });
  it('comes up where it is for those who have left', () =>
    expect(visitCodes([leaving(), care('y', 'after: [visit], ofWithdrawn: true')])).toEqual([]));
  it('comes up where something brings them back', () =>
    expect(visitCodes([leaving(', { when: { outcome: stay }, again: [visit] }'), care('y', 'after: [visit]')])).toEqual([]));
  it('comes up where only some leave', () =>
    expect(visitCodes([visit(', outcomes: [{ when: { outcome: exit }, withdraw: true }]'), care('y', 'after: [visit]')])).toEqual(
      [],
    ));
});

describe('a condition', () => {
  it('contradicts that of a task before it, when nothing changes the fact in between', () => {
    const tasks = [visit(), x('{ outcome: assist }'), y('{ outcome: exit }')];
    expect(visitCodes(tasks)).toEqual(UNREACHABLE);
    const found = issuesFrom(visitsWith(tasks)).find(({ code }) => code === UNREACHABLE[0]);
    expect(found!.related).toEqual([expect.objectContaining({ line: found!.line - 1 })]);
  });
  it('contradicts one further before it', () =>
    expect(visitCodes([visit(), x('{ outcome: assist }'), care('m', 'after: [x]'), y('{ outcome: exit }', 'm')])).toEqual(
      UNREACHABLE,
    ));
  it('contradicts one on what nothing ever changes', () =>
    expect(visitCodes([visit(), x('{ class: deep }'), y('{ class: sudden }')])).toEqual(UNREACHABLE));
  it('keeps a gate shut as well', () =>
    expect(
      visitCodes([
        visit(),
        x('{ outcome: assist }'),
        y('{ outcome: exit }'),
        report('gate: { all: households, task: y }'),
      ]).toSorted(),
    ).toEqual(['GATE_NEVER_OPENS', ...UNREACHABLE]));

  it.each([
    ['the same is asked', [visit(), x('{ outcome: assist }'), y('{ outcome: assist }')]],
    [
      'the task before it changes the fact',
      [
        visit(),
        care('x', 'after: [visit], when: { outcome: assist }, outcomes: [{ set: { outcome: exit } }]'),
        y('{ outcome: exit }'),
      ],
    ],
    [
      'another task changes the fact',
      [visit(), x('{ outcome: assist }'), care('z', 'outcomes: [{ set: { outcome: exit } }]'), y('{ outcome: exit }')],
    ],
    ['what sets the fact is not behind yet', [visit(), care('x', 'when: { outcome: assist }'), y('{ outcome: exit }')]],
    [
      'what sets the fact is asked for again',
      [
        visit(),
        x('{ outcome: assist }'),
        care('z', 'outcomes: [{ when: { people: 1 }, again: [visit] }]'),
        y('{ outcome: exit }'),
      ],
    ],
    [
      'a sample passes over the task before it',
      [visit(), care('x', 'after: [visit], when: { outcome: assist }, sample: { share: 0.5 }'), y('{ outcome: exit }')],
    ],
    [
      'what the task before it asks besides may change',
      [visit(), x('{ people: 1 }'), care('z', 'outcomes: [{ set: { people: 2 } }]'), y('{ people: 2 }')],
    ],
  ])('is no contradiction where %s', (_what, tasks) => expect(visitCodes(tasks)).toEqual([]));
});

describe('an outcome', () => {
  const outcomes = (...list: readonly string[]): readonly string[] => visitCodes([visit(`, outcomes: [${list.join(', ')}]`)]);
  it('never comes about behind one that sets what it asks for otherwise', () =>
    expect(outcomes('{ set: { outcome: exit } }', '{ when: { outcome: stay }, withdraw: true }')).toEqual(['CONDITION_NEVER']));
  it('comes about in every case behind one that sets what it asks for', () =>
    expect(outcomes('{ set: { outcome: exit } }', '{ when: { outcome: exit }, withdraw: true }')).toEqual(['CONDITION_ALWAYS']));
  it('sees what one with a condition may have set or left', () => {
    const may = (when: string): readonly string[] =>
      outcomes('{ when: { people: 1 }, set: { outcome: exit } }', `{ when: { outcome: ${when} }, withdraw: true }`);
    expect([may('exit'), may('stay')]).toEqual([[], []]);
  });
  it('does not see what one after it sets', () =>
    expect(outcomes('{ when: { outcome: stay }, withdraw: true }', '{ set: { outcome: exit } }')).toEqual([]));
});
