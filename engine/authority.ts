/** Under what somebody may adjust a run: their own work, their post in the register, or the post of somebody in whose place they act. */
import {
  type Adjustment,
  type AdjustmentRule,
  FEDERATION,
  HOLDER,
  isOfPeople,
  isPost,
  peopleIn,
  type Post,
  reaches,
} from '../model/adjustment.ts';
import type { Refusal } from '../model/command.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isTheirs } from './adjusting.ts';
import { type Covering, isOn } from './covers.ts';
import { refusal } from './refusal.ts';

export interface Claim extends Covering {
  readonly adjustment: Adjustment;
  readonly rule: AdjustmentRule;
  /** Who asks. */
  readonly person: string;
  /** The union that is concerned alone; undefined when it is everybody or the federation. */
  readonly union: string | undefined;
  /** Of the instance that is concerned alone. */
  readonly tasks: Snapshot['tasks'];
  /** What the register says somebody is. */
  findPerson(id: string): Post | undefined;
}

export type Authority =
  | { readonly authority: string }
  /** Somebody whom the register does not know. */
  | { readonly unknown: string }
  | { readonly refusal: Refusal };

export function claimAuthority(claim: Claim): Authority {
  const { adjustment, rule, person, findPerson } = claim;
  const unknown = [person, ...peopleIn(adjustment)].find((id) => findPerson(id) === undefined);
  if (unknown !== undefined) return { unknown };
  const posts = postsOf(claim);
  const union = isOfPeople(adjustment) ? findPerson(peopleIn(adjustment)[0]!)!.union : claim.union;
  const authority = findAuthority(claim, { posts, union });
  const puts = `'${person}' (${findPerson(person)!.role}) may not ${adjustment.kind}`;
  if (authority === undefined)
    return no(`${puts} this`, `the definition gives that right to ${rule.by.join(', ')}, of a union for what is the union's own`);
  if (adjustment.kind === 'move' && !posts.some((post) => reaches(post, adjustment.to)))
    return no(`${puts} to '${adjustment.to}', which is another union`, 'let the federation do it');
  const foreign = peopleIn(adjustment).find((id) => !posts.some((post) => reaches(post, findPerson(id)!.union)));
  if (foreign !== undefined) return no(`${puts} to '${foreign}', who is of another union`, 'name somebody of the same union');
  return notOfUnion(claim) ?? { authority };
}

/** What a union is instructed to do is done by its own people or the federation's. */
function notOfUnion({ adjustment, union, findPerson }: Claim): Authority | undefined {
  if (adjustment.kind !== 'assign' || adjustment.to === undefined || union === undefined) return undefined;
  if ([union, FEDERATION].includes(findPerson(adjustment.to)!.union)) return undefined;
  const message = `'${adjustment.to}' is neither of union '${union}' nor of the federation`;
  return { refusal: refusal('NOT_OF_UNION', message, 'name somebody who is, or leave it to the post that holds such items') };
}

/** Of the register, before there is an instance: by posts alone. `union`: where only one is concerned. */
export function claimRight({
  rule,
  union,
  act,
  ...claim
}: Pick<Claim, 'rule' | 'person' | 'union' | 'covers' | 'now' | 'findPerson'> & { readonly act: string }): Authority {
  const { person, findPerson } = claim;
  const own = findPerson(person);
  if (own === undefined) return { unknown: person };
  const authority = findRight(postsOf(claim), { rule, union });
  if (authority !== undefined) return { authority };
  return no(
    `'${person}' (${own.role}) may not ${act} this`,
    `the definition gives that right to ${rule.by.join(', ')}, of a union for what is the union's own`,
  );
}

const no = (message: string, remedy: string): Authority => ({ refusal: refusal('NO_AUTHORITY', message, remedy) });

/** Their own, and those of the people in whose place they act. */
function postsOf({ person, covers, now, findPerson }: Pick<Claim, 'person' | 'covers' | 'now' | 'findPerson'>): readonly Post[] {
  const stoodFor = covers.filter((cover) => cover.by === person && isOn(cover, now)).map((cover) => cover.person);
  return [person, ...stoodFor].flatMap((id) => findPerson(id) ?? []);
}

function findAuthority(
  { adjustment, rule, person, tasks }: Claim,
  { posts, union }: { posts: readonly Post[]; union: string | undefined },
): string | undefined {
  if (rule.by.includes(HOLDER) && isTheirs({ tasks }, { adjustment, person })) return HOLDER;
  return findRight(posts, { rule, union });
}

const findRight = (
  posts: readonly Post[],
  { rule, union }: { readonly rule: AdjustmentRule; readonly union: string | undefined },
): string | undefined => posts.find((post) => isPost(post) && rule.by.includes(post.role) && reaches(post, union))?.role;
