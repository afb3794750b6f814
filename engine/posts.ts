/** Who holds a post: roles are resolved up the chain of fallbacks, and what was passed over on the way is kept. */
import type { Program } from '../model/plan.ts';
import { indexOf } from './program-index.ts';

export interface Resolved {
  /** Opaque id, or null when every post up the chain is vacant. */
  readonly person: string | null;
  readonly role: string;
  /** Roles passed over because they are vacant or are the person who must not be chosen. */
  readonly passedOver: readonly string[];
}

/** `not`: a person who may not be chosen, such as the assignee of overdue work or the author of what is to be reviewed. */
export function resolvePost(
  program: Program,
  roles: Readonly<Record<string, string>>,
  { role, not = null }: { role: string; not?: string | null },
): Resolved {
  const passedOver: string[] = [];
  let current: string | undefined = role;
  // A chain visits each role once at most; the compiler refuses cycles, and this bound makes one harmless.
  while (current !== undefined && passedOver.length <= program.roles.length) {
    const person = roles[current];
    if (person !== undefined && person !== not) return { person, role: current, passedOver };
    passedOver.push(current);
    current = indexOf(program).roles.get(current)?.fallback;
  }
  return { person: null, role, passedOver };
}
