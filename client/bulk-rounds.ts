/**
 * A bulk whose id is made of what was agreed to, agreed to again. What was done may have been undone since: then the same agreement is of another bulk, and
 * what is found done under the id of the first says nothing of it.
 */
import { type Adjustment, isOfPeople } from '../model/adjustment.ts';
import { canonicalJson } from '../model/canonical.ts';
import type { BulkItem, BulkRequest } from './bulk.ts';
import { idOfRound } from './bulk.ts';
import { type Look, lookAtBulk, type LookedAt } from './bulk-preview.ts';
import { Refused } from './client-error.ts';
import type { ClientRoom } from './parts.ts';
import { instanceOf } from './workflow-ids.ts';

/**
 * At what is to be done: where all of it was done in an earlier round, and everything is again as it was agreed to because it was undone, at the next round.
 * @throws Refused when it was done, undone since, and would do something else now, or when that can be seen of a part only
 */
export async function lookAgain(room: ClientRoom, request: BulkRequest): Promise<Look> {
  let look = await lookAtBulk(room, request);
  if (!isNamedByAgreement(request)) return look;
  for (let round = 2; isOver(look); round += 1) {
    const next = await lookAtBulk(room, { ...request, id: idOfRound(request, round) });
    if (!next.isKnown && (next.hash !== request.expect || next.items.some(mayStand))) {
      if (isUndone(next.items)) throw undone(next.hash, request);
      return look;
    }
    look = next;
  }
  return look;
}

/** Some of it was done, and what is left is refused. */
const isOver = ({ items }: Look): boolean =>
  items.some(({ seen }) => seen.state === 'done') && items.every(({ seen }) => seen.state !== 'previewed');

/** Neither it nor any of its items was given an id. */
const isNamedByAgreement = ({ id, expect, items }: BulkRequest): boolean =>
  id === undefined && expect !== undefined && items.length > 0 && items.every(({ command }) => command === undefined);

/** Whether any of it does not stand any more. So it could be of the first of several things asked of one, although they stand. */
function isUndone(items: readonly LookedAt[]): boolean {
  const whom = items.map(whomOf);
  const isAlone = (item: BulkItem): boolean => whom.filter((other) => other === whomOf(item)).length === 1;
  return items.some(
    (item) => item.seen.state === 'previewed' && item.seen.touched.length > 0 && !mayStand(item) && isAlone(item),
  );
}

const whomOf = ({ for: scope, adjustment }: BulkItem): string =>
  canonicalJson([instanceOf(scope), 'person' in adjustment ? adjustment.person : null]);

/**
 * Whether it could be done once more although nobody has undone it, and would look as it did the first time: a hash sees the faces of tasks. Decision 0024
 * goes through the kinds.
 */
function mayStand({ for: scope, adjustment, seen }: LookedAt): boolean {
  if (seen.state !== 'previewed') return false;
  if (adds(adjustment) || adjustment.kind === 'reopen') return true;
  const changed = seen.touched.filter((item) => 'differences' in item);
  if (changed.length === 0) return !isRefusedWhereItStands({ for: scope, adjustment });
  // Whoever reviews what is handed in anew is found by the post.
  const inReview = changed.some(({ differences }) => differences.some(({ before }) => before?.status === 'inReview'));
  return adjustment.kind === 'reassign' && inReview;
}

const adds = (adjustment: Adjustment): boolean =>
  adjustment.kind === 'assign' || (adjustment.kind === 'extend' && 'by' in adjustment.deadline);

/** No revision is; but of people the campaign is asked. A household may leave once more by what it hands in. */
const isRefusedWhereItStands = ({ for: scope, adjustment }: Pick<BulkItem, 'for' | 'adjustment'>): boolean =>
  isOfPeople(adjustment) || ('instance' in scope && adjustment.kind !== 'extend' && adjustment.kind !== 'readmit');

const undone = (hash: string, { expect }: BulkRequest): Refused =>
  new Refused({
    code: 'STATE_MOVED',
    ...(hash === expect
      ? {
          message: 'this was done, not all of it stands any more, and whether the rest does cannot be seen',
          remedy: 'ask for what is to be done once more with an --id of its own',
        }
      : {
          message: 'this was done, not all of it stands any more, and it would do something else now',
          remedy: `look at the preview again; its hash is ${hash} by now`,
        }),
  });
