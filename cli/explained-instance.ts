/** The household, union or campaign of a register that `explain` is asked about, as it is on its first day. */
import { enrol } from '../engine/enrol.ts';
import { enrolledInstance, factsAtEnrolment, postsAround } from '../model/enrolment.ts';
import { findNearest } from '../model/nearest.ts';
import type { Instant, Plan, Program, TaskTemplate } from '../model/plan.ts';
import type { HouseholdEntry, Roster } from '../model/roster.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { CliError, EXIT, misuse } from './failure.ts';
import type { Host } from './host.ts';
import { formatDay } from './instants.ts';
import { readRegister } from './register.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';

interface Wishes {
  readonly roster?: string | undefined;
  readonly household?: string | undefined;
  readonly union?: string | undefined;
  readonly skipBadRows?: boolean | undefined;
}

interface Asked {
  readonly plan: Plan;
  readonly program: Program;
  readonly task: TaskTemplate;
  readonly enrolledAt: Instant | undefined;
  readonly wishes: Wishes;
}

/** Undefined where no register is named. */
export async function findHere(host: Host, { plan, program, task, enrolledAt, wishes }: Asked): Promise<Snapshot | undefined> {
  const { roster: file, household, union, skipBadRows = false } = wishes;
  if (file === undefined) {
    if (household === undefined && union === undefined) return undefined;
    throw misuse('a household or union is one of a register, and none is named', 'add --roster FILE');
  }
  if (household !== undefined && union !== undefined)
    throw misuse('a task is explained for one household or one union', 'give --household or --union');
  const { roster } = await readRegister(host, { file, skipBadRows, asOf: formatDay(plan.startsAt, plan.zone) });
  const place = findPlace(roster, { task, household, union });
  const entry = enrolledInstance({ ...place, scope: task.scope }, { household: place.household, unions: roster.unions });
  const { snapshot } = enrol(program, {
    run: plan.campaign,
    revision: 1,
    instance: place.instance,
    union: place.union,
    roles: postsAround(entry, roster.people),
    facts: factsAtEnrolment(plan, entry),
    at: enrolledAt ?? plan.startsAt,
    startedAt: plan.startsAt,
  });
  return snapshot;
}

interface Place {
  readonly instance: string;
  readonly union: string | null;
  readonly household: HouseholdEntry | undefined;
}

/** Of somebody below: the union a household belongs to, and the campaign that all belong to. */
function findPlace(
  roster: Roster,
  { task, ...named }: { readonly task: TaskTemplate; readonly household: string | undefined; readonly union: string | undefined },
): Place {
  const household =
    named.household === undefined ? undefined : get(roster.households, { id: named.household, what: 'household' });
  const union =
    household?.union ?? (named.union === undefined ? undefined : get(roster.unions, { id: named.union, what: 'union' }).id);
  switch (task.scope) {
    case 'campaign':
      return { instance: CAMPAIGN_INSTANCE, union: null, household: undefined };
    case 'union':
      if (union === undefined) throw misuse(`task '${task.id}' is one for each union`, 'add --union ID');
      return { instance: `u/${union}`, union, household: undefined };
    case 'household':
      if (household === undefined) throw misuse(`task '${task.id}' is one for each household`, 'add --household ID');
      return { instance: `h/${household.id}`, union: household.union, household };
  }
}

function get<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
  { id, what }: { readonly id: string; readonly what: 'household' | 'union' },
): Entry {
  const found = entries.find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const nearest = findNearest(
    id,
    entries.map((entry) => entry.id),
  );
  throw new CliError({
    exit: EXIT.refused,
    code: what === 'household' ? 'UNKNOWN_HOUSEHOLD' : 'UNKNOWN_UNION',
    message: `the register has no ${what} '${id}'`,
    remedy: nearest === undefined ? 'name it by its id in the register' : `did you mean '${nearest}'?`,
  });
}
