/** A run with its plan and register in place. */
import type pg from 'pg';
import type { Program } from '../../model/plan.ts';
import type { Roster } from '../../model/roster.ts';
import { putPlan } from '../../store/plans.ts';
import { importRoster } from '../../store/register-import.ts';
import { createRun, type NewRun } from '../../store/runs.ts';
import type { Sealer } from '../../store/sealer.ts';
import { DAY, RUN, SEP_21 } from './flushes.ts';
import { buildRoster } from './rosters.ts';
import { createTestSealer } from './test-sealer.ts';

export async function createTestRun(worker: pg.Pool, changes: Partial<NewRun> = {}): Promise<void> {
  const hash = await putPlan(worker, { kind: 'program', value: { campaign: 'ten-ones' } as unknown as Program });
  await createRun(worker, {
    id: RUN,
    campaign: 'ten-ones',
    title: { zh: '十个一', en: 'Ten ones' },
    planHash: hash,
    programs: { campaign: hash, union: hash, household: hash },
    clock: { kind: 'real' },
    startsAt: SEP_21,
    endsAt: SEP_21 + 80 * DAY,
    author: 'office-1',
    ...changes,
  });
}

/** Returns the sealer that the register was sealed with. */
export async function createEnrolledRun(worker: pg.Pool, roster: Roster = buildRoster()): Promise<Sealer> {
  const sealer = createTestSealer();
  await createTestRun(worker);
  await importRoster(worker, { run: RUN, roster, sealer });
  return sealer;
}
