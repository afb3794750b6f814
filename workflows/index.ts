/** The workflow types, one driver under three names: the worker's bundle begins here. */
import type { Program } from '../model/plan.ts';
import { runInstance } from './instance.ts';
import type { InstanceStart } from './instance-start.ts';

/** The office's instance of a run: phases, campaign tasks, gates. */
export function campaignWorkflow(program: Program | Uint8Array, start: InstanceStart): Promise<void> {
  return runInstance(program, start);
}

/** One grassroots union's part of a run. */
export function unionWorkflow(program: Program | Uint8Array, start: InstanceStart): Promise<void> {
  return runInstance(program, start);
}

/** One household's part of a run. */
export function householdWorkflow(program: Program | Uint8Array, start: InstanceStart): Promise<void> {
  return runInstance(program, start);
}
