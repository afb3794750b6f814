import { describe, expect, it } from 'vitest';
import type { Target } from '../../model/plan.ts';
import { findAudit } from '../../store/audit.ts';
import {
  countOutbox,
  countTaskStatuses,
  findBrokenTrails,
  findClosing,
  findFlushMarks,
  findGateBalances,
  measureOutbox,
} from '../../store/books.ts';
import { confirmFlushes } from '../../store/confirm.ts';
import { writeFlush } from '../../store/flush.ts';
import { claimGates, markGateSent } from '../../store/gates.ts';
import { claimOutbox, markSent, recordDeliveries } from '../../store/outbox.ts';
import { countDeliveries, countMessages, countTarget, countTasks } from '../../store/report.ts';
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
import { createTestRun } from './enrolled-run.ts';
import { withStore } from './with-store.ts';

const END = SEP_21 + 80 * DAY;

describe('a report', () => {
  it('counts tasks by union and template: on time, late, missed, excused, open, and overdue by whom', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ instance: 'h/1', tasks: [buildTask({ status: 'done' })] }));
      await writeFlush(worker, buildFlush({ instance: 'h/2', tasks: [buildTask({ status: 'done', late: true })] }));
      await writeFlush(worker, buildFlush({ instance: 'h/3', tasks: [buildTask({ status: 'missed' })] }));
      await writeFlush(worker, buildFlush({ instance: 'h/4', tasks: [buildTask({ deadline: SEP_21 })] }));
      await writeFlush(worker, buildFlush({ instance: 'h/5', union: 'dongzhen', tasks: [buildTask({ status: 'waived' })] }));
      const review = { status: 'inReview', submittedAt: SEP_21 - DAY, deadline: SEP_21 } as const;
      await writeFlush(worker, buildFlush({ instance: 'h/6', tasks: [buildTask({ ...review, reviewDeadline: SEP_21 })] }));
      await writeFlush(worker, buildFlush({ instance: 'h/7', tasks: [buildTask(review)] }));
      expect(await countTasks(worker, { run: RUN, asOf: SEP_21 + 1 })).toEqual([
        {
          union: 'dongzhen',
          template: 'visit',
          onTime: 0,
          late: 0,
          missed: 0,
          excused: 1,
          open: 0,
          overdue: 0,
          overdueReviews: 0,
        },
        { union: 'xizhen', template: 'visit', onTime: 1, late: 1, missed: 1, excused: 0, open: 3, overdue: 1, overdueReviews: 1 },
      ]);
    }));

  it('counts messages by rung, and a list of many as one thing received', () =>
    withStore(async ({ worker }) => {
      const claims = ['a', 'b', 'c'];
      await writeFlush(
        worker,
        buildFlush({ outbox: claims.map((claim) => buildMessage({ claim, purpose: 'escalation', rung: 'to-head' })) }),
      );
      const delivery = { run: RUN, channel: 'file', recipient: 'head-xi', purpose: 'escalation', sentAt: SEP_21 };
      await recordDeliveries(worker, [{ ...delivery, claim: 'a', digestDay: '2020-09-21' }]);
      await recordDeliveries(worker, [{ ...delivery, claim: 'b', digestDay: '2020-09-21' }]);
      expect(await countMessages(worker, { run: RUN })).toEqual([
        { union: 'xizhen', purpose: 'escalation', rung: 'to-head', claimed: 3, delivered: 2 },
      ]);
      expect(await countDeliveries(worker, { run: RUN })).toEqual([{ channel: 'file', sent: 1, claims: 2 }]);
    }));

  it('counts a target among those it was about at enrolment, whatever they are now', () =>
    withStore(async ({ worker }) => {
      const target: Target = {
        id: 'lifted',
        title: { zh: '脱困', en: 'Lifted' },
        scope: 'household',
        of: { op: 'is', fact: 'enrolment', in: ['on-file'] },
        counts: [{ id: 'lifted', title: { zh: '脱困', en: 'Lifted' }, when: { op: 'is', fact: 'outcome', in: ['lifted'] } }],
        by: ['class'],
      };
      const write = (instance: string, enrolment: string, hardship: string, outcome: string | null) =>
        writeFlush(
          worker,
          buildFlush({
            instance,
            factsAtEnrolment: { enrolment, class: hardship },
            facts: { enrolment: 'on-file', class: 'deep', outcome },
          }),
        );
      await write('h/1', 'on-file', 'deep', 'lifted');
      await write('h/2', 'on-file', 'deep', null);
      await write('h/3', 'on-file', 'sudden', 'lifted');
      await write('h/4', 'admitted', 'deep', 'lifted');
      expect(await countTarget(worker, { run: RUN, target })).toEqual([
        { union: 'xizhen', by: { class: 'deep' }, of: 2, counts: { lifted: 1 } },
        { union: 'xizhen', by: { class: 'sudden' }, of: 1, counts: { lifted: 1 } },
      ]);
    }));
});

