/** The workflow code as one file, built when a worker starts: production mode, so that each cached workflow costs little memory. */
import { fileURLToPath } from 'node:url';
import { type BundleOptions, bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';
import { failureConverterPath } from '../platform/payload-codec.ts';

const WORKFLOWS_PATH = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

/**
 * Code without state, evaluated once per worker thread and shared by all its workflows. Left to themselves the modules would be evaluated anew for each
 * workflow: its tables built again, its functions never compiled by V8 beyond the interpreter. No module that keeps anything may stand here.
 */
const STATELESS = [
  'engine/advance.ts',
  'engine/apply.ts',
  'engine/draft.ts',
  'engine/enrol.ts',
  'engine/flush-rows.ts',
  'engine/preview.ts',
  'engine/refuses.ts',
  'model/clock.ts',
  'model/payload-marker.ts',
  'workflows/stack-traces.ts',
].map((path) => fileURLToPath(new URL(`../${path}`, import.meta.url)));

/** `workflowsPath`: other workflows in the same manner, as the benchmark does. */
export async function bundleWorkflows({
  workflowsPath = WORKFLOWS_PATH,
}: {
  workflowsPath?: string;
} = {}): Promise<WorkflowBundle> {
  return await bundleWorkflowCode({
    workflowsPath,
    preloadModules: STATELESS,
    webpackConfigHook: (config) => ({ ...forThisNode(config), mode: 'production' }),
    failureConverterPath,
    logger: SILENT,
  });
}

/** The SDK translates to ES2017, where each spread and each private member becomes a call; the Node that runs the bundle has both. */
function forThisNode(config: WebpackConfiguration): WebpackConfiguration {
  const rules = config.module?.rules?.map((rule) => {
    if (typeof rule !== 'object' || rule === null || typeof rule.use !== 'object') return rule;
    const { use } = rule;
    if (!('options' in use) || typeof use.options !== 'object' || !('jsc' in use.options)) return rule;
    return {
      ...rule,
      use: { ...use, options: { ...use.options, jsc: { ...(use.options['jsc'] as object), target: 'es2022' } } },
    };
  });
  return { ...config, module: { ...config.module, ...(rules === undefined ? {} : { rules }) } };
}

type WebpackConfiguration = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

const nothing = (): void => undefined;
const SILENT = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
