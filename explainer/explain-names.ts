/** Things of a plan as people name them: the id to ask for, and the title to read. */
import type { Title } from '../model/plan.ts';

export interface Named {
  readonly id: string;
  readonly title: Title;
}

export function nameOf(things: readonly Named[], id: string): Named {
  const found = things.find((thing) => thing.id === id);
  if (found === undefined) throw new Error(`the plan has nothing called '${id}' where it is named`);
  return { id, title: found.title };
}

/** `走访 (Visit)`; once, where both languages say the same. */
export const titleOf = ({ zh, en }: Title): string => (zh === en ? zh : `${zh} (${en})`);

/** `visit 走访 (Visit)`. */
export const wordsOf = ({ id, title }: Named): string => `${id} ${titleOf(title)}`;
