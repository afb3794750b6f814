import { describe, expect, it } from 'vitest';
import { writeFlush } from '../../store/flush.ts';
import { findOpenTasksSince, findOverdueTasks, findTask, findTasks } from '../../store/tasks.ts';
import { buildFlush, buildTask, DAY, HOUSEHOLD, RUN, SEP_21 } from './flushes.ts';
import { readValue, withStore } from './with-store.ts';

describe('a task', () => {
  it('is found as its instance wrote it', () =>
    withStore(async ({ worker }) => {
      const source = { instance: 'u/xizhen', task: 'sweep', submission: 's-9', row: 2 };
      const task = buildTask({
        submission: 's-1',
        submittedAt: SEP_21 + 1,
        submittedBy: 'cadre-wu',
        source,
        held: { facts: { outcome: 'lifted' }, rows: [] },
      });
      await writeFlush(worker, buildFlush({ tasks: [task] }));
      expect(await findTask(worker, { run: RUN, instance: HOUSEHOLD, key: 'visit' })).toEqual({
        ...task,
        run: RUN,
        reviewDeadline: null,
        owner: null,
        standsFor: null,
        item: null,
        pausedAt: null,
        instance: HOUSEHOLD,
        union: 'xizhen',
      });
      expect(await findTask(worker, { run: RUN, instance: HOUSEHOLD, key: 'nothing' })).toBeUndefined();
    }));

  it('is on the list of whoever must act: its holder, or its reviewer while it is in review', () =>
    withStore(async ({ worker }) => {
      await writeFlush(
        worker,
        buildFlush({
          tasks: [
            buildTask({ key: 'later', deadline: SEP_21 + 2 * DAY }),
            buildTask({ key: 'sooner', deadline: SEP_21 + DAY }),
            buildTask({ key: 'handed-in', status: 'inReview', reviewer: 'head-xi' }),
          ],
        }),
      );
      const keysOf = async (actor: string) => (await findTasks(worker, { run: RUN, actor, limit: 10 })).map(({ key }) => key);
      expect(await keysOf('cadre-wu')).toEqual(['sooner', 'later']);
      expect(await keysOf('head-xi')).toEqual(['handed-in']);
      expect(await findTasks(worker, { run: RUN, union: 'dongzhen', limit: 10 })).toEqual([]);
      expect(await findTasks(worker, { run: RUN, statuses: ['inReview'], limit: 10 })).toHaveLength(1);
      expect(await findTasks(worker, { run: RUN, limit: 2 })).toHaveLength(2);
    }));

  it('is found among those of some templates, and among those overdue at an instant, also in review', () =>
    withStore(async ({ worker }) => {
      const [past, ahead] = [SEP_21 - DAY, SEP_21 + DAY];
      const review = { since: past, deadline: past, rung: 0 };
      await writeFlush(
        worker,
        buildFlush({
          tasks: [
            buildTask({ key: 'late', deadline: past }),
            buildTask({ key: 'ahead', deadline: ahead, template: 'photo' }),
            buildTask({ key: 'done', deadline: past, status: 'done' }),
            buildTask({ key: 'handed-in', deadline: past, status: 'inReview' }),
            buildTask({ key: 'review-late', deadline: ahead, status: 'inReview', review, reviewDeadline: past }),
          ],
        }),
      );
      const keysOf = async (question: Partial<Parameters<typeof findTasks>[1]>) =>
        (await findTasks(worker, { run: RUN, limit: 10, ...question })).map(({ key }) => key);
      expect(await keysOf({ templates: ['photo'] })).toEqual(['ahead']);
      expect(await keysOf({ templates: [] })).toEqual([]);
      // The review's own deadline counts, and it was the earlier one.
      expect(await keysOf({ overdueAt: SEP_21 })).toEqual(['late', 'review-late']);
    }));

  it('is overdue from the instant after its deadline until it is handed in', () =>
    withStore(async ({ worker }) => {
      const deadline = SEP_21 + DAY;
      await writeFlush(
        worker,
        buildFlush({
          tasks: [buildTask({ deadline }), buildTask({ key: 'in', deadline, status: 'inReview', submittedAt: SEP_21 })],
        }),
      );
      const overdueAt = async (asOf: number) =>
        (await findOverdueTasks(worker, { run: RUN, asOf, limit: 10 })).map(({ key }) => key);
      expect(await overdueAt(deadline)).toEqual([]);
      expect(await overdueAt(deadline + 1)).toEqual(['visit']);
    }));
});

