/** The plan that a run goes by now, with its programs: what an amendment follows. */
import { campaignNow } from '../model/campaign-now.ts';
import type { Instant, Plan, Program, Scope } from '../model/plan.ts';
import { getRunOf } from './lookup.ts';
import type { ClientRoom } from './parts.ts';

export interface RunningPlan {
  readonly plan: Plan;
  readonly programs: Readonly<Record<Scope, Program>>;
  /** Campaign time. */
  readonly now: Instant;
}

export async function runningPlan(room: ClientRoom, id: string): Promise<RunningPlan> {
  const { run, plan } = await getRunOf(room, id);
  const [campaign, union, household] = await Promise.all(
    [run.programs.campaign, run.programs.union, run.programs.household].map((hash) => room.plans.getProgram(hash)),
  );
  return { plan, programs: { campaign: campaign!, union: union!, household: household! }, now: campaignNow(run, Date.now()) };
}
