/** What every check is given, and the questions all of them ask. */
import { findNearest } from '../model/nearest.ts';
import type { Scope } from '../model/plan.ts';
import { isAbove } from '../model/scope.ts';
import type { Definition } from './gather.ts';
import type { Place, Related, Report } from './issue.ts';
import { SAY } from './messages.ts';
import type { Places } from './places.ts';
import type { Words } from './said.ts';

export interface Checking {
  readonly definition: Definition;
  readonly places: Places;
  readonly report: Report;
  /** Phases and actions whose dates or number were missing or wrong and have a stand-in, and lists that a misfit was taken out of: reported already, and not to be compared or counted. */
  readonly patched: WeakSet<object>;
  /** Keys that stood where nothing knows them, reported already: who refers to one of them most likely refers to something. */
  readonly stray: ReadonlySet<string>;
}

const UNKNOWN = {
  roles: 'UNKNOWN_ROLE',
  facts: 'UNKNOWN_FACT',
  ladders: 'UNKNOWN_LADDER',
  lists: 'UNKNOWN_LIST',
  parts: 'UNKNOWN_PART',
  forms: 'UNKNOWN_FORM',
  indicators: 'UNKNOWN_INDICATOR',
  tasks: 'UNKNOWN_TASK',
} as const;

/** Reports a name that nothing has. `container` and `key` are where it is written. */
export function checkName(
  { definition, places, report, stray }: Checking,
  {
    kind,
    name,
    container,
    key,
    atKey,
  }: { kind: keyof typeof UNKNOWN; name: string; container: object; key: string | number; atKey?: true },
): void {
  const known = definition.names[kind];
  if (known.has(name) || stray.has(name)) return;
  const code = UNKNOWN[kind];
  const near = suggest(name, [...known.keys()]);
  const meant = meantBy(name, known);
  report(code, atKey ? places.ofKey(container, key) : places.of(container, key), SAY[code].main({ name, near }), meant);
}

/** Where the name stands that was perhaps meant: the slip may be there as well as where it is used. */
export function meantBy(word: string, known: ReadonlyMap<string, Place>): readonly Related[] {
  const near = findNearest(word, [...known.keys()]);
  return near === undefined
    ? []
    : [{ ...known.get(near)!, note: { en: `'${near}' has its name here`, zh: `“${near}”在此命名` } }];
}

/** The same of fields, tables and columns. */
export function meantAmong(word: string, cells: readonly Named[], { places }: Pick<Checking, 'places'>): readonly Related[] {
  return meantBy(word, new Map(cells.map((cell) => [cell.id, places.of(cell.written ?? cell, 'id')])));
}

/** Of a table with its parts put in: as it is written. */
interface Named {
  readonly id: string;
  readonly written?: object;
}

/** "did you mean", or what there is. */
export function suggest(word: string, known: readonly string[]): Words {
  const near = findNearest(word, known);
  if (near !== undefined) return didYouMean(near);
  if (known.length === 0) return { en: 'none is defined', zh: '一个也没有定义' };
  const some = known.slice(0, 12);
  const more = known.length > some.length;
  return { en: `known: ${some.join(', ')}${more ? ', …' : ''}`, zh: `已有：${some.join('、')}${more ? '等' : ''}` };
}

export const didYouMean = (near: string): Words => ({ en: `did you mean '${near}'?`, zh: `是否指“${near}”？` });

/** The people of an instance are of its own scope and of those above it. */
export function isVisibleFrom(scope: Scope, from: Scope): boolean {
  return scope === from || isAbove(scope, from);
}