describe('a review with a deadline of its own', () => {
  const deadline = SEP_21 + 5 * DAY;
  const reviewed = buildTask({
    status: 'inReview',
    submittedAt: SEP_21,
    reviewer: 'head-xi',
    deadline,
    reviewDeadline: SEP_21 + DAY,
  });

  it('is overdue from the instant after it, although the work was handed in', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ tasks: [reviewed] }));
      const overdueAt = (asOf: number) => findOverdueTasks(worker, { run: RUN, asOf, limit: 10 });
      expect(await overdueAt(SEP_21 + DAY)).toEqual([]);
      expect(await overdueAt(SEP_21 + DAY + 1)).toMatchObject([{ key: 'visit', deadline, reviewDeadline: SEP_21 + DAY }]);
    }));

  it('is no longer there once the review is over, and orders what must be done first', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ tasks: [reviewed, buildTask({ key: 'soon', deadline: SEP_21 + 2 * DAY })] }));
      const keys = async () => (await findTasks(worker, { run: RUN, limit: 10 })).map(({ key }) => key);
      expect(await keys()).toEqual(['visit', 'soon']);
      const { reviewDeadline: _over, ...returned } = { ...reviewed, status: 'returned' as const, reviewer: null };
      await writeFlush(worker, buildFlush({ number: 2, tasks: [returned] }));
      expect(await keys()).toEqual(['soon', 'visit']);
      expect(await findTask(worker, { run: RUN, instance: HOUSEHOLD, key: 'visit' })).toMatchObject({ reviewDeadline: null });
    }));
});

describe('those who watch a run', () => {
  it('are told of each open task, and again when it changes', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ tasks: [buildTask(), buildTask({ key: 'done', status: 'done' })] }));
      const first = await findOpenTasksSince(worker, { run: RUN, cursor: '', limit: 100 });
      expect(first.tasks.map(({ key }) => key)).toEqual(['visit']);
      const second = await findOpenTasksSince(worker, { run: RUN, cursor: first.cursor, limit: 100 });
      // The oldest transaction of the whole server decides, so a task may come again; it says that it is the same.
      for (const task of second.tasks) expect(first.tasks).toContainEqual(task);
      await writeFlush(worker, buildFlush({ number: 2, tasks: [buildTask({ status: 'returned' })] }));
      const third = await findOpenTasksSince(worker, { run: RUN, cursor: second.cursor, limit: 100 });
      expect(third.tasks).toMatchObject([{ status: 'returned' }]);
    }));

  it('get everything page by page', () =>
    withStore(async ({ worker }) => {
      for (let number = 1; number <= 5; number += 1) {
        await writeFlush(worker, buildFlush({ instance: `h/${number}`, tasks: [buildTask(), buildTask({ key: 'verify' })] }));
      }
      const seen = new Set<string>();
      let cursor = '';
      for (let page = 0; page < 4; page += 1) {
        const found = await findOpenTasksSince(worker, { run: RUN, cursor, limit: 3 });
        for (const { instance, key } of found.tasks) seen.add(`${instance}/${key}`);
        cursor = found.cursor;
      }
      expect(seen.size).toBe(10);
    }));

  it('do not miss a task whose writer began earlier and committed later', () =>
    withStore(async ({ worker }) => {
      const slow = await worker.connect();
      await slow.query('begin');
      await slow.query('select write_flush($1)', [buildFlush({ instance: 'h/slow', tasks: [buildTask()] })]);
      await writeFlush(worker, buildFlush({ instance: 'h/quick', tasks: [buildTask()] }));
      const before = await findOpenTasksSince(worker, { run: RUN, cursor: '', limit: 100 });
      expect(before.tasks.map(({ instance }) => instance)).toEqual(['h/quick']);
      await slow.query('commit');
      slow.release();
      const after = await findOpenTasksSince(worker, { run: RUN, cursor: before.cursor, limit: 100 });
      expect(after.tasks.map(({ instance }) => instance)).toContain('h/slow');
      expect(await readValue(worker, 'select count(*) from tasks')).toBe(2);
    }));
});
