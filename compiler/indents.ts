/** Where the indents of a text that is not YAML first fit no line above: a parser tells where it gave up, which is often some lines further. */
import type { Related } from './issue.ts';

interface Opened {
  readonly indent: number;
  readonly line: number;
}

/**
 * The first line with a key or an item whose indent is neither that of a block around it nor begins one under a key, and the line that it does not agree
 * with; none if all fit. Lines count from 1. Texts over several lines have no keys and are passed over; values in braces, brackets and quotes over several
 * lines are not told from others, so this is a hint, not a ruling. Every line is gone through once, however long it is.
 */
export function oddIndents(text: string): readonly Omit<Related, 'file'>[] {
  const around: Opened[] = [];
  let above: { readonly indent: number; readonly line: number; readonly text: string } | undefined;
  let textUnder: number | undefined;
  for (const [index, written] of text.split('\n').entries()) {
    const line = index + 1;
    const said = written.trim();
    const indent = written.length - written.trimStart().length;
    if (said === '' || said.startsWith('#') || (textUnder !== undefined && indent > textUnder)) continue;
    textUnder = beginsText(said) ? indent : undefined;
    if (!said.startsWith('- ') && !hasKey(said)) continue;
    const closed: Opened[] = [];
    while (around.length > 0 && around.at(-1)!.indent > indent) closed.push(around.pop()!);
    const opened = around.at(-1);
    if (closed.length > 0 && opened?.indent !== indent)
      return [told(line, indent), told(closed.at(-1)!.line, closed.at(-1)!.indent)];
    if (opened?.indent !== indent) {
      if (above !== undefined && !opensBlock(above.text)) return [told(line, indent), told(above.line, above.indent)];
      around.push({ indent, line });
    }
    // What follows a dash is a block of its own, as far in as it stands.
    const dashes = /^(?:- +)*/.exec(said)![0].length;
    if (dashes > 0 && hasKey(said.slice(dashes))) around.push({ indent: indent + dashes, line });
    above = { indent, line, text: said };
  }
  return [];
}

function withoutComment(said: string): string {
  const comment = said.indexOf(' #');
  return comment < 0 ? said : said.slice(0, comment).trimEnd();
}

const opensBlock = (said: string): boolean => /[:,[{-]$/.test(withoutComment(said));
/** Of lines of its own, further in. */
const beginsText = (said: string): boolean => /[|>][+-]?$/.test(withoutComment(said));
/** Not one inside braces, brackets or quotes that begin the line. */
const hasKey = (said: string): boolean => !/^[{["']/.test(said) && (said.includes(': ') || withoutComment(said).endsWith(':'));

const told = (line: number, indent: number): Omit<Related, 'file'> => ({
  line,
  column: indent + 1,
  note: {
    en: indent === 1 ? 'this line begins after 1 space' : `this line begins after ${indent} spaces`,
    zh: `此行前有 ${indent} 个空格`,
  },
});
