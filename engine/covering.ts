/** People who are away, or leave: what they have goes to whoever acts for them and, unless they left for good, what is unfinished comes back. */
import type { Cover } from '../model/adjustment.ts';
import type { Refusal } from '../model/command.ts';
import type { Instant } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { barredBy, type Hands, handsOf, isOn, isOver, leadsBack, turnsAfter } from './covers.ts';
import { type Draft, note, putTask, writable } from './draft.ts';
import { handedOn, ownHolder, ownReviewer, withHolder, withReviewer } from './hands.ts';
import { isFinal } from './lifecycles.ts';
import { tell } from './messages.ts';
import { templateOf } from './occurrences.ts';
import { doersOf, partiesOf, resolvePost } from './posts.ts';
import { refusal } from './refusal.ts';

/** So many absences, now and to come, are kept in a run. Documented limit of the product. */
const COVERS_KEPT = 500;

export function refusesCover(snapshot: Pick<Snapshot, 'covers' | 'advancedTo'>, cover: Cover): Refusal | undefined {
  const { person, by, from, until } = cover;
  const now = snapshot.advancedTo;
  const covers = (snapshot.covers ?? []).filter((each) => !isOver(each, now));
  if (until !== null && (until <= from || until <= now))
    return refusal(
      'PERIOD_PAST',
      `the absence of '${person}' would be over already`,
      'say until when, and no earlier than it begins',
    );
  if (covers.some((other) => other.person === person && overlap(other, cover)))
    return refusal('COVERED_ALREADY', `somebody acts for '${person}' at that time`, 'end that first, with: shigeyi uncover');
  if (person === by || leadsBack(covers, cover))
    return refusal('COVERS_IN_A_CIRCLE', `'${by}' would act for '${person}', who acts for them`, 'name somebody else');
  if (covers.length < COVERS_KEPT) return undefined;
  return refusal('TOO_MANY_ADJUSTMENTS', `there are ${COVERS_KEPT} absences already`, 'end some of them, or reassign the tasks');
}

const overlap = (a: Cover, b: Cover): boolean => a.from < (b.until ?? Infinity) && b.from < (a.until ?? Infinity);

export function refusesUncover(
  { covers = [], advancedTo }: Pick<Snapshot, 'covers' | 'advancedTo'>,
  { person }: { readonly person: string },
): Refusal | undefined {
  if (covers.some((cover) => cover.person === person && isRevocable(cover, advancedTo))) return undefined;
  return refusal('NOT_COVERED', `nobody acts for '${person}' for a time`, 'what was handed over for good is reassigned');
}

/** What has been handed over for good is another's by then. */
const isRevocable = (cover: Cover, now: Instant): boolean => !isOver(cover, now) && (cover.until !== null || cover.from > now);

/** One that is over when an instance joins says nothing there. What cannot be is left, as in every other instance. */
export function cover(draft: Draft, asked: Cover): void {
  if (isOver(asked, draft.now)) return;
  const refused = refusesCover({ covers: draft.covers, advancedTo: draft.now }, asked);
  if (refused !== undefined) return note(draft, 'adjustmentLeft', { detail: { code: refused.code } });
  draft.covers = [...draft.covers.filter((each) => !isOver(each, draft.now)), asked];
}

/** Ends what goes on, and takes back what was to come. */
export function uncover(draft: Draft, { person }: { readonly person: string }): void {
  draft.covers = draft.covers.filter((each) => each.person !== person || !isRevocable(each, draft.now));
}

/** Puts everything into the hands in which it belongs at this instant. Asked whenever an instant has come or something was adjusted. */
export function followCovers(draft: Draft): void {
  if (draft.covers.length === 0 && draft.base.covers === undefined) return;
  followPosts(draft);
  for (const { key, task, what, hands } of findMoves(draft)) {
    const before = what === 'holder' ? task.holder : task.reviewer;
    const own = what === 'holder' ? ownHolder(task) : ownReviewer(task);
    const moved = handedOn(what === 'holder' ? withHolder(task, hands) : withReviewer(task, hands));
    putTask(draft, key, moved);
    const why = hands.standsFor !== undefined ? 'covered' : hands.person === own ? 'back' : 'handedOver';
    note(draft, `${what}Changed`, { task: key, detail: { from: before, to: hands.person, why, ...forWhom(hands) } });
    const said = { key, task: moved } as const;
    tell(draft, {
      ...said,
      purpose: what === 'holder' ? 'assigned' : 'toReview',
      to: { ...hands, role: 'assignee', passedOver: [] },
    });
    // Whoever is away is not bothered; whoever acted for them need not go on.
    if (why === 'back') tell(draft, { ...said, purpose: 'released', to: { person: before, role: 'assignee', passedOver: [] } });
  }
}

