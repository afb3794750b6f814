/** What a schema finds wrong with a parsed file, by the container and the key that it is about. */
import type { z } from 'zod';
import type { Related, Report } from './issue.ts';
import { SAY } from './messages.ts';
import type { Places } from './places.ts';

export type Key = string | number;
export type Misfit = z.core.$ZodIssue;

export interface Found {
  readonly container: object;
  readonly key: Key;
  readonly misfit: Misfit;
}

export const member = (container: object, key: Key): unknown => (container as Record<Key, unknown>)[key];
export const isMissing = (container: object, key: Key): boolean => key !== ROOT && !Object.hasOwn(container, key);
export const ROOT = '';

/** The container and key a misfit is about. Of the root itself: a stand-in that holds it under an empty key. */
export function locate(root: object, misfit: Misfit): Found {
  let container: object = { [ROOT]: root };
  let key: Key = ROOT;
  for (const step of misfit.path as Key[]) {
    const next = member(container, key);
    if (typeof next !== 'object' || next === null) break;
    container = next;
    key = step;
  }
  return { container, key, misfit };
}

/** Of every container below `root`, the one that holds it. */
export function parentsIn(root: object): ReadonlyMap<object, { readonly container: object; readonly key: Key }> {
  const parents = new Map<object, { container: object; key: Key }>();
  const walk = (container: object): void => {
    for (const [key, value] of Object.entries(container)) {
      if (typeof value !== 'object' || value === null) continue;
      parents.set(value as object, { container, key: Array.isArray(container) ? Number(key) : key });
      walk(value as object);
    }
  };
  walk(root);
  return parents;
}

interface Missing {
  readonly places: Places;
  readonly container: object;
  readonly key: Key;
  readonly related?: readonly Related[];
}

export function reportMissing(report: Report, { places, container, key, related = [] }: Missing): void {
  const owner = idOf(container);
  // Of what a version takes out, where it does; otherwise where the map begins.
  const place = places.of(container, key);
  if (key === 'basis') report('BASIS_MISSING', place, SAY.BASIS_MISSING.main({ task: owner }), related);
  else report('MISSING_KEY', place, SAY.MISSING_KEY.main({ owner, key }), related);
}

/** Empty where it has none. */
function idOf(container: object): string {
  const id = member(container, 'id');
  return typeof id === 'string' ? id : '';
}
