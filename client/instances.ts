/** Starts instances' workflows. Ids are deterministic, so starting twice is starting once. */
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { InstanceStart } from '../workflows/instance-start.ts';
import { scopeOf, WORKFLOW_TYPES, workflowIdOf } from './workflow-ids.ts';

/** A server that takes longer is asked again: the same id starts the same instance once. */
const STARTED_WITHIN_MS = 10_000;

export interface InstanceToStart {
  readonly run: string;
  readonly instance: string;
  readonly start: InstanceStart;
}

/** Argument 0 is the program's hash, 32 bytes: the worker's codec puts the program in their place, and histories stay small. */
export async function startInstance(
  temporal: Client,
  { taskQueue, run, instance, start }: InstanceToStart & { taskQueue: string },
): Promise<void> {
  try {
    await temporal.connection.withDeadline(Date.now() + STARTED_WITHIN_MS, () =>
      temporal.workflow.start(WORKFLOW_TYPES[scopeOf(instance)], {
        taskQueue,
        workflowId: workflowIdOf({ run, instance }),
        // A closed instance must never begin again under its old id.
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [Uint8Array.from(Buffer.from(start.programHash, 'hex')), start],
      }),
    );
  } catch (failure) {
    if (!(failure instanceof WorkflowExecutionAlreadyStartedError)) throw failure;
  }
}
