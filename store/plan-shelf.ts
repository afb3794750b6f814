/** Plans by hash, parsed once: they never change, so a copy in memory is as good as the stored one. */
import type { Pool } from 'pg';
import type { Plan, Program } from '../model/plan.ts';
import { getPlanText } from './plans.ts';

/** A worker serves a handful of definitions at a time. */
const KEPT = 32;

export interface PlanShelf {
  getPlan(hash: string): Promise<Plan>;
  getProgram(hash: string): Promise<Program>;
}

export function createPlanShelf(pool: Pool): PlanShelf {
  const shelf = new Map<string, Promise<unknown>>();
  const read = (hash: string): Promise<unknown> => {
    const known = shelf.get(hash);
    if (known !== undefined) return known;
    if (shelf.size >= KEPT) shelf.delete(shelf.keys().next().value!);
    const reading = getPlanText(pool, hash).then((text) => JSON.parse(text) as unknown);
    shelf.set(hash, reading);
    reading.catch(() => shelf.delete(hash));
    return reading;
  };
  return {
    getPlan: async (hash) => (await read(hash)) as Plan,
    getProgram: async (hash) => (await read(hash)) as Program,
  };
}
