import { describe, expect, it } from 'vitest';
import { lineOf, type Spoken } from '../../messages/default-text.ts';
import type { Plan } from '../../model/plan.ts';

const DAY = 86_400_000;
const PLAN = {
  title: { zh: '行动', en: 'Campaign' },
  tasks: [{ id: 'visit', title: { zh: '走访', en: 'Visit' } }],
  messages: {
    reminder: { zh: '提醒：{{ task }}', en: '' },
    hurry: { zh: '{{ union }}的{{ place }}还有{{ left }}天，逾期{{ late }}天，第{{ times }}次', en: '' },
  },
} as unknown as Plan;
const said = (message: Partial<Spoken['message']>, now = 0): string =>
  lineOf(
    PLAN,
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
