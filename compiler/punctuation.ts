/**
 * Marks of punctuation that look right and are not: the full-width ones of a Chinese keyboard, and a colon, an equals sign or a dash without its space.
 * YAML takes them for text, and says what is wrong some lines further down or not at all.
 */

/** What is written in place of each. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['：', ':'],
  ['，', ','],
  ['、', ','],
  ['“', '"'],
  ['”', '"'],
  ['＂', '"'],
  ['‘', "'"],
  ['’', "'"],
  ['＇', "'"],
  ['｛', '{'],
  ['｝', '}'],
  ['［', '['],
  ['］', ']'],
  ['【', '['],
  ['】', ']'],
  ['－', '-'],
  ['—', '-'],
  ['＃', '#'],
]);
const FULL_WIDTH = new RegExp(`[${[...MEANT.keys()].join('')}]`, 'g');

/** A mark, where it stands in the text it was found in, and the ASCII one that is meant. The two are the same where only a space is missing after it. */
export interface Mark {
  readonly at: number;
  readonly found: string;
  readonly meant: string;
}

/** A line as it may have been meant. */
export interface Cure {
  readonly text: string;
  /** In their order; one at least. */
  readonly marks: readonly Mark[];
}

/** A longer line is no slip of a hand, and takes long to read again. */
const LONGEST = 2_000;

// Every run has an end: one without is gone through again from each of its characters.
/** In front of a line. */
const INDENT = String.raw`^\s{0,80}`;
const GAP = String.raw`\s{0,20}`;
const NAME = String.raw`[A-Za-z][\w-]{0,80}`;
/** A key that is the first thing in its line or map, or follows a comma; then a full-width colon. */
const KEY = String.raw`(?:${INDENT}|(?:[{[,｛［【，、]|- )${GAP})${NAME}${GAP}`;
const STRUCTURAL = [
  new RegExp(String.raw`(?<=${KEY})：`, 'g'),
  new RegExp(String.raw`[，、](?=${GAP}${NAME}${GAP}[:：])`, 'g'),
  new RegExp(String.raw`(?<=${INDENT})[－—](?=\s)`, 'g'),
  /[｛｝［］【】＃]/g,
  new RegExp(String.raw`(?<=[:：[,，]${GAP})[“‘＂＇]|[”’＂＇](?=${GAP}(?:$|[,，}\]｝］】]))`, 'g'),
];
const SPACELESS = [new RegExp(String.raw`(?<=${KEY}):(?=\S)`, 'g'), new RegExp(String.raw`(?<=${INDENT})-(?=[A-Za-z{['"])`, 'g')];
const MOST_SINGLE = 6;

/** Ways in which a line may have been meant, the likeliest first. Whether one of them is right is seen by reading it. */
export function* curesOf(line: string): Generator<Cure> {
  if (line.length > LONGEST) return;
  const all = marksIn(line, [FULL_WIDTH]);
  if (all.length > 0) {
    yield* cure(line, marksIn(line, STRUCTURAL));
    for (const mark of all.slice(0, MOST_SINGLE)) yield* cure(line, [mark]);
  }
  for (const way of SPACELESS) yield* cure(line, marksIn(line, [way]));
}

function marksIn(line: string, ways: readonly RegExp[]): readonly Mark[] {
  const found = new Map(ways.flatMap((way) => [...line.matchAll(way)].map((match) => [match.index, match[0]] as const)));
  return [...found].sort(([a], [b]) => a - b).map(([at, mark]) => ({ at, found: mark, meant: MEANT.get(mark) ?? mark }));
}

function* cure(line: string, marks: readonly Mark[]): Generator<Cure> {
  if (marks.length === 0) return;
  let text = '';
  let from = 0;
  for (const { at, found, meant } of marks) {
    const after = at + found.length;
    const needsSpace = /[:,-]/.test(meant) && after < line.length && !/\s/.test(line[after]!);
    text += line.slice(from, at) + meant + (needsSpace ? ' ' : '');
    from = after;
  }
  yield { text: text + line.slice(from), marks };
}

/** `id：plan` and `id:plan` inside braces: one text to YAML, a key and its value to whoever wrote it. */
export function dividePair(
  text: string,
): { readonly key: string; readonly mark: Mark; readonly value: string; readonly valueAt: number } | undefined {
  const found = /^([A-Za-z][\w-]*)(\s*)(：|:(?=\S))(\s*)(?=\S)/.exec(text);
  if (found === null) return undefined;
  const [whole, key, gap, mark] = found as unknown as [string, string, string, string];
  const at = key.length + gap.length;
  return { key, mark: { at, found: mark, meant: ':' }, value: text.slice(whole.length), valueAt: whole.length };
}

/** `[deep，sudden]`: one text to YAML. Words of Chinese prose are left alone. */
export function divideItems(text: string): { readonly mark: Mark; readonly items: readonly string[] } | undefined {
  if (!/^[\w-]+(?:\s*[，、]\s*[\w-]+)+$/.test(text)) return undefined;
  const at = text.search(/[，、]/);
  return { mark: { at, found: text[at]!, meant: ',' }, items: text.split(/\s*[，、]\s*/) };
}

/** A key that has swallowed the brace, bracket or colon meant to follow it: `holder:{ row`, `｛accept`. */
export function swallowedIn(key: string): Mark | undefined {
  const [bracket] = marksIn(key, [/[｛［【]/g]);
  if (bracket !== undefined) return bracket;
  const colon = /^([A-Za-z][\w-]*\s*)([:：])\s*[{[]/.exec(key);
  return colon === null ? undefined : { at: colon[1]!.length, found: colon[2]!, meant: ':' };
}

/** A list or map in full-width brackets, which is a text. */
export const bracketIn = (text: string): Mark | undefined => marksIn(text, [/^[［【｛]/g])[0];

/** Of a text that should be an id, a date or another word with a form: none of these has such a mark. */
export const markIn = (text: string): Mark | undefined =>
  // With other Chinese it is prose, and more is wrong with it.
  /^[\x20-\x7e]*$/.test(text.replace(FULL_WIDTH, '')) ? marksIn(text, [FULL_WIDTH])[0] : undefined;

/** A space that YAML takes for a letter, in front of a key. */
export const beginsWithOddSpace = (key: string): boolean => /^[\u00a0\u3000]/.test(key);
