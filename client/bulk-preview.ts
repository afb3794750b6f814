/** What many adjustments would do, one after another: each from the states as those before it leave them. */
import { isFor, isOfPeople } from '../model/adjustment.ts';
import type { Arrival } from '../model/arrival.ts';
import type { Plan } from '../model/plan.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Run } from '../store/runs.ts';
import { findSnapshots } from '../store/snapshots.ts';
import { refuseScope } from './adjust.ts';
import { type Arrivals, createArrivals } from './arrival.ts';
import { checkedWords } from './assigned-words.ts';
import { authorise, type Authorised, readStanding, type Standing } from './authority.ts';
import {
  BULK_AT_MOST,
  bulkIdOf,
  type BulkItem,
  type BulkPreview,
  type BulkRequest,
  type BulkSeen,
  type Complaint,
  commandIdOf,
  hashOfBulk,
  REVISIONS_AT_MOST,
} from './bulk.ts';
import { batchesOf, findKnown, isForOne, type Known, PAGE, type Turn } from './bulk-turns.ts';
import { Invalid, Refused } from './client-error.ts';
import { getRunOf } from './lookup.ts';
import { nothingOpen } from './nothing-open.ts';
import type { ClientRoom } from './parts.ts';
import { createPlanFinder, type OneQuestion, type PreviewItem, previewOne, stateAfter } from './preview-adjustment.ts';
import { instanceOf } from './workflow-ids.ts';

export interface LookedAt extends BulkItem {
  readonly index: number;
  readonly command: string;
  /** Who does it, and as what; as they were named where that could not be found out. */
  readonly author: string;
  readonly authority: string;
  readonly seen: BulkSeen;
  /** One instance has been asked before, and may have taken it: it answers as it did then. */
  readonly isBegun: boolean;
  /** By instance: the digest of what it would do there. */
  readonly digests: ReadonlyMap<string, string>;
}

export interface Look {
  readonly run: Run;
  /** Of the bulk. */
  readonly id: string;
  /** Something was asked under the ids of it before. */
  readonly isKnown: boolean;
  readonly hash: string;
  /** In the order in which they were asked. */
  readonly items: readonly LookedAt[];
}

/** Changes nothing. */
export async function previewBulk(room: ClientRoom, request: BulkRequest): Promise<BulkPreview> {
  const { hash, items } = await lookAtBulk(room, request);
  return { hash, items: items.map(({ seen }) => seen) };
}

interface Scene extends Known {
  readonly run: Run;
  readonly plan: Plan;
  readonly standing: Standing;
  readonly arrivals: Arrivals;
  planAt(revision: number): Promise<Plan>;
}

/** @throws Invalid for an unknown run or too many items, Refused when the run is closed. */
export async function lookAtBulk(room: ClientRoom, request: BulkRequest): Promise<Look> {
  refuseTooMany(request);
  const { run, plan } = await getRunOf(room, request.run);
  if (run.status === 'closed')
    throw new Refused({ code: 'RUN_CLOSED', message: `run '${run.id}' is closed`, remedy: 'nothing more can be done in it' });
  const bulk = bulkIdOf(request);
  const turns = request.items.map((item, index) => ({ ...item, index, command: commandIdOf(bulk, item) }));
  const known = await findKnown(room, { run, turns });
  const scene = {
    ...{ run, plan, ...known, planAt: createPlanFinder(room, run) },
    standing: await readStanding(room, run),
    arrivals: createArrivals(room, {
      run,
      plan,
      households: turns.filter(isForOne).map((turn) => instanceOf(turn.for).slice(2)),
    }),
  };
  const items: LookedAt[] = [];
  for (const batch of batchesOf(turns)) {
    const states = await readStates(room, { scene, batch });
    const last = new Map(batch.map((turn) => [instanceOf(turn.for), turn.index]));
    // Whatever concerns many may concern it later.
    const isAlone = batch.every(isForOne);
    for (const turn of batch) {
      const isLast = isAlone && last.get(instanceOf(turn.for)) === turn.index;
      items[turn.index] = await lookAt(room, { scene, turn, states, isLast });
    }
  }
  return { run, id: bulk, isKnown: known.done.size + known.begun.size > 0, hash: hashOfBulk(items), items };
}

function refuseTooMany({ items }: BulkRequest): void {
  const many = items.filter((item) => !isForOne(item)).length;
  if (items.length <= BULK_AT_MOST && many <= REVISIONS_AT_MOST) return;
  throw new Invalid({
    code: 'BULK_TOO_LARGE',
    message: `${items.length} adjustments are too many at once`,
    remedy: `ask for ${BULK_AT_MOST} at most, and of those that concern many instances each, for ${REVISIONS_AT_MOST}`,
  });
}

/** By instance, as the turns so far leave it. */
type States = Map<string, { readonly snapshot: Snapshot; readonly plan: Plan }>;

async function readStates(
  { enginePool }: ClientRoom,
  { scene: { run, planAt }, batch }: { scene: Scene; batch: readonly Turn[] },
): Promise<States> {
  const among = batch.every(isForOne) ? { among: [...new Set(batch.map((turn) => instanceOf(turn.for)))] } : {};
  const states: States = new Map();
  for (let after = ''; ; ) {
    const page = await findSnapshots(enginePool, { run: run.id, for: { all: true }, ...among, after, limit: PAGE });
    for (const snapshot of page) states.set(snapshot.instance, { snapshot, plan: await planAt(snapshot.revision) });
    if (page.length < PAGE) return states;
    after = page.at(-1)!.instance;
  }
}

