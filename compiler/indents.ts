/** Where the indents of a text that is not YAML first fit no line above: a parser tells where it gave up, which is often some lines further. */
import type { Related } from './issue.ts';

interface Opened {
  readonly indent: number;
  readonly line: number;
}

/**
 * The first line whose indent is neither that of a block around it nor begins one under a key, and the line that it does not agree with; none if all
 * fit. Lines count from 1. Values in braces, brackets and quotes that go over several lines are not told from others, so this is a hint, not a ruling.
 */
export function oddIndents(text: string): readonly Omit<Related, 'file'>[] {
  const around: Opened[] = [];
  let above: { readonly indent: number; readonly line: number; readonly text: string } | undefined;
  for (const [index, written] of text.split('\n').entries()) {
    const line = index + 1;
    const said = written.trim();
    if (said === '' || said.startsWith('#')) continue;
    const indent = written.length - written.trimStart().length;
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
    const item = /^(?:- +)+(?=\S)/.exec(said);
    if (item !== null && opensItem(said)) around.push({ indent: indent + item[0].length, line });
    above = { indent, line, text: said };
  }
  return [];
}

/** Read without a pattern that looks for spaces before the comment: a line of a million spaces is looked at once. */
function opensBlock(said: string): boolean {
  const comment = said.indexOf(' #');
  return /[:,[{|>+-]$/.test((comment < 0 ? said : said.slice(0, comment)).trimEnd());
}
/** A dash before a key; before anything else an item is whole. */
const opensItem = (said: string): boolean => /^(?:- +)+[^\s{["'][^:]*:(?:\s|$)/.test(said);

const told = (line: number, indent: number): Omit<Related, 'file'> => ({
  line,
  column: indent + 1,
  note: {
    en: indent === 1 ? 'this line begins after 1 space' : `this line begins after ${indent} spaces`,
    zh: `此行前有 ${indent} 个空格`,
  },
});
