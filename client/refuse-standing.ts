/** Pausing many who are paused already, and letting many go on who are not: told as it is told of one. */
import type { Adjustment, AdjustmentScope } from '../model/adjustment.ts';
import { countStanding } from '../store/instances.ts';
import type { Run } from '../store/runs.ts';
import { Refused } from './client-error.ts';
import type { ClientRoom } from './parts.ts';

/** @throws Refused when nobody would stand otherwise than they do. */
export async function refuseStanding(
  { enginePool }: Pick<ClientRoom, 'enginePool'>,
  { run, for: scope, adjustment }: { readonly run: Run; readonly for: AdjustmentScope; readonly adjustment: Adjustment },
): Promise<void> {
  if ((adjustment.kind !== 'pause' && adjustment.kind !== 'resume') || 'instance' in scope) return;
  const { kind, cause } = adjustment;
  const union = 'union' in scope ? { union: scope.union } : {};
  const { instances, standing } = await countStanding(enginePool, { run: run.id, ...union, cause });
  const whom = 'union' in scope ? `union '${scope.union}'` : `run '${run.id}'`;
  if (kind === 'resume' && standing === 0)
    throw new Refused({
      code: 'NOT_PAUSED',
      message: `${whom} is not paused`,
      remedy: 'nothing needs to be done; whoever is paused by itself goes on by itself',
    });
  if (kind === 'pause' && instances > 0 && standing === instances) {
    throw new Refused({
      code: 'ALREADY_PAUSED',
      message: `${whom} is paused already`,
      remedy: 'nothing needs to be done',
    });
  }
}
