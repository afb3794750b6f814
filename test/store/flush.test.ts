import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import type { Flush } from '../../model/flush.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { confirmFlushes } from '../../store/confirm.ts';
import { writeFlush } from '../../store/flush.ts';
import { findArchive } from '../../store/instances.ts';
import {
  buildAnswer,
  buildAudit,
  buildFlush,
  buildMessage,
  buildOutboxCommand,
  buildTask,
  DAY,
  HOUSEHOLD,
  RUN,
  SEP_21,
} from './flushes.ts';
import { readColumn, readValue, withStore } from './with-store.ts';

const CLAIMS = 'select claim from outbox order by id';
const VALID_AUDIT = `select a.kind from audit a join flushes f on f.run_id = a.run_id and f.instance = a.instance
                       and f.number = a.flush_number and f.digest = a.flush_digest order by a.seq`;

describe('a flush', () => {
  it('writes the instance, its tasks, audit, outbox and answers together', () =>
    withStore(async ({ worker }) => {
      const result = await writeFlush(
        worker,
        buildFlush({
          tasks: [buildTask({ held: { facts: { outcome: 'lifted' }, rows: [] } })],
          audit: [buildAudit(), buildAudit({ kind: 'rungPassed', detail: { rung: 'first' } })],
          outbox: [buildMessage()],
          answers: [buildAnswer()],
        }),
      );
      expect(result).toEqual({ number: 1, digest: 'state-1', conflict: false });
      const { rows } = await worker.query(
        'select status, flush_number, flush_digest, advanced_to, next_wake, facts, roles, audit_seq from instances',
      );
      expect(rows).toEqual([
        {
          status: 'open',
          flush_number: 1,
          flush_digest: 'state-1',
          advanced_to: SEP_21,
          next_wake: SEP_21 + DAY,
          facts: { outcome: null },
          roles: { cadre: 'cadre-wu' },
          audit_seq: 2,
        },
      ]);
      expect(await readValue(worker, 'select held from tasks')).toEqual({ facts: { outcome: 'lifted' }, rows: [] });
      expect(await readColumn(worker, 'select kind from audit order by seq')).toEqual(['taskOpened', 'rungPassed']);
      expect(await readValue(worker, 'select payload from outbox')).toEqual(buildMessage());
      expect(await readValue(worker, 'select answer from commands')).toEqual(buildAnswer());
    }));

  it('written twice changes nothing and gives the same answer', () =>
    withStore(async ({ worker }) => {
      const flush = buildFlush({
        tasks: [buildTask()],
        audit: [buildAudit()],
        outbox: [buildMessage()],
        answers: [buildAnswer()],
      });
      const first = await writeFlush(worker, flush);
      const before = await worker.query('select i.*, t.changed_in::text from instances i join tasks t on t.instance = i.id');
      expect(await writeFlush(worker, flush)).toEqual(first);
      const after = await worker.query('select i.*, t.changed_in::text from instances i join tasks t on t.instance = i.id');
      expect(after.rows).toEqual(before.rows);
      expect(await readValue(worker, 'select count(*) from audit')).toBe(1);
      expect(await readValue(worker, 'select count(*) from outbox')).toBe(1);
    }));

  it('written twice at the same moment is written once', () =>
    withStore(async ({ worker }) => {
      const flush = buildFlush({
        tasks: [buildTask()],
        audit: [buildAudit()],
        outbox: [buildMessage()],
        answers: [buildAnswer()],
      });
      const results = await Promise.all(Array.from({ length: 8 }, () => writeFlush(worker, flush)));
      expect(new Set(results.map(({ conflict }) => conflict))).toEqual(new Set([false]));
      expect(await readValue(worker, 'select count(*) from audit')).toBe(1);
    }));

  it('of an earlier number with the digest it had is taken for a repetition', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ tasks: [buildTask()] }));
      await writeFlush(worker, buildFlush({ number: 2, tasks: [buildTask({ status: 'done' })] }));
      expect(await writeFlush(worker, buildFlush({ tasks: [buildTask()] }))).toMatchObject({ conflict: false });
      expect(await readValue(worker, 'select status from tasks')).toBe('done');
    }));

  it('of an earlier number with another digest is refused and changes nothing', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush());
      await writeFlush(worker, buildFlush({ number: 2 }));
      await expect(writeFlush(worker, buildFlush({ digest: 'other', tasks: [buildTask()] }))).rejects.toMatchObject({
        code: 'FLUSH_BEHIND',
      });
      expect(await readValue(worker, 'select flush_digest from instances')).toBe('state-2');
      expect(await readValue(worker, 'select count(*) from tasks')).toBe(0);
    }));

  it('that leaves a gap is refused until it carries the whole state', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ tasks: [buildTask({ key: 'gone' })] }));
      const flush = buildFlush({ number: 4, tasks: [buildTask()] });
      await expect(writeFlush(worker, flush)).rejects.toMatchObject({ code: 'FLUSH_GAP' });
      expect(await readValue(worker, 'select flush_number from instances')).toBe(1);
      expect(await writeFlush(worker, { ...flush, full: true })).toMatchObject({ conflict: false });
      expect(await readColumn(worker, 'select key from tasks')).toEqual(['visit']);
    }));

  it('written in full replaces every task of its instance and of no other', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ instance: 'h/2002', tasks: [buildTask({ key: 'neighbour' })] }));
      await writeFlush(worker, buildFlush({ tasks: [buildTask({ key: 'old' }), buildTask({ key: 'kept' })] }));
      await writeFlush(
        worker,
        buildFlush({ number: 2, full: true, tasks: [buildTask({ key: 'kept', status: 'done' }), buildTask({ key: 'new' })] }),
      );
      expect(await readColumn(worker, `select key || ' ' || status from tasks order by key`)).toEqual([
        'kept done',
        'neighbour open',
        'new open',
      ]);
    }));

  it('takes away the rows of tasks that wait again, of its instance and of no other', () =>
    withStore(async ({ worker }) => {
      const other = 'h/h-002';
      await writeFlush(worker, buildFlush({ instance: other, tasks: [buildTask()] }));
      await writeFlush(worker, buildFlush({ tasks: [buildTask(), buildTask({ key: 'other' })] }));
      await writeFlush(
        worker,
        buildFlush({ number: 2, previous: 'state-1', digest: 'state-2', tasks: [], gone: [buildTask().key] }),
      );
      expect(await readColumn(worker, `select key from tasks where instance = '${HOUSEHOLD}'`)).toEqual(['other']);
      expect(await readColumn(worker, `select key from tasks where instance = '${other}'`)).toEqual([buildTask().key]);
    }));

  it('is not written after its caller stopped waiting', () =>
    withStore(async ({ worker }) => {
      await expect(writeFlush(worker, buildFlush(), { notAfter: Date.now() - 1 })).rejects.toMatchObject({
        code: 'FLUSH_EXPIRED',
      });
      expect(await readValue(worker, 'select count(*) from instances')).toBe(0);
    }));

  it('that names one task or one gate twice is taken once', () =>
    withStore(async ({ worker }) => {
      await writeFlush(
        worker,
        buildFlush({
          tasks: [buildTask(), buildTask()],
          gates: [
            { gate: 'all-visited', settled: false },
            { gate: 'all-visited', settled: true },
          ],
        }),
      );
      expect(await readValue(worker, 'select settled from gate_items')).toBe(true);
    }));

  it('keeps the row of a claim that is already there', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ outbox: [buildMessage({ at: SEP_21 })] }));
      await writeFlush(worker, buildFlush({ number: 2, outbox: [buildMessage({ at: SEP_21 + DAY })] }));
      expect(await readColumn(worker, 'select at from outbox')).toEqual([SEP_21]);
    }));

  it('that moves the household to another union takes its rows along', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ tasks: [buildTask()], gates: [{ gate: 'all-visited', settled: true }] }));
      await writeFlush(worker, buildFlush({ number: 2, union: 'dongzhen' }));
      expect(await readColumn(worker, 'select union_id from tasks union all select union_id from gate_items')).toEqual([
        'dongzhen',
        'dongzhen',
      ]);
    }));

  it('that closes its instance stores the archive', () =>
    withStore(async ({ worker }) => {
      const archive = { run: RUN, instance: HOUSEHOLD, status: 'closed' } as unknown as Snapshot;
      await writeFlush(worker, buildFlush());
      await writeFlush(worker, buildFlush({ number: 2, status: 'closed', nextWake: null, archive }));
      expect(await findArchive(worker, { run: RUN, instance: HOUSEHOLD })).toEqual(archive);
      expect(await readValue(worker, 'select status from instances')).toBe('closed');
    }));

  it('of an instance that stays open leaves no archive', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush());
      expect(await findArchive(worker, { run: RUN, instance: HOUSEHOLD })).toBeUndefined();
    }));
});

