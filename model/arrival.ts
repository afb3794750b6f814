/** What a household finds at the union that it moves to. The register and the books know it; the household does not. */
import type { GateLevel } from './command.ts';
import { type EnrolledInstance, factsOfUnion, postsAround, type PostHolder } from './enrolment.ts';
import type { Facts, Plan } from './plan.ts';
import type { Snapshot } from './snapshot.ts';

export interface Arrival {
  /** Role → person. */
  readonly posts: Readonly<Record<string, string>>;
  /** Those of the union it leaves who have a post or work with it. */
  readonly left: readonly string[];
  /** What the register says of the union, as far as the plan asks for it. */
  readonly facts: Facts;
  /** How the gates on that union stand; those that have not been counted are left out. */
  readonly gates: Readonly<Record<string, GateLevel>>;
  /** That union stands still. */
  readonly paused: boolean;
}

export interface ArrivalQuestion {
  readonly plan: Plan;
  readonly household: Pick<Snapshot, 'union' | 'roles' | 'tasks'>;
  /** What the register says of the household, with the union that it goes to. */
  readonly entry: EnrolledInstance;
  /** The federation's, and at least those of both unions. */
  readonly people: readonly PostHolder[];
  readonly union: Pick<Snapshot, 'paused'>;
  readonly gates: Readonly<Record<string, GateLevel>>;
}

export function arrivalOf({ plan, household, entry, people, union, gates }: ArrivalQuestion): Arrival {
  const those = new Set(people.filter((person) => person.union === household.union).map(({ id }) => id));
  const own = gatesOnUnion(plan);
  return {
    posts: postsAround(entry, people),
    left: peopleAround(household).filter((person) => those.has(person)),
    facts: factsOfUnion(plan, entry),
    gates: Object.fromEntries(Object.entries(gates).filter(([gate]) => own.includes(gate))),
    paused: union.paused?.causes.includes('union') === true,
  };
}

/** Gates on its union that a household waits at. */
export const gatesOnUnion = ({ tasks }: Pick<Plan, 'tasks'>): readonly string[] =>
  tasks.flatMap(({ scope, gate }) => (scope === 'household' && gate?.of === 'union' ? [gate.id] : []));

/** Everybody who has a post or work there, once each, by id. */
function peopleAround({ roles, tasks }: ArrivalQuestion['household']): readonly string[] {
  const named = Object.values(tasks).flatMap(({ holder, standsFor, owner, reviewer, reviewsFor }) => [
    ...[holder, standsFor, owner],
    ...[reviewer, reviewsFor],
  ]);
  const people = [...Object.values(roles), ...named].filter((person) => typeof person === 'string');
  return [...new Set(people)].sort();
}
