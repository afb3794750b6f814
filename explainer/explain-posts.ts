/** Who holds a post, who takes its place, and who is told when the one who should be is the very person it is about. */
import { resolvePost } from '../engine/posts.ts';
import type { Plan, Program, TaskTemplate } from '../model/plan.ts';
import { nameOf, type Named } from './explain-names.ts';

export interface PostExplanation {
  /** The role, then each that takes its place while the ones before it are vacant. */
  readonly chain: readonly Named[];
  /** Tasks that fill the first of them. Empty: the register does. */
  readonly filledBy: readonly Named[];
  /** Who it comes to when every post is filled, each by another person, and the holder may not be the one. */
  readonly usually: Named;
}

/** `not`: the roles that may not be chosen, because they hold or handed in the work. */
export function explainPost(
  { plan, program }: { readonly plan: Plan; readonly program: Program },
  { role, not = [] }: { readonly role: string; readonly not?: readonly (string | undefined)[] },
): PostExplanation {
  const chain: Named[] = [];
  for (let id: string | undefined = role; id !== undefined && chain.length <= plan.roles.length; id = fallbackOf(plan, id))
    chain.push(nameOf(plan.roles, id));
  // Roles stand for the people in them, so that the engine's own rule says who is passed over.
  const everyPostFilled = Object.fromEntries(plan.roles.map(({ id }) => [id, id]));
  const resolved = resolvePost({ program, roles: everyPostFilled }, { role, not: not.map((each) => each ?? null) });
  const filledBy = plan.tasks.filter(({ assigns }) => Object.values(assigns).includes(role));
  return {
    chain,
    filledBy: filledBy.map(({ id, title }) => ({ id, title })),
    usually: nameOf(plan.roles, resolved.person ?? role),
  };
}

const fallbackOf = ({ roles }: Plan, role: string): string | undefined => roles.find(({ id }) => id === role)?.fallback;

/** The role that holds a task, where it is held by a role at all. */
export const holdingRole = ({ holder }: TaskTemplate): string | undefined => ('role' in holder ? holder.role : undefined);
