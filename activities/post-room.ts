/** Messages out of the outbox: everything for one person at one moment as one text; the leading group's as one list a day. */
import type { Pool } from 'pg';
import { groupBy } from '../model/group.ts';
import type { OutboxMessage } from '../model/flush.ts';
import type { Instant } from '../model/plan.ts';
import { failpoint } from '../platform/failpoint.ts';
import { findListed, markFailed, markSent, type OutboxRow, postponeOutbox, recordDeliveries } from '../store/outbox.ts';
import { findUnions, UNIONS_AT_MOST } from '../store/register.ts';
import type { Run } from '../store/runs.ts';
import { createDateTime } from '../platform/zoned-time.ts';
import type { Channel, Log } from './channel.ts';
import { dailyListOf, type Sendable, textOf } from '../messages/default-text.ts';
import type { PlanShelf } from '../store/plan-shelf.ts';

/** A daily list waits this long (campaign time) after its hour, so that instances whose timers fire a little later are on it. */
const LIST_GATHERS_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

export interface PostRoomParts {
  readonly pool: Pool;
  readonly plans: PlanShelf;
  readonly channels: readonly Channel[];
  readonly log: Log;
}

export type MessageRow = OutboxRow & { readonly payload: OutboxMessage };

export interface PostRoom {
  deliver(rows: readonly MessageRow[], around: { run: Run; now: Instant }): Promise<void>;
}

export function createPostRoom({ pool, plans, channels, log }: PostRoomParts): PostRoom {
  return {
    async deliver(rows, around) {
      for (const [recipient, theirs] of groupBy(rows, ({ payload }) => payload.recipient)) {
        const daily = theirs.filter(({ payload }) => payload.digest === 'daily');
        const others = theirs.filter(({ payload }) => payload.digest !== 'daily');
        if (others.length > 0) await attempt(others, () => post(others, { ...around, recipient }));
        if (daily.length > 0) await attempt(daily, () => list(daily, { ...around, recipient }));
      }
    },
  };

  /** One recipient's trouble stays theirs: it is noted on their rows, and the others go on. */
  async function attempt(rows: readonly MessageRow[], send: () => Promise<void>): Promise<void> {
    try {
      await send();
    } catch (failure) {
      log.warn({ failure: String(failure), rows: rows.length }, 'messages could not be sent; they will be tried again');
      for (const { id, attempt: number } of rows) await markFailed(pool, { id, attempt: number, error: nameOf(failure) });
    }
  }

  async function post(
    rows: readonly MessageRow[],
    { run, now, recipient }: { run: Run; now: Instant; recipient: string },
  ): Promise<void> {
    const plan = await plans.getPlan(run.planHash);
    const dateTime = createDateTime(plan.zone);
    const unionName = plan.messages === undefined ? (id: string) => id : await unionNames(run);
    const compose = (those: readonly MessageRow[]): string => textOf(plan, those.map(sendable), { now, dateTime, unionName });
    await send(rows, { run, now, recipient, compose, at: dateTime(now) });
  }

  /** At most one list a day: what comes after today's has gone waits for tomorrow's. */
  async function list(
    rows: readonly MessageRow[],
    { run, now, recipient }: { run: Run; now: Instant; recipient: string },
  ): Promise<void> {
    const hour = Math.max(...rows.map(({ payload }) => payload.sendAt ?? payload.at));
    const ids = rows.map(({ id }) => id);
    if (now < hour + LIST_GATHERS_MS) return await postponeOutbox(pool, { ids, dueAt: hour + LIST_GATHERS_MS });
    const plan = await plans.getPlan(run.planHash);
    const dateTime = createDateTime(plan.zone);
    const day = dateTime(now).slice(0, 10);
    const listed = await findListed(pool, { run: run.id, day, recipients: [recipient] });
    if (listed.has(recipient)) return await postponeOutbox(pool, { ids, dueAt: now + DAY_MS });
    const unionName = await unionNames(run);
    const compose = (those: readonly MessageRow[]): string => dailyListOf(plan, those.map(sendable), { at: now, unionName });
    await send(rows, { run, now, recipient, compose, at: dateTime(now), digestDay: day });
  }

  async function unionNames(run: Run): Promise<(id: string) => string> {
    const names = new Map((await findUnions(pool, { run: run.id, limit: UNIONS_AT_MOST })).map(({ id, name }) => [id, name]));
    return (id) => names.get(id) ?? id;
  }

  async function send(
    rows: readonly MessageRow[],
    mail: {
      run: Run;
      now: Instant;
      recipient: string;
      compose: (rows: readonly MessageRow[]) => string;
      at: string;
      digestDay?: string;
    },
  ): Promise<void> {
    const { run, now, recipient, compose, at, digestDay } = mail;
    failpoint('before-send');
    for (const channel of channels) {
      const known = await channel.findKnown?.({ run: run.id, recipient, keys: rows.map(keyOf) });
      const fresh = known === undefined ? rows : rows.filter((row) => !known.has(keyOf(row)));
      if (fresh.length > 0) await channel.send({ run: run.id, recipient, text: compose(fresh), at, keys: fresh.map(keyOf) });
      failpoint('after-send');
      await recordDeliveries(
        pool,
        rows.map(({ payload: { claim, purpose } }) => ({
          run: run.id,
          claim,
          channel: channel.name,
          recipient,
          purpose,
          sentAt: now,
          ...(digestDay === undefined ? {} : { digestDay }),
        })),
      );
    }
    await markSent(
      pool,
      rows.map(({ id }) => id),
    );
  }
}

const keyOf = ({ payload }: MessageRow): string => payload.claim;

const sendable = ({ instance, union, payload }: MessageRow): Sendable => ({ instance, union, message: payload });

const nameOf = (failure: unknown): string => (failure instanceof Error ? failure.name : 'unknown failure');
