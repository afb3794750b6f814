/**
 * Where each value of a parsed file stands. Values are plain objects and arrays; their places are kept beside them, by identity, so that checks can
 * pass values around and still point at the text.
 */
import type { Place } from './issue.ts';

type Key = string | number;

/** Where a member's value stands, and where its key does (the same for members of a list). */
export interface Member {
  readonly value: Place;
  readonly key: Place;
  /** Of a text: what it is, and where each of its characters stands, if that can be told. */
  readonly text?: { readonly value: string; readonly placeAt: (offset: number) => Place | undefined };
}

interface Container {
  readonly self: Place;
  readonly members: Map<Key, Member>;
}

export interface Places {
  register(container: object, self: Place): void;
  registerMember(container: object, key: Key, member: Member): void;
  /** Where a container begins, or the value of one of its members. A member that is not there is where its container is. */
  of(container: object, key?: Key): Place;
  /** Where a character of a text stands; where the text does when parameters have changed it, or that cannot be told. */
  within(container: object, key: Key, offset: number): Place;
  /** Whether a member is written as a text with a parameter, whatever it has become. */
  hasParameter(container: object, key: Key): boolean;
  /** Where a member's key stands. */
  ofKey(container: object, key: Key): Place;
  /** Puts a member into a list before the one at `index`, with the places it has in another container. */
  insertItem(list: unknown[], index: number, from: { readonly container: object; readonly key: Key }): void;
  /** The same value under a key of another container, with its places. */
  copyMember(from: { readonly container: object; readonly key: Key }, container: object, key: Key): void;
  /** Takes members out of a list, keeping the places of those that stay. */
  removeItems(list: unknown[], indexes: ReadonlySet<number>): void;
}

export function createPlaces(): Places {
  const containers = new WeakMap<object, Container>();
  const get = (container: object): Container => {
    const known = containers.get(container);
    if (known === undefined) throw new Error(`no place is known for ${JSON.stringify(container).slice(0, 80)}`);
    return known;
  };
  const memberOf = (container: object, key: Key): Member => {
    const { self, members } = get(container);
    return members.get(key) ?? { value: self, key: self };
  };
  return {
    register: (container, self) => void containers.set(container, { self, members: new Map() }),
    registerMember: (container, key, member) => void get(container).members.set(key, member),
    of: (container, key) => (key === undefined ? undefined : get(container).members.get(key)?.value) ?? get(container).self,
    within(container, key, offset) {
      const { value, text } = memberOf(container, key);
      const isAsWritten = text?.value === (container as Record<Key, unknown>)[key];
      return (isAsWritten ? text?.placeAt(offset) : undefined) ?? value;
    },
    hasParameter: (container, key) => memberOf(container, key).text?.value.includes('${') === true,
    ofKey: (container, key) => get(container).members.get(key)?.key ?? get(container).self,
    insertItem(list, index, from) {
      const { members } = get(list);
      const member = memberOf(from.container, from.key);
      const shifted = [...members].map(([key, places]) => [(key as number) < index ? key : (key as number) + 1, places] as const);
      members.clear();
      for (const [key, places] of shifted) members.set(key, places);
      members.set(index, member);
      list.splice(index, 0, (from.container as Record<Key, unknown>)[from.key]);
    },
    copyMember(from, container, key) {
      (container as Record<Key, unknown>)[key] = (from.container as Record<Key, unknown>)[from.key];
      get(container).members.set(key, memberOf(from.container, from.key));
    },
    removeItems(list, indexes) {
      const { members } = get(list);
      const kept = list.flatMap((value, index) => (indexes.has(index) ? [] : [{ value, member: members.get(index) }]));
      list.splice(0, list.length, ...kept.map(({ value }) => value));
      members.clear();
      kept.forEach(({ member }, index) => void (member && members.set(index, member)));
    },
  };
}
