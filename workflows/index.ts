/** The workflow types, one driver under three names: the worker's bundle begins here. */
import type { Program } from '../model/plan.ts';
import { runInstance } from './instance.ts';
import type { InstanceStart } from './instance-start.ts';

/** The office's instance of a run: phases, campaign tasks, gates. */
export async function campaignWorkflow(program: Program | Uint8Array, start: InstanceStart): Promise<void> {
  await runInstance(program, start);
}

/** One grassroots union's part of a run. */
export async function unionWorkflow(program: Program | Uint8Array, start: InstanceStart): Promise<void> {
  await runInstance(program, start);
}

/** One household's part of a run. */
export async function householdWorkflow(program: Program | Uint8Array, start: InstanceStart): Promise<void> {
  await runInstance(program, start);
}
