import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { findAnswer, findWrittenAnswer } from '../../store/commands.ts';
import { confirmFlushes } from '../../store/confirm.ts';
import { writeFlush } from '../../store/flush.ts';
import {
  findAcceptedForms,
  findSubmission,
  findSubmissionContents,
  markSubmissionRefused,
  type Submission,
  storeSubmission,
} from '../../store/submissions.ts';
import { buildAnswer, buildFlush, buildTask, HOUSEHOLD, RUN } from './flushes.ts';
import { createEnrolledRun } from './enrolled-run.ts';
import { readValue, withStore } from './with-store.ts';

const SUBMISSION: Submission = {
  run: RUN,
  id: 's-1',
  instance: 'h/2001',
  task: 'visit',
  union: 'xizhen',
  author: 'cadre-wu',
  kind: 'form',
  form: 'visit-record',
  content: '{"visits":[{"content":"看望"}]}',
};
const KEY = { run: RUN, id: 's-1' };
const stateOf = `select state from submissions`;

describe('a submission', () => {
  it('is kept sealed and opens to what was written', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await storeSubmission(worker, SUBMISSION, sealer);
      expect(await findSubmission(worker, KEY, sealer)).toEqual({ ...SUBMISSION, state: 'stored' });
      expect(await readValue<string>(worker, `select encode(sealed, 'escape') from submissions`)).not.toContain('visits');
    }));

  it('stays closed to whoever asks for words of another kind, as a form that gives a reason does', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      const reason: Submission = { ...SUBMISSION, id: 's-2', kind: 'reason', form: null, content: '示例：缺一张照片' };
      await storeSubmission(worker, SUBMISSION, sealer);
      await storeSubmission(worker, reason, sealer);
      const asked = { run: RUN, ids: ['s-1', 's-2'], kind: 'reason' } as const;
      expect([...(await findSubmissionContents(worker, asked, sealer))]).toEqual([['s-2', reason.content]]);
    }));

  it('stored twice is stored once', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await storeSubmission(worker, SUBMISSION, sealer);
      await storeSubmission(worker, SUBMISSION, sealer);
      expect(await readValue(worker, 'select count(*) from submissions')).toBe(1);
    }));

  it.each([
    ['content', { content: '{}' }],
    ['task', { task: 'verify' }],
    ['author', { author: 'head-xi' }],
  ])('is refused when its id stands for another %s', (_name, other) =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await storeSubmission(worker, SUBMISSION, sealer);
      await expect(storeSubmission(worker, { ...SUBMISSION, ...other }, sealer)).rejects.toMatchObject({
        code: 'SUBMISSION_ID_REUSED',
      });
      expect(await findSubmission(worker, KEY, sealer)).toMatchObject(SUBMISSION);
    }),
  );

  it('is accepted by the flush that answers its command, and stored again when that is superseded', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await storeSubmission(worker, SUBMISSION, sealer);
      await writeFlush(worker, buildFlush({ digest: 'lost', answers: [buildAnswer()] }));
      expect(await readValue(worker, stateOf)).toBe('accepted');
      await writeFlush(worker, buildFlush({ digest: 'held' }));
      expect(await readValue(worker, stateOf)).toBe('stored');
    }));

  it('that was accepted is not refused afterwards', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await storeSubmission(worker, SUBMISSION, sealer);
      await writeFlush(worker, buildFlush({ answers: [buildAnswer()] }));
      await markSubmissionRefused(worker, KEY);
      expect(await readValue(worker, stateOf)).toBe('accepted');
    }));

  it('is what later forms are prefilled from once its task is done, the last of several', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      const words = (id: string): Submission => ({ ...SUBMISSION, id, content: `{"answers":{"id":"${id}"}}` });
      for (const id of ['s-1', 's-2', 's-3']) await storeSubmission(worker, words(id), sealer);
      const done = { template: 'visit', status: 'done' } as const;
      const tasks = [
        buildTask({ ...done, key: 'visit', submission: 's-1', settledAt: 1_000 }),
        buildTask({ ...done, key: 'visit.2', submission: 's-2', settledAt: 2_000 }),
        buildTask({ ...done, key: 'visit.3', status: 'inReview', submission: 's-3' }),
        buildTask({ ...done, key: 'verify', template: 'verify', status: 'open' }),
      ];
      await writeFlush(worker, buildFlush({ tasks }));
      const question = { run: RUN, instance: SUBMISSION.instance, templates: ['verify', 'visit'] };
      expect(await findAcceptedForms(worker, question, sealer)).toEqual([
        { template: 'visit', content: '{"answers":{"id":"s-2"}}' },
      ]);
    }));

  it('that was refused says so', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await storeSubmission(worker, SUBMISSION, sealer);
      await markSubmissionRefused(worker, KEY);
      expect(await readValue(worker, stateOf)).toBe('refused');
    }));
});

describe('an answer', () => {
  const held = async (worker: Pool) => (await findWrittenAnswer(worker, { run: RUN, id: 's-1' }))?.held;

  it('is found by its command, and only in its run', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ answers: [buildAnswer()] }));
      expect(await findAnswer(worker, { run: RUN, id: 's-1' })).toEqual(buildAnswer());
      expect(await findAnswer(worker, { run: 'another-run', id: 's-1' })).toBeUndefined();
    }));

  it('is a proposal until history is known to hold its flush', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ answers: [buildAnswer()] }));
      expect(await held(worker)).toBe(false);
      await confirmFlushes(worker, [{ run: RUN, instance: HOUSEHOLD, number: 1, digest: 'state-1' }]);
      expect(await held(worker)).toBe(true);
    }));

  it('of an instance that has closed stands', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ answers: [buildAnswer()], status: 'closed' }));
      expect(await held(worker)).toBe(true);
    }));
});
