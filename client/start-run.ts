/** Starting a run: its plan and register are written down first; the worker's reconciler then starts every instance, however often it is interrupted. */
import { importRoster } from '../store/register-import.ts';
import { putCompiled } from '../store/plans.ts';
import { createRun } from '../store/runs.ts';
import { StoreError } from '../store/store-error.ts';
import type { StartRequest } from './api.ts';
import { Invalid } from './client-error.ts';
import type { ClientRoom } from './parts.ts';

const RUN_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** A run of more has not been measured; see docs/operating. */
export const HOUSEHOLDS_AT_MOST = 200_000;

export async function startRun(
  { enginePool, sealer }: ClientRoom,
  { compiled, roster, clock, run: asked, author }: StartRequest,
): Promise<{ run: string; planned: number }> {
  const run = asked ?? `${compiled.plan.campaign}-${Date.now().toString(36)}`;
  if (!RUN_ID.test(run)) {
    throw new Invalid({
      code: 'BAD_RUN_ID',
      message: `'${run}' cannot be the id of a run`,
      remedy: 'use up to 63 lower-case letters, digits and hyphens',
    });
  }
  const { households, unions } = roster;
  if (households.length === 0 || unions.length === 0) {
    throw new Invalid({
      code: 'ROSTER_EMPTY',
      message: 'the roster has no households or no unions',
      remedy: 'import a register with both',
    });
  }
  if (households.length > HOUSEHOLDS_AT_MOST) {
    throw new Invalid({
      code: 'ROSTER_TOO_LARGE',
      message: `the roster has ${households.length} households`,
      remedy: `start at most ${HOUSEHOLDS_AT_MOST} in one run`,
    });
  }
  const { plan } = compiled;
  await putCompiled(enginePool, compiled);
  try {
    await createRun(enginePool, {
      id: run,
      campaign: plan.campaign,
      title: plan.title,
      planHash: compiled.hash,
      programs: plan.programs,
      clock,
      startsAt: plan.startsAt,
      endsAt: plan.endsAt,
      author,
    });
    await importRoster(enginePool, { run, roster, sealer });
  } catch (failure) {
    if (failure instanceof StoreError)
      throw new Invalid({ code: failure.code, message: failure.message, remedy: failure.remedy });
    throw failure;
  }
  return { run, planned: households.length + unions.length + 1 };
}
