/**
 * The one driver of all three scopes. The engine decides; here Temporal waits: one command Update, one timer for the next wake, one flusher.
 * Handlers change state synchronously and wait only for their rows to be durable.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineUpdate,
  isCancellation,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { advanceTo, nextWake } from '../engine/advance.ts';
import type { AdjustCommand } from '../engine/adjusting.ts';
import { apply, mustRoll } from '../engine/apply.ts';
import type { Step } from '../engine/draft.ts';
import { enrol } from '../engine/enrol.ts';
import { moveRules, RULES_VERSION } from '../engine/rules-version.ts';
import { refusesUnexpected } from '../engine/preview.ts';
import { refuses } from '../engine/refuses.ts';
import type { Amendment } from '../model/adjustment.ts';
import { campaignTime, waitMs } from '../model/clock.ts';
import type { Command, Refusal } from '../model/command.ts';
import { isPayloadMarker } from '../model/payload-marker.ts';
import type { Instant, Program } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { Flusher } from './flusher.ts';
import {
  COMMAND_UPDATE,
  type CommandAnswer,
  type InstanceReport,
  type InstanceStart,
  REFUSED,
  REPORT_QUERY,
  SNAPSHOT_QUERY,
} from './instance-start.ts';
import { marks } from './marks.ts';

/** Of an amendment, the second argument is the program that the instance goes on with: 32 bytes in history, the program itself in the worker. */
export const commandUpdate = defineUpdate<CommandAnswer, [command: Command, next: NextProgram | undefined]>(COMMAND_UPDATE);
export const reportQuery = defineQuery<InstanceReport>(REPORT_QUERY);
export const snapshotQuery = defineQuery<Snapshot>(SNAPSHOT_QUERY);

/** Temporal takes 2,000 Updates in one history; a new one is begun well before. */
const MAX_UPDATES = 1_800;

class Instance {
  #program: Program;
  /** Hex. */
  #programHash: string;
  readonly #start: InstanceStart;
  readonly #flusher: Flusher;
  #snapshot: Snapshot;
  #updates = 0;
  #rollAsked = false;
  #wakeDue = false;
  #armedAt: Instant | undefined;
  #timer: CancellationScope | undefined;

  constructor(program: Program, start: InstanceStart) {
    this.#program = program;
    this.#programHash = start.programHash;
    this.#start = start;
    refuseNewerRules(start);
    if ('carried' in start) {
      const { snapshot, flushed, rules = snapshot.rulesVersion } = start.carried;
      this.#snapshot = snapshot;
      this.#flusher = new Flusher(program, flushed);
      if (rules !== snapshot.rulesVersion) this.#keep(moveRules(program, snapshot, rules));
    } else {
      this.#flusher = new Flusher(program, { number: 0, digest: '' });
      const { snapshot, effects } = enrol(program, start.enrolment);
      this.#snapshot = snapshot;
      this.#flusher.add(effects);
    }
  }

