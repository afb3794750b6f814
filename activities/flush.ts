/** The flush: one transaction that makes an activation's rows durable before its Updates are answered. */
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Pool } from 'pg';
import type { Flush, FlushResult } from '../model/flush.ts';
import { failpoint } from '../platform/failpoint.ts';
import { writeFlush } from '../store/flush.ts';
import { StoreError } from '../store/store-error.ts';

export interface FlushActivities {
  /** Safe to repeat: rows are whole, and the flush's number and digest tell a repetition from another state. */
  writeFlush(flush: Flush): Promise<FlushResult>;
}

/** Left of an attempt's time for the answer to travel: a write that begins later might land after the caller has gone on. */
const ANSWER_MS = 500;

export function createFlushActivities({ pool }: { pool: Pool }): FlushActivities {
  return {
    async writeFlush(flush) {
      const { startToCloseTimeoutMs } = Context.current().info;
      try {
        const writing = writeFlush(pool, flush, { notAfter: Date.now() + startToCloseTimeoutMs - ANSWER_MS });
        failpoint('in-flush');
        const result = await writing;
        failpoint('after-commit');
        return result;
      } catch (failure) {
        // A gap is the workflow's to fill, with its whole state; everything else is tried again until Postgres takes it.
        if (failure instanceof StoreError && failure.code === 'FLUSH_GAP')
          throw ApplicationFailure.nonRetryable(failure.message, failure.code);
        throw failure;
      }
    },
  };
}
