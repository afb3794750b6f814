import { ApplicationFailure } from '@temporalio/workflow';

/** Gives back what it was started with, or fails with it: for looking at what Temporal then holds. */
export function echoWorkflow(value: unknown, { fail }: { fail: boolean }): Promise<unknown> {
  if (fail) return Promise.reject(ApplicationFailure.nonRetryable(`failed with ${String(value)}`));
  return Promise.resolve(value);
}
