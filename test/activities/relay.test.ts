/** What the relay passes on of a run whose clock was moved since it was read. */
import { expect, it } from 'vitest';
import { createRelay } from '../../activities/relay.ts';
import { campaignNow } from '../../model/campaign-now.ts';
import type { Plan } from '../../model/plan.ts';
import { writeFlush } from '../../store/flush.ts';
import { importRoster } from '../../store/register-import.ts';
import { getRun, setSteppedTo } from '../../store/runs.ts';
import { createTestRun } from '../store/enrolled-run.ts';
import { buildFlush, DAY, RUN, SEP_21 } from '../store/flushes.ts';
import { buildRoster } from '../store/rosters.ts';
import { createTestSealer } from '../store/test-sealer.ts';
import { withStore } from '../store/with-store.ts';

const GATE = 'all-visited';
/** The campaign waits for all households. */
const PLAN = { tasks: [{ scope: 'campaign', gate: { id: GATE, of: 'household' } }] } as unknown as Plan;

it('a count of a gate is told at the instant that the clock has reached by then', () =>
  withStore(async ({ worker }) => {
    await createTestRun(worker, { clock: { kind: 'stepped', anchor: SEP_21 } });
    await importRoster(worker, { run: RUN, roster: buildRoster(), sealer: createTestSealer() });
    await writeFlush(worker, buildFlush({ instance: 'c', union: null, scope: 'campaign' }));
    const before = await getRun(worker, RUN);
    await setSteppedTo(worker, { run: RUN, at: SEP_21 + DAY });
    await writeFlush(worker, buildFlush({ instance: 'h/2001', gates: [{ gate: GATE, settled: true }] }));
    const told: [string, number][] = [];
    const nothing = (): Promise<void> => Promise.resolve();
    const relay = createRelay({
      pool: worker,
      postRoom: { deliver: nothing },
      bulletins: { send: nothing },
      plans: { getPlan: () => Promise.resolve(PLAN), getProgram: () => Promise.reject(new Error('not asked for')) },
      outgoing: {
        sendCommand: ({ run, instance }) => {
          told.push([instance, campaignNow(run, Date.now())]);
          return Promise.resolve();
        },
        admit: nothing,
        correct: nothing,
        isPermanent: () => false,
      },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    await relay.turn([before]);
    expect(told).toEqual([['c', SEP_21 + DAY]]);
  }));
