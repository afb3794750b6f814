/** Doing what a file says otherwise than the register of a run, one item after another. What is done is no difference any more: begun again, the rest is done. */
import { randomUUID } from 'node:crypto';
import type { Adjustment, AdjustmentScope } from '../model/adjustment.ts';
import { campaignNow } from '../model/campaign-now.ts';
import { enrolledLater } from '../model/enrolment.ts';
import { inParallel } from '../model/in-parallel.ts';
import type { Roster } from '../model/roster.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';
import {
  admitFiled,
  admitPerson,
  admitSuccessor,
  admitUnion,
  correctPerson,
  markLeft,
  type RegisterChange,
  renameUnion,
} from '../store/register-changes.ts';
import { findInstance } from '../store/instances.ts';
import { countDuties } from '../store/register-reading.ts';
import { countItems } from '../store/revisions.ts';
import { StoreError } from '../store/store-error.ts';
import { adjust, type Adjusted, storeReason } from './adjust.ts';
import { Invalid, Refused } from './client-error.ts';
import type { ClientRoom } from './parts.ts';
import { type PreparedRegister, prepareRegister, type RegisterEntry, type RegisterRequest } from './register.ts';
import { HOUSEHOLDS_AT_MOST } from './start-run.ts';

export interface ApplyRegisterRequest extends RegisterRequest {
  /** In words, for the audit and for those who are concerned; stored sealed. */
  readonly reason: string;
  /** Hash of the difference that was agreed to; anything else is refused. */
  readonly expect?: string;
  readonly onResult?: (result: RegisterResult, progress: { readonly done: number; readonly of: number }) => void;
  /** Ends it between two items. */
  readonly signal?: AbortSignal;
}

/** `pending`: instances take it one after another, without us. `left`: a person decides. `open`: not come to before it was ended. */
export type ResultState = 'done' | 'pending' | 'left' | 'refused' | 'open';

export type RegisterResult = Omit<RegisterEntry, 'does' | 'code' | 'message' | 'remedy'> & {
  readonly state: ResultState;
  readonly code: string | null;
  readonly message: string | null;
  readonly remedy: string | null;
  /** Of what many instances take. */
  readonly revision: number | null;
};

export interface RegisterApplied {
  /** Of the command, and of the stored words. */
  readonly command: string;
  readonly results: readonly RegisterResult[];
}

/** Households put into the register at once. */
const WIDTH = 8;
/** Of several instances that take a revision, none has moved for so long: they go on without us. */
const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 100;

/** @throws as `prepareRegister`; Refused STATE_MOVED when the difference is not the one that was agreed to; Unavailable when a part is away. */
export async function applyRegister(room: ClientRoom, request: ApplyRegisterRequest): Promise<RegisterApplied> {
  const prepared = await prepareRegister(room, request);
  const { run, entries, hash } = prepared;
  if (request.expect !== undefined && request.expect !== hash) {
    throw new Refused({
      code: 'STATE_MOVED',
      message: 'the run or the file has changed since the difference was shown, and this would do something else now',
      remedy: `look at it again; its hash is ${hash} by now`,
    });
  }
  const news = entries.filter(({ kind, does }) => kind === 'household-new' && does !== null).length;
  if (prepared.households + news > HOUSEHOLDS_AT_MOST) {
    throw new Invalid({
      code: 'ROSTER_TOO_LARGE',
      message: `the run would have ${prepared.households + news} households`,
      remedy: `have at most ${HOUSEHOLDS_AT_MOST} in one run`,
    });
  }
  const command = randomUUID();
  const of = { run: run.id, instance: CAMPAIGN_INSTANCE, id: command, person: prepared.person, reason: request.reason };
  await storeReason(room, of);
  return { command, results: await new Applying(room, { request, prepared, command }).all() };
}

interface Applied {
  readonly request: ApplyRegisterRequest;
  readonly prepared: PreparedRegister;
  readonly command: string;
}

type Outcome = Pick<RegisterResult, 'state'> & Partial<Pick<RegisterResult, 'code' | 'message' | 'remedy' | 'revision'>>;

class Applying {
  readonly #room: ClientRoom;
  readonly #of: Applied;
  /** Of the file, by id. */
  readonly #rows: { readonly [K in keyof Roster]: ReadonlyMap<string, Roster[K][number]> };
  readonly #results = new Map<RegisterEntry, RegisterResult>();

