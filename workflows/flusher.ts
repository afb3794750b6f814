/**
 * The one flusher of an instance. It keeps what changed until Postgres has it, counts flushes, and says when the store is behind.
 * A flush goes out as one local activity (one history event); when that fails, the same function goes on as an ordinary activity.
 */
import { ActivityFailure, ApplicationFailure, proxyActivities, proxyLocalActivities, sleep } from '@temporalio/workflow';
import type { FlushActivities } from '../activities/flush.ts';
import { concatEffects, isEmpty, NO_EFFECTS } from '../engine/draft.ts';
import { composeFlush } from '../engine/flush-rows.ts';
import type { Effects, Flush, FlushResult } from '../model/flush.ts';
import type { Program } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { FlushMark } from './instance-start.ts';
import { marks } from './marks.ts';

/** One try only: `scheduleToCloseTimeout` does not bound fast local retries, and the ordinary activity takes over. */
const local = proxyLocalActivities<FlushActivities>({ startToCloseTimeout: '3 seconds', retry: { maximumAttempts: 1 } });
/** Until Postgres is back, however long: an accepted command is never given up. */
const patient = proxyActivities<FlushActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
});

/** How long a caller is kept waiting while Postgres is away. */
const PATIENCE = '10 seconds';

export class Flusher {
  #pending: Effects = NO_EFFECTS;
  #dirty = false;
  #full = false;
  #inFlight = false;
  #flushed: FlushMark;
  #behind = false;
  #impatient = false;
  #waiting: Waiting[] = [];
  #program: Program;

  constructor(program: Program, flushed: FlushMark) {
    this.#program = program;
    this.#flushed = flushed;
  }

  /** What is written from now on is read by another program. */
  goOnWith(program: Program): void {
    this.#program = program;
  }

  /** Postgres is away: new commands are refused rather than queued. */
  get isBehind(): boolean {
    return this.#behind;
  }

  get flushed(): FlushMark {
    return this.#flushed;
  }

  get hasPending(): boolean {
    return this.#dirty || this.#inFlight;
  }

  /** Keeps the effects of a step for the next flush. */
  add(effects: Effects): void {
    if (isEmpty(effects)) return;
    this.#pending = concatEffects(this.#pending, effects);
    this.#dirty = true;
  }

  /** The next flush writes every row of the instance over whatever is there. */
  addEverything(): void {
    this.#full = true;
    this.#dirty = true;
  }

  /**
   * Resolves with true once everything added so far is in Postgres, or with false when the caller has waited long enough. Not `condition`, which makes
   * half a dozen promises and is asked again after each activation: this is waited for in every Update.
   */
  settled(): Promise<boolean> | boolean {
    if (!this.hasPending) return true;
    if (this.#impatient) return false;
    const number = this.#flushed.number + (this.#inFlight && this.#dirty ? 2 : 1);
    return new Promise((resolve) => this.#waiting.push({ number, resolve }));
  }

  #tellWaiting(): void {
    const asked = this.#waiting;
    this.#waiting = [];
    for (const each of asked) {
      const isDurable = each.number <= this.#flushed.number;
      if (isDurable || this.#impatient) each.resolve(isDurable);
      else this.#waiting.push(each);
    }
  }

  /** Writes what is pending. Called by the driver's loop only, so that exactly one flush is under way. */
  async flush(snapshot: Snapshot): Promise<void> {
    const { number, digest: previous } = this.#flushed;
    const content = { snapshot, effects: this.#pending, number: number + 1, previous };
    const compose = (full: boolean): Flush => ({ ...composeFlush(this.#program, { ...content, full }), proposedAt: Date.now() });
    let flush = compose(this.#full);
    this.#pending = NO_EFFECTS;
    this.#dirty = false;
    this.#full = false;
    this.#inFlight = true;
    let result: FlushResult | undefined;
    while (result === undefined) {
      try {
        result = this.#behind ? await patient.writeFlush(flush) : await local.writeFlush(flush);
      } catch (failure) {
        // After a restore of Postgres to an earlier instant the rows between are missing: the whole state fills the gap.
        if (isGap(failure)) flush = compose(true);
        else if (this.#behind) throw failure;
        this.#fallBehind();
      }
    }
    this.#behind = false;
    this.#impatient = false;
    this.#inFlight = false;
    this.#flushed = { number: flush.number, digest: flush.digest };
    marks.flushed({ instance: flush.instance, number: flush.number, recorded: result.digest, computed: flush.digest });
    this.#tellWaiting();
    if (result.conflict) this.addEverything();
  }

  #fallBehind(): void {
    if (this.#behind) return;
    this.#behind = true;
    const number = this.#flushed.number;
    void sleep(PATIENCE).then(() => {
      if (!this.#behind || this.#flushed.number !== number) return;
      this.#impatient = true;
      this.#tellWaiting();
    });
  }
}

/** A caller, and the flush that makes what it asked durable. */
interface Waiting {
  readonly number: number;
  readonly resolve: (durable: boolean) => void;
}

function isGap(failure: unknown): boolean {
  return failure instanceof ActivityFailure && failure.cause instanceof ApplicationFailure && failure.cause.type === 'FLUSH_GAP';
}
