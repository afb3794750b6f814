/** Two stages that the same scenario was played on: whether everybody would see the same on both. */
import type { DayTable, Facts, Instant } from '../model/plan.ts';
import { momentOf } from './moments.ts';
import { nameOf, type Spoken, type Stage, type StagedTask } from './stage.ts';

/** One thing that stands differently. What is not there at all says nothing. */
export interface StageDifference {
  /** A task, a fact of an instance, or the rungs of a task. */
  readonly what: string;
  readonly expected: readonly string[];
  readonly found: readonly string[];
}

/** What should be, and what is compared with it, both at the same instant. */
export async function compareStages(
  { expected, found }: { readonly expected: Stage; readonly found: Stage },
  days: DayTable,
): Promise<readonly StageDifference[]> {
  const [should, is] = await Promise.all([look(expected, days), look(found, days)]);
  const names = [...new Set([...should.keys(), ...is.keys()])].sort();
  return names.flatMap((what) => {
    const [one, other] = [should.get(what) ?? [], is.get(what) ?? []];
    return one.join('\n') === other.join('\n') ? [] : [{ what, expected: one, found: other }];
  });
}

type Sight = readonly (readonly [what: string, words: readonly string[]])[];

async function look(stage: Stage, days: DayTable): Promise<ReadonlyMap<string, readonly string[]>> {
  const [tasks, facts, spoken] = await Promise.all([stage.tasks(), stage.facts(), stage.spoken()]);
  return new Map([...tasks.map((task) => tellTask(task, days)), ...[...facts].flatMap(tellFacts), ...tellRungs(spoken, days)]);
}

function tellTask(task: StagedTask, days: DayTable): Sight[number] {
  const { status, openedAt, submittedAt, deadline, reviewDeadline, returns, step, holder, reviewer } = task;
  const at = (instant: Instant | null): string => (instant === null ? 'never' : momentOf(days, instant));
  return [
    `'${nameOf(task)}'`,
    [
      `${status}, returned ${returns} times, at step ${step}`,
      `opened ${at(openedAt)}`,
      `handed in ${at(submittedAt)}`,
      `due ${at(deadline)}`,
      `review due ${at(reviewDeadline)}`,
      `held by ${holder ?? 'nobody'}`,
      `reviewed by ${reviewer ?? 'nobody'}`,
    ],
  ];
}

const tellFacts = ([instance, facts]: readonly [string, Facts]): Sight =>
  Object.entries(facts)
    .filter(([, value]) => value !== null)
    .map(([fact, value]) => [`'${fact}' of ${instance}`, [String(value)]]);

function tellRungs(spoken: readonly Spoken[], days: DayTable): Sight {
  const said = new Map<string, string[]>();
  for (const { instance, task, rung, at, recipient } of spoken) {
    const name = `rungs of '${instance}/${task}'`;
    said.set(name, [...(said.get(name) ?? []), `${rung} to ${recipient ?? 'nobody'} at ${momentOf(days, at)}`]);
  }
  return [...said].map(([name, rungs]) => [name, rungs.sort()]);
}
