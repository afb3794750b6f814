/** Which ladders speak of what. */
import type { Definition } from './gather.ts';
import type { Review, Task } from './language.ts';
import { isVersion } from './resolve-ladders.ts';

export const ladderOf = (task: Task): string => task.ladder ?? 'standard';

/** The ladder of a review with a deadline of its own; undefined for the others. */
export function reviewLadderOf(definition: Pick<Definition, 'ladders'>, task: Task, review: Review): string | undefined {
  if (review.within === undefined) return undefined;
  return review.ladder ?? (definition.ladders.has('review') ? 'review' : ladderOf(task));
}

/** Every ladder that something speaks by, or another is a version of. */
export function usedLadders({ head, ladders, writtenLadders, tasks }: Definition): ReadonlySet<string> {
  return new Set([
    ...(head.assigned?.ladder === undefined ? [] : [head.assigned.ladder]),
    ...tasks.flatMap(({ task }) => [
      ladderOf(task),
      ...(task.reviews ?? []).flatMap((review) => reviewLadderOf({ ladders }, task, review) ?? []),
    ]),
    ...[...writtenLadders.values()].flatMap((ladder) => (isVersion(ladder) ? [ladder.extends] : [])),
  ]);
}
