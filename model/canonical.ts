/** Taken once: names of the global scope are looked up through an interceptor in a workflow, and this runs on each member of its state. */
const { isArray } = Array;
const { entries } = Object;
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

function textOf(value: object, kept: KeptTexts | undefined): string {
  if (isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null, kept)).join(',')}]`;
  const members = entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${stringify(key)}:${canonicalJson(member, kept)}`);
  return `{${members.join(',')}}`;
}