describe('another state under the same number', () => {
  const lost = buildFlush({
    digest: 'lost',
    tasks: [buildTask({ status: 'done' })],
    audit: [buildAudit({ kind: 'taskCompleted', command: 's-1' })],
    outbox: [buildOutboxCommand(), buildMessage({ claim: 'only-in-the-lost-state' })],
    gates: [{ gate: 'all-visited', settled: true }],
    answers: [buildAnswer()],
  });
  const held = buildFlush({
    digest: 'held',
    tasks: [buildTask({ status: 'open' })],
    audit: [buildAudit({ kind: 'taskOpened' })],
  });

  it('supersedes it: unsent rows and answers are gone, and the audit says which digest is void', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, lost);
      expect(await writeFlush(worker, held)).toEqual({ number: 1, digest: 'held', conflict: true });
      expect(await readColumn(worker, CLAIMS)).toEqual([]);
      expect(await readValue(worker, 'select count(*) from commands')).toBe(0);
      expect(await readValue(worker, 'select settled from gate_items')).toBe(false);
      expect(await readColumn(worker, 'select kind from audit order by seq')).toEqual(['taskCompleted', 'void', 'taskOpened']);
      expect(await readValue(worker, `select detail from audit where kind = 'void'`)).toEqual({ number: 1, digest: 'lost' });
      expect(await readColumn(worker, VALID_AUDIT)).toEqual(['void', 'taskOpened']);
    }));

  it('asks for the whole state until it comes, also when the first answer was lost', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, lost);
      await writeFlush(worker, held);
      expect(await writeFlush(worker, held)).toMatchObject({ conflict: true });
      expect(await writeFlush(worker, buildFlush({ number: 2 }))).toMatchObject({ conflict: true });
      expect(await writeFlush(worker, buildFlush({ number: 3, full: true, tasks: [buildTask()] }))).toMatchObject({
        conflict: false,
      });
      expect(await writeFlush(worker, buildFlush({ number: 4 }))).toMatchObject({ conflict: false });
    }));

  it('is no conflict when it is the whole state', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, lost);
      expect(await writeFlush(worker, { ...held, full: true })).toMatchObject({ conflict: false });
      expect(await readColumn(worker, 'select status from tasks')).toEqual(['open']);
    }));

  it('leaves alone what has already been sent, so that its claim is never sent twice', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, lost);
      await worker.query(`update outbox set state = 'sent' where claim = 'only-in-the-lost-state'`);
      await writeFlush(worker, { ...held, outbox: [buildMessage({ claim: 'only-in-the-lost-state' })] });
      expect(await readColumn(worker, `select claim || ' ' || state from outbox`)).toEqual(['only-in-the-lost-state sent']);
    }));

  it('cannot take the place of what history holds', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, held);
      await confirmFlushes(worker, [{ run: RUN, instance: HOUSEHOLD, number: 1, digest: 'held' }]);
      await expect(writeFlush(worker, lost)).rejects.toMatchObject({ code: 'FLUSH_BEHIND' });
      expect(await readColumn(worker, 'select status from tasks')).toEqual(['open']);
    }));

  it('that came late is found out by the next flush, which names the digest it goes on from', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, held);
      await writeFlush(worker, lost);
      expect(
        await writeFlush(worker, buildFlush({ number: 2, previous: 'held', audit: [buildAudit({ kind: 'phaseStarted' })] })),
      ).toMatchObject({
        conflict: true,
      });
      expect(await readColumn(worker, CLAIMS)).toEqual([]);
      expect(await readColumn(worker, VALID_AUDIT)).toEqual(['taskOpened', 'void', 'phaseStarted']);
    }));
});

