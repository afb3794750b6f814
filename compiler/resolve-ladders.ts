/** What ladders come to that are written as versions of others. What is wrong with them is said by `checkLadders`; here it is passed over. */
import type { Ladder, LadderVersion, Rung } from './language.ts';
import { speaksBefore } from './rung-order.ts';

export const isVersion = (ladder: Ladder): ladder is LadderVersion => !Array.isArray(ladder);

export function resolveLadders(written: ReadonlyMap<string, Ladder>): ReadonlyMap<string, readonly Rung[]> {
  const resolve = (id: string, above: readonly string[]): readonly Rung[] => {
    const ladder = written.get(id);
    if (ladder === undefined || above.includes(id)) return [];
    if (!isVersion(ladder)) return ladder;
    const without = new Set([...(ladder.without ?? []), ...(ladder.rungs ?? []).map((rung) => rung.id)]);
    const kept = resolve(ladder.extends, [...above, id]).filter((rung) => !without.has(rung.id));
    return (ladder.rungs ?? []).reduce(putInOrder, kept);
  };
  return new Map([...written.keys()].map((id) => [id, resolve(id, [])]));
}

/** Before the first that certainly speaks later; a version need not say where its rungs stand. */
function putInOrder(rungs: readonly Rung[], rung: Rung): readonly Rung[] {
  const place = rungs.findIndex((other) => speaksBefore(rung, other));
  return place < 0 ? [...rungs, rung] : [...rungs.slice(0, place), rung, ...rungs.slice(place)];
}

/** Whether a ladder is a version of itself in the end. */
export function extendsItself(written: ReadonlyMap<string, Ladder>, start: string): boolean {
  const seen = new Set<string>();
  for (let id: string | undefined = start; id !== undefined; ) {
    const ladder: Ladder | undefined = written.get(id);
    id = ladder === undefined || !isVersion(ladder) ? undefined : ladder.extends;
    if (id === start) return true;
    if (id !== undefined && seen.has(id)) return false;
    if (id !== undefined) seen.add(id);
  }
  return false;
}
