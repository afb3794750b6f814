/** Where each character of a YAML text stands in its file: quotes, escapes, folded lines and indentation lie between what is written and what is meant. */
import type { Scalar } from 'yaml';

export interface WrittenText {
  readonly type: Scalar.Type;
  /** As it stands in the file, quotes or the `|` of a block included. */
  readonly source: string;
  /** What YAML makes of it. */
  readonly value: string;
}

/**
 * By offset in the value, the offset in the source. Undefined where the two cannot be brought together: nothing is said that would only be nearly true.
 */
export function alignText({ type, source, value }: WrittenText): readonly number[] | undefined {
  const offsets: number[] = [];
  let at = 0;
  for (const { text, from } of type.startsWith('BLOCK') ? piecesOfBlock(source) : piecesOfFlow(source, type)) {
    // Between two lines: what folding made of the break.
    while (at < value.length && !value.startsWith(text, at) && /[ \n]/.test(value[at]!)) {
      offsets.push(from);
      at += 1;
    }
    if (!value.startsWith(text, at)) return undefined;
    for (let index = 0; index < text.length; index += 1) offsets.push(from + (text.length === 1 ? 0 : index));
    at += text.length;
  }
  while (offsets.length < value.length && /^\s*$/.test(value.slice(at))) offsets.push(source.length);
  return offsets.length >= value.length ? offsets : undefined;
}

/** A part of the value that is written as it is, or one character that is written otherwise. */
interface Piece {
  readonly text: string;
  readonly from: number;
}

/** Lines without their indentation, which is that of the first that is not blank. */
function piecesOfBlock(source: string): readonly Piece[] {
  const [header = '', ...lines] = source.split('\n');
  const indent = /^ */.exec(lines.find((line) => line.trim() !== '') ?? '')![0].length;
  let from = header.length + 1;
  return lines.flatMap((line) => {
    const text = line.slice(indent).replace(/\r$/, '');
    const piece = { text, from: from + indent };
    from += line.length + 1;
    return text.trim() === '' ? [] : [piece];
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '0': '\0', a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ N: '\u0085', _: '\u00a0', L: '\u2028', P: '\u2029' },
};

/** Plain and quoted texts, character by character but for what is written otherwise. Line breaks are left out, and the blanks around them. */
function piecesOfFlow(source: string, type: Scalar.Type): readonly Piece[] {
  const quote = type === 'QUOTE_DOUBLE' ? '"' : type === 'QUOTE_SINGLE' ? "'" : '';
  const end = source.length - quote.length;
  const pieces: Piece[] = [];
  let from = quote.length;
  while (from < end) {
    const [written, text] = nextIn(source.slice(from, end), quote);
    if (text !== '') pieces.push({ text, from });
    from += written;
  }
  return pieces;
}

/** How many characters are written there, and what they mean. */
function nextIn(rest: string, quote: string): readonly [written: number, text: string] {
  const breaks = /^[ \t]*\r?\n\s*/.exec(rest);
  if (breaks !== null) return [breaks[0].length, ''];
  if (quote === "'" && rest.startsWith("''")) return [2, "'"];
  if (quote !== '"' || rest[0] !== '\\') return [1, rest[0]!];
  const joined = /^\\\r?\n[ \t]*/.exec(rest);
  if (joined !== null) return [joined[0].length, ''];
  const code = /^\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8}))/.exec(rest);
  if (code === null) return [2, ESCAPES[rest[1]!] ?? rest[1] ?? ''];
  return [code[0].length, String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? code[3]!, 16))];
}
