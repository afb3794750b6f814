/** The line an issue is about, with a caret below the very place: also behind full-width letters, in long lines, and where somebody typed a tab. */
import { displayWidth, truncate } from '../explainer/display-width.ts';

/** Cells of a terminal: of the part shown, and of what is kept before the place in a line too long for that. */
const WIDEST = 100;
const BEFORE = 60;
const TAB = '    ';

export interface FramePlace {
  /** Both from 1; columns count UTF-16 units, as editors do. */
  readonly line: number;
  readonly column: number;
}

/** Two lines, or none where the text has no such line. */
export function codeFrame(text: string, { line, column }: FramePlace): readonly string[] {
  const written = text.split('\n')[line - 1]?.replace(/\r$/, '');
  if (written === undefined) return [];
  const before = shown(written.slice(0, column - 1));
  const after = shown(written.slice(column - 1));
  const kept = keepEnd(before.trimStart(), BEFORE);
  const number = String(line);
  return [`${number} | ${truncate(kept + after, WIDEST)}`, `${' '.repeat(number.length)} | ${' '.repeat(displayWidth(kept))}^`];
}

/** A control character would move the cursor, and with it the caret. */
const shown = (text: string): string => text.replaceAll('\t', TAB).replaceAll(/\p{Cc}/gu, '·');

/** The last letters of a text, as many as fit; a cut is marked. */
function keepEnd(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const letters = [...text];
  let kept = '';
  for (let index = letters.length - 1; index >= 0 && displayWidth(letters[index]! + kept) < width; index -= 1)
    kept = letters[index]! + kept;
  return `…${kept}`;
}
