/** Doing many adjustments: those of one instance in their order, instances side by side, and whatever concerns many by itself. */
import { setTimeout as delay } from 'node:timers/promises';
import { withWords } from '../model/adjustment.ts';
import { campaignNow } from '../model/campaign-now.ts';
import { groupBy } from '../model/group.ts';
import { inParallel } from '../model/in-parallel.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';
import { countItems, createRevision, findRevisionOf, type Revision, retryItems } from '../store/revisions.ts';
import type { Run } from '../store/runs.ts';
import { storeWords } from './adjust.ts';
import type { BulkOutcome, BulkRequest, BulkWatch } from './bulk.ts';
import type { Look, LookedAt } from './bulk-preview.ts';
import { lookAgain } from './bulk-rounds.ts';
import { isForOne, sumOf } from './bulk-turns.ts';
import { Invalid, Refused, Unavailable } from './client-error.ts';
import type { ClientRoom } from './parts.ts';
import { itemsOf } from './revision-items.ts';
import { followUnion, sendAdjustment } from './send-adjustment.ts';
import { unavailable } from './unreachable.ts';
import { instanceOf } from './workflow-ids.ts';

/** Instances that are asked at once. */
const WIDTH = 16;
/** Of one command, while Postgres is away for its instance. Where Temporal is away, the sender has tried often enough. */
const ATTEMPTS = 3;
const AGAIN_MS = 1_000;
const LOOK_AGAIN_MS = 200;

/**
 * Does what was agreed to, or all of it when nothing is expected. Every item comes to an outcome, in the order in which they were asked.
 * @throws Refused (STATE_MOVED) before anything is done.
 */
export async function applyBulk(room: ClientRoom, request: BulkRequest, watch: BulkWatch): Promise<readonly BulkOutcome[]> {
  const look = await lookAgain(room, request);
  refuseMoved(look, request);
  watch.onNamed?.(look.id);
  const outcomes: BulkOutcome[] = [];
  const settle = (outcome: BulkOutcome): BulkOutcome => {
    outcomes[outcome.index] = outcome;
    watch.onSettled(outcome);
    return outcome;
  };
  for (const item of look.items) if (!isDue(item)) settle(outcomeOfSeen(item));
  const due = look.items.filter(isDue);
  const expects = request.expect !== undefined;
  // Where a part does not answer, those that come next would only wait for it as long.
  let lost = false;
  await inParallel(lanesOf(due), {
    width: WIDTH,
    async work(lane) {
      for (const item of lane) {
        if (lost || watch.signal.aborted) settle(item.seen.state === 'done' ? outcomeOfSeen(item) : leftOut(item));
        else if (settle(await take(room, { run: look.run, item, expects, signal: watch.signal })).state === 'unanswered')
          lost = true;
      }
    },
  });
  return outcomes;
}

/** Whoever asked for a move the first time may have been ended before its new union was looked at. */
const isDue = ({ seen, adjustment }: LookedAt): boolean =>
  seen.state === 'previewed' || (seen.state === 'done' && adjustment.kind === 'move');

const lanesOf = (due: readonly LookedAt[]): readonly (readonly LookedAt[])[] =>
  due.every(isForOne) ? [...groupBy(due, (item) => instanceOf(item.for)).values()] : [due];

/** Nothing is left to be done of a bulk that was asked again: then it does not matter what else would be. */
function refuseMoved({ hash, items }: Look, { expect }: BulkRequest): void {
  const left = items.filter(({ seen, isBegun }) => seen.state === 'previewed' && !isBegun).length;
  if (expect === undefined || expect === hash || left === 0) return;
  const done = items.filter(({ seen }) => seen.state === 'done').length;
  throw new Refused({
    code: 'STATE_MOVED',
    message:
      done === 0
        ? 'the run has changed since the preview, and this would do something else now'
        : `${done} of ${items.length} are done, and of the rest nothing was agreed to`,
    remedy: `look at the preview again${done === 0 ? '' : ' with the same --id'}; its hash is ${hash} by now`,
  });
}

function outcomeOfSeen({ index, command, seen }: LookedAt): BulkOutcome {
  if (seen.state === 'done') return { index, command, state: 'done', adjusted: seen.adjusted };
  const { code, message } = (seen as Extract<LookedAt['seen'], { state: 'refused' }>).refusal;
  return { index, command, state: 'refused', code, message };
}

