import { describe, expect, it } from 'vitest';
import { dailyListOf, lineOf, type Sendable, type Spoken, textOf } from '../../messages/default-text.ts';
import type { Plan } from '../../model/plan.ts';

const DAY = 86_400_000;
const PLAN = {
  title: { zh: '行动', en: 'Campaign' },
  tasks: [{ id: 'visit', title: { zh: '走访', en: 'Visit' } }],
  messages: {
    reminder: { zh: '提醒：{{ task }}', en: 'Mind: {{ task }}, {{ place }}' },
    hurry: { zh: '{{ union }}的{{ place }}还有{{ left }}天，逾期{{ late }}天，第{{ times }}次', en: '' },
  },
} as unknown as Plan;
const said = (message: Partial<Spoken['message']>, now = 0, plan = PLAN): string =>
  lineOf(
    plan,
    { instance: 'h/h-001', union: 'u1', message: { purpose: 'reminder', template: 'visit', deadline: 3 * DAY, ...message } },
    { now, dateTime: (at) => `day ${at / DAY}`, unionName: (id) => `union ${id}` },
  );

describe('the words of a message', () => {
  it('are those of its rung', () => expect(said({ text: 'hurry' })).toBe('union u1的户 h-001还有3天，逾期0天，第1次'));
  it('count whole days, before the deadline and after it, when it is sent', () =>
    expect(said({ text: 'hurry', occurrence: 2 }, 5.5 * DAY)).toBe('union u1的户 h-001还有0天，逾期2天，第2次'));
  it('are otherwise those of its purpose', () => expect(said({})).toBe('提醒：走访'));
  it('are those of its purpose too when an amendment took out the ones it was to have', () =>
    expect(said({ text: 'gone' })).toBe('提醒：走访'));
  it('are otherwise the words of the house', () =>
    expect(said({ purpose: 'opened' })).toBe('新任务：走访（户 h-001），时限 day 3'));
});

describe('of a plan that is told in English', () => {
  const english = { ...PLAN, language: 'en' } as const;
  const telling = { now: 4 * DAY, dateTime: (at: number) => `day ${at / DAY}`, unionName: (id: string) => `Union ${id}` };
  const about = (instance: string, union: string | null): Sendable =>
    ({ instance, union, message: { purpose: 'escalation', template: 'visit', deadline: 2 * DAY } }) as unknown as Sendable;

  it("the words are English, the definition's own and those of the house", () =>
    expect([said({}, 0, english), said({ purpose: 'opened' }, 0, english), said({ purpose: 'paused' }, 0, english)]).toEqual([
      'Mind: Visit, household h-001',
      'New: Visit (household h-001), due day 3',
      'Paused: work stands still, and nobody is reminded',
    ]));
  it('one text holds all that a person is told', () =>
    expect(textOf(english, [about('u/u1', 'u1'), about('c', null)], telling)).toBe(
      '[Campaign] 2 items\n- Overdue: Visit (union u1), due day 2\n- Overdue: Visit (the federation), due day 2',
    ));
  it('the list of a day counts by union', () =>
    expect(
      dailyListOf(english, [about('h/h-001', 'u1'), about('h/h-002', 'u1')], { at: telling.now, unionName: telling.unionName }),
    ).toBe('[Campaign] What is overdue today\n- Union u1: overdue tasks: 2, households: 2, days late at most: 2'));
});
