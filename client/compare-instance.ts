/** One instance as its workflow has it against its rows in Postgres, and mending what differs: history is right. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { findFlushMark, type FlushMarkRow } from '../store/books.ts';
import { quarantineInstance } from '../store/instances.ts';
import type { InstanceReport } from '../workflows/instance-start.ts';
import type { Discrepancy } from './api.ts';
import { Unavailable } from './client-error.ts';
import type { ClientRoom } from './parts.ts';
import { workflowIdOf } from './workflow-ids.ts';

export type Found = Omit<Discrepancy, 'repaired'>;

/** Two stores are never read at one instant: what differs is looked at again, and is a difference when it stands still. */
const LOOKS = 12;
const STANDS_STILL = 5;
const LOOK_AGAIN_MS = 400;
/** A worker that lives answers in milliseconds; one just gone is missed after three seconds, and the question goes to another. */
const ANSWERED_WITHIN_MS = 10_000;
/** An instance that could not write tries again within five seconds, and takes it from there. */
const MENDED_WITHIN_MS = 15_000;

export interface InstanceAt {
  readonly run: string;
  readonly mark: FlushMarkRow;
}

/** What stands between the two; undefined when they agree, or when somebody is at work on it just now. */
export async function compareAtRest(room: ClientRoom, { run, mark: first }: InstanceAt): Promise<Found | undefined> {
  let mark = first;
  let before: Found | undefined;
  let standing = 0;
  for (let look = 1; look <= LOOKS; look += 1) {
    const found = await compare(room, { run, mark });
    if (found === undefined) return undefined;
    standing = found.expected === before?.expected && found.found === before.found ? standing + 1 : 1;
    if (standing === STANDS_STILL) return found;
    before = found;
    await delay(LOOK_AGAIN_MS);
    mark = (await findFlushMark(room.enginePool, { run, instance: mark.instance })) ?? mark;
  }
  return undefined;
}

async function compare({ temporal }: ClientRoom, { run, mark }: InstanceAt): Promise<Found | undefined> {
  const place = workflowIdOf({ run, instance: mark.instance });
  const held = `flush ${mark.number} ${mark.digest ?? '(none)'}, ${mark.status}`;
  const different = (expected: string, found: string): Found => ({ kind: 'instance', place, expected, found });
  const state = await findState(temporal, place);
  // Temporal forgets closed workflows after its retention; the archive in Postgres is what remains.
  if (mark.status === 'closed') {
    return state === undefined || state === 'COMPLETED' ? undefined : different(`a ${state.toLowerCase()} workflow`, held);
  }
  if (state === undefined) return different(held, 'no workflow');
  if (state !== 'RUNNING') return different(held, `a ${state.toLowerCase()} workflow`);
  const { flush, status } = await askReport(temporal, place);
  const same = flush.number === mark.number && flush.digest === mark.digest && !mark.needsFull && !mark.quarantined;
  return same ? undefined : different(`flush ${flush.number} ${flush.digest}, ${status}`, held);
}

/** Undefined when there is no workflow of that id. */
export async function findState(temporal: Client, place: string): Promise<string | undefined> {
  try {
    const { status } = await within(temporal, () => temporal.workflow.getHandle(place).describe());
    return status.name;
  } catch (failure) {
    if (failure instanceof WorkflowNotFoundError) return undefined;
    throw failure;
  }
}

/** By itself a question waits as long as the server lets it; whoever asks has others to ask. */
function within<T>(temporal: Client, ask: () => Promise<T>): Promise<T> {
  return temporal.connection.withDeadline(Date.now() + ANSWERED_WITHIN_MS, ask);
}

/** What the workflow says of itself. */
async function askReport(temporal: Client, place: string): Promise<InstanceReport> {
  return await within(temporal, () => temporal.workflow.getHandle(place).query<InstanceReport>('report'));
}

/** Whether history holds this flush: it has come to that number with that state, or gone past it. */
export function holdsFlush(
  { flush }: Pick<InstanceReport, 'flush'>,
  { number, digest }: { number: number; digest: string | null },
): boolean {
  return flush.number > number || (flush.number === number && flush.digest === digest);
}

/** The same; undefined when there is no workflow. */
export async function findReport(temporal: Client, place: string): Promise<InstanceReport | undefined> {
  try {
    return await askReport(temporal, place);
  } catch (failure) {
    if (failure instanceof WorkflowNotFoundError) return undefined;
    throw failure;
  }
}

/** The instance writes itself again, over rows that are ahead of it as well. What has no running workflow cannot. */
export async function mend(room: ClientRoom, at: InstanceAt, found: Found): Promise<Discrepancy> {
  const { run, mark } = at;
  if ((await findState(room.temporal, found.place)) !== 'RUNNING') return { ...found, repaired: false };
  const { flush } = await askReport(room.temporal, found.place);
  if (mark.number > flush.number || mark.digest !== flush.digest) {
    await quarantineInstance(room.enginePool, { run, instance: mark.instance });
  }
  try {
    const id = `reflush|${mark.instance}|${Date.now().toString(36)}`;
    await room.sender.send({ run, instance: mark.instance, id, by: { system: 'operator' }, body: { kind: 'reflush' } });
  } catch (failure) {
    // One that could not write before goes on trying by itself, and now writes everything.
    if (!(failure instanceof Unavailable)) throw failure;
  }
  return { ...found, repaired: await agrees(room, at) };
}

async function agrees(room: ClientRoom, { run, mark }: InstanceAt): Promise<boolean> {
  const deadline = Date.now() + MENDED_WITHIN_MS;
  for (;;) {
    const now = (await findFlushMark(room.enginePool, { run, instance: mark.instance })) ?? mark;
    if ((await compare(room, { run, mark: now })) === undefined) return true;
    if (Date.now() > deadline) return false;
    await delay(LOOK_AGAIN_MS);
  }
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
