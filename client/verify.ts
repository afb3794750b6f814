/** Do the books balance? Every instance's state in Temporal against Postgres, gate counts against rows, and nothing left lying in the outbox. */
import { inParallel } from '../model/in-parallel.ts';
import { countOutbox, findBrokenTrails, findFlushMarks } from '../store/books.ts';
import { retryFailed } from '../store/outbox.ts';
import type { Discrepancy, Verification } from './api.ts';
import { compareGates } from './compare-gates.ts';
import { compareAtRest, mend } from './compare-instance.ts';
import { getRunOf } from './lookup.ts';
import type { ClientRoom } from './parts.ts';
import { workflowIdOf } from './workflow-ids.ts';

const PAGE = 1_000;
/** Workflows asked at once. */
const WIDTH = 12;
const FOUND_AT_MOST = 500;
const RETRIED_AT_MOST = 10_000;

export async function verifyRun(room: ClientRoom, id: string, { repair }: { repair: boolean }): Promise<Verification> {
  const { plan } = await getRunOf(room, id);
  const discrepancies: Discrepancy[] = [];
  let instances = 0;
  for (let after = ''; ; ) {
    const page = await findFlushMarks(room.enginePool, { run: id, after, limit: PAGE });
    instances += page.length;
    await inParallel(page, {
      width: WIDTH,
      work: async (mark) => {
        const found = await compareAtRest(room, { run: id, mark });
        if (found === undefined) return;
        discrepancies.push(repair ? await mend(room, { run: id, mark }, found) : { ...found, repaired: false });
      },
    });
    if (page.length < PAGE) break;
    after = page.at(-1)!.instance;
  }
  discrepancies.push(
    ...(await compareGates(room, { run: id, plan, repair })),
    ...(await trailsOf(room, id)),
    ...(await outboxOf(room, id, repair)),
  );
  return { run: id, instances, clean: discrepancies.every(({ repaired }) => repaired), discrepancies };
}

async function trailsOf({ enginePool }: ClientRoom, run: string): Promise<Discrepancy[]> {
  const broken = await findBrokenTrails(enginePool, { run, limit: FOUND_AT_MOST });
  return broken.map(({ instance, expected, found, endsRight }) => ({
    kind: 'audit',
    place: workflowIdOf({ run, instance }),
    expected: `${expected} audit rows`,
    found: expected === found && !endsRight ? `${found} that end with another hash` : `${found} audit rows`,
    repaired: false,
  }));
}

async function outboxOf({ enginePool }: ClientRoom, run: string, repair: boolean): Promise<Discrepancy[]> {
  const { failed } = await countOutbox(enginePool, { run });
  if (failed === 0) return [];
  const retried = repair ? await retryFailed(enginePool, { run, limit: RETRIED_AT_MOST }) : 0;
  return [
    { kind: 'outbox', place: run, expected: 'no failed rows', found: `${failed} failed rows`, repaired: retried === failed },
  ];
}
