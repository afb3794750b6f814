/**
 * Slips that make several misfits each: a level of indent or a colon that is missing. Each is told once, and what was written is put where it was meant
 * to be, so that nothing else follows from it and the rest is still checked.
 */
import { type Found, isMissing, type Key, type Misfit, member, type parentsIn, reportMissing, ROOT } from './misfits.ts';
import type { Report } from './issue.ts';
import { SAY } from './messages.ts';
import type { Places } from './places.ts';
import type { Said, Words } from './said.ts';
import { readScalar } from './syntax.ts';

export interface Mending {
  readonly places: Places;
  readonly report: Report;
  readonly parents: () => ReturnType<typeof parentsIn>;
  readonly stray: Set<string>;
  readonly say: (misfit: Misfit, found: { readonly key: Key; readonly value: unknown }) => Said;
}

/** Whether something was put in its place, and the schema has to be asked again. */
export function mend(found: readonly Found[], mending: Mending): boolean {
  return asTexts(found, mending) || divideKeys(found, mending) || nest(found, mending) || bringBack(found, mending);
}

/** A parameter that stands alone is as it was declared, and becomes a text where only a text will do: nothing has to be told. */
function asTexts(found: readonly Found[], { places }: Mending): boolean {
  let isMended = false;
  for (const { container, key, misfit } of found) {
    if (misfit.code !== 'invalid_type' || misfit.expected !== 'string' || key === ROOT) continue;
    const value = member(container, key);
    if ((typeof value !== 'number' && typeof value !== 'boolean') || !places.hasParameter(container, key)) continue;
    (container as Record<Key, unknown>)[key] = String(value);
    isMended = true;
  }
  return isMended;
}

/** A key of which a lost colon has made one text with its value, inside braces: `id visit`. */
function divideKeys(found: readonly Found[], { places, report, stray }: Mending): boolean {
  let isMended = false;
  for (const { container, key, misfit } of found) {
    if (misfit.code !== 'unrecognized_keys') continue;
    const map = member(container, key) as Record<string, unknown>;
    for (const unknown of misfit.keys) {
      const [, name, value] = /^([A-Za-z][\w-]*)\s+(?:=\s*)?(\S.*)$/.exec(unknown) ?? [];
      if (map[unknown] !== null || name === undefined || value === undefined) continue;
      const read = readScalar(value);
      if (read === undefined || Object.hasOwn(map, name) || !misfit.message.split(' ').includes(name)) continue;
      report('UNKNOWN_KEY', places.ofKey(map, unknown), SAY.UNKNOWN_KEY.noColon({ text: unknown, key: name }));
      places.copyMember({ container: map, key: unknown }, map, name);
      map[name] = read;
      delete map[unknown];
      stray.add(value);
      isMended = true;
    }
  }
  return isMended;
}

/**
 * A key that a map lacks and that does not fit where it stands, in the map around or in one inside: one slip of the indent. It is told once, and put
 * where it is missing, so that nothing else follows from it.
 */
function bringBack(found: readonly Found[], { places, report, parents }: Mending): boolean {
  const isMisfit = (map: object, key: Key): boolean =>
    found.some(({ container, key: at, misfit }) =>
      misfit.code === 'unrecognized_keys'
        ? member(container, at) === map && misfit.keys.includes(String(key))
        : container === map && at === key,
    );
  for (const { container, key, misfit } of found) {
    if (misfit.code === 'unrecognized_keys' || typeof key === 'number' || !isMissing(container, key)) continue;
    const around = [parents().get(container)?.container, ...Object.values(container).flatMap(mapsIn)];
    const astray = around.find((map) => map !== undefined && Object.hasOwn(map, key) && isMisfit(map, key));
    if (astray === undefined) continue;
    const note: Words = { en: `this '${key}' stands at another indent`, zh: `这个“${key}”的缩进不同` };
    reportMissing(report, { places, container, key, related: [{ ...places.ofKey(astray, key), note }] });
    places.copyMember({ container: astray, key }, container, key);
    delete (astray as Record<Key, unknown>)[key];
    return true;
  }
  return false;
}

/** A key with nothing under it, and behind it keys that do not fit in the map that has it: those are what was meant to stand under it. */
function nest(found: readonly Found[], { places, report, stray, say }: Mending): boolean {
  const isIn = (map: object, key: string): boolean =>
    found.some(({ container, key: at, misfit }) => {
      const told = member(container, at);
      return (
        (misfit.code === 'unrecognized_keys' && told === map && misfit.keys.includes(key)) ||
        (container === map && at === key) ||
        [container, told].includes(member(map, key))
      );
    });
  for (const { container, key, misfit } of found) {
    if (misfit.code !== 'invalid_type' || typeof key === 'number' || key === ROOT || member(container, key) !== null) continue;
    const keys = Object.keys(container);
    const after = keys.slice(keys.indexOf(key) + 1);
    const end = after.findIndex((other) => !isIn(container, other));
    const meant = end < 0 ? after : after.slice(0, end);
    if (meant.length === 0) continue;
    const note: Words = { en: `'${meant[0]!}' is no further in than '${key}'`, zh: `“${meant[0]!}”的缩进并不比“${key}”深` };
    report('WRONG_TYPE', places.of(container, key), say(misfit, { key, value: null }), [
      { ...places.ofKey(container, meant[0]!), note },
    ]);
    const under: object = {};
    places.register(under, places.ofKey(container, meant[0]!));
    for (const other of meant) {
      stray.add(other);
      places.copyMember({ container, key: other }, under, other);
      delete (container as Record<Key, unknown>)[other];
    }
    (container as Record<Key, unknown>)[key] = under;
    return true;
  }
  return false;
}

/** A map, or those of a list. */
function mapsIn(value: unknown): readonly object[] {
  if (Array.isArray(value)) return value.flatMap(mapsIn);
  return typeof value === 'object' && value !== null ? [value] : [];
}
