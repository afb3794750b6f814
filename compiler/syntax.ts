/**
 * What is wrong with a text that is not YAML. A parser goes on after a mistake and tells what follows from it, mostly things that are as they should be; so
 * each part of a text that stands on its own gives its first mistake only, at the place where it was made as far as that can be found out.
 */
import { isCollection, isScalar, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import { oddIndents } from './indents.ts';
import type { Related } from './issue.ts';
import { SAY } from './messages.ts';
import { parserWords } from './messages/parser.ts';
import { type Cure, curesOf, type Mark } from './punctuation.ts';
import type { Said, Words } from './said.ts';

/** Keys are compared by us and not by the parser, whose way takes time with the square of their number. */
export const PARSING = {
  prettyErrors: false,
  uniqueKeys: false,
  strict: true,
  version: '1.2',
  schema: 'core',
  merge: false,
} as const;

/** What a value is that was found inside another text; undefined when it is none that stands alone. */
export function readScalar(text: string): unknown {
  const { errors, contents } = parseDocument(text, PARSING);
  return errors.length === 0 && isScalar(contents) ? contents.value : undefined;
}

/** Places are without their file. */
export interface Mistake {
  readonly code: 'YAML_SYNTAX' | 'PUNCTUATION';
  readonly line: number;
  readonly column: number;
  readonly said: Said;
  readonly related: readonly Omit<Related, 'file'>[];
}

/** Nobody reads more. */
const MOST_PARTS = 20;
/** Of a text, in characters: so much is read again to find out how a line was meant. */
const MOST_READ_AGAIN = 2_000_000;
/** How far above where the parser gave up the mistake may be, in lines. */
const MOST_ABOVE = 40;
const MOST_CURES = 24;

/** One at least for a text that has errors, in the order of the text. */
export function findMistakes(text: string, errors: readonly YAMLError[]): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const budget: Budget = { left: MOST_READ_AGAIN };
  // Lines and columns are the same without the other half of their breaks, which a part must not end with.
  for (const part of partsOf(text.replaceAll('\r\n', '\n'))) {
    const found = mistakeIn(part, budget);
    if (found !== undefined) mistakes.push(found);
    if (mistakes.length === MOST_PARTS) break;
  }
  if (mistakes.length > 0) return mistakes;
  const all: Part = { text, line: 1 };
  return [mistakeIn(all, budget) ?? asParserSays(all, { ...parse(all), first: errors[0]! })];
}

interface Budget {
  left: number;
}

/** Of a text; `line` is the number of its first line. */
interface Part {
  readonly text: string;
  readonly line: number;
}

/** What stands under each key of the first column: none needs another to be YAML. A text with anything else in front of the first key is one part. */
function partsOf(text: string): readonly Part[] {
  const lines = text.split('\n');
  const begins = lines.flatMap((line, index) => (/^[A-Za-z][\w-]*\s*[:：]/.test(line) ? [index] : []));
  const isBare = lines.slice(0, begins[0] ?? 0).every((line) => /^\uFEFF?\s*(?:#|$)/.test(line));
  if (!isBare || begins.length < 2) return [{ text, line: 1 }];
  return begins.map((from, index) => ({ text: lines.slice(from, begins[index + 1]).join('\n'), line: from + 1 }));
}

interface Parsed {
  readonly document: ReturnType<typeof parseDocument>;
  readonly first: YAMLError | undefined;
  readonly lineOf: (offset: number) => number;
  readonly placeAt: (offset: number) => { readonly line: number; readonly column: number };
}

/** Lines count from the part's first. */
function parse({ text, line: firstLine }: Part): Parsed {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { ...PARSING, lineCounter });
  const first = [...document.errors].sort((a, b) => a.pos[0] - b.pos[0])[0];
  const placeAt = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line) + firstLine - 1, column: Math.max(1, col) };
  };
  return { document, first, placeAt, lineOf: (offset) => placeAt(offset).line };
}

/** Of what cannot be read. */
interface Broken extends Parsed {
  readonly first: YAMLError;
}

function mistakeIn(part: Part, budget: Budget): Mistake | undefined {
  const parsed = parse(part);
  const { first } = parsed;
  if (first === undefined) return undefined;
  const broken: Broken = { ...parsed, first };
  return wrongMark(part, { broken, budget }) ?? oddSpace(part, broken) ?? unclosed(part, broken) ?? asParserSays(part, broken);
}

/** A line near the place that reads well once its marks are what they look like. */
function wrongMark(
  { text, line: firstLine }: Part,
  { broken: { first, lineOf }, budget }: { broken: Broken; budget: Budget },
): Mistake | undefined {
  const lines = text.split('\n');
  const gaveUp = lineOf(first.pos[0]) - firstLine;
  let tries = 0;
  for (const index of nearest(gaveUp, lines.length)) {
    for (const cure of curesOf(lines[index]!)) {
      tries += 1;
      if (tries > MOST_CURES || budget.left < text.length) return undefined;
      budget.left -= text.length;
      const cured = parse({ text: lines.with(index, cure.text).join('\n'), line: firstLine });
      if (readsOn(cured, firstLine + Math.max(gaveUp, index))) return mistakeOf(cure, firstLine + index);
    }
  }
  return undefined;
}