describe('the books', () => {
  it('show every instance’s last flush, and the counts of tasks and outbox', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ tasks: [buildTask()], outbox: [buildMessage(), buildOutboxCommand()] }));
      expect(await findFlushMarks(worker, { run: RUN, limit: 10 })).toEqual([
        { instance: HOUSEHOLD, status: 'open', number: 1, digest: 'state-1', needsFull: false, quarantined: false },
      ]);
      expect(await countTaskStatuses(worker, { run: RUN })).toEqual({ open: 1 });
      expect(await countOutbox(worker, { run: RUN })).toEqual({ held: 1, ready: 1, sending: 0, sent: 0, failed: 0 });
      expect(await measureOutbox(worker)).toMatchObject({ ready: 1, unconfirmed: 1, failed: 0 });
    }));

  it('show a gate’s last count beside its rows', () =>
    withStore(async ({ worker }) => {
      const gates = [{ gate: 'all-visited', settled: true }];
      await writeFlush(worker, buildFlush({ instance: 'h/1', gates }));
      await markGateSent(worker, (await claimGates(worker, { limit: 1, leaseMs: 1_000 }))[0]!);
      await writeFlush(worker, buildFlush({ instance: 'h/2', gates }));
      await writeFlush(worker, buildFlush({ instance: 'h/3', gates, answers: [buildAnswer()] }));
      expect(await findGateBalances(worker, { run: RUN, limit: 10 })).toEqual([
        { gate: 'all-visited', done: 1, excluded: 0, counted: 2, leftOut: 0, changed: 1, held: 1, version: 1, sentVersion: 1 },
      ]);
    }));

  it('find an audit trail with a row missing', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ audit: [buildAudit(), buildAudit()] }));
      expect(await findBrokenTrails(worker, { run: RUN, limit: 10 })).toEqual([]);
      await worker.query('update instances set audit_seq = 3');
      expect(await findBrokenTrails(worker, { run: RUN, limit: 10 })).toEqual([
        { instance: HOUSEHOLD, expected: 3, found: 2, endsRight: false },
      ]);
    }));

  it('mark what a superseded state told as void', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ digest: 'lost', audit: [buildAudit({ kind: 'taskDone' })] }));
      await writeFlush(worker, buildFlush({ digest: 'held', audit: [buildAudit()] }));
      const trail = await findAudit(worker, { run: RUN, instance: HOUSEHOLD, limit: 10 });
      expect(trail.map(({ seq, kind, void: isVoid }) => [seq, kind, isVoid])).toEqual([
        [1, 'taskDone', true],
        [2, 'void', false],
        [3, 'taskOpened', false],
      ]);
    }));
});

describe('a run', () => {
  it('may close when it has ended and nothing is on its way', () =>
    withStore(async ({ worker }) => {
      await createTestRun(worker);
      await writeFlush(worker, buildFlush({ nextWake: null, tasks: [buildTask()] }));
      expect(await findClosing(worker, { run: RUN, campaignNow: END })).toMatchObject({ ended: false, closable: false });
      expect(await findClosing(worker, { run: RUN, campaignNow: END + 1 })).toEqual({
        ended: true,
        planned: 0,
        waking: 0,
        paused: 0,
        unsent: 0,
        unconfirmed: 0,
        gatesUnsent: 0,
        closable: true,
      });
    }));

  it('may not close while something is still due, held, unsent or uncounted', () =>
    withStore(async ({ worker }) => {
      await createTestRun(worker);
      const closing = () => findClosing(worker, { run: RUN, campaignNow: END + 1 });
      await writeFlush(
        worker,
        buildFlush({ outbox: [buildOutboxCommand()], answers: [buildAnswer()], gates: [{ gate: 'all-visited', settled: true }] }),
      );
      expect(await closing()).toMatchObject({ waking: 1, unsent: 1, unconfirmed: 1, gatesUnsent: 0, closable: false });
      await writeFlush(worker, buildFlush({ number: 2, nextWake: null }));
      await confirmFlushes(worker, [{ run: RUN, instance: HOUSEHOLD, number: 1, digest: 'state-1' }]);
      expect(await closing()).toMatchObject({ waking: 0, unsent: 1, unconfirmed: 0, gatesUnsent: 1, closable: false });
      await markGateSent(worker, (await claimGates(worker, { limit: 1, leaseMs: 1_000 }))[0]!);
      const [row] = await claimOutbox(worker, { campaignNow: new Map([[RUN, SEP_21]]), limit: 1, leaseMs: 1_000 });
      await markSent(worker, [row!.id]);
      expect(await closing()).toMatchObject({ closable: true });
    }));
});
