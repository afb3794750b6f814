import { describe, expect, it } from 'vitest';
import type { Indicator } from '../../model/plan.ts';
import { writeFlush } from '../../store/flush.ts';
import { tallyIndicators } from '../../store/indicators.ts';
import { createEnrolledRun } from './enrolled-run.ts';
import { buildFlush, buildTask, RUN } from './flushes.ts';
import { withStore } from './with-store.ts';

const title = { zh: '指标', en: 'Indicator' };
const indicators: readonly Indicator[] = [
  { id: 'deep', title, by: [], rule: { kind: 'count', of: 'household', when: { op: 'is', fact: 'class', in: ['deep'] } } },
  { id: 'money', title, by: [], rule: { kind: 'sum', of: 'household', fact: 'amount' } },
  { id: 'done', title, by: ['class'], rule: { kind: 'tasks', status: 'done', only: [] } },
  { id: 'overdue', title, by: [], rule: { kind: 'tasks', status: 'overdue', only: ['visit'] } },
];
const plan = { indicators, tasks: [] };

const household = (id: string, union: string, facts: Record<string, string | number>, status: 'open' | 'done') =>
  buildFlush({
    instance: `h/${id}`,
    union,
    facts,
    tasks: [
      buildTask({ key: 'visit', template: 'visit', status, deadline: 100, ...(status === 'done' ? { submittedAt: 50 } : {}) }),
    ],
  });

describe('indicators', () => {
  it('are counted from the rows of a run, over all and of one union', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, household('2001', 'xizhen', { class: 'deep', amount: 0.1 }, 'done'));
      await writeFlush(worker, household('2002', 'xizhen', { class: 'relative', amount: 0.2 }, 'open'));
      await writeFlush(worker, household('3001', 'dongzhen', { class: 'deep', amount: 5 }, 'open'));
      const unions = ['dongzhen', 'xizhen'];
      const all = (await tallyIndicators(worker, { run: RUN, plan, asOf: 101 })).values(unions);
      expect(all.map(({ indicator, value, unions: of, groups }) => [indicator, value, of, groups])).toEqual([
        ['deep', 2, { dongzhen: 1, xizhen: 1 }, []],
        ['money', 5.3, { dongzhen: 5, xizhen: 0.3 }, []],
        [
          'done',
          1,
          { dongzhen: 0, xizhen: 1 },
          [
            { by: { class: 'deep' }, value: 1 },
            { by: { class: 'relative' }, value: 0 },
          ],
        ],
        ['overdue', 2, { dongzhen: 1, xizhen: 1 }, []],
      ]);
      const own = (await tallyIndicators(worker, { run: RUN, plan, asOf: 101, union: 'xizhen' })).values([]);
      expect(own.map(({ value }) => value)).toEqual([1, 0.3, 1, 1]);
    }));

  it('say what is overdue at the instant asked about', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, household('2001', 'xizhen', { class: 'deep' }, 'open'));
      const valueAt = async (asOf: number) => (await tallyIndicators(worker, { run: RUN, plan, asOf })).values([])[3]!.value;
      expect([await valueAt(100), await valueAt(101)]).toEqual([0, 1]);
    }));
});