/** Whether nothing is wrong up to that line. A quote that nothing closes takes in whatever follows, and says nothing of it. */
function readsOn({ first, lineOf }: Parsed, line: number): boolean {
  return first === undefined || (lineOf(first.pos[0]) > line && !first.message.startsWith('Missing closing'));
}

/** The line where the parser gave up, those above it, and the one below: a line that is taken for a key's value is told at the key. */
function* nearest(line: number, count: number): Generator<number> {
  if (line < count) yield line;
  for (let index = line - 1; index >= Math.max(0, line - MOST_ABOVE); index -= 1) yield index;
  if (line + 1 < count) yield line + 1;
}

function mistakeOf({ marks }: Cure, line: number): Mistake {
  const [mark] = marks as readonly [Mark];
  return { code: 'PUNCTUATION', line, column: mark.at + 1, said: sayOfMark(mark), related: [] };
}

export const sayOfMark = ({ found, meant }: Mark): Said =>
  found === meant ? SAY.PUNCTUATION.noSpace({ mark: found }) : SAY.PUNCTUATION.mark({ found, meant });

/** A tab, or the wide space of a Chinese keyboard, in front of the line or of one above it. */
function oddSpace({ text, line: firstLine }: Part, { first, lineOf }: Broken): Mistake | undefined {
  const lines = text.split('\n');
  const gaveUp = lineOf(first.pos[0]) - firstLine;
  for (const index of nearest(gaveUp, lines.length)) {
    const found = /^ *([\t\u00a0\u3000])\s*[^\s#]/.exec(lines[index]!);
    if (found === null) continue;
    const at = lines[index]!.indexOf(found[1]!);
    const isTab = found[1] === '\t';
    return {
      code: isTab ? 'YAML_SYNTAX' : 'PUNCTUATION',
      line: firstLine + index,
      column: at + 1,
      said: isTab ? SAY.YAML_SYNTAX.tab : SAY.PUNCTUATION.space,
      related: [],
    };
  }
  return undefined;
}

const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '[': ']', "'": "'", '"': '"' };

/** What is opened and not closed, at its opening: the parser tells where it would have had to be closed at the latest. */
function unclosed({ text }: Part, { document, first, placeAt }: Broken): Mistake | undefined {
  const { message, pos } = first;
  if (!/Missing closing|end with a|must end/.test(message)) return undefined;
  const isQuote = message.startsWith('Missing closing');
  const mark = isQuote ? (message.includes('"') ? '"' : "'") : message.includes('}') ? '{' : '[';
  let from: number | undefined;
  visit(document, {
    Node(_, node) {
      if (!node.range || text[node.range[0]] !== mark) return;
      const isMeant = isQuote
        ? isScalar(node) && node.type?.startsWith('QUOTE') === true
        : isCollection(node) && node.flow === true;
      const [begin, end] = node.range;
      // The innermost of those that end there; one inside may end there too, closed.
      const isClosed = !isQuote && end <= pos[0] && text[end - 1] === CLOSERS[mark];
      if (isMeant && begin < pos[0] && end >= pos[0] && !(isClosed && from !== undefined)) from = begin;
    },
  });
  if (from === undefined) return undefined;
  const end = placeAt(pos[0]);
  const note: Words = { en: 'it is not closed before this', zh: '在此之前没有闭合' };
  return {
    code: 'YAML_SYNTAX',
    ...placeAt(from),
    said: SAY.YAML_SYNTAX.unclosed({ mark, closer: CLOSERS[mark]! }),
    related: end.line === placeAt(from).line || text.slice(pos[0]).trim() === '' ? [] : [{ ...end, note }],
  };
}

function asParserSays(part: Part, { first, placeAt }: Broken): Mistake {
  const odd = oddIndents(part.text).map(({ line, ...rest }) => ({ ...rest, line: line + part.line - 1 }));
  if (first.code === 'MULTIPLE_DOCS')
    return { code: 'YAML_SYNTAX', ...placeAt(first.pos[0]), said: SAY.YAML_SYNTAX.documents, related: [] };
  const isParameter = hasBareParameter(part.text, first.pos[0]);
  return {
    code: 'YAML_SYNTAX',
    ...placeAt(first.pos[0]),
    said: SAY.YAML_SYNTAX.main({ why: parserWords(first), isParameter }),
    related: odd,
  };
}

/** Inside braces and brackets, `${` begins another map. */
function hasBareParameter(text: string, offset: number): boolean {
  const from = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const to = text.indexOf('\n', offset);
  return text.slice(from, to < 0 ? undefined : to).includes('${');
}