interface Looking {
  readonly scene: Scene;
  readonly turn: Turn;
  readonly states: States;
  /** Nothing more is asked of those it is for. */
  readonly isLast: boolean;
}

async function lookAt(room: ClientRoom, { scene, turn, states, isLast }: Looking): Promise<LookedAt> {
  const isBegun = isForOne(turn) && scene.begun.has(turn.command);
  const looked = { ...turn, isBegun, author: turn.person ?? '', authority: '', digests: new Map<string, string>() };
  const adjusted = scene.done.get(turn.command);
  if (adjusted !== undefined) return { ...looked, seen: { state: 'done', adjusted } };
  const concerned = [...states.values()].filter(({ snapshot }) => isFor(turn.for, snapshot));
  if (concerned.length === 0) {
    const refusal = complaintOf(await nothingOpen(room, { run: scene.run.id, scope: turn.for }));
    return { ...looked, seen: { state: 'refused', refusal } };
  }
  const by = authorityIn(scene, { turn, concerned: concerned.map(({ snapshot }) => snapshot) });
  if ('code' in by) return { ...looked, seen: { state: 'refused', refusal: by } };
  const arrival = await arrivalIn(scene, { turn, states, household: concerned[0]?.snapshot });
  if (arrival !== undefined && 'code' in arrival)
    return { ...looked, author: by.person, seen: { state: 'refused', refusal: arrival } };
  const questionOf = (state: { snapshot: Snapshot; plan: Plan }): OneQuestion => ({
    ...{
      run: scene.run,
      person: by.person,
      authority: by.authority,
      for: turn.for,
      adjustment: turn.adjustment,
      turn: turn.index,
    },
    ...state,
    arrival,
  });
  const refusal = await refusesWhole(room, { scene, turn, states, questionOf });
  if (refusal !== undefined) return { ...looked, author: by.person, seen: { state: 'refused', refusal } };
  const touched: PreviewItem[] = [];
  for (const state of concerned) {
    const question = questionOf(state);
    const seen = await previewOne(room, question);
    touched.push(seen);
    if (!isLast && !('refusal' in seen)) states.set(seen.instance, { ...state, snapshot: await stateAfter(room, question) });
  }
  return { ...looked, author: by.person, authority: by.authority, ...seenOf(scene, { turn, touched }) };
}

/** One that is for one is refused as its instance would refuse it; unless it may have it by now, and refuses it for that. */
function seenOf(
  { begun }: Scene,
  { turn, touched }: { turn: Turn; touched: readonly PreviewItem[] },
): Pick<LookedAt, 'seen' | 'digests'> {
  const digests = new Map(touched.flatMap((item) => ('digest' in item ? [[item.instance, item.digest] as const] : [])));
  const [first] = touched;
  if (isForOne(turn) && !begun.has(turn.command) && first !== undefined && 'refusal' in first)
    return { seen: { state: 'refused', refusal: first.refusal }, digests };
  return {
    seen: {
      state: 'previewed',
      touched: touched.filter((item) => 'refusal' in item || item.differences.length + item.posts.length > 0),
    },
    digests,
  };
}

/** What is of people is alike everywhere, and no revision is refused by one instance: the campaign is asked for all of them, unless it has it by now. */
async function refusesWhole(
  room: ClientRoom,
  {
    scene,
    turn,
    states,
    questionOf,
  }: {
    scene: Scene;
    turn: Turn;
    states: States;
    questionOf(state: { snapshot: Snapshot; plan: Plan }): OneQuestion;
  },
): Promise<Complaint | undefined> {
  const isAsked = isOfPeople(turn.adjustment) && !scene.begun.has(turn.command);
  const campaign = isAsked ? states.get(CAMPAIGN_INSTANCE) : undefined;
  if (campaign === undefined) return undefined;
  const seen = await previewOne(room, { ...questionOf(campaign), for: { instance: CAMPAIGN_INSTANCE } });
  return 'refusal' in seen ? seen.refusal : undefined;
}

/** As what they do it, or why they may not. */
function authorityIn(
  { run, plan, standing }: Scene,
  { turn: { for: scope, adjustment, person, words }, concerned }: { turn: Turn; concerned: readonly Snapshot[] },
): Authorised | Complaint {
  const one = 'instance' in scope ? concerned[0] : undefined;
  const union = 'union' in scope ? scope.union : (one?.union ?? undefined);
  try {
    refuseScope({ adjustment, for: scope });
    if (adjustment.kind === 'assign') checkedWords(words);
    return authorise(standing, { run, plan, adjustment, person, union, tasks: one?.tasks ?? {} });
  } catch (failure) {
    return complaintOf(failure);
  }
}

/** What somebody who moves would find there, or why they cannot; undefined for whoever does not move. */
async function arrivalIn(
  { arrivals }: Scene,
  { turn: { adjustment }, states, household }: { turn: Turn; states: States; household: Snapshot | undefined },
): Promise<Arrival | Complaint | undefined> {
  if (adjustment.kind !== 'move') return undefined;
  try {
    const { to } = adjustment;
    return await arrivals.find({ household, to, union: states.get(`u/${to}`)?.snapshot });
  } catch (failure) {
    return complaintOf(failure);
  }
}

function complaintOf(failure: unknown): Complaint {
  if (failure instanceof Refused) return failure.refusal;
  if (failure instanceof Invalid) return { code: failure.code, message: failure.message, remedy: failure.remedy };
  throw failure;
}