const forWhom = ({ standsFor }: Hands): { readonly standsFor?: string } => (standsFor === undefined ? {} : { standsFor });

/** Posts that were handed over for good. */
function followPosts(draft: Draft): void {
  for (const [role, person] of Object.entries(successors(draft))) {
    note(draft, 'postChanged', { detail: { role, from: draft.roles[role]!, to: person } });
    writable(draft, 'roles')[role] = person;
  }
}

/** By role, who has it from now on. */
function successors({ covers, roles, now }: Pick<Draft, 'covers' | 'roles' | 'now'>): Readonly<Record<string, string>> {
  const forGood = covers.filter(({ until }) => until === null);
  if (forGood.length === 0) return {};
  const changed = Object.entries(roles)
    .map(([role, person]) => [role, person, handsOf({ covers: forGood, now }, person).person] as const)
    .filter(([, before, after]) => before !== after);
  return Object.fromEntries(changed.map(([role, , after]) => [role, after]));
}

interface Move {
  readonly key: string;
  readonly task: TaskState;
  readonly what: 'holder' | 'reviewer';
  readonly hands: Hands;
}

/** What is in other hands than those in which it belongs. */
function findMoves(draft: Readonly<Draft>): readonly Move[] {
  const unfinished = Object.entries(draft.tasks).filter(([, task]) => !isFinal(task.status));
  return unfinished.flatMap(([key, task]): readonly Move[] => {
    const inReview = task.status === 'inReview';
    const [own, there] = inReview ? [ownReviewer(task), task.reviewer] : [ownHolder(task), task.holder];
    if (own === null || !isTouched(draft, task, own)) return [];
    const hands = inReview ? reviewerInPlaceOf(draft, task, own) : holderInPlaceOf(draft, task, own);
    const standsFor = inReview ? task.reviewsFor : task.standsFor;
    if (hands.person === there && hands.standsFor === standsFor) return [];
    return [{ key, task, what: inReview ? 'reviewer' : 'holder', hands }];
  });
}

/** Whether anybody's absence has to do with it. */
function isTouched({ covers, now }: Pick<Draft, 'covers' | 'now'>, task: TaskState, own: string): boolean {
  if (task.standsFor !== undefined || task.reviewsFor !== undefined) return true;
  const isIn = ({ person, by }: Cover): boolean => person === own || (task.status === 'inReview' && by === own);
  return covers.some((each) => isOn(each, now) && isIn(each));
}

function holderInPlaceOf(draft: Readonly<Draft>, task: TaskState, own: string): Hands {
  const { holder } = templateOf(draft.program, task);
  const not = 'role' in holder ? doersOf(draft.tasks, holder.not) : [];
  return inPlaceOf(draft, { own, not, role: 'role' in holder ? holder.role : undefined });
}

function reviewerInPlaceOf(draft: Readonly<Draft>, task: TaskState, own: string): Hands {
  const { by, not } = templateOf(draft.program, task).reviews[task.step]!;
  return inPlaceOf(draft, { own, not: [...partiesOf(task), ...doersOf(draft.tasks, not)], role: by });
}

interface Place {
  readonly own: string;
  readonly not: readonly (string | null | undefined)[];
  readonly role: string | undefined;
}

/** Whoever acts for somebody, unless they may not: then the role is asked, up its chain, and where that names nobody it stays where it is. */
function inPlaceOf(draft: Readonly<Draft>, { own, not, role }: Place): Hands {
  const hands = handsOf(draft, own);
  const barred = barredBy(draft, not);
  if (!barred.includes(hands.person)) return hands;
  const { person } = role === undefined ? { person: null } : resolvePost(draft, { role, not });
  return person === null || person === own ? { person: own } : { person, standsFor: own };
}

/** The next instant at which anything changes hands; undefined when nothing will by itself. */
export function findCoverTurn(draft: Readonly<Draft>): Instant | undefined {
  if (draft.covers.length === 0) return undefined;
  return [draft.now, ...turnsAfter(draft)].find((now) => {
    const then = { ...draft, now };
    return findMoves(then).length > 0 || Object.keys(successors(then)).length > 0;
  });
}
