/** "Did you mean": the known word nearest to an unknown one. */

/** The candidate that differs least from `word`, when it is near enough to be a slip: at most two in five letters differ, or one holds the other. */
export function findNearest(word: string, candidates: readonly string[]): string | undefined {
  // A limit, because the cost grows with the product of the lengths and the word comes from outside.
  const asked = word.slice(0, 64).toLowerCase();
  let nearest: { readonly candidate: string; readonly cost: number } | undefined;
  for (const candidate of candidates) {
    const known = candidate.toLowerCase();
    const holds = asked.length > 1 && known.length > 1 && (asked.includes(known) || known.includes(asked));
    const allowed = Math.max(1, Math.floor(Math.max(asked.length, known.length) * 0.4));
    // No word is nearer than it differs in length: most need no reckoning.
    if (!holds && Math.abs(asked.length - known.length) > allowed) continue;
    const distance = editDistance(asked, known);
    // One letter for one letter is no likeness.
    if (!holds && (distance > allowed || distance >= Math.max(asked.length, known.length))) continue;
    if (nearest === undefined || distance < nearest.cost) nearest = { candidate, cost: distance };
  }
  return nearest?.candidate;
}

/** Letters to put in, take out, replace or let change places with the next one (optimal string alignment), one row at a time. */
function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? beforeLast[j - 2]! + 1 : replaced;
      row.push(Math.min(replaced, swapped, last[j]! + 1, row[j - 1]! + 1));
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
