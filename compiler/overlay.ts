/**
 * A definition laid over its base: maps are joined by key, lists whose items have an `id` by id, `remove: true` takes out, and everything else takes the
 * place of what was there. It happens to the parsed files, before anything is checked, and every value keeps the place where it was written.
 */
import { reportDuplicate } from './gather.ts';
import type { Place, Report } from './issue.ts';
import { ContentFile } from './language.ts';
import type { Places } from './places.ts';
import { SAY } from './messages.ts';

interface Overlay {
  readonly places: Places;
  readonly report: Report;
  /** By map or list of the base: what has been laid over already, and where it was written. */
  readonly taken: WeakMap<object, Map<string, Place>>;
}

type Key = string | number;
type Members = Record<string, unknown>;

interface Member {
  readonly container: object;
  readonly key: Key;
}

const CONTENT_KEYS: readonly string[] = Object.keys(ContentFile.shape);

/** Maps that are one value: half of an old condition or deadline and half of a new one mean nothing. */
const VALUE_KEYS: ReadonlySet<Key> = new Set(['when', 'of', 'due', 'repeats', 'joining', 'within', 'every', 'apart']);

/** What a main file says of its own files only. */
const OWN_KEYS: ReadonlySet<string> = new Set(['base', 'files']);

/**
 * Both given as their parsed files, the main file first. Returns the files of the whole: the version's main file with what it inherits, then the base's
 * contents, then what the version adds.
 */
export function layOver(
  version: readonly object[],
  base: readonly object[],
  reporting: { readonly places: Places; readonly report: Report },
): readonly object[] {
  const overlay: Overlay = { ...reporting, taken: new WeakMap() };
  const [main, ...others] = version as readonly [Members, ...Members[]];
  const [baseMain] = base as readonly [Members];
  const additions = moveContent(main, overlay);
  inheritHead(main, baseMain, overlay);
  for (const file of [additions, ...others]) layFile(file, base as readonly Members[], overlay);
  return [main, ...base, additions, ...others];
}

/** What the main file adds is read after the base, so it moves to a file of its own. */
function moveContent(main: Members, { places }: Overlay): Members {
  const moved: Members = {};
  places.register(moved, places.of(main));
  for (const key of CONTENT_KEYS) {
    if (!Object.hasOwn(main, key)) continue;
    places.copyMember({ container: main, key }, moved, key);
    delete main[key];
  }
  return moved;
}

function inheritHead(main: Members, baseMain: Members, overlay: Overlay): void {
  for (const key of Object.keys(baseMain)) {
    if (CONTENT_KEYS.includes(key)) continue;
    if (!OWN_KEYS.has(key)) {
      if (Object.hasOwn(main, key)) layMember({ container: main, key }, baseMain, overlay);
      if (Object.hasOwn(baseMain, key)) overlay.places.copyMember({ container: baseMain, key }, main, key);
      else delete main[key];
    }
    delete baseMain[key];
  }
}

/** What the base has goes over it, in whatever file the base has it; what is new stays in its own. */
function layFile(file: Members, base: readonly Members[], overlay: Overlay): void {
  for (const kind of CONTENT_KEYS) {
    const content = file[kind];
    const held = base.map((each) => each[kind]);
    if (Array.isArray(content) && isListOfIds(content)) {
      const left = layItems(content, held.filter(Array.isArray), overlay);
      const laid = content.flatMap((_, index) => (left.includes(index) ? [] : [index]));
      overlay.places.removeItems(content, new Set(laid));
    } else if (isMap(content)) layNames(content, held.filter(isMap), overlay);
  }
}

/** A map of names, such as `forms`: what they are called decides nothing about what they hold. */
function layNames(names: Members, held: readonly Members[], overlay: Overlay): void {
  for (const key of Object.keys(names)) {
    const below = held.find((each) => Object.hasOwn(each, key));
    if (below === undefined && !isRemoval(names[key])) continue;
    if (below === undefined || take(below, { what: 'name', id: key, place: overlay.places.ofKey(names, key) }, overlay))
      layMember({ container: names, key }, below ?? {}, { ...overlay, isName: true });
    delete names[key];
  }
}

