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
  /** Who it is in the instance that is explained, on its first day. Absent where none is. */
  readonly here?: PersonHere;
}

export interface PersonHere {
  /** Id in the register; null: whoever a task names that comes first or, without one, nobody. */
  readonly person: string | null;
  readonly namedBy: Named | null;
  /** The post by which it is that person. */
  readonly role: Named;
  /** Before it in the chain: vacant, or held by somebody who may not be chosen. */
  readonly passedOver: readonly Named[];
}

/** Who has which post: people by their ids, or the task that will have named them by then. */
export type PostsHere = Readonly<Record<string, string | { readonly namedBy: Named }>>;

/** What is explained, and the posts around the instance that it is explained for. */
export interface Explaining {
  readonly plan: Plan;
  readonly program: Program;
  readonly posts?: PostsHere | undefined;
}

/** `not`: the roles that may not be chosen, because they hold or handed in the work. */
export function explainPost(
  { plan, program, posts }: Explaining,
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
    ...(posts === undefined ? {} : { here: personHere({ plan, program, posts }, { role, not }) }),
  };
}

function personHere(
  { plan, program, posts }: Required<Explaining> & { readonly posts: PostsHere },
  { role, not }: { readonly role: string; readonly not: readonly (string | undefined)[] },
): PersonHere {
  // Whoever is not known yet stands as a person that no register has, one for each post.
  const roles = Object.fromEntries(Object.entries(posts).map(([id, who]) => [id, typeof who === 'string' ? who : `?${id}`]));
  const personOf = (other: string | undefined): string | null =>
    other === undefined ? null : resolvePost({ program, roles }, { role: other }).person;
  const { person, role: by, passedOver } = resolvePost({ program, roles }, { role, not: not.map(personOf) });
  const who = person === null ? undefined : posts[by];
  return {
    person: typeof who === 'string' ? who : null,
    namedBy: typeof who === 'object' ? who.namedBy : null,
    role: nameOf(plan.roles, by),
    passedOver: passedOver.map((each) => nameOf(plan.roles, each)),
  };
}

const fallbackOf = ({ roles }: Plan, role: string): string | undefined => roles.find(({ id }) => id === role)?.fallback;

/** The role that holds a task, where it is held by a role at all. */
export const holdingRole = ({ holder }: TaskTemplate): string | undefined => ('role' in holder ? holder.role : undefined);
