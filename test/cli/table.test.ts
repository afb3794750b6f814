import { describe, expect, it } from 'vitest';
import { displayWidth, pad, truncate } from '../../explainer/display-width.ts';
import { formatPairs, formatTable } from '../../cli/table.ts';

describe('the width of text on a terminal', () => {
  it.each([
    ['', 0],
    ['union', 5],
    ['工会', 4],
    ['第 3/5 阶段', 11],
    ['（一）', 6],
    ['é', 1],
    ['👍', 2],
    ['𠀀', 2],
    ['█░─…', 4],
  ])('of "%s" is %i', (text, width) => expect(displayWidth(text)).toBe(width));

  it('is filled up on the side asked for', () => {
    expect(pad('工会', { width: 6, align: 'left' })).toBe('工会  ');
    expect(pad('42', { width: 6, align: 'right' })).toBe('    42');
  });

  it('is never exceeded by a cut text, and a cut never halves a character', () => {
    for (let width = 0; width <= 12; width += 1) expect(displayWidth(truncate('困难职工帮扶', width))).toBeLessThanOrEqual(width);
    expect(truncate('困难职工帮扶', 6)).toBe('困难…');
    expect(truncate('困难职工', 8)).toBe('困难职工');
  });
});

describe('a table', () => {
  const rows = [
    { name: '解放街道工会', count: 5 },
    { name: 'North', count: 120 },
  ];
  const columns = [
    { title: 'union', value: ({ name }: (typeof rows)[number]) => name },
    { title: 'n', value: ({ count }: (typeof rows)[number]) => count, align: 'right' as const },
  ];

  it('stands straight whatever the script', () =>
    expect(formatTable(rows, columns, { closing: { name: '合计', count: 125 } })).toBe(
      [
        'union           n',
        '────────────  ───',
        '解放街道工会    5',
        'North         120',
        '────────────  ───',
        '合计          125',
      ].join('\n'),
    ));

  it('has only a heading when there is nothing', () => expect(formatTable([], columns)).toBe('union  n\n─────  ─'));

  it('cuts what is wider than its column may be', () =>
    expect(formatTable(rows, [{ ...columns[0]!, widest: 8 }])).toContain('解放街…'));
});

describe('pairs', () => {
  it('stand under one another', () =>
    expect(
      formatPairs([
        ['run', 'a'],
        ['阶段', 3],
      ]),
    ).toBe('run   a\n阶段  3'));
});
