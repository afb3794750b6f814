/** YAML text in, plain values with their places out. The language is YAML without anchors, aliases, merge keys, tags and directives. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { findTooDeep } from './depth.ts';
import { oddIndents } from './indents.ts';
import type { Place, Report } from './issue.ts';
import type { Member, Places } from './places.ts';
import { SAY } from './messages.ts';
import { alignText } from './text-places.ts';
import type { Words } from './said.ts';

export interface SourceFile {
  /** As it shall be named in issues. */
  readonly path: string;
  readonly text: string;
}

/** Of one file, in UTF-8 bytes. */
const MAX_BYTES = 1_000_000;
const MAX_DEPTH = 64;

/** The file's value, or undefined when it has none that could be checked further (its issues say why). */
export function parseSource(
  { path, text }: SourceFile,
  { places, report }: { places: Places; report: Report },
): object | undefined {
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

function parseChecked(
  { path, text }: SourceFile,
  { places, report, start }: { places: Places; report: Report; start: Place },
): object | undefined {
  const lines = new LineCounter();
  // Keys are compared here and not by the parser, whose way takes time with the square of their number.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    strict: true,
    version: '1.2',
    schema: 'core',
    merge: false,
  });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line: Math.max(1, line), column: Math.max(1, col) };
  };
  for (const [index, { message, pos }] of document.errors.entries()) {
    const words = SAY.YAML_SYNTAX.main({ why: message, isParameter: hasBareParameter(text, pos[0]) });
    // The first one's reason only: those that follow are mostly its consequences.
    const odd = index === 0 ? oddIndents(text).map((indent) => ({ file: path, ...indent })) : [];
    report('YAML_SYNTAX', placeAt(pos[0]), words, odd);
  }
  if (document.directives?.yaml.explicit === true || /^%/m.test(text.slice(0, document.contents?.range?.[0] ?? 0))) {
    refuseFeature(report, { place: start, feature: { en: 'a directive (%…)', zh: '指令（%…）' } });
  }
  if (document.errors.length > 0) return undefined;
  const root = document.contents;
  if (!isMap(root)) {
    report('WRONG_TYPE', root?.range ? placeAt(root.range[0]) : start, SAY.WRONG_TYPE.noMap);
    return undefined;
  }
  return toValue(root, { text, places, report, placeAt, place: placeAt(root.range![0]) }) as object;
}

/** Inside braces and brackets, `${` begins another map. */
function hasBareParameter(text: string, offset: number): boolean {
  const from = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const to = text.indexOf('\n', offset);
  return text.slice(from, to < 0 ? undefined : to).includes('${');
}

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

function toList(node: YAMLSeq, reading: Reading): unknown[] {
  const list: unknown[] = [];
  reading.places.register(list, reading.place);
  for (const item of node.items as (Node | null)[]) {
    const place = placeOfNode(item, { reading, fallback: reading.place });
    reading.places.registerMember(list, list.length, { value: place, key: place });
    list.push(toValue(item, { ...reading, place }));
  }
  return list;
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
