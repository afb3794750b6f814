import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { writeFlush } from '../../store/flush.ts';
import {
  claimOutbox,
  findListed,
  markFailed,
  markSent,
  type OutboxClaim,
  postponeOutbox,
  recordDeliveries,
  retryFailed,
} from '../../store/outbox.ts';
import { buildFlush, buildMessage, DAY, RUN, SEP_21 } from './flushes.ts';
import { readColumn, readValue, withStore } from './with-store.ts';

const STATES = `select claim || ' ' || state from outbox order by id`;

function claim(db: pg.Pool, changes: Partial<OutboxClaim> = {}) {
  return claimOutbox(db, { campaignNow: new Map([[RUN, SEP_21]]), limit: 100, leaseMs: 60_000, ...changes });
}

/** One flush with a ready message for each claim. */
async function writeMessages(worker: pg.Pool, claims: readonly string[]): Promise<void> {
  await writeFlush(worker, buildFlush({ outbox: claims.map((name) => buildMessage({ claim: name })) }));
}

describe('the outbox', () => {
  it('gives rows in the order they fell due, with their union and payload', () =>
    withStore(async ({ worker }) => {
      await writeFlush(
        worker,
        buildFlush({ outbox: [buildMessage({ claim: 'b', at: SEP_21 }), buildMessage({ claim: 'a', at: SEP_21 - DAY })] }),
      );
      const rows = await claim(worker);
      expect(rows.map(({ payload }) => payload.claim)).toEqual(['a', 'b']);
      expect(rows[0]).toMatchObject({
        run: RUN,
        instance: 'h/2001',
        union: 'xizhen',
        attempt: 1,
        payload: buildMessage({ claim: 'a', at: SEP_21 - DAY }),
      });
    }));

  it('gives two relays at once different rows, and every row to one of them', () =>
    withStore(async ({ worker }) => {
      const names = Array.from({ length: 60 }, (_, index) => `claim-${index}`);
      await writeMessages(worker, names);
      const taken = await Promise.all(Array.from({ length: 6 }, () => claim(worker, { limit: 20 })));
      const claims = taken.flat().map(({ payload }) => payload.claim);
      expect(new Set(claims).size).toBe(claims.length);
      const rest = await claim(worker);
      expect([...claims, ...rest.map(({ payload }) => payload.claim)].sort()).toEqual([...names].sort());
    }));

  it('keeps rows of runs whose clock was not named, and rows due later in campaign time', () =>
    withStore(async ({ worker }) => {
      await writeMessages(worker, ['due']);
      expect(await claim(worker, { campaignNow: new Map([['another-run', SEP_21]]) })).toEqual([]);
      expect(await claim(worker, { campaignNow: new Map([[RUN, SEP_21 - 1]]) })).toEqual([]);
      expect(await claim(worker)).toHaveLength(1);
    }));

  it('gives a row again when its lease ended without an answer', () =>
    withStore(async ({ worker }) => {
      await writeMessages(worker, ['lost']);
      await claim(worker, { leaseMs: 0 });
      expect(await claim(worker)).toMatchObject([{ attempt: 2 }]);
      expect(await claim(worker)).toEqual([]);
    }));

  it('does not let a relay whose lease ended fail the row of its successor', () =>
    withStore(async ({ worker }) => {
      await writeMessages(worker, ['slow']);
      const [first] = await claim(worker, { leaseMs: 0 });
      await claim(worker);
      await markFailed(worker, { id: first!.id, attempt: first!.attempt, error: 'TIMED_OUT', permanent: true });
      expect(await readColumn(worker, STATES)).toEqual(['slow sending']);
    }));

  it('tries a failed row again after a pause', () =>
    withStore(async ({ worker }) => {
      await writeMessages(worker, ['shaky']);
      const [row] = await claim(worker);
      await markFailed(worker, { id: row!.id, attempt: 1, error: 'HTTP_500' });
      expect(await claim(worker)).toEqual([]);
      expect(await readValue(worker, `select state = 'ready' and next_attempt_at > now() from outbox`)).toBe(true);
      await worker.query('update outbox set next_attempt_at = now()');
      expect(await claim(worker)).toMatchObject([{ attempt: 2 }]);
    }));

  it('sets a poisoned row aside after so many attempts, while others go on', () =>
    withStore(async ({ worker }) => {
      await writeMessages(worker, ['poison', 'sound']);
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const rows = await claim(worker, { leaseMs: 0, maxAttempts: 3 });
        const sound = rows.find(({ payload }) => payload.claim === 'sound');
        if (sound !== undefined) await markSent(worker, [sound.id]);
      }
      expect(await claim(worker, { maxAttempts: 3 })).toEqual([]);
      expect(await readColumn(worker, STATES)).toEqual(['poison failed', 'sound sent']);
      expect(await readValue(worker, `select last_error from outbox where state = 'failed'`)).toBe(
        'claimed 3 times, never answered',
      );
    }));

  it('gives a failed row back to the operator', () =>
    withStore(async ({ worker }) => {
      await writeMessages(worker, ['refused']);
      const [row] = await claim(worker);
      await markFailed(worker, { id: row!.id, attempt: 1, error: 'UNKNOWN_RECIPIENT', permanent: true });
      expect(await claim(worker)).toEqual([]);
      expect(await retryFailed(worker, { run: RUN, limit: 10 })).toBe(1);
      expect(await claim(worker)).toMatchObject([{ attempt: 1 }]);
    }));

  it('keeps what quiet hours hold back until they are over', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ outbox: [buildMessage({ sendAt: SEP_21 + 3_600_000 })] }));
      expect(await claim(worker)).toEqual([]);
      expect(await claim(worker, { campaignNow: new Map([[RUN, SEP_21 + 3_600_000]]) })).toHaveLength(1);
    }));

  it('keeps a postponed row until its new instant', () =>
    withStore(async ({ worker }) => {
      await writeMessages(worker, ['listed-tomorrow']);
      const [row] = await claim(worker);
      await postponeOutbox(worker, { ids: [row!.id], dueAt: SEP_21 + DAY });
      expect(await claim(worker)).toEqual([]);
      expect(await claim(worker, { campaignNow: new Map([[RUN, SEP_21 + DAY]]) })).toMatchObject([{ attempt: 1 }]);
    }));
});

describe('a delivery', () => {
  const delivery = {
    run: RUN,
    claim: 'a',
    channel: 'file',
    recipient: 'head-xi',
    purpose: 'escalation',
    digestDay: '2020-09-21',
    sentAt: SEP_21,
  };

  it('is noted once for each claim and channel', () =>
    withStore(async ({ worker }) => {
      await recordDeliveries(worker, [delivery]);
      await recordDeliveries(worker, [delivery, { ...delivery, channel: 'log' }]);
      expect(await readColumn(worker, 'select channel from deliveries order by channel')).toEqual(
        [delivery.channel, 'log'].sort(),
      );
    }));

  it('of a list says that this person has had the list of that day', () =>
    withStore(async ({ worker }) => {
      await recordDeliveries(worker, [delivery]);
      const recipients = ['head-xi', 'head-dong'];
      expect(await findListed(worker, { run: RUN, day: '2020-09-21', recipients })).toEqual(new Set(['head-xi']));
      expect(await findListed(worker, { run: RUN, day: '2020-09-22', recipients })).toEqual(new Set());
    }));
});
