/** The Temporal worker as shipped: its limits, its sinks and what it hosts. */
import type { DataConverter } from '@temporalio/common';
import { type InjectedSinks, type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Log } from '../activities/channel.ts';
import type { FlushActivities } from '../activities/flush.ts';
import { failpoint } from '../platform/failpoint.ts';
import type { MarkSinks } from '../workflows/marks.ts';

export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly dataConverter: DataConverter;
  readonly workflowBundle: WorkflowBundleOption;
  readonly activities: FlushActivities;
  readonly log: Log;
}

/**
 * Limits are stated, not defaulted: the SDK's own cache size ignores memory outside the JavaScript heap and has run workers out of it.
 * The short sticky time-out is how long an instance waits after its worker was killed.
 */
export const WORKER_LIMITS = {
  maxCachedWorkflows: 400,
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentLocalActivityExecutions: 40,
  maxConcurrentActivityTaskExecutions: 40,
  stickyQueueScheduleToStartTimeout: '3 seconds',
  shutdownGraceTime: '5 seconds',
} as const;

export async function createWorker({
  connection,
  namespace,
  taskQueue,
  dataConverter,
  workflowBundle,
  activities,
  log,
}: WorkerParts): Promise<Worker> {
  return await Worker.create({
    connection,
    namespace,
    taskQueue,
    dataConverter,
    workflowBundle,
    activities,
    sinks: createSinks(log),
    ...WORKER_LIMITS,
  });
}

/** A digest that history recorded and this code does not reproduce means that the rules have changed under a run. */
function createSinks(log: Log): InjectedSinks<MarkSinks> {
  return {
    marks: {
      flushed: {
        fn(_info, { instance, number, recorded, computed }) {
          if (recorded !== computed)
            log.error({ instance, number, recorded, computed }, 'state differs from what history recorded');
          failpoint('before-answer');
        },
        callDuringReplay: true,
      },
      rolling: {
        fn() {
          failpoint('before-continue-as-new');
        },
        callDuringReplay: false,
      },
    },
  };
}
