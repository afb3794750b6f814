import type { GateLevel } from '../model/command.ts';
import type { Scope } from '../model/plan.ts';
import type { Queryable } from './pool.ts';

export type GateCount = Omit<GateLevel, 'version'>;

export interface ClaimedGate extends GateCount {
  readonly run: string;
  readonly gate: string;
  /** Grows with every count; a receiver ignores what is older than what it has. */
  readonly version: number;
  /** For gates counted union by union: those whose part has changed since the version sent last. */
  readonly unions: readonly (GateCount & { readonly union: string })[];
}

/**
 * Gates that have something new to say, counted now, or said it and were not heard. Changes are gathered: however many rows were settled
 * since, one count goes out. Each is this caller's until it is marked sent or the lease ends.
 */
export async function claimGates(db: Queryable, { limit, leaseMs }: { limit: number; leaseMs: number }): Promise<ClaimedGate[]> {
  const { rows } = await db.query<ClaimedGate>({
    name: 'claim-gates',
    text: `select for_run as run, for_gate as gate, new_version as version, now_done as done, now_total as total, now_excluded as excluded, unions
             from claim_gates($1, $2)`,
    values: [limit, leaseMs],
  });
  return rows;
}

/** The count of this version was taken by every instance it concerns. */
export async function markGateSent(
  db: Queryable,
  { run, gate, version }: { run: string; gate: string; version: number },
): Promise<void> {
  await db.query(
    `update gates set sent_version = greatest(sent_version, $3), lease_until = '-infinity' where run_id = $1 and gate = $2 and version >= $3`,
    [run, gate, version],
  );
}

/** Not everybody could be told: it goes out again after this pause, and not only when the lease ends. */
export async function releaseGate(
  db: Queryable,
  { run, gate, version, afterMs }: { run: string; gate: string; version: number; afterMs: number },
): Promise<void> {
  await db.query(
    `update gates set lease_until = clock_timestamp() + $4 * interval '1 millisecond' where run_id = $1 and gate = $2 and version = $3`,
    [run, gate, version, afterMs],
  );
}

/** Keeps a gate for the caller while it tells many. */
export async function holdGate(
  db: Queryable,
  { run, gate, leaseMs }: { run: string; gate: string; leaseMs: number },
): Promise<void> {
  await db.query(
    `update gates set lease_until = clock_timestamp() + $3 * interval '1 millisecond' where run_id = $1 and gate = $2`,
    [run, gate, leaseMs],
  );
}

/** Those of a scope, in one union or in all, that have not closed. By id, a page at a time. */
export async function findListeners(
  db: Queryable,
  { run, scope, union, after, limit }: { run: string; scope: Scope; union: string | null; after: string; limit: number },
): Promise<{ instance: string; status: 'planned' | 'open' }[]> {
  const { rows } = await db.query<{ instance: string; status: 'planned' | 'open' }>(
    `select id as instance, status from instances
      where run_id = $1 and id > $2 and scope = $3 and ($4::text is null or union_id = $4) and status <> 'closed'
      order by id
      limit $5`,
    [run, after, scope, union, limit],
  );
  return rows;
}

export interface KnownLevel extends GateLevel {
  readonly gate: string;
  /** Whose it is: of a gate on the union, null for one on the campaign. */
  readonly union: string | null;
}

/** How gates on one instance each, a union or the campaign, stand: for those below that begin now. */
export async function findLevels(
  db: Queryable,
  { run, gates, unions, limit }: { run: string; gates: readonly string[]; unions?: readonly string[] | undefined; limit: number },
): Promise<KnownLevel[]> {
  const { rows } = await db.query<KnownLevel>(
    `select i.gate, i.union_id as "union", g.version, i.counted::int as done, 1 - i.left_out::int as total, i.left_out::int as excluded
       from gates g
       join gate_items i on i.run_id = g.run_id and i.gate = g.gate
      where g.run_id = $1 and g.gate = any ($2) and g.version > 0 and ($4::text[] is null or i.union_id = any ($4))
      order by i.gate, i.union_id nulls first
      limit $3`,
    [run, gates, limit, unions],
  );
  return rows;
}

export interface Misheard {
  readonly instance: string;
  readonly gate: string;
  /** As it stands. */
  readonly level: GateLevel;
  /** As the household has it; null when it has heard nothing. */
  readonly heard: GateLevel | null;
}

/** Open households that have another count of a gate on their union than there is; nothing heard is nothing settled. What is on its way to them is among it. */
export async function findMisheard(
  db: Queryable,
  { run, gates, limit }: { run: string; gates: readonly string[]; limit: number },
): Promise<Misheard[]> {
  const { rows } = await db.query<Misheard>(
    `select n.id as instance, i.gate, n.more -> 'gates' -> i.gate as heard,
            jsonb_build_object('version', g.version, 'done', i.counted::int, 'total', 1 - i.left_out::int, 'excluded', i.left_out::int) as level
       from gates g
       join gate_items i on i.run_id = g.run_id and i.gate = g.gate
       join instances n on n.run_id = g.run_id and n.union_id = i.union_id and n.scope = 'household' and n.status = 'open'
      where g.run_id = $1 and g.gate = any ($2) and g.version > 0
        and (coalesce((n.more -> 'gates' -> i.gate ->> 'done')::int, 0) <> i.counted::int
             or coalesce((n.more -> 'gates' -> i.gate ->> 'excluded')::int, 0) <> i.left_out::int)
      order by n.id, i.gate
      limit $3`,
    [run, gates, limit],
  );
  return rows;
}

/** For the repair: the gate is counted again and told under a version above `above`, so that whoever has heard of a later one listens. */
export async function recountGate(
  db: Queryable,
  { run, gate, above }: { run: string; gate: string; above: number },
): Promise<void> {
  // Every part of the count is told again, also where it is kept union by union.
  await db.query('update gate_items set changed = true where run_id = $1 and gate = $2', [run, gate]);
  await db.query(
    `insert into gates (run_id, gate, version) values ($1, $2, $3 + 1)
     on conflict (run_id, gate) do update set version = greatest(gates.version, $3) + 1, lease_until = '-infinity'`,
    [run, gate, above],
  );
}
