/** YAML text in, plain values with their places out. The language is YAML without anchors, aliases, merge keys, tags and directives. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
  visit,
} from 'yaml';
import { findTooDeep } from './depth.ts';
import type { Place, Report } from './issue.ts';
import type { Member, Places } from './places.ts';
import { SAY } from './messages.ts';
import { beginsWithOddSpace, divideItems, dividePair, swallowedIn } from './punctuation.ts';
import { findMistakes, PARSING, readScalar, sayOfMark } from './syntax.ts';
import { alignText } from './text-places.ts';
import type { Words } from './said.ts';

export interface SourceFile {
  /** As it shall be named in issues. */
  readonly path: string;
  readonly text: string;
  /** Why its text is not here. */
  readonly unread?: Unread;
}

/** A file that is too large to be read, is no text in UTF-8 (from that place on), or is one too many of its folder. */
export type Unread =
  | { readonly why: 'size'; readonly bytes: number }
  | { readonly why: 'encoding'; readonly line: number; readonly column: number; readonly is: 'UTF-16' | number }
  | { readonly why: 'number'; readonly count: number; readonly most: number };

/** Of one file, in UTF-8 bytes. */
const MAX_BYTES = 1_000_000;
const MAX_DEPTH = 64;

/** The file's value, or undefined when it has none that could be checked further (its issues say why). */
export function parseSource(
  { path, text, unread }: SourceFile,
  { places, report }: { places: Places; report: Report },
): object | undefined {
  if (unread !== undefined) {
    reportUnread(report, { path, unread });
    return undefined;
  }
  const bytes = Buffer.byteLength(text);
  const start: Place = { file: path, line: 1, column: 1 };
  if (bytes > MAX_BYTES) {
    report('FILE_TOO_LARGE', start, SAY.FILE_TOO_LARGE.one({ bytes, most: MAX_BYTES }));
    return undefined;
  }
  const deepAt = findTooDeep(text, MAX_DEPTH);
  if (deepAt !== undefined) {
    report(
      'NESTED_TOO_DEEPLY',
      placeInText(text, { file: path, offset: deepAt }),
      SAY.NESTED_TOO_DEEPLY.main({ most: MAX_DEPTH }),
    );
    return undefined;
  }
  return parseChecked({ path, text }, { places, report, start });
}

function reportUnread(report: Report, { path, unread }: { path: string; unread: Unread }): void {
  const start: Place = { file: path, line: 1, column: 1 };
  switch (unread.why) {
    case 'size':
      return report('FILE_TOO_LARGE', start, SAY.FILE_TOO_LARGE.one({ bytes: unread.bytes, most: MAX_BYTES }));
    case 'encoding':
      return report('NOT_UTF8', { ...start, line: unread.line, column: unread.column }, SAY.NOT_UTF8.main(unread));
    case 'number':
      return report('OUT_OF_RANGE', start, SAY.OUT_OF_RANGE.files(unread));
  }
}

function parseChecked(
  { path, text }: SourceFile,
  { places, report, start }: { places: Places; report: Report; start: Place },
): object | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...PARSING, lineCounter: lines });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0) {
    for (const { code, line, column, said, related } of findMistakes(text, document.errors))
      report(
        code,
        { file: path, line, column },
        said,
        related.map((other) => ({ file: path, ...other })),
      );
  }
  if (document.directives?.yaml.explicit === true || /^%/m.test(text.slice(0, document.contents?.range?.[0] ?? 0))) {
    refuseFeature(report, { place: start, feature: { en: 'a directive (%…)', zh: '指令（%…）' } });
  }
  if (document.errors.length > 0) return undefined;
  if (tellAccidents(document, { report, placeAt })) return undefined;
  const root = document.contents;
  if (!isMap(root)) {
    report('WRONG_TYPE', root?.range ? placeAt(root.range[0]) : start, SAY.WRONG_TYPE.noMap);
    return undefined;
  }
  return toValue(root, { text, places, report, placeAt, place: placeAt(root.range![0]) }) as object;
}

