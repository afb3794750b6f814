/** Why nothing is open where an adjustment is asked: there is no such instance, it has closed, or it has not begun yet. */
import type { AdjustmentScope } from '../model/adjustment.ts';
import { findInstance, type InstanceRow } from '../store/instances.ts';
import { Invalid } from './client-error.ts';
import type { ClientRoom } from './parts.ts';
import { instanceOf } from './workflow-ids.ts';

type Pools = Pick<ClientRoom, 'enginePool'>;

/** One instance is open to be adjusted; of many, those that have not begun take a revision when they do. @throws Invalid */
export async function refuseNothing(
  { enginePool }: Pools,
  { run, scope }: { run: string; scope: AdjustmentScope },
): Promise<void> {
  const found = await findInstance(enginePool, { run, instance: instanceOf(scope) });
  if (found === undefined || ('instance' in scope && found.status !== 'open')) throw nothing(run, { scope, found });
}

/** What to say when nothing that is open was found. */
export async function nothingOpen(
  { enginePool }: Pools,
  { run, scope }: { run: string; scope: AdjustmentScope },
): Promise<Invalid> {
  return nothing(run, { scope, found: await findInstance(enginePool, { run, instance: instanceOf(scope) }) });
}

function nothing(run: string, { scope, found }: { scope: AdjustmentScope; found: InstanceRow | undefined }): Invalid {
  const instance = instanceOf(scope);
  if (found?.status === 'planned')
    return new Invalid({
      code: 'NOT_BEGUN',
      message: `'${instance}' has not begun yet`,
      remedy: 'see that a worker runs, and ask again',
    });
  return new Invalid({
    code: 'UNKNOWN_INSTANCE',
    message: `run '${run}' has no open '${instance}'`,
    remedy: `see what there is with: shigeyi tasks ${run}`,
  });
}
