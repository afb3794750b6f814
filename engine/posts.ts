/** Who holds a post: roles are resolved up the chain of fallbacks, and what was passed over on the way is kept. */
import type { Program } from '../model/plan.ts';
import { indexOf } from './program-index.ts';
import type { Snapshot } from '../model/snapshot.ts';

export interface Resolved {
  /** Opaque id, or null when every post up the chain is vacant. */
  readonly person: string | null;
  readonly role: string;
  /** Roles passed over because they are vacant or are the person who must not be chosen. */
  readonly passedOver: readonly string[];
}

/** `not`: whoever may not be chosen, such as the assignee of overdue work or the author of what is to be reviewed. */
export function resolvePost(
  program: Program,
  roles: Readonly<Record<string, string>>,
  { role, not = null }: { role: string; not?: string | null | readonly (string | null)[] },
): Resolved {
  const barred = [not].flat();
  const passedOver: string[] = [];
  let current: string | undefined = role;
  // A chain visits each role once at most; the compiler refuses cycles, and this bound makes one harmless.
  while (current !== undefined && passedOver.length <= program.roles.length) {
    const person = roles[current];
    if (person !== undefined && !barred.includes(person)) return { person, role: current, passedOver };
    passedOver.push(current);
    current = indexOf(program).roles.get(current)?.fallback;
  }
  return { person: null, role, passedOver };
}

/** Whoever handed in a task: one person, or of a task that rows make, as many as there are of it. Nobody, as long as it was not handed in. */
export function doersOf(tasks: Snapshot['tasks'], id: string | undefined): readonly (string | null)[] {
  return id === undefined
    ? []
    : Object.values(tasks).flatMap(({ template, submittedBy }) => (template === id ? [submittedBy] : []));
}