  #keep({ snapshot, effects }: Step): void {
    this.#snapshot = snapshot;
    this.#flusher.add(effects);
  }

  async run(): Promise<void> {
    setHandler(commandUpdate, (command, next) => this.#take(command, next as Program | undefined), {
      validator: (command, next) => this.#validate(command, next),
    });
    setHandler(reportQuery, () => this.#report());
    setHandler(snapshotQuery, () => this.#snapshot);
    this.#advance();
    while (this.#snapshot.status === 'open' || this.#flusher.hasPending) {
      if (this.#flusher.hasPending) {
        await this.#flusher.flush(this.#snapshot);
        continue;
      }
      if (this.#mustRoll() && allHandlersFinished()) await this.#roll();
      this.#arm();
      await condition(() => this.#flusher.hasPending || this.#wakeDue || (this.#mustRoll() && allHandlersFinished()));
      if (this.#wakeDue) {
        this.#wakeDue = false;
        this.#advance();
      }
    }
    await condition(allHandlersFinished);
  }

  #now(command?: Command): Instant {
    const advancedTo = Math.max(this.#snapshot.advancedTo, command?.steppedTo ?? 0);
    return campaignTime(this.#start.clock, { real: Date.now(), advancedTo });
  }

  #advance(): void {
    this.#keep(advanceTo(this.#program, this.#snapshot, this.#now()));
  }

  /** Refusing here writes no history. Order: known command, store behind, then what the rules say. */
  #validate(command: Command, next: NextProgram | undefined): void {
    if (isPayloadMarker(command) || isUnreadable(next) || isAmendment(command) !== (next !== undefined))
      throw refused(unreadable);
    if (!this.#isKnown(command) && this.#flusher.isBehind) throw refused(behind);
    if (command.kind === 'advanceClock' && this.#start.clock.kind !== 'stepped') throw refused(notStepped);
    const { snapshot } = advanceTo(this.#program, this.#snapshot, this.#now(command));
    const refusal =
      refuses(this.#program, snapshot, command) ??
      refusesUnexpected(this.#program, snapshot, { command, now: this.#now(command), next });
    if (refusal !== undefined) throw refused(refusal);
  }

  #isKnown({ id }: Command): boolean {
    return this.#snapshot.answered.some(({ command }) => command === id);
  }

  async #take(command: Command, next: Program | undefined): Promise<CommandAnswer> {
    this.#updates += 1;
    const known = this.#isKnown(command);
    const { revision } = this.#snapshot;
    if (command.kind === 'roll' && !known && mustRoll(this.#snapshot, command)) this.#rollAsked = true;
    const applied = apply(this.#program, this.#snapshot, { command, now: this.#now(command), next });
    this.#keep(applied);
    if (this.#snapshot.revision > revision && isAmendment(command))
      this.#goOnWith(next!, command.adjustment.programs[next!.scope]);
    if (command.kind === 'reflush') this.#flusher.addEverything();
    const durable = await this.#flusher.settled();
    return { answer: applied.answer, flush: this.#flusher.flushed, durable };
  }

  #goOnWith(program: Program, hash: string): void {
    this.#program = program;
    this.#programHash = hash;
    this.#flusher.goOnWith(program);
  }

  #report(): InstanceReport {
    return {
      flush: this.#flusher.flushed,
      pending: this.#flusher.hasPending,
      status: this.#snapshot.status,
      revision: this.#snapshot.revision,
      rulesVersion: this.#snapshot.rulesVersion,
      advancedTo: this.#snapshot.advancedTo,
      nextWake: nextWake(this.#program, this.#snapshot),
      historyLength: workflowInfo().historyLength,
    };
  }

  /** One timer. A timer that stands earlier than needed is left to fire and is asked again: cancelling it would cost two events. */
  #arm(): void {
    const wake = nextWake(this.#program, this.#snapshot);
    if (wake === null || (this.#armedAt !== undefined && this.#armedAt <= wake)) return;
    const ms = waitMs(this.#start.clock, { campaignNow: this.#now(), at: wake });
    if (ms === undefined) return;
    this.#timer?.cancel();
    this.#armedAt = wake;
    const scope = new CancellationScope();
    this.#timer = scope;
    scope
      .run(() => sleep(ms))
      .then(
        () => {
          this.#armedAt = undefined;
          this.#timer = undefined;
          this.#wakeDue = true;
        },
        (failure: unknown) => {
          if (!isCancellation(failure)) throw failure;
        },
      );
  }

  #mustRoll(): boolean {
    return (
      this.#snapshot.status === 'open' &&
      (this.#rollAsked || workflowInfo().continueAsNewSuggested || this.#updates >= MAX_UPDATES)
    );
  }

  /** A new history with the same state; with this worker's rules only when it was asked for. The hash stands in for the program; the codec puts it back. */
  async #roll(): Promise<never> {
    marks.rolling();
    const { clock } = this.#start;
    const programHash = this.#programHash;
    const carried = {
      snapshot: this.#snapshot,
      flushed: this.#flusher.flushed,
      ...(this.#rollAsked ? { rules: RULES_VERSION } : {}),
    };
    const start: InstanceStart = { programHash, clock, carried };
    return await continueAsNew(bytesOf(programHash), start);
  }
}

type NextProgram = Program | Uint8Array;
type AmendCommand = AdjustCommand & { readonly adjustment: Amendment };

const isUnreadable = (next: NextProgram | undefined): next is Uint8Array => next instanceof Uint8Array || isPayloadMarker(next);

const isAmendment = (command: Command): command is AmendCommand =>
  command.kind === 'adjust' && command.adjustment.kind === 'amend';

/** Rules that this code does not have cannot be gone by. The workflow task fails, and is given to others until one has them. */
function refuseNewerRules(start: InstanceStart): void {
  const version =
    'carried' in start ? (start.carried.rules ?? start.carried.snapshot.rulesVersion) : (start.enrolment.rulesVersion ?? 1);
  if (version <= RULES_VERSION) return;
  throw new Error(`the instance goes by version ${version} of the rules, and this worker has version ${RULES_VERSION} at most`);
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));
}

function refused(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.create({ type: REFUSED, message: refusal.code, nonRetryable: true, details: [refusal] });
}

const unreadable: Refusal = {
  code: 'MALFORMED_COMMAND',
  message: 'the command was not encrypted with a key of this system',
  remedy: 'send it through the client',
};
const behind: Refusal = {
  code: 'STORE_BEHIND',
  message: 'the database cannot be reached just now',
  remedy: 'try again with the same command id',
};
const notStepped: Refusal = {
  code: 'CLOCK_NOT_STEPPED',
  message: 'the clock of this run goes by itself',
  remedy: 'only a run started with a stepped clock can be advanced',
};

/** Runs one instance until its run closes. `program` arrives as 32 bytes in history and as the program itself in the worker. */
export async function runInstance(program: Program | Uint8Array, start: InstanceStart): Promise<void> {
  if (program instanceof Uint8Array || isPayloadMarker(program) || isPayloadMarker(start)) {
    throw ApplicationFailure.nonRetryable('the start could not be read: it was not sent through the client', 'UNREADABLE_START');
  }
  await new Instance(program, start).run();
}
