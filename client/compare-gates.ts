/** Gate counts against the rows they count, and against what the campaign has heard. */
import { findGateBalances, type GateBalance } from '../store/books.ts';
import { recountGate } from '../store/gates.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Discrepancy } from './api.ts';
import type { ClientRoom } from './parts.ts';
import { CAMPAIGN_INSTANCE, workflowIdOf } from './workflow-ids.ts';

const GATES_AT_MOST = 500;
/** A count on its way is no difference: it is looked at again. */
const LOOKS = 6;
const LOOK_AGAIN_MS = 400;

export async function compareGates(room: ClientRoom, run: string, { repair }: { repair: boolean }): Promise<Discrepancy[]> {
  let unbalanced: readonly Unbalanced[] = [];
  for (let look = 1; look <= LOOKS; look += 1) {
    if (look > 1) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    unbalanced = await findUnbalanced(room, run);
    if (unbalanced.length === 0) return [];
  }
  // Counted again under a version that the campaign has not heard of; what its rows say then is right.
  if (repair)
    for (const { gate, version, heard } of unbalanced)
      await recountGate(room.enginePool, { run, gate, above: Math.max(version, heard) });
  return unbalanced.map(({ gate, done, excluded, counted, leftOut, version, sentVersion, heard }) => ({
    kind: 'gate',
    place: `${run}/${gate}`,
    expected: `${counted} settled${leftOut > 0 ? `, ${leftOut} left out` : ''}, version ${Math.max(version, heard)} told`,
    found: `${done} counted${excluded > 0 ? `, ${excluded} left out` : ''}, version ${sentVersion} told`,
    repaired: repair,
  }));
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