describe('flushes that history has lost, several at once', () => {
  const proposed = (number: number, proposedAt: number, digest: string, more: Partial<Flush> = {}) =>
    buildFlush({
      number,
      digest,
      proposedAt,
      previous: number === 2 ? 'held' : `${digest.split('-')[0]}-${number - 1}`,
      ...more,
    });
  /** One is held by history; two and three were written by one workflow task that was lost, the third in full. */
  const withLost = (work: (worker: Pool) => Promise<void>): Promise<void> =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ digest: 'held', proposedAt: 100, audit: [buildAudit()] }));
      await writeFlush(worker, proposed(2, 200, 'lost-2', { tasks: [buildTask({ status: 'done' })], answers: [buildAnswer()] }));
      await writeFlush(
        worker,
        proposed(3, 200, 'lost-3', { full: true, tasks: [buildTask({ status: 'done' })], outbox: [buildMessage()] }),
      );
      await work(worker);
    });
  const next = proposed(2, 300, 'next-2', { audit: [buildAudit({ kind: 'taskReturned' })] });

  it('give way to the next proposal under the first of their numbers', () =>
    withLost(async (worker) => {
      expect(await writeFlush(worker, next)).toMatchObject({ number: 2, conflict: true });
      expect(await readColumn(worker, 'select number from flushes order by number')).toEqual([1, 2]);
      expect(await readColumn(worker, CLAIMS)).toEqual([]);
      expect(await readValue(worker, 'select count(*) from commands')).toBe(0);
      expect(await readColumn(worker, VALID_AUDIT)).toEqual(['taskOpened', 'void', 'taskReturned']);
      const whole = proposed(3, 300, 'next-3', { full: true, tasks: [buildTask({ status: 'open' })] });
      expect(await writeFlush(worker, whole)).toMatchObject({ conflict: false });
      expect(await readColumn(worker, 'select status from tasks')).toEqual(['open']);
    }));

  it('do not when history is known to hold one of them', () =>
    withLost(async (worker) => {
      await confirmFlushes(worker, [{ run: RUN, instance: HOUSEHOLD, number: 3, digest: 'lost-3' }]);
      await expect(writeFlush(worker, next)).rejects.toMatchObject({ code: 'FLUSH_BEHIND' });
    }));

  it.each([
    ['came late: it was proposed before them', { ...next, proposedAt: 199 }],
    ['does not say when it was proposed', (({ proposedAt: _when, ...flush }) => flush)(next)],
  ])('do not for one that %s', (_what, flush) =>
    withLost(async (worker) => {
      await expect(writeFlush(worker, flush)).rejects.toMatchObject({ code: 'FLUSH_BEHIND' });
      expect(await readColumn(worker, 'select number from flushes order by number')).toEqual([1, 2, 3]);
    }),
  );
});