/**
 * What is YAML by accident: keys that are nested otherwise than they were meant to be. Whatever else were said would follow from that. Told are the first
 * line that begins with a wide space, which is a letter to YAML and so begins in the first column, keys that have swallowed a brace, and a key whose own
 * keys are no further in than it is.
 */
function tellAccidents(document: Document.Parsed, { report, placeAt }: Pick<Reading, 'report' | 'placeAt'>): boolean {
  let isOdd = false;
  let isSpaced = false;
  visit(document, {
    Map(_, map) {
      const flat = flattenedKey(map as YAMLMap<Node, Node | null>);
      if (flat === undefined) return;
      isOdd = true;
      const { key, child } = flat;
      const note = { en: 'this is no further in than it', zh: '此行的缩进并不比它深' };
      report('DUPLICATE_KEY', placeAt(key.range![0]), SAY.DUPLICATE_KEY.flattened({ key: String(key.value) }), [
        { ...placeAt(child.range![0]), note },
      ]);
    },
    Pair(_, { key }) {
      if (!isScalar(key) || key.type !== 'PLAIN') return;
      const text = String(key.source ?? key.value);
      const swallowed = swallowedIn(text);
      if (beginsWithOddSpace(text)) {
        if (!isSpaced) report('PUNCTUATION', placeAt(key.range![0]), SAY.PUNCTUATION.space);
        isSpaced = true;
      } else if (swallowed !== undefined) report('PUNCTUATION', placeAt(key.range![0] + swallowed.at), sayOfMark(swallowed));
      isOdd ||= isSpaced || swallowed !== undefined;
    },
  });
  return isOdd;
}

/** A key without a value, and behind it one that the map has already. */
function flattenedKey({
  flow,
  items,
}: YAMLMap<Node, Node | null>): { readonly key: Scalar.Parsed; readonly child: Scalar.Parsed } | undefined {
  if (flow === true) return undefined;
  const seen = new Set<unknown>();
  for (const [index, { key }] of items.entries()) {
    if (!isScalar(key)) return undefined;
    const before = items[index - 1];
    if (
      seen.has(key.value) &&
      before !== undefined &&
      isEmpty(before.value) &&
      isScalar(before.key) &&
      key.value !== before.key.value
    )
      return { key: before.key as Scalar.Parsed, child: key as Scalar.Parsed };
    seen.add(key.value);
  }
  return undefined;
}

const isEmpty = (node: Node | null): boolean =>
  node === null || (isScalar(node) && node.value === null && (node.source ?? '') === '');

interface Reading {
  /** The whole file. */
  readonly text: string;
  readonly places: Places;
  readonly report: Report;
  readonly placeAt: (offset: number) => Place;
  /** Where the node stands; an empty value has no text of its own and stands where its key does. */
  readonly place: Place;
}

/** Depth is bounded before, so recursion is too. */
function toValue(node: Node | null, reading: Reading): unknown {
  if (node === null) return null;
  checkFeatures(node, reading);
  if (isMap(node)) return toMap(node, reading);
  if (isSeq(node)) return toList(node, reading);
  if (!isScalar(node)) return null;
  const { value, source } = node;
  if ((typeof value === 'number' || typeof value === 'boolean') && source !== undefined && source !== String(value)) {
    reading.report('SCALAR_SPELLING', reading.place, SAY.SCALAR_SPELLING.main({ source, value: String(value) }));
  }
  return value;
}

function checkFeatures(node: Node, { report, place }: Reading): void {
  if (isAlias(node))
    refuseFeature(report, { place, feature: { en: `an alias (*${node.source})`, zh: `别名（*${node.source}）` } });
  else if ('anchor' in node && node.anchor !== undefined)
    refuseFeature(report, {
      place,
      feature: { en: `an anchor (&${String(node.anchor)})`, zh: `锚点（&${String(node.anchor)}）` },
    });
  if (node.tag !== undefined) refuseFeature(report, { place, feature: { en: `a tag (${node.tag})`, zh: `标签（${node.tag}）` } });
}

function refuseFeature(report: Report, { place, feature }: { place: Place; feature: Words }): void {
  report('YAML_FEATURE_REFUSED', place, SAY.YAML_FEATURE_REFUSED.main({ feature }));
}

