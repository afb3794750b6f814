/** How deeply a YAML text is nested, measured on its tokens: cheap, without recursion, and before anything is built from the text. */
import { CST, Lexer } from 'yaml';

/** The first offset at which the text is nested deeper than `limit`, or undefined. Block levels are counted by their columns, flow levels by brackets. */
export function findTooDeep(text: string, limit: number): number | undefined {
  const columns: number[] = [];
  let flow = 0;
  let offset = 0;
  let lineStart = 0;
  let inLead = true;
  const stand = (): void => {
    const column = offset - lineStart;
    while (columns.length > 0 && columns.at(-1)! >= column) columns.pop();
    columns.push(column);
  };
  for (const token of new Lexer().lex(text)) {
    // Marks of the lexer (a document begins, a scalar begins) are characters that the text does not have; a byte-order mark is one it has.
    if (isMark(token)) continue;
    const kind = CST.tokenType(token);
    if (kind === 'flow-map-start' || kind === 'flow-seq-start') flow += 1;
    else if (kind === 'flow-map-end' || kind === 'flow-seq-end') flow = Math.max(0, flow - 1);
    if (inLead && flow === 0 && kind !== 'space' && kind !== 'newline' && kind !== 'comment' && kind !== 'byte-order-mark') {
      stand();
      // Only what introduces another level on the same line (`- - a:`) leaves the line's lead open.
      inLead = kind === 'seq-item-ind' || kind === 'explicit-key-ind';
    }
    if (columns.length + flow > limit) return offset;
    offset += token.length;
    const newline = token.lastIndexOf('\n');
    if (newline < 0) continue;
    lineStart = offset - (token.length - newline - 1);
    inLead = true;
  }
  return undefined;
}

const isMark = (token: string): boolean => token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR;
