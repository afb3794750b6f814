/** What must hold of a simulated campaign whatever its definition. */
import type { CompiledPlan } from '../../client/api.ts';
import type { OutboxMessage } from '../../model/flush.ts';
import type { Snapshot, TaskState } from '../../model/snapshot.ts';
import { admittedHousehold } from '../../roster/admission.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import type { Findings } from '../../simulator/findings.ts';
import { ALL_IN_TIME, type Habits } from '../../simulator/people.ts';
import { simulate } from '../../simulator/simulate.ts';
import { later, tell } from '../reference/days.ts';
import { compileSpec } from '../reference/play-both.ts';
import { randomSpec } from '../reference/random-spec.ts';
import type { Spec } from '../reference/spec.ts';

const USUAL: Habits = { late: 0.2, never: 0.1, returned: 0.3 };

interface Told {
  readonly instance: string;
  readonly entry: OutboxMessage;
}

interface Played {
  readonly findings: Findings;
  readonly told: readonly Told[];
  readonly last: ReadonlyMap<string, Snapshot>;
}

/** Each a sentence; none when all is as it must be. */
export function faultsOfSimulation(seed: number): readonly string[] {
  const spec = randomSpec(seed);
  const compiled = compileSpec(spec);
  const played = play(compiled, seed, USUAL);
  return [
    ...faultsOfRungs(spec, compiled, played),
    ...faultsOfClaims(played),
    ...(JSON.stringify(played.findings) === JSON.stringify(play(compiled, seed, USUAL).findings)
      ? []
      : ['the same seed came to something else the second time']),
    ...(isSame(played.findings, play(compiled, seed, { ...USUAL, together: true }).findings)
      ? []
      : ['unions played one by one came to something else than all together']),
    ...faultsOfEnds(play(compiled, seed, ALL_IN_TIME)),
  ];
}

function play(
  { plan, programs }: CompiledPlan,
  seed: number,
  { together = false, ...habits }: Habits & { together?: boolean },
): Played {
  const told: Told[] = [];
  const last = new Map<string, Snapshot>();
  const played = simulate({
    ...{ plan, programs, seed, habits, together, admit: admittedHousehold },
    roster: createSampleRoster({ seed, unions: 2, households: 4, earlier: 1 }),
    observer: {
      message: (instance, entry) => void told.push({ instance, entry }),
      stepped: (instance, { after }) => void last.set(instance, after),
    },
  });
  let step = played.next();
  while (step.done !== true) step = played.next();
  return { findings: step.value, told, last };
}

/** Each rung at its own instant, counted by the reference's arithmetic from the deadline that it tells, and never before its task opened. */
function faultsOfRungs(spec: Spec, { plan }: CompiledPlan, { told, last }: Played): readonly string[] {
  const hours = { work: spec.hours?.work ?? [], endOfDay: false };
  return told.flatMap(({ instance, entry }) => {
    if (entry.rung === undefined) return [];
    const { ladder } = plan.tasks.find(({ id }) => id === entry.template)!;
    const { offset, repeat } = spec.ladders[ladder]!.find(({ id }) => id === entry.rung)!;
    const midnight = Math.ceil(entry.deadline / 1000) * 1000;
    const first =
      offset === undefined ? entry.deadline + 1 : later(offset.at === undefined ? midnight : entry.deadline, offset, hours);
    const times = (entry.occurrence ?? 1) - 1;
    const at = times === 0 ? first : later(first, { ...repeat!.every, count: repeat!.every.count * times }, hours);
    const words = `${instance}/${entry.task} ${entry.rung} spoke at ${tell(entry.at)}`;
    return [
      ...(entry.at === at ? [] : [`${words}, and not at ${tell(at)}`]),
      ...(entry.at >= last.get(instance)!.tasks[entry.task]!.openedAt ? [] : [`${words}, before it opened`]),
    ];
  });
}

function faultsOfClaims({ told }: Played): readonly string[] {
  const seen = new Set<string>();
  return told.flatMap(({ entry: { claim } }) => {
    if (seen.has(claim)) return [`${claim} was said twice`];
    seen.add(claim);
    return [];
  });
}

/** Where everybody does their work in time, what is left undone is left by nobody. */
function faultsOfEnds({ last, findings }: Played): readonly string[] {
  const isLeft = ({ status, holder, reviewer }: TaskState): boolean =>
    status === 'inReview' ? reviewer !== null : (status === 'open' || status === 'returned') && holder !== null;
  const left = [...last].flatMap(([instance, { tasks }]) =>
    Object.entries(tasks).flatMap(([key, task]) => (isLeft(task) ? [`${instance}/${key} is ${task.status} in the end`] : [])),
  );
  return findings.unfillable.length > 0 ? [] : left;
}

/** Rungs of a line stand in the order in which they first spoke, which is no finding. */
const isSame = (a: Findings, b: Findings): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = ({ lines, ...findings }: Findings): unknown => ({
  ...findings,
  lines: lines.map(({ escalations, ...line }) => [line, Object.entries(escalations).sort(([a], [b]) => (a < b ? -1 : 1))]),
});
