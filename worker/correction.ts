/** A correction that a finished form holds is applied to the register: opened, checked and sealed again, never a word of it on the way. */
import type { Pool } from 'pg';
import type { Log } from '../activities/channel.ts';
import { campaignNow } from '../model/campaign-now.ts';
import type { OutboxCorrection } from '../model/flush.ts';
import { correctHousehold } from '../store/register-correction.ts';
import type { PlanShelf } from '../store/plan-shelf.ts';
import type { Run } from '../store/runs.ts';
import type { Sealer } from '../store/sealer.ts';
import { findSubmission } from '../store/submissions.ts';

interface Correcting {
  readonly run: Run;
  readonly instance: string;
  readonly flush: number;
  readonly correction: OutboxCorrection;
}

export function createCorrector({ pool, plans, sealer, log }: { pool: Pool; plans: PlanShelf; sealer: Sealer; log: Log }) {
  return async ({ run, instance, flush, correction: { claim, at, task, submission: id, field } }: Correcting): Promise<void> => {
    const submission = await findSubmission(pool, { run: run.id, id }, sealer);
    if (submission === undefined) throw new Error(`submission ${id} is not there`);
    const { answers } = JSON.parse(submission.content) as { answers: Readonly<Record<string, { readonly corrected?: unknown }>> };
    const plan = await plans.getPlan(run.planHash);
    const cell = plan.forms[submission.form ?? '']?.fields.find((each) => each.id === field);
    const value = answers[field]?.corrected;
    if (cell === undefined || cell.type === 'table' || typeof cell.from !== 'string' || typeof value !== 'string')
      throw new Error(`submission ${id} corrects nothing in '${field}'`);
    const outcome = await correctHousehold(
      pool,
      {
        run: run.id,
        household: instance.slice(2),
        field: cell.from,
        value,
        claim,
        doneAt: at,
        appliedAt: campaignNow(run, Date.now()),
        flush,
        task,
        submission: id,
        author: submission.author,
      },
      sealer,
    );
    // One person has one file. What was written stays in its submission.
    if (outcome === 'taken')
      log.warn({ run: run.id, claim }, 'a corrected identity number is on file elsewhere and was not taken over');
  };
}
