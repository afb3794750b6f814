/** What a household would find at the union that it moves to, from the register and the books. */
import { refusesArrival } from '../engine/moving.ts';
import { type Arrival, arrivalOf, gatesOnUnion } from '../model/arrival.ts';
import { enrolledInstance } from '../model/enrolment.ts';
import type { Plan } from '../model/plan.ts';
import { findLevels } from '../store/gates.ts';
import { findHousehold, findPeople, findUnions } from '../store/register.ts';
import type { Run } from '../store/runs.ts';
import { findSnapshot } from './authority.ts';
import { Invalid, Refused } from './client-error.ts';
import { nothingOpen } from './nothing-open.ts';
import type { ClientRoom } from './parts.ts';

const PEOPLE_AT_MOST = 100_000;
const UNIONS_AT_MOST = 10_000;
/** Gates on unions times unions. */
const LEVELS_AT_MOST = 100_000;

interface ArrivalQuestion {
  readonly run: Run;
  readonly plan: Plan;
  /** `h/<id>`. */
  readonly household: string;
  readonly to: string;
}

/**
 * Undefined when the household has nothing open: then it is refused for that.
 * @throws Invalid for an unknown union, Refused when that union takes part no longer
 */
export async function findArrival(
  room: Pick<ClientRoom, 'enginePool' | 'sealer'>,
  { run, plan, household: instance, to }: ArrivalQuestion,
): Promise<Arrival | undefined> {
  const { enginePool: db } = room;
  const union = await findSnapshot(room, { run, instance: `u/${to}` });
  if (union === undefined) throw await unknownUnion(room, { run: run.id, union: to });
  const refused = refusesArrival(union);
  if (refused !== undefined) throw new Refused(refused);
  const household = await findSnapshot(room, { run, instance });
  if (household === undefined) return undefined;
  const gates = gatesOnUnion(plan);
  const [entry, unions, people, levels] = await Promise.all([
    findHousehold(db, { run: run.id, id: instance.slice(2) }, room.sealer),
    findUnions(db, { run: run.id, limit: UNIONS_AT_MOST }),
    findPeople(db, { run: run.id, limit: PEOPLE_AT_MOST }),
    gates.length === 0 ? [] : findLevels(db, { run: run.id, gates, limit: LEVELS_AT_MOST }),
  ]);
  const theirs = levels.filter((level) => level.union === to);
  return arrivalOf({
    ...{ plan, household, people, union },
    entry: enrolledInstance({ instance, scope: 'household', union: to }, { household: entry, unions }),
    gates: Object.fromEntries(theirs.map(({ gate, union: _of, ...level }) => [gate, level])),
  });
}

/** One that was put into the run just now is none that it does not have. */
async function unknownUnion(
  room: Pick<ClientRoom, 'enginePool'>,
  { run, union }: { run: string; union: string },
): Promise<Invalid> {
  const nothing = await nothingOpen(room, { run, scope: { union } });
  if (nothing.code === 'NOT_BEGUN') return nothing;
  return new Invalid({ code: 'UNKNOWN_UNION', message: `the run has no union '${union}'`, remedy: 'name a union by its id' });
}
