/** Who holds a post: roles are resolved up the chain of fallbacks, whoever is away has a substitute, and what was passed over on the way is kept. */
import type { Program } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { barredBy, type Covering, handsOf } from './covers.ts';
import { indexOf } from './program-index.ts';

export interface Resolved {
  /** Opaque id, or null when every post up the chain is vacant. */
  readonly person: string | null;
  /** Who has the post, where the person takes their place while they are away. */
  readonly standsFor?: string;
  readonly role: string;
  /** Roles passed over because they are vacant or are the person who must not be chosen. */
  readonly passedOver: readonly string[];
}

/** What is asked about posts. A draft has it. */
export interface Posts extends Partial<Covering> {
  readonly program: Program;
  readonly roles: Readonly<Record<string, string>>;
}

/** `not`: whoever may not be chosen, such as the assignee of overdue work or the author of what is to be reviewed. */
export function resolvePost(
  { program, roles, covers = [], now = 0 }: Posts,
  { role, not = null }: { role: string; not?: string | null | readonly (string | null | undefined)[] },
): Resolved {
  const barred = barredBy({ covers, now }, Array.isArray(not) ? not : [not as string | null]);
  const passedOver: string[] = [];
  let current: string | undefined = role;
  // A chain visits each role once at most; the compiler refuses cycles, and this bound makes one harmless.
  while (current !== undefined && passedOver.length <= program.roles.length) {
    const own = roles[current];
    if (own !== undefined && !barred.includes(own)) {
      const hands = handsOf({ covers, now }, own);
      if (!barred.includes(hands.person)) return { ...hands, role: current, passedOver };
    }
    passedOver.push(current);
    current = indexOf(program).roles.get(current)?.fallback;
  }
  return { person: null, role, passedOver };
}

/** Everybody whose work a task is: who holds it, who handed it in, who is answerable for it, and in whose place it was done. */
export function partiesOf({
  holder,
  submittedBy,
  owner,
  standsFor,
}: Pick<TaskState, 'holder' | 'submittedBy' | 'owner' | 'standsFor'>): readonly (string | null | undefined)[] {
  return [submittedBy, holder, owner, standsFor];
}

/** Whose work a task was: one person, and whoever did it with or for them, or of a task that rows make, as many as there are of it. Nobody, as long as it was not handed in. */
export function doersOf(tasks: Snapshot['tasks'], id: string | undefined): readonly (string | null | undefined)[] {
  return id === undefined
    ? []
    : Object.values(tasks).flatMap((task) => (task.template === id && task.submittedBy !== null ? partiesOf(task) : []));
}
