/** Under which post somebody may adjust a run, as far as the register says what they are and the definition what a post may do. */
import { type AdjustmentKind, type AdjustmentScope, DEFAULT_RULE, mayAdjust } from '../model/adjustment.ts';
import type { Plan } from '../model/plan.ts';
import { findInstance } from '../store/instances.ts';
import { findPeople } from '../store/register.ts';
import { Invalid, Refused } from './client-error.ts';
import type { ClientRoom } from './parts.ts';
import { CAMPAIGN_INSTANCE } from './workflow-ids.ts';

const PEOPLE_AT_MOST = 100_000;

export interface AuthorityQuestion {
  readonly run: string;
  readonly plan: Plan;
  readonly scope: AdjustmentScope;
  readonly kind: AdjustmentKind;
  /** The office's first when absent. */
  readonly person: string | undefined;
}

/** @throws Invalid when nobody is called so, Refused when they may not. */
export async function findAuthority(
  { enginePool }: Pick<ClientRoom, 'enginePool'>,
  { run, plan, scope, kind, person }: AuthorityQuestion,
): Promise<{ readonly person: string; readonly authority: string }> {
  const people = await findPeople(enginePool, { run, limit: PEOPLE_AT_MOST });
  const found = person === undefined ? people.find(({ role }) => role === 'office') : people.find(({ id }) => id === person);
  if (found === undefined) {
    throw new Invalid({
      code: 'UNKNOWN_PERSON',
      message: person === undefined ? `the register of '${run}' has nobody in the office` : `the register has no '${person}'`,
      remedy: 'say who does it, by the id in the register',
    });
  }
  const rule = plan.adjustments?.[kind] ?? DEFAULT_RULE;
  if (mayAdjust(found, { rule, union: await unionOf({ enginePool }, { run, scope }) }))
    return { person: found.id, authority: found.role };
  throw new Refused({
    code: 'NO_AUTHORITY',
    message: `'${found.id}' (${found.role}) may not ${kind} this`,
    remedy: `the definition gives that right to ${rule.by.join(', ')}, of a union for what is the union's own`,
  });
}

/** The union that is concerned alone; undefined when it is everybody or the federation. */
async function unionOf(
  { enginePool }: Pick<ClientRoom, 'enginePool'>,
  { run, scope }: { run: string; scope: AdjustmentScope },
): Promise<string | undefined> {
  if ('all' in scope) return undefined;
  if ('union' in scope) return scope.union;
  if (scope.instance === CAMPAIGN_INSTANCE) return undefined;
  return (await findInstance(enginePool, { run, instance: scope.instance }))?.union ?? undefined;
}