  constructor(room: ClientRoom, of: Applied) {
    this.#room = room;
    this.#of = of;
    const { unions, people, households } = of.request.roster;
    this.#rows = { unions: byId(unions), people: byId(people), households: byId(households) };
  }

  async all(): Promise<readonly RegisterResult[]> {
    const { entries } = this.#of.prepared;
    // Whoever is new needs nobody but what comes before: all of one kind may go at once. Others may concern the same instances.
    for (let from = 0; from < entries.length; ) {
      const { kind } = entries[from]!;
      const to = entries.findIndex((entry, index) => index > from && entry.kind !== kind);
      const same = entries.slice(from, to === -1 ? entries.length : to);
      await inParallel(same, { width: kind === 'household-new' ? WIDTH : 1, work: (entry) => this.#one(entry) });
      from += same.length;
    }
    return entries.map((entry) => this.#results.get(entry)!);
  }

  async #one(entry: RegisterEntry): Promise<void> {
    const { signal, onResult } = this.#of.request;
    const outcome = signal?.aborted === true ? ({ state: 'open' } as const) : await this.#do(entry).catch(refusedWith);
    const { kind, id, union, from, to, fields } = entry;
    const nothing = { code: null, message: null, remedy: null, revision: null };
    const result = { kind, id, union, from, to, fields, ...nothing, ...outcome };
    this.#results.set(entry, result);
    onResult?.(result, { done: this.#results.size, of: this.#of.prepared.entries.length });
  }

  async #do(entry: RegisterEntry): Promise<Outcome> {
    switch (entry.does) {
      case null:
        return { state: 'left', code: entry.code, message: entry.message, remedy: entry.remedy };
      case 'admit':
        return await this.#admit(entry);
      case 'correct':
        return await this.#correct(entry);
      case 'hand-over':
        return await this.#handOver(entry);
      case 'move':
        return await this.#move(entry);
      case 'withdraw':
        return await this.#withdraw(entry);
      case 'let-go':
        return await this.#letGo(entry);
    }
  }

  get #change(): RegisterChange {
    const { command, prepared } = this.#of;
    const { run, person, authority } = prepared;
    return { run: run.id, command, author: person, authority, at: campaignNow(run, Date.now()) };
  }

  async #admit({ kind, id }: RegisterEntry): Promise<Outcome> {
    const { enginePool, sealer } = this.#room;
    const { unions, people, households } = this.#rows;
    if (kind === 'union-new') await admitUnion(enginePool, this.#change, unions.get(id)!, sealer);
    else if (kind === 'person-new') await admitPerson(enginePool, this.#change, people.get(id)!, sealer);
    else await admitFiled(enginePool, this.#change, enrolledLater(households.get(id)!), sealer);
    return DONE;
  }

  async #correct({ kind, id }: RegisterEntry): Promise<Outcome> {
    const { enginePool, sealer } = this.#room;
    const { unions, people } = this.#rows;
    if (kind === 'union-details') await renameUnion(enginePool, this.#change, unions.get(id)!);
    else await correctPerson(enginePool, this.#change, people.get(id)!, sealer);
    return DONE;
  }

  /** What they have goes first: a person who has left can be named no more. What was made before is not made twice. */
  async #handOver({ id, to }: RegisterEntry): Promise<Outcome> {
    const { enginePool, sealer } = this.#room;
    const successor = this.#rows.people.get(to!);
    if (successor !== undefined) await admitSuccessor(enginePool, this.#change, { person: successor, of: id, sealer });
    const adjustment = { kind: 'cover', person: id, by: to!, until: null } as const;
    const revision = this.#of.prepared.handedOver.has(id) ? null : await this.#revise({ all: true }, adjustment);
    await markLeft(enginePool, this.#change, { person: id });
    return revision === null ? DONE : await this.#settled(revision);
  }

  /** Where it goes to may have been put into the run just now: what a household finds there is known once it has begun. */
  async #move({ id, to }: RegisterEntry): Promise<Outcome> {
    const run = this.#of.prepared.run.id;
    const instances = [`h/${id}`, `u/${to}`];
    for (const since = Date.now(); ; ) {
      const found = await Promise.all(instances.map((instance) => findInstance(this.#room.enginePool, { run, instance })));
      const planned = found.find((instance) => instance?.status === 'planned');
      if (planned === undefined) break;
      if (this.#of.request.signal?.aborted === true || Date.now() - since > PATIENCE_MS) {
        const message = `'${planned.instance}' has not begun yet`;
        return { state: 'left', code: 'NOT_BEGUN', message, remedy: 'see that a worker runs, then begin again' };
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
    await this.#adjust({ instance: `h/${id}` }, { kind: 'move', to: to! });
    return DONE;
  }

  async #withdraw({ kind, id }: RegisterEntry): Promise<Outcome> {
    if (kind === 'household-gone') {
      await this.#adjust({ instance: `h/${id}` }, { kind: 'withdraw', cause: 'self' });
      return DONE;
    }
    const staying = [...this.#results].find(
      ([entry, { state }]) =>
        state !== 'done' && /^household-(moved|gone)$/.test(entry.kind) && [entry.union, entry.from].includes(id),
    );
    if (staying !== undefined) {
      const message = `'${staying[0].id}' is still of union '${id}', and would leave with it`;
      return { state: 'left', code: 'HOUSEHOLDS_REMAIN', message, remedy: 'settle that first, then begin again' };
    }
    return await this.#settled(await this.#revise({ union: id }, { kind: 'withdraw', cause: 'union' }));
  }

  async #letGo({ id }: RegisterEntry): Promise<Outcome> {
    const { run } = this.#of.prepared;
    const { tasks, posts } = await countDuties(this.#room.enginePool, { run: run.id, person: id });
    if (tasks + posts > 0) {
      const message = `'${id}' has ${tasks} unfinished tasks, and a post in ${posts} instances`;
      const remedy = `say who takes over, then begin again: shigeyi handover ${run.id} --from ${id} --to PERSON`;
      return { state: 'left', code: 'STILL_HAS_WORK', message, remedy };
    }
    await markLeft(this.#room.enginePool, this.#change, { person: id });
    return DONE;
  }

  async #adjust(scope: AdjustmentScope, adjustment: Adjustment): Promise<Adjusted> {
    const { request, prepared } = this.#of;
    const { reason } = request;
    return await adjust(this.#room, { run: prepared.run.id, for: scope, adjustment, reason, person: prepared.person });
  }

  async #revise(scope: AdjustmentScope, adjustment: Adjustment): Promise<number> {
    const made = await this.#adjust(scope, adjustment);
    if ('answer' in made) throw new Error('an adjustment for many was taken as one for one');
    return made.revision.revision;
  }

  /** Waits until everybody has taken it, because what comes next may depend on it. */
  async #settled(revision: number): Promise<Outcome> {
    const run = this.#of.prepared.run.id;
    for (let [left, since] = [Infinity, Date.now()]; ; ) {
      const { pending, refused } = await countItems(this.#room.enginePool, { run, revision });
      if (pending === 0) {
        if (refused === 0) return { state: 'done', revision };
        const message = `${refused} instances could not take it`;
        return { state: 'refused', code: 'ITEMS_REFUSED', message, remedy: `shigeyi revision ${run} ${revision}`, revision };
      }
      if (pending < left) [left, since] = [pending, Date.now()];
      if (this.#of.request.signal?.aborted === true || Date.now() - since > PATIENCE_MS)
        return { state: 'pending', remedy: `it goes on by itself: shigeyi revision ${run} ${revision}`, revision };
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}

const SO_ALREADY: readonly string[] = ['ALREADY_WITHDRAWN', 'THERE_ALREADY'];
const DONE: Outcome = { state: 'done' };

const byId = <T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

/** One item's refusal is its own: the others go on. What is so already is done. Where a part is away, nothing goes on. */
function refusedWith(failure: unknown): Outcome {
  if (failure instanceof Refused) {
    const { code, message, remedy } = failure.refusal;
    return SO_ALREADY.includes(code) ? DONE : { state: 'refused', code, message, remedy };
  }
  if (failure instanceof Invalid || failure instanceof StoreError) {
    const { code, message, remedy } = failure;
    return { state: 'refused', code, message, remedy };
  }
  throw failure;
}
