/** Taken once: names of the global scope are looked up through an interceptor in a workflow, and this runs on each member of its state. */
const { isArray } = Array;
const { entries } = Object;
const { stringify } = JSON;

/** One text for one value: keys sorted, undefined members left out. What is hashed is always this text. */
export function canonicalJson(value: unknown): string {
  if (isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return stringify(value);
}
