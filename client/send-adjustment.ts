/** Sending an adjustment to one instance. A move is sent with what is found there at that moment, and its new union's pause is looked at again afterwards. */
import { randomUUID } from 'node:crypto';
import type { Adjustment } from '../model/adjustment.ts';
import { campaignNow } from '../model/campaign-now.ts';
import type { Answer } from '../model/command.ts';
import { findLastSaid } from '../store/revisions.ts';
import type { Run } from '../store/runs.ts';
import { findArrival } from './arrival.ts';
import { findSnapshot } from './authority.ts';
import { Refused } from './client-error.ts';
import { getRunOf } from './lookup.ts';
import type { ClientRoom } from './parts.ts';

export interface OutgoingAdjustment {
  readonly run: Run;
  readonly instance: string;
  /** Of the command. */
  readonly id: string;
  readonly person: string;
  readonly adjustment: Adjustment;
  readonly authority: string;
  /** Id of the stored words. */
  readonly reason: string;
  /** Digest of what was agreed to. */
  readonly expect?: string | undefined;
}

/** @throws Refused, Invalid, Unavailable as `CommandSender.send`, and a move as `Arrivals.find`. */
export async function sendAdjustment(room: ClientRoom, outgoing: OutgoingAdjustment): Promise<Answer> {
  const { run, instance, id, person, adjustment, authority, reason, expect } = outgoing;
  // The looking may lie far behind: before it, others of a bulk have had their turn.
  const arrival =
    adjustment.kind === 'move'
      ? await findArrival(room, { ...(await getRunOf(room, run.id)), household: instance, to: adjustment.to })
      : undefined;
  const answer = await room.sender.send({
    ...{ run: run.id, instance, id },
    by: { person, via: 'cli' },
    body: {
      kind: 'adjust',
      adjustment,
      authority,
      reason,
      ...(expect === undefined ? {} : { expect }),
      ...(arrival && { arrival }),
    },
    steppedTo: steppedTo(run),
  });
  if (adjustment.kind === 'move') await followUnion(room, { run, household: instance, union: adjustment.to });
  return answer;
}

const steppedTo = (run: Run) => (run.clock.kind === 'stepped' ? campaignNow(run, Date.now()) : undefined);

/**
 * A pause of the new union that was given before the household was there is not for it, and may not have been seen in the union either. It is given here
 * by whoever gave it, and so is its end.
 */
export async function followUnion(
  room: ClientRoom,
  { run, household, union }: { run: Run; household: string; union: string },
): Promise<void> {
  const last = await findLastSaid(room.enginePool, { run: run.id, union, kinds: ['pause', 'resume'] });
  const state = await findSnapshot(room, { run, instance: household });
  if (last === undefined || state?.union !== union) return;
  const stands = state.paused?.causes.includes('union') === true;
  if (stands === (last.adjustment.kind === 'pause')) return;
  const { adjustment, authority, author, reason } = last;
  await room.sender
    .send({
      ...{ run: run.id, instance: household, id: randomUUID() },
      by: { person: author, via: 'cli' },
      body: { kind: 'adjust', adjustment, authority, reason },
      steppedTo: steppedTo(run),
    })
    .catch((failure: unknown) => {
      // Somebody else has done it, or it has left by now. The move stands in any case.
      if (!(failure instanceof Refused)) throw failure;
    });
}
