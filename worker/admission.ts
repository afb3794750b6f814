/** A row of a union's sweep becomes a household of the register: the same checks as at import, the same sealing, one workflow. */
import type { Pool } from 'pg';
import type { OutboxAdmission } from '../model/flush.ts';
import { campaignNow } from '../model/campaign-now.ts';
import { createDateTime } from '../platform/zoned-time.ts';
import { admittedHousehold, type SweptRow } from '../roster/admission.ts';
import { admitHousehold } from '../store/register-import.ts';
import type { PlanShelf } from '../store/plan-shelf.ts';
import type { Run } from '../store/runs.ts';
import type { Sealer } from '../store/sealer.ts';
import { findSubmission } from '../store/submissions.ts';
import { StoreError } from '../store/store-error.ts';
import type { Log } from '../activities/channel.ts';

export function createAdmitter({ pool, plans, sealer, log }: { pool: Pool; plans: PlanShelf; sealer: Sealer; log: Log }) {
  return async ({ run, claim, admission }: { run: Run; claim: string; admission: OutboxAdmission }): Promise<void> => {
    const submission = await findSubmission(pool, { run: run.id, id: admission.submission }, sealer);
    if (submission === undefined) throw new Error(`submission ${admission.submission} is not there`);
    const { answers } = JSON.parse(submission.content) as { answers: Record<string, readonly SweptRow[]> };
    const row = answers[admission.table]?.[admission.row - 1];
    if (row === undefined)
      throw new Error(`submission ${admission.submission} has no row ${admission.row} in '${admission.table}'`);
    const plan = await plans.getPlan(run.planHash);
    const filedOn = createDateTime(plan.zone)(campaignNow(run, Date.now())).slice(0, 10);
    const household = admittedHousehold(row, { run: run.id, claim, union: admission.union, filedOn });
    try {
      await admitHousehold(pool, { run: run.id, claim, household, sealer });
    } catch (failure) {
      if (!(failure instanceof StoreError) || failure.code !== 'HOUSEHOLD_ON_FILE') throw failure;
      // One person has one file. The union's row stays in its submission; nothing is started twice.
      log.warn({ run: run.id, claim }, 'a swept household is on file already and was not admitted again');
    }
  };
}
