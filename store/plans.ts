import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import type { Plan, Program, Scope } from '../model/plan.ts';
import type { Queryable } from './pool.ts';
import { StoreError } from './store-error.ts';

export type Stored = { readonly kind: 'plan'; readonly value: Plan } | { readonly kind: 'program'; readonly value: Program };

/** Keeps a plan or program under the SHA-256 of its canonical text, and returns that hash. Safe to repeat; nothing kept is ever changed. */
export async function putPlan(db: Queryable, { kind, value }: Stored): Promise<string> {
  const body = canonicalJson(value);
  const hash = createHash('sha256').update(body).digest('hex');
  await db.query('insert into plans (hash, kind, body) values ($1, $2, $3) on conflict (hash) do nothing', [hash, kind, body]);
  return hash;
}

/** Keeps a plan with its programs. */
export async function putCompiled(
  db: Queryable,
  { plan, programs }: { readonly plan: Plan; readonly programs: Readonly<Record<Scope, Program>> },
): Promise<void> {
  await putPlan(db, { kind: 'plan', value: plan });
  for (const value of Object.values(programs)) await putPlan(db, { kind: 'program', value });
}

/** The exact text whose SHA-256 is `hash`. @throws PLAN_UNKNOWN */
export async function getPlanText(db: Queryable, hash: string): Promise<string> {
  const { rows } = await db.query<{ body: string }>('select body from plans where hash = $1', [hash]);
  const [row] = rows;
  if (row !== undefined) return row.body;
  throw new StoreError({
    code: 'PLAN_UNKNOWN',
    message: `no plan is kept under ${hash}`,
    remedy: 'Restore it from a backup: a run cannot go on without.',
  });
}
