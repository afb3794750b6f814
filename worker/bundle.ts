/** The workflow code as one file, built when a worker starts: production mode, so that each cached workflow costs little memory. */
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';
import { failureConverterPath } from '../platform/payload-codec.ts';

const WORKFLOWS_PATH = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

/** `workflowsPath`: other workflows in the same manner, as the benchmark does. */
export async function bundleWorkflows({
  workflowsPath = WORKFLOWS_PATH,
}: {
  workflowsPath?: string;
} = {}): Promise<WorkflowBundle> {
  return await bundleWorkflowCode({
    workflowsPath,
    webpackConfigHook: (config) => ({ ...config, mode: 'production' }),
    failureConverterPath,
    logger: SILENT,
  });
}

const nothing = (): void => undefined;
const SILENT = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
