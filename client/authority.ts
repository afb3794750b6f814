/** Under which post somebody may adjust a run, as far as the register says what they are and the definition what a post may do. */
import { type Authority, claimAuthority, claimRight } from '../engine/authority.ts';
import {
  type Adjustment,
  type AdjustmentScope,
  type Cover,
  isPost,
  type Post,
  type RuleName,
  ruleNamed,
  ruleOf,
} from '../model/adjustment.ts';
import { campaignNow } from '../model/campaign-now.ts';
import type { Plan } from '../model/plan.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { findInstance } from '../store/instances.ts';
import { findPeople, PEOPLE_AT_MOST } from '../store/register.ts';
import type { Run } from '../store/runs.ts';
import { findSnapshots } from '../store/snapshots.ts';
import { Invalid, Refused } from './client-error.ts';
import type { ClientRoom } from './parts.ts';

export interface AuthorityQuestion {
  readonly run: Run;
  readonly plan: Plan;
  readonly scope: AdjustmentScope;
  readonly adjustment: Adjustment;
  /** The office's first when absent. */
  readonly person: string | undefined;
}

type Pools = Pick<ClientRoom, 'enginePool'>;

/** Who everybody is, and who acts for whom. */
export interface Standing {
  readonly people: ReadonlyMap<string, Post & { readonly id: string }>;
  readonly covers: readonly Cover[];
}

export async function readStanding(room: Pools, run: Run): Promise<Standing> {
  const people = await findPeople(room.enginePool, { run: run.id, limit: PEOPLE_AT_MOST });
  return {
    people: new Map(people.map((one) => [one.id, one])),
    covers: (await findSnapshot(room, { run, instance: CAMPAIGN_INSTANCE }))?.covers ?? [],
  };
}

/** @throws Invalid when nobody is called so, Refused when they may not. */
export async function findAuthority(
  room: Pools,
  { run, plan, scope, adjustment, person }: AuthorityQuestion,
): Promise<Authorised> {
  return authorise(await readStanding(room, run), {
    ...{ run, plan, adjustment, person },
    union: await unionOf(room, { run: run.id, scope }),
    // Only what is for one instance can be somebody's own work.
    tasks: 'instance' in scope ? ((await findSnapshot(room, { run, instance: scope.instance }))?.tasks ?? {}) : {},
  });
}

export interface Authorised {
  readonly person: string;
  readonly authority: string;
}

export interface AuthorityClaim extends Omit<AuthorityQuestion, 'scope'> {
  /** The union that is concerned alone; undefined when it is everybody or the federation. */
  readonly union: string | undefined;
  /** Of the instance that is concerned alone. */
  readonly tasks: Snapshot['tasks'];
}

/** @throws Invalid when nobody is called so, Refused when they may not. */
export function authorise(
  { people, covers }: Standing,
  { run, plan, adjustment, person, union, tasks }: AuthorityClaim,
): Authorised {
  const author = authorOf(people, { run, person });
  const claimed = claimAuthority({
    ...{ adjustment, rule: ruleOf(plan, adjustment.kind), person: author, union, tasks, covers },
    now: campaignNow(run, Date.now()),
    findPerson: (id) => people.get(id),
  });
  return settled(author, claimed);
}

export interface RightQuestion extends Pick<AuthorityQuestion, 'run' | 'plan' | 'person'> {
  readonly rule: RuleName;
  /** Where only one is concerned. */
  readonly union: string | undefined;
}

/** The same for what is of the register and of no instance yet. @throws Invalid when nobody is called so, Refused when they may not. */
export async function findRight(room: Pools, { run, plan, rule, union, person }: RightQuestion): Promise<Authorised> {
  const { people, covers } = await readStanding(room, run);
  const author = authorOf(people, { run, person });
  const claimed = claimRight({
    ...{ rule: ruleNamed(plan, rule), person: author, union, covers, act: rule },
    now: campaignNow(run, Date.now()),
    findPerson: (id) => people.get(id),
  });
  return settled(author, claimed);
}

function authorOf(people: Standing['people'], { run, person }: Pick<AuthorityQuestion, 'run' | 'person'>): string {
  const author = person ?? [...people.values()].find((post) => post.role === 'office' && isPost(post))?.id;
  if (author === undefined) throw unknownPerson(`the register of '${run.id}' has nobody in the office`);
  return author;
}

function settled(person: string, claimed: Authority): Authorised {
  if ('authority' in claimed) return { person, authority: claimed.authority };
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