/** Whether this is the first time that something goes over this member; the second is reported. */
function take(
  container: object,
  { what, id, place }: { what: string; id: string; place: Place },
  { taken, report }: Overlay,
): boolean {
  const known = taken.get(container) ?? new Map<string, Place>();
  taken.set(container, known);
  const first = known.get(id);
  if (first === undefined) known.set(id, place);
  else reportDuplicate(report, { what, id, place, first });
  return first === undefined;
}

/** Depth is bounded when the texts are read, so recursion is too. */
function layMember(from: Member, below: Members, overlay: Overlay & { readonly isName?: true }): void {
  const { isName, ...rest } = overlay;
  const { places } = overlay;
  const key = String(from.key);
  const value = (from.container as Members)[key];
  const was = below[key];
  if (isRemoval(value)) {
    checkRemoval(value, { isThere: Object.hasOwn(below, key), beside: [] }, overlay);
    // What is needed and gone is missing here.
    if (Object.hasOwn(below, key)) places.copyMember(from, below, key);
    delete below[key];
  } else if (isMap(value) && isMap(was) && (isName === true || !VALUE_KEYS.has(key))) {
    for (const member of Object.keys(value)) layMember({ container: value, key: member }, was, rest);
  } else if (Array.isArray(value) && Array.isArray(was) && isListOfIds(value) && was.some((item) => idOf(item) !== undefined)) {
    const left = layItems(value, [was], rest);
    for (const index of left) places.insertItem(was, was.length, { container: value, key: index });
  } else places.copyMember(from, below, key);
}

/**
 * Of lists that are read one after another: each item goes over the one of its id. A new one stands behind the item before it, or, at the head, before
 * the one that follows; those that have no neighbour in any list are left, and returned by their places.
 */
function layItems(items: readonly unknown[], held: readonly unknown[][], overlay: Overlay): readonly number[] {
  const { places } = overlay;
  const removed = new Map<unknown[], Set<unknown>>();
  let waiting: number[] = [];
  let last: { readonly list: unknown[]; readonly item: unknown } | undefined;
  items.forEach((item, index) => {
    const id = idOf(item)!;
    const list = held.find((each) => each.some((below) => idOf(below) === id));
    const below = list?.find((each) => idOf(each) === id) as Members | undefined;
    if (list === undefined || below === undefined) {
      if (isRemoval(item)) checkRemoval(item, { isThere: false, beside: ['id'] }, overlay);
      else if (last === undefined) waiting.push(index);
      else {
        places.insertItem(last.list, last.list.indexOf(last.item) + 1, { container: items, key: index });
        last = { list: last.list, item };
      }
      return;
    }
    if (!take(list, { what: 'id', id, place: places.of(item as object, 'id') }, overlay)) return;
    if (isRemoval(item)) {
      checkRemoval(item, { isThere: true, beside: ['id'] }, overlay);
      removed.set(list, (removed.get(list) ?? new Set()).add(below));
    } else for (const key of Object.keys(item as Members)) layMember({ container: item as Members, key }, below, overlay);
    for (const early of waiting) places.insertItem(list, list.indexOf(below), { container: items, key: early });
    waiting = [];
    last = { list, item: below };
  });
  for (const [list, gone] of removed)
    places.removeItems(list, new Set(list.flatMap((item, index) => (gone.has(item) ? [index] : []))));
  return waiting;
}

function checkRemoval(
  removal: Members,
  { isThere, beside }: { isThere: boolean; beside: readonly string[] },
  { places, report }: Overlay,
): void {
  const strange = Object.keys(removal).find((key) => key !== 'remove' && !beside.includes(key));
  if (strange !== undefined)
    report('REMOVE_MISPLACED', places.ofKey(removal, strange), SAY.REMOVE_MISPLACED.beside({ key: strange }));
  else if (!isThere) report('REMOVE_MISPLACED', places.of(removal, 'remove'), SAY.REMOVE_MISPLACED.nothing);
}

const isMap = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRemoval = (value: unknown): value is Members => isMap(value) && value['remove'] === true;

function idOf(item: unknown): string | undefined {
  const id = isMap(item) ? item['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

const isListOfIds = (list: readonly unknown[]): boolean => list.length > 0 && list.every((item) => idOf(item) !== undefined);