const leftOut = ({ index, command }: LookedAt): BulkOutcome => ({
  ...{ index, command, state: 'left', code: 'TURN_NOT_COME' },
  message: 'it ended before this one came to its turn',
});

interface Taking {
  readonly run: Run;
  readonly item: LookedAt;
  /** Whether it is done as it was seen, or not at all. */
  readonly expects: boolean;
  readonly signal: AbortSignal;
}

async function take(room: ClientRoom, taking: Taking): Promise<BulkOutcome> {
  const { index, command } = taking.item;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await (isForOne(taking.item) ? send(room, taking) : revise(room, taking));
    } catch (failure) {
      if (failure instanceof Refused) return { index, command, state: 'refused', ...said(failure.refusal) };
      if (failure instanceof Invalid) return { index, command, state: 'refused', ...said(failure) };
      const away = failure instanceof Unavailable ? failure : unavailable(failure);
      if (away === undefined) throw failure;
      if (away.code === 'TEMPORAL_UNREACHABLE' || attempt === ATTEMPTS || taking.signal.aborted)
        return { index, command, state: 'unanswered', ...said(away) };
      await delay(AGAIN_MS);
    }
  }
}

const said = ({ code, message }: { readonly code: string; readonly message: string }) => ({ code, message });

async function send(room: ClientRoom, { run, item, expects }: Taking): Promise<BulkOutcome> {
  const { index, command, authority, author, digests, adjustment: asked } = item;
  const instance = instanceOf(item.for);
  if (item.seen.state === 'done') {
    if (asked.kind === 'move') await followUnion(room, { run, household: instance, union: asked.to });
    return outcomeOfSeen(item);
  }
  await storeWords(room, { run: run.id, instance, id: command, person: author, request: item });
  const { adjusted = 0 } = await sendAdjustment(room, {
    ...{
      run,
      instance,
      id: command,
      person: author,
      adjustment: withWords(asked, command),
      authority,
      reason: command,
    },
    expect: expects ? (digests.get(instance) ?? '') : undefined,
  });
  return { index, command, state: 'done', adjusted };
}

/** The worker goes through its instances; asked again, it goes through those that refused. */
async function revise(room: ClientRoom, { run, item, expects, signal }: Taking): Promise<BulkOutcome> {
  const { index, command } = item;
  const { revision } = (await again(room, { run, item, expects })) ?? (await begin(room, { run, item, expects }));
  for (;;) {
    const { pending } = await countItems(room.enginePool, { run: run.id, revision });
    if (pending === 0) break;
    if (signal.aborted)
      return {
        index,
        command,
        state: 'pending',
        code: 'INTERRUPTED',
        message: `revision ${revision} goes on without this command`,
      };
    await delay(LOOK_AGAIN_MS);
  }
  const items = await itemsOf(room, { run: run.id, revision });
  const refused = items.filter(({ state }) => state === 'refused');
  const [first] = refused;
  if (first === undefined) return { index, command, state: 'done', adjusted: sumOf(items) };
  const where = `${refused.length} of ${items.length} instances of revision ${revision} refused it, ${first.instance} first`;
  return { index, command, state: 'refused', code: first.code ?? '', message: `${where}: ${first.message ?? ''}` };
}

async function again(room: ClientRoom, { run, item, expects }: Omit<Taking, 'signal'>): Promise<Revision | undefined> {
  const known = await findRevisionOf(room.enginePool, { run: run.id, command: item.command });
  const retry = { run: run.id, revision: known?.revision ?? 0, expects: expects ? item.digests : new Map<string, string>() };
  if (known !== undefined) await retryItems(room.enginePool, retry);
  return known;
}

async function begin(room: ClientRoom, { run, item, expects }: Omit<Taking, 'signal'>): Promise<Revision> {
  const { command, adjustment, authority, author, digests } = item;
  await storeWords(room, { run: run.id, instance: CAMPAIGN_INSTANCE, id: command, person: author, request: item });
  const asked = {
    run: run.id,
    command,
    for: item.for,
    adjustment,
    authority,
    author,
    reason: command,
    at: campaignNow(run, Date.now()),
  };
  return await createRevision(room.enginePool, asked, expects ? { expects: digests } : {});
}
