import type { Queryable } from './pool.ts';

export interface GateCount {
  readonly done: number;
  /** All enrolled instances of the scope that feeds the gate. */
  readonly total: number;
}

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
    text: `select for_run as run, for_gate as gate, new_version as version, now_done as done, now_total as total, unions from claim_gates($1, $2)`,
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

/** For the repair: the gate is counted again and told under a version above `above`, so that whoever has heard of a later one listens. */
export async function recountGate(
  db: Queryable,
  { run, gate, above }: { run: string; gate: string; above: number },
): Promise<void> {
  await db.query(
    `insert into gates (run_id, gate, version) values ($1, $2, $3 + 1)
     on conflict (run_id, gate) do update set version = greatest(gates.version, $3) + 1, lease_until = '-infinity'`,
    [run, gate, above],
  );
}
