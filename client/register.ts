/** What a file says otherwise than the register of a run, and what would be done about it. */
import { compareRegisters, hashOfDifference, type RegisterItem, type RegisterOfRun } from '../roster/difference.ts';
import { type RegisterStep, stepOf } from '../roster/register-step.ts';
import type { Plan } from '../model/plan.ts';
import type { Roster } from '../model/roster.ts';
import { findHandedOver, type Page, readHouseholds, readPeople, readUnions } from '../store/register-reading.ts';
import type { Queryable } from '../store/pool.ts';
import { findUnions, UNIONS_AT_MOST } from '../store/register.ts';
import type { Run } from '../store/runs.ts';
import { findRight } from './authority.ts';
import { Refused } from './client-error.ts';
import { getRunOf } from './lookup.ts';
import type { ClientRoom } from './parts.ts';

const PAGE = 1_000;
/** As many as there can be revisions of people: see `covering`. */
const HANDED_OVER_AT_MOST = 10_000;

export interface RegisterRequest {
  readonly run: string;
  /** Of a file, checked. */
  readonly roster: Roster;
  /** Only whoever is new is taken; the file may be a part of a register. */
  readonly onlyNew?: boolean;
  /** Whoever is not in the file leaves. */
  readonly withdrawGone?: boolean;
  /** Who does it; the office's first when absent. */
  readonly person?: string;
}

export type RegisterEntry = Omit<RegisterItem, 'obstacle'> &
  /** What would be done; or why it is left. */
  (
    | { readonly does: RegisterStep }
    | { readonly does: null; readonly code: string; readonly message: string; readonly remedy: string }
  );

export interface RegisterDifference {
  /** Of exactly this: what `expect` takes. */
  readonly hash: string;
  /** In the order in which they are done. */
  readonly entries: readonly RegisterEntry[];
  /** Households of the file that have left the run. They stay away until they are readmitted. */
  readonly away: number;
}

export interface PreparedRegister extends RegisterDifference {
  readonly run: Run;
  readonly plan: Plan;
  readonly person: string;
  readonly authority: string;
  readonly households: number;
  /** People whose posts and work have gone to somebody for good. */
  readonly handedOver: ReadonlySet<string>;
}

/** @throws Invalid for an unknown run or person, Refused when they may not, or the run is closed. */
export async function prepareRegister(room: ClientRoom, request: RegisterRequest): Promise<PreparedRegister> {
  const { roster, onlyNew = false, withdrawGone = false, person } = request;
  const { run, plan } = await getRunOf(room, request.run);
  if (run.status === 'closed')
    throw new Refused({ code: 'RUN_CLOSED', message: `run '${run.id}' is closed`, remedy: 'nothing more can be done in it' });
  const register = await readRegisterOf(room, run.id);
  const items = compareRegisters({ run: register, file: roster }, { onlyNew });
  const entries = items.map(({ obstacle, ...item }): RegisterEntry => {
    const step = stepOf({ ...item, ...(obstacle && { obstacle }) }, { run: run.id, withdrawGone });
    return typeof step === 'string' ? { ...item, does: step } : { ...item, does: null, ...step };
  });
  const right = await findRight(room, { run, plan, rule: 'admit', union: onlyUnionOf(items), person });
  const away = onlyNew ? 0 : roster.households.filter(({ id }) => register.away.has(`h/${id}`)).length;
  const steps = entries.map(({ does }) => does);
  const hash = hashOfDifference(items, { roster, steps });
  return {
    run,
    plan,
    ...right,
    hash,
    entries,
    away,
    households: register.households.length,
    handedOver: new Set(register.handedOver.keys()),
  };
}

/** Changes nothing. */
export async function compareRegister(room: ClientRoom, request: RegisterRequest): Promise<RegisterDifference> {
  const { hash, entries, away } = await prepareRegister(room, request);
  return { hash, entries, away };
}

/** Ids of the unions of a run: a part of a register may name them. */
export async function unionsOf(room: ClientRoom, id: string): Promise<readonly string[]> {
  const { run } = await getRunOf(room, id);
  return (await findUnions(room.enginePool, { run: run.id, limit: UNIONS_AT_MOST })).map((union) => union.id);
}

/** Undefined when several are concerned, or the register of unions itself. */
function onlyUnionOf(items: readonly RegisterItem[]): string | undefined {
  const unions = new Set(items.flatMap(({ union, from, kind }) => (kind === 'household-moved' ? [union, from] : [union])));
  const [union] = unions;
  return unions.size === 1 && union !== null ? union : undefined;
}

interface StoredRegister extends RegisterOfRun {
  /** Whose posts and work have gone to somebody for good. */
  readonly handedOver: ReadonlyMap<string, string>;
}

async function readRegisterOf({ enginePool, sealer }: ClientRoom, run: string): Promise<StoredRegister> {
  const all = async <T extends { readonly id: string }>(read: (db: Queryable, page: Page) => Promise<T[]>): Promise<T[]> => {
    const rows: T[] = [];
    for (;;) {
      const page = await read(enginePool, { run, limit: PAGE, ...(rows.length > 0 && { after: rows.at(-1)!.id }) });
      rows.push(...page);
      if (page.length < PAGE) return rows;
    }
  };
  const unions = await all(readUnions);
  const everybody = await all((db, page) => readPeople(db, page, sealer));
  const households = await all((db, page) => readHouseholds(db, page, sealer));
  const handedOver = await findHandedOver(enginePool, { run, limit: HANDED_OVER_AT_MOST });
  const [people, left] = [everybody.filter((one) => !one.left), everybody.filter((one) => one.left)];
  return {
    unions,
    people,
    households,
    leftPeople: new Set(left.map(({ id }) => id)),
    away: new Set([
      ...unions.flatMap(({ id, away }) => (away ? [`u/${id}`] : [])),
      ...households.flatMap(({ id, away }) => (away ? [`h/${id}`] : [])),
    ]),
    found: new Set(households.flatMap(({ id, found }) => (found ? [id] : []))),
    handedOver,
    handedTo: new Map([
      ...everybody.flatMap(({ id, successor }): [string, string][] => (successor === null ? [] : [[id, successor]])),
      ...handedOver,
    ]),
  };
}
