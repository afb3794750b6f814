/** The workflow code with one line written otherwise, as a later or careless version would have it. */
import { join } from 'node:path';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { failureConverterPath } from '../../platform/payload-codec.ts';

export interface Edit {
  /** The end of the file's path. */
  readonly file: RegExp;
  readonly was: string;
  readonly becomes: string;
}

export async function bundleWith({ file, was, becomes }: Edit): Promise<WorkflowBundleWithSourceMap> {
  const loader = join(import.meta.dirname, 'replacing-loader.cjs');
  return (await bundleWorkflowCode({
    workflowsPath: join(import.meta.dirname, '../../workflows/index.ts'),
    failureConverterPath,
    webpackConfigHook: (config) => ({
      ...config,
      module: {
        ...config.module,
        rules: [...(config.module?.rules ?? []), { test: file, enforce: 'pre', use: { loader, options: { was, becomes } } }],
      },
    }),
  })) as WorkflowBundleWithSourceMap;
}
