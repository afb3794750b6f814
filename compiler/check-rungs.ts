/**
 * Rungs that never speak: before anything that uses their ladder can begin, or after the last day that the plan knows. Of a ladder that many share, a rung
 * is told of that speaks for none of them. Of one that a task or a review names itself, so that it was chosen for it, also a rung that never speaks for this one.
 * Of the ladder that tasks have by default, only what leaves a task without any reminder up to its deadline: that some of its rungs are too early for short work
 * is what one ladder for all comes to.
 */
import type { Checking } from './checking.ts';
import type { Dating } from './dates.ts';
import { type PlacedTask, rowTemplates } from './gather.ts';
import type { Place } from './issue.ts';
import { ladderOf, reviewLadderOf } from './ladders.ts';
import type { Rung, Task } from './language.ts';
import { SAY } from './messages.ts';
import { NOTES } from './messages/notes.ts';
import { earliestOpening, isCarriedPast, isHeard, type Opening, openingsOfReview, openingsOfTask } from './rung-openings.ts';
import { unitsIn } from './time-language.ts';

/** What a ladder is used by. */
interface Use {
  readonly ladder: string;
  readonly task: Task;
  readonly of: 'task' | 'review';
  /** Where it is named, if it is. */
  readonly named?: Place;
  readonly speaks: (rung: Rung) => boolean;
  /** Whether whatever it says by the deadline comes after it, because of quiet hours. */
  readonly comesLate: (rung: Rung) => boolean;
}

export function checkRungsSpeak(checking: Checking, dating: Dating): void {
  const { definition } = checking;
  const made = rowTemplates(definition.tasks);
  const uses = definition.tasks.flatMap((placed) => usesOf(checking, placed, { dating, made }));
  const speaking = new Set(uses.flatMap(({ ladder, speaks }) => rungsOf(checking, ladder).filter(speaks)));
  // Instructions have whatever deadline they are given.
  for (const rung of rungsOf(checking, definition.head.assigned?.ladder ?? '')) if (sign(rung) < 0) speaking.add(rung);
  const told = new Set<Rung>();
  for (const use of uses) {
    for (const rung of rungsOf(checking, use.ladder)) {
      if (speaking.has(rung) || told.has(rung)) continue;
      told.add(rung);
      tellRung(checking, use, rung);
    }
  }
  tellLate(checking, uses);
  for (const use of uses) {
    if (use.named !== undefined) tellNamed(checking, use, speaking);
    else if (use.of === 'task') tellUnreminded(checking, use, speaking);
  }
}

const rungsOf = ({ definition }: Checking, ladder: string): readonly Rung[] => definition.ladders.get(ladder) ?? [];

function usesOf(
  checking: Checking,
  placed: PlacedTask,
  { dating, made }: { readonly dating: Dating; readonly made: ReadonlySet<string> },
): readonly Use[] {
  const { definition, places } = checking;
  const { task } = placed;
  const hearingOf = (openings: readonly Opening[] | undefined): Pick<Use, 'speaks' | 'comesLate'> => ({
    speaks(rung) {
      // Where deadlines follow from something else, any rung before one may speak.
      if (openings === undefined) return sign(rung) <= 0 || isHeard(earliestOpening(checking, dating), rung);
      return openings.some((each) => isHeard(each, rung));
    },
    comesLate(rung) {
      const heard = openings?.filter((each) => each.isNoticed !== true && isHeard(each, rung)) ?? [];
      return heard.length > 0 && heard.every((each) => isCarriedPast(each, rung));
    },
  });
  const named = (container: Task | NonNullable<Task['reviews']>[number]): Pick<Use, 'named'> =>
    container.ladder === undefined ? {} : { named: places.of(container, 'ladder') };
  return [
    {
      ladder: ladderOf(task),
      task,
      of: 'task',
      ...named(task),
      ...hearingOf(made.has(task.id) ? undefined : openingsOfTask(checking, placed, dating)),
    },
    ...(task.reviews ?? []).flatMap((review): readonly Use[] => {
      const ladder = reviewLadderOf(definition, task, review);
      if (ladder === undefined) return [];
      return [{ ladder, task, of: 'review', ...named(review), ...hearingOf(openingsOfReview(checking, review, dating)) }];
    }),
  ];
}

/** Once for each rung: for one task of its ladder at least it comes too late whatever happens. */
function tellLate(checking: Checking, uses: readonly Use[]): void {
  const { definition, places, report } = checking;
  const { quiet, quietOnDaysOff } = definition.head.hours ?? {};
  if (quiet === undefined && quietOnDaysOff !== true) return;
  const told = new Set<Rung>();
  for (const { ladder, task, of, comesLate } of uses) {
    for (const rung of rungsOf(checking, ladder)) {
      if (sign(rung) > 0 || told.has(rung) || !comesLate(rung)) continue;
      told.add(rung);
      report(
        'REMINDER_AFTER_DEADLINE',
        places.of(rung),
        SAY.REMINDER_AFTER_DEADLINE.main({ rung: rung.id, ladder, task: task.id, of }),
        [{ ...places.of(task, 'id'), note: NOTES.defined }],
      );
    }
  }
}

/** Whether it speaks before the deadline, at it or after it. */
function sign(rung: Rung): number {
  const [unit] = unitsIn(rung);
  return unit === undefined ? 1 : Math.sign(rung[unit]!);
}

function tellRung({ places, report }: Checking, { ladder, task, of }: Use, rung: Rung): void {
  const what = { rung: rung.id, ladder, task: task.id, of };
  report(
    'RUNG_NEVER_SPEAKS',
    places.of(rung),
    sign(rung) > 0 ? SAY.RUNG_NEVER_SPEAKS.late(what) : SAY.RUNG_NEVER_SPEAKS.main(what),
  );
}

function tellNamed(checking: Checking, { ladder, task, of, named, speaks }: Use, speaking: ReadonlySet<Rung>): void {
  const { places, report } = checking;
  // Beyond the last day that the plan knows, a rung that others hear is silent for whoever comes last: nothing to be told.
  for (const rung of rungsOf(checking, ladder)) {
    if (sign(rung) > 0 || !speaking.has(rung) || speaks(rung)) continue;
    report('RUNG_NEVER_SPEAKS', named!, SAY.RUNG_NEVER_SPEAKS.here({ rung: rung.id, ladder, task: task.id, of }), [
      { ...places.of(rung), note: NOTES.rung },
    ]);
  }
}

function tellUnreminded(checking: Checking, { ladder, task, speaks }: Use, speaking: ReadonlySet<Rung>): void {
  const { places, report } = checking;
  const reminding = rungsOf(checking, ladder).filter((rung) => sign(rung) <= 0);
  // What speaks for nobody has been told of.
  if (reminding.some(speaks) || !reminding.some((rung) => speaking.has(rung))) return;
  report(
    'RUNG_NEVER_SPEAKS',
    task.due === undefined ? places.of(task, 'id') : places.of(task, 'due'),
    SAY.RUNG_NEVER_SPEAKS.unreminded({ ladder, task: task.id }),
    reminding.map((rung) => ({ ...places.of(rung), note: NOTES.rung })),
  );
}