function toMap(node: YAMLMap, reading: Reading): object {
  const map: Record<string, unknown> = {};
  reading.places.register(map, reading.place);
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    const keyPlace = pair.key.range ? reading.placeAt(pair.key.range[0]) : reading.place;
    const key = isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : undefined;
    if (key === undefined || key === '<<' || key === '__proto__') {
      refuseFeature(reading.report, {
        place: keyPlace,
        feature: key === '<<' ? { en: 'a merge key (<<)', zh: '合并键（<<）' } : { en: 'this key', zh: '这个键' },
      });
      continue;
    }
    checkFeatures(pair.key, { ...reading, place: keyPlace });
    if (node.flow === true && pair.value === null && addDivided(map, pair.key, reading)) continue;
    if (Object.hasOwn(map, key)) {
      reading.report('DUPLICATE_KEY', keyPlace, SAY.DUPLICATE_KEY.main({ key }));
      continue;
    }
    const place = placeOfNode(pair.value, { reading, fallback: keyPlace });
    reading.places.registerMember(map, key, { value: place, key: keyPlace, ...textOf(pair.value, reading) });
    map[key] = toValue(pair.value, { ...reading, place });
  }
  return map;
}

/** A key and its value that one mark has made a single text: told, and read as they were meant. */
function addDivided(map: Record<string, unknown>, node: Node, { places, report, placeAt }: Reading): boolean {
  const divided = isScalar(node) && node.type === 'PLAIN' ? dividePair(node.source ?? '') : undefined;
  if (divided === undefined || Object.hasOwn(map, divided.key)) return false;
  const { key, mark, value, valueAt } = divided;
  const read = readScalar(value);
  if (read === undefined) return false;
  const from = node.range![0];
  const place = placeAt(from + mark.at);
  report('PUNCTUATION', place, sayOfMark(mark));
  // Where the mark is: what else is said of the key comes of it, or is said when the mark has been mended.
  places.registerMember(map, key, { value: placeAt(from + valueAt), key: place });
  map[key] = read;
  return true;
}

function toList(node: YAMLSeq, reading: Reading): unknown[] {
  const list: unknown[] = [];
  reading.places.register(list, reading.place);
  for (const item of node.items as (Node | null)[]) {
    if (node.flow === true && item !== null && addDividedItems(list, item, reading)) continue;
    const place = placeOfNode(item, { reading, fallback: reading.place });
    reading.places.registerMember(list, list.length, { value: place, key: place });
    list.push(toValue(item, { ...reading, place }));
  }
  return list;
}

function addDividedItems(list: unknown[], node: Node, { places, report, placeAt }: Reading): boolean {
  const divided = isScalar(node) && node.type === 'PLAIN' ? divideItems(node.source ?? '') : undefined;
  if (divided === undefined) return false;
  const place = placeAt(node.range![0]);
  report('PUNCTUATION', placeAt(node.range![0] + divided.mark.at), sayOfMark(divided.mark));
  for (const item of divided.items) {
    places.registerMember(list, list.length, { value: place, key: place });
    list.push(item);
  }
  return true;
}

/** Of a text: where its characters stand, found when somebody asks. */
function textOf(node: Node | null, { text: file, placeAt }: Reading): Pick<Member, 'text'> {
  if (!isScalar(node) || typeof node.value !== 'string' || node.type === undefined || !node.range) return {};
  const { value, type, range } = node;
  const findPlace = (offset: number): Place | undefined => {
    const at = alignText({ type, source: file.slice(range[0], range[1]), value })?.[offset];
    return at === undefined ? undefined : placeAt(range[0] + at);
  };
  return { text: { value, placeAt: findPlace } };
}

function placeOfNode(node: Node | null, { reading, fallback }: { reading: Reading; fallback: Place }): Place {
  const range = node?.range;
  return range && range[1] > range[0] ? reading.placeAt(range[0]) : fallback;
}

function placeInText(text: string, { file, offset }: { file: string; offset: number }): Place {
  const before = text.slice(0, offset);
  return { file, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
