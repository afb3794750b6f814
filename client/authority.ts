/** Under which post somebody may adjust a run, as far as the register says what they are and the definition what a post may do. */
import { claimAuthority } from '../engine/authority.ts';
import { type Adjustment, type AdjustmentScope, ruleOf } from '../model/adjustment.ts';
import { campaignNow } from '../model/campaign-now.ts';
import type { Plan } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { findInstance } from '../store/instances.ts';
import { findPeople } from '../store/register.ts';
import type { Run } from '../store/runs.ts';
import { findSnapshots } from '../store/snapshots.ts';
import { Invalid, Refused } from './client-error.ts';
import type { ClientRoom } from './parts.ts';
import { CAMPAIGN_INSTANCE } from './workflow-ids.ts';

const PEOPLE_AT_MOST = 100_000;

export interface AuthorityQuestion {
  readonly run: Run;
  readonly plan: Plan;
  readonly scope: AdjustmentScope;
  readonly adjustment: Adjustment;
  /** The office's first when absent. */
  readonly person: string | undefined;
}

type Pools = Pick<ClientRoom, 'enginePool'>;

/** @throws Invalid when nobody is called so, Refused when they may not. */
export async function findAuthority(
  room: Pools,
  { run, plan, scope, adjustment, person }: AuthorityQuestion,
): Promise<{ readonly person: string; readonly authority: string }> {
  const people = new Map((await findPeople(room.enginePool, { run: run.id, limit: PEOPLE_AT_MOST })).map((one) => [one.id, one]));
  const author = person ?? [...people.values()].find(({ role }) => role === 'office')?.id;
  if (author === undefined) throw unknownPerson(`the register of '${run.id}' has nobody in the office`);
  const now = campaignNow(run, Date.now());
  const claimed = claimAuthority({
    adjustment,
    rule: ruleOf(plan, adjustment.kind),
    person: author,
    union: await unionOf(room, { run: run.id, scope }),
    // Only what is for one instance can be somebody's own work.
    tasks: 'instance' in scope ? ((await findSnapshot(room, { run, instance: scope.instance }))?.tasks ?? {}) : {},
    covers: (await findSnapshot(room, { run, instance: CAMPAIGN_INSTANCE }))?.covers ?? [],
    now,
    findPerson: (id) => people.get(id),
  });
  if ('authority' in claimed) return { person: author, authority: claimed.authority };
  if ('refusal' in claimed) throw new Refused(claimed.refusal);
  throw unknownPerson(`the register has no '${claimed.unknown}'`);
}

/** As of its last flush. */
export async function findSnapshot(
  { enginePool }: Pools,
  { run, instance }: { run: Run; instance: string },
): Promise<Snapshot | undefined> {
  return (await findSnapshots(enginePool, { run: run.id, for: { instance }, limit: 1 }))[0];
}

const unknownPerson = (message: string): Invalid =>
  new Invalid({ code: 'UNKNOWN_PERSON', message, remedy: 'name people by their ids in the register' });

/** The union that is concerned alone; undefined when it is everybody or the federation. */
async function unionOf(
  { enginePool }: Pools,
  { run, scope }: { run: string; scope: AdjustmentScope },
): Promise<string | undefined> {
  if ('all' in scope) return undefined;
  if ('union' in scope) return scope.union;
  if (scope.instance === CAMPAIGN_INSTANCE) return undefined;
  return (await findInstance(enginePool, { run, instance: scope.instance }))?.union ?? undefined;
}
