/**
 * The one exit: everything that leaves an instance leaves as an outbox row through here, with one retry policy. Messages go to people,
 * commands and admissions to other instances, counted gates to whoever waits at them. Any number of relays may run; leases keep them apart.
 */
import type { Pool } from 'pg';
import { groupBy } from '../model/group.ts';
import { inParallel } from '../model/in-parallel.ts';
import type { OutboxAdmission, OutboxCommand, OutboxCorrection } from '../model/flush.ts';
import type { Instant } from '../model/plan.ts';
import type { PlanShelf } from '../store/plan-shelf.ts';
import { claimGates } from '../store/gates.ts';
import { claimOutbox, markFailed, markSent, type OutboxRow } from '../store/outbox.ts';
import { getRun, type Run } from '../store/runs.ts';
import { campaignNow } from '../model/campaign-now.ts';
import type { BulletinDesk } from './bulletin-desk.ts';
import type { Log } from './channel.ts';
import { createGateCrier } from './gate-crier.ts';
import type { MessageRow, PostRoom } from './post-room.ts';

const BATCH = 200;
const LEASE_MS = 30_000;
/** Commands under way at once, over all instances. */
const WIDTH = 16;

/** What the relay asks of the client. A permanent failure will not get better by trying again. */
export interface Outgoing {
  sendCommand(to: { run: Run; instance: string; claim: string; command: OutboxCommand['command'] }): Promise<void>;
  admit(to: { run: Run; claim: string; admission: OutboxAdmission }): Promise<void>;
  correct(to: { run: Run; instance: string; flush: number; correction: OutboxCorrection }): Promise<void>;
  isPermanent(failure: unknown): boolean;
}

export interface RelayParts {
  readonly pool: Pool;
  readonly postRoom: PostRoom;
  readonly bulletins: BulletinDesk;
  readonly plans: PlanShelf;
  readonly outgoing: Outgoing;
  readonly log: Log;
}

export interface Relay {
  /** Sends what may be sent now; true when there was anything. */
  turn(runs: readonly Run[]): Promise<boolean>;
}

export function createRelay({ pool, postRoom, bulletins, plans, outgoing, log }: RelayParts): Relay {
  const crier = createGateCrier({ pool, plans, outgoing, log, leaseMs: LEASE_MS });
  return {
    async turn(runs) {
      const real = Date.now();
      const byId = new Map(runs.map((run) => [run.id, run]));
      const now = new Map<string, Instant>(runs.map((run) => [run.id, campaignNow(run, real)]));
      const rows = await claimOutbox(pool, { campaignNow: now, limit: BATCH, leaseMs: LEASE_MS });
      for (const [id, theirs] of groupBy(rows, ({ run }) => run)) {
        const run = byId.get(id)!;
        const messages = theirs.filter(({ payload }) => payload.kind === 'message') as MessageRow[];
        await Promise.all([
          postRoom.deliver(messages, { run, now: now.get(id)! }),
          inParallel(
            theirs.filter(({ payload }) => payload.kind !== 'message'),
            { width: WIDTH, work: (row) => pass(run, row) },
          ),
        ]);
      }
      const gates = await claimGates(pool, { limit: BATCH, leaseMs: LEASE_MS });
      const counted = gates.filter(({ run }) => byId.has(run));
      const current = await readAgain(counted.map(({ run }) => run));
      await inParallel(counted, { width: WIDTH, work: (gate) => crier.tell(current.get(gate.run)!, gate) });
      return rows.length + gates.length > 0;
    },
  };

  /** A count may be newer than what was read of its run: whoever is told of it is told at the instant that the clock has reached by now. */
  async function readAgain(ids: readonly string[]): Promise<ReadonlyMap<string, Run>> {
    const runs = await Promise.all([...new Set(ids)].map((id) => getRun(pool, id)));
    return new Map(runs.map((run) => [run.id, run]));
  }

  async function pass(run: Run, { id, instance, flush, attempt, payload }: OutboxRow): Promise<void> {
    try {
      if (payload.kind === 'command')
        await outgoing.sendCommand({ run, instance: payload.to, claim: payload.claim, command: payload.command });
      else if (payload.kind === 'admission') await outgoing.admit({ run, claim: payload.claim, admission: payload });
      else if (payload.kind === 'bulletin') await bulletins.send(payload, { run, now: campaignNow(run, Date.now()) });
      else if (payload.kind === 'correction') await outgoing.correct({ run, instance, flush, correction: payload });
      await markSent(pool, [id]);
    } catch (failure) {
      const permanent = outgoing.isPermanent(failure);
      log.warn({ run: run.id, row: id, attempt, permanent, failure: String(failure) }, 'an outbox row could not be passed on');
      await markFailed(pool, { id, attempt, error: failure instanceof Error ? failure.message : 'unknown failure', permanent });
    }
  }
}
