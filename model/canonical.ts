/** Taken once: names of the global scope are looked up through an interceptor in a workflow, and this runs on each member of its state. */
const { isArray } = Array;
const { keys } = Object;
const { stringify } = JSON;

/** Texts of objects that are never changed, to be used again as long as the objects are. */
export type KeptTexts = WeakMap<object, string>;

/** One text for one value: keys sorted, undefined members left out. What is hashed is always this text. */
export function canonicalJson(value: unknown, kept?: KeptTexts): string {
  if (value === null || typeof value !== 'object') return stringify(value);
  const known = kept?.get(value);
  if (known !== undefined) return known;
  const text = textOf(value, kept);
  kept?.set(value, text);
  return text;
}

/** `"key":`, which is written again and again of the same few hundred keys: a memory of a pure function. */
function named(key: string): string {
  let text = names.get(key);
  if (text === undefined) {
    text = `${stringify(key)}:`;
    if (names.size >= MOST_KEPT) names.clear();
    names.set(key, text);
  }
  return text;
}

const names = new Map<string, string>();
const MOST_KEPT = 5_000;

function textOf(value: object, kept: KeptTexts | undefined): string {
  const parts: string[] = [];
  if (isArray(value)) {
    for (const item of value) parts.push(canonicalJson(item ?? null, kept));
    return `[${parts.join(',')}]`;
  }
  for (const key of keys(value).sort()) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member !== undefined) parts.push(named(key) + canonicalJson(member, kept));
  }
  return `{${parts.join(',')}}`;
}
