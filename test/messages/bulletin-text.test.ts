import { describe, expect, it } from 'vitest';
import { bulletinText } from '../../messages/bulletin-text.ts';
import type { Bulletin, Plan } from '../../model/plan.ts';

const title = (zh: string) => ({ zh, en: zh });
const plan = {
  title: title('走访'),
  indicators: [
    { id: 'visited', title: title('已走访'), by: [], rule: { kind: 'count', of: 'household' } },
    { id: 'share', title: title('走访率'), by: [], rule: { kind: 'ratio', parts: ['visited', 'visited'] } },
  ],
} as unknown as Plan;
const bulletin = { title: title('周报'), shows: ['share', 'visited'] } as unknown as Bulletin;
const values = [
  { indicator: 'visited', value: 7, unions: { u1: 7, u2: 0 }, groups: [] },
  { indicator: 'share', value: 0.6666, unions: { u1: 1, u2: null }, groups: [] },
];
const unions = [
  { id: 'u1', name: '东镇工会' },
  { id: 'u2', name: '西镇工会' },
];

describe('a bulletin', () => {
  it('tells its numbers over all, then of each union, in the order that it names them', () =>
    expect(bulletinText(plan, { bulletin, number: 3, at: '2020-10-30 16:00', values, unions })).toBe(
      [
        '【走访】周报 第3期（2020-10-30 16:00）',
        '合计：走访率 66.7%；已走访 7',
        '- 东镇工会：走访率 100%；已走访 7',
        '- 西镇工会：走访率 —；已走访 0',
      ].join('\n'),
    ));
  it('is in English where the plan is', () => {
    const english = { ...plan, language: 'en' } as const;
    expect(bulletinText(english, { bulletin, number: 3, at: '2020-10-30 16:00', values, unions: unions.slice(0, 1) })).toBe(
      ['[走访] 周报 no. 3 (2020-10-30 16:00)', 'In all: 走访率 66.7%; 已走访 7', '- 东镇工会: 走访率 100%; 已走访 7'].join('\n'),
    );
  });
  it('ends with how many unions there are more, where there are too many', () => {
    const many = Array.from({ length: 503 }, (_, index) => ({ id: `u${index}`, name: `工会${index}` }));
    expect(bulletinText(plan, { bulletin, number: 1, at: '', values, unions: many }).split('\n').at(-1)).toBe('- 另有 3 个工会');
  });
});
