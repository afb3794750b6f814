/** Gate counts against the rows they count, and against what the campaign and the households of a union have heard. */
import { findGateBalances, type GateBalance } from '../store/books.ts';
import { findMisheard, type GateCount, type Misheard, recountGate } from '../store/gates.ts';
import { gatesOnUnion } from '../model/arrival.ts';
import type { Plan } from '../model/plan.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Discrepancy } from './api.ts';
import type { ClientRoom } from './parts.ts';
import { workflowIdOf } from './workflow-ids.ts';

const GATES_AT_MOST = 500;
const MISHEARD_AT_MOST = 500;
/** A count on its way is no difference: it is looked at again. */
const LOOKS = 6;
const LOOK_AGAIN_MS = 400;

export async function compareGates(
  room: ClientRoom,
  { run, plan, repair }: { run: string; plan: Plan; repair: boolean },
): Promise<Discrepancy[]> {
  let unbalanced: readonly Unbalanced[] = [];
  let misheard: readonly Misheard[] = [];
  for (let look = 1; look <= LOOKS; look += 1) {
    if (look > 1) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    unbalanced = await findUnbalanced(room, run);
    misheard = await findMisheard(room.enginePool, { run, gates: gatesOnUnion(plan), limit: MISHEARD_AT_MOST });
    if (unbalanced.length + misheard.length === 0) return [];
  }
  // Counted again under a version that nobody has heard of; what its rows say then is right.
  if (repair)
    for (const [gate, above] of versionsKnown(unbalanced, misheard)) await recountGate(room.enginePool, { run, gate, above });
  return [
    ...unbalanced.map(({ gate, done, excluded, counted, leftOut, version, sentVersion, heard }) => ({
      kind: 'gate' as const,
      place: `${run}/${gate}`,
      expected: `${inWords({ done: counted, excluded: leftOut }, 'settled')}, version ${Math.max(version, heard)} told`,
      found: `${inWords({ done, excluded }, 'counted')}, version ${sentVersion} told`,
      repaired: repair,
    })),
    ...misheard.map(({ instance, gate, level, heard }) => ({
      kind: 'gate' as const,
      place: `${workflowIdOf({ run, instance })}/${gate}`,
      expected: `${inWords(level, 'settled')} in its union`,
      found: heard === null ? 'nothing heard' : `${inWords(heard, 'settled')} heard`,
      repaired: repair,
    })),
  ];
}

const inWords = ({ done, excluded }: Pick<GateCount, 'done' | 'excluded'>, what: string): string =>
  `${done} ${what}${excluded > 0 ? `, ${excluded} left out` : ''}`;

/** By gate: the highest version that anybody knows. */
function versionsKnown(unbalanced: readonly Unbalanced[], misheard: readonly Misheard[]): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  const take = (gate: string, ...versions: readonly number[]) => known.set(gate, Math.max(known.get(gate) ?? 0, ...versions));
  for (const { gate, version, heard } of unbalanced) take(gate, version, heard);
  for (const { gate, level, heard } of misheard) take(gate, level.version, heard?.version ?? 0);
  return known;
}

interface Unbalanced extends GateBalance {
  /** The version that the campaign has taken. */
  readonly heard: number;
}

async function findUnbalanced({ enginePool, temporal }: ClientRoom, run: string): Promise<Unbalanced[]> {
  const balances = await findGateBalances(enginePool, { run, limit: GATES_AT_MOST });
  if (balances.length === 0) return [];
  const campaign = temporal.workflow.getHandle(workflowIdOf({ run, instance: CAMPAIGN_INSTANCE }));
  // A campaign that has ended or was forgotten hears nothing more.
  const gates = await campaign.query<Snapshot>('snapshot').then(
    (snapshot) => snapshot.gates,
    () => ({}) as Snapshot['gates'],
  );
  return balances
    .map((balance) => ({ ...balance, heard: gates[balance.gate]?.version ?? 0 }))
    .filter(
      ({ done, excluded, counted, leftOut, changed, held, version, sentVersion, heard }) =>
        (changed === 0 && (done !== counted || excluded !== leftOut)) ||
        held > 0 ||
        version !== sentVersion ||
        heard > sentVersion,
    );
}
