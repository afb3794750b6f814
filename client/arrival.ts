/** What a household would find at the union that it moves to, from the register and the books. */
import { refusesArrival } from '../engine/moving.ts';
import { type Arrival, arrivalOf, gatesOnUnion } from '../model/arrival.ts';
import { enrolledInstance } from '../model/enrolment.ts';
import type { Plan } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { findLevels } from '../store/gates.ts';
import { findHouseholds, findPeople, findUnions, PEOPLE_AT_MOST, UNIONS_AT_MOST } from '../store/register.ts';
import { findLastSaid } from '../store/revisions.ts';
import type { Run } from '../store/runs.ts';
import { findSnapshot } from './authority.ts';
import { Invalid, Refused } from './client-error.ts';
import { nothingOpen } from './nothing-open.ts';
import type { ClientRoom } from './parts.ts';

/** Gates on unions times unions. */
const LEVELS_AT_MOST = 100_000;

type Room = Pick<ClientRoom, 'enginePool'>;

export interface ArrivalQuestion {
  /** As it stands before it moves; undefined when it has nothing open. */
  readonly household: Snapshot | undefined;
  readonly to: string;
  /** As what is looked at before leaves it; as it stands, if left out. */
  readonly union?: Snapshot | undefined;
}

export interface Arrivals {
  /**
   * Undefined when the household has nothing open: then it is refused for that.
   * @throws Invalid for an unknown union, Refused when that union takes part no longer, or is told to leave
   */
  find(question: ArrivalQuestion): Promise<Arrival | undefined>;
}

interface Movers {
  readonly run: Run;
  readonly plan: Plan;
  /** Ids of all who may move. */
  readonly households: readonly string[];
  /** All unions that any of them comes from or goes to; left out, any. */
  readonly around?: readonly string[];
}

/** The register, the gates and each union are read once, when they are asked for, however many move. */
export function createArrivals(room: Room, movers: Movers): Arrivals {
  const { run, plan } = movers;
  const unions = new Map<string, Promise<Union>>();
  let read: Promise<Register> | undefined;
  return {
    async find({ household, to, union: seen }) {
      const there = unions.get(to) ?? readUnion(room, { run, union: to });
      unions.set(to, there);
      const { state, leavesAt } = await there;
      const union = seen ?? state;
      if (union === undefined) throw await unknownUnion(room, { run: run.id, union: to });
      const refused = refusesArrival(union, leavesAt);
      if (refused !== undefined) throw new Refused(refused);
      if (household === undefined) return undefined;
      read ??= readRegister(room, movers);
      const { entries, unions: registered, people, levels } = await read;
      const { instance } = household;
      const theirs = levels.filter((level) => level.union === to);
      return arrivalOf({
        ...{ plan, household, people, union },
        entry: enrolledInstance(
          { instance, scope: 'household', union: to },
          { household: entries.get(instance.slice(2)), unions: registered },
        ),
        gates: Object.fromEntries(theirs.map(({ gate, union: _of, ...level }) => [gate, level])),
      });
    },
  };
}

interface Union {
  readonly state: Snapshot | undefined;
  /** The last revision that says whether it takes part, if that tells it to leave; it may have come to that long ago. */
  readonly leavesAt: number | undefined;
}

async function readUnion(room: Room, { run, union }: { run: Run; union: string }): Promise<Union> {
  // Asked first: whatever is taken in between is in the state.
  const last = await findLastSaid(room.enginePool, { run: run.id, union, kinds: ['withdraw', 'readmit'] });
  const state = await findSnapshot(room, { run, instance: `u/${union}` });
  return { state, leavesAt: last?.adjustment.kind === 'withdraw' ? last.revision : undefined };
}

/** What one household finds there as things stand; of the register only whoever is around both unions is read. @throws as `Arrivals.find` */
export async function findArrival(
  room: Room,
  { run, plan, household: instance, to }: { run: Run; plan: Plan; household: string; to: string },
): Promise<Arrival | undefined> {
  const household = await findSnapshot(room, { run, instance });
  const around = [to, household?.union].filter((union) => typeof union === 'string');
  return await createArrivals(room, { run, plan, households: [instance.slice(2)], around }).find({ household, to });
}

type Register = Awaited<ReturnType<typeof readRegister>>;

async function readRegister({ enginePool: db }: Room, { run: { id: run }, plan, households, around }: Movers) {
  const gates = gatesOnUnion(plan);
  const [entries, unions, people, levels] = await Promise.all([
    findHouseholds(db, { run, ids: households, limit: households.length }),
    findUnions(db, { run, limit: UNIONS_AT_MOST }),
    findPeople(db, { run, around, limit: PEOPLE_AT_MOST }),
    gates.length === 0 ? [] : findLevels(db, { run, gates, unions: around, limit: LEVELS_AT_MOST }),
  ]);
  return { entries: new Map(entries.map((entry) => [entry.id, entry])), unions, people, levels };
}

/** One that was put into the run just now is none that it does not have. */
async function unknownUnion(room: Room, { run, union }: { run: string; union: string }): Promise<Invalid> {
  const nothing = await nothingOpen(room, { run, scope: { union } });
  if (nothing.code === 'NOT_BEGUN') return nothing;
  return new Invalid({ code: 'UNKNOWN_UNION', message: `the run has no union '${union}'`, remedy: 'name a union by its id' });
}
