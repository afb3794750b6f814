import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeFrame } from '../../cli/code-frame.ts';
import { displayWidth } from '../../explainer/display-width.ts';

const frame = (text: string, line: number, column: number): string => codeFrame(text, { line, column }).join('\n');

describe('the frame of an issue', () => {
  it('is its line without the indent, and a caret below the place', () =>
    expect(frame('a: 1\n    holder: offcie\nc: 3', 2, 13)).toBe('2 | holder: offcie\n  |         ^'));

  it('counts a full-width letter as two cells', () =>
    expect(frame('title: { zh: 走访, en: 1 }', 1, 21)).toBe('1 | title: { zh: 走访, en: 1 }\n  |                       ^'));

  it('shows a tab as spaces, and points behind them', () => expect(frame('a:\tb', 1, 4)).toBe('1 | a:    b\n  |       ^'));

  it('shows of a long line what stands around the place', () => {
    const [line, caret] = codeFrame(`${'很长'.repeat(500)}HERE${'后面'.repeat(500)}`, { line: 1, column: 1001 });
    expect(displayWidth(line!)).toBeLessThanOrEqual(104);
    expect(line).toMatch(/^1 \| ….*HERE.*…$/);
    expect(displayWidth(line!.slice(0, line!.indexOf('HERE')))).toBe(caret!.indexOf('^'));
  });

  it('stands at the end of the line for what is missing there', () => expect(frame('key:', 1, 5)).toBe('1 | key:\n  |     ^'));

  it('shows nothing of a line that is not there', () => expect(frame('a', 7, 1)).toBe(''));

  it('keeps control characters from moving the cursor', () => expect(frame('a\u001b[2Jb', 1, 6)).toBe('1 | a·[2Jb\n  |      ^'));

  it('has its caret below the very letter, whatever stands before', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '中', 'é', '！', ' ', '😀', '\t'), maxLength: 120 }), (before) => {
        const [line, caret] = codeFrame(`${before}X`, { line: 1, column: before.length + 1 });
        const place = caret!.indexOf('^');
        let width = 0;
        const letter = [...line!].find((each) => {
          if (width === place) return true;
          width += displayWidth(each);
          return false;
        });
        expect(letter).toBe('X');
      }),
    ));
});
