/** Histories that released rules have written replay under today's to the same commands and the same state digests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, type InjectedSinks, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDataConverter, failureConverterPath } from '../../platform/payload-codec.ts';
import { createPlanCodec } from '../../platform/plan-codec.ts';
import type { MarkSinks } from '../../workflows/marks.ts';
import { workflowBundle } from '../running/bundle.ts';
import { HISTORIES, record } from './record.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Replayed {
  /** Why the history cannot be replayed, if it cannot. */
  readonly failure: string | undefined;
  /** Flushes whose state differs from what history recorded, and how many there were. */
  readonly differing: readonly string[];
  readonly flushes: number;
}

async function replay(bundle: { readonly codePath: string } | WorkflowBundleWithSourceMap, name: string): Promise<Replayed> {
  const differing: string[] = [];
  let flushes = 0;
  const sinks: InjectedSinks<MarkSinks> = {
    marks: {
      flushed: {
        fn(_info, { instance, number, recorded, computed }) {
          flushes += 1;
          if (recorded !== computed) differing.push(`${instance} flush ${number}`);
        },
        callDuringReplay: true,
      },
      rolling: { fn: () => undefined, callDuringReplay: false },
    },
  };
  const codec = createPlanCodec(async (hash) => readFileSync(join(HISTORIES, `${hash}.program.json`), 'utf8'));
  const replayed = Worker.runReplayHistories(
    { workflowBundle: bundle, dataConverter: createDataConverter({ codecs: [codec] }), sinks },
    [{ workflowId: name, history: JSON.parse(readFileSync(join(HISTORIES, name), 'utf8')) }],
  );
  let failure: string | undefined;
  for await (const { error } of replayed) failure = error?.message;
  return { failure, differing, flushes };
}

/** Today's code, but for one rule: a returned task counts double. */
async function bundleWithChangedRule(): Promise<WorkflowBundleWithSourceMap> {
  return (await bundleWorkflowCode({
    workflowsPath: join(ROOT, 'workflows/index.ts'),
    failureConverterPath,
    webpackConfigHook: (config) => ({
      ...config,
      module: {
        ...config.module,
        rules: [
          ...(config.module?.rules ?? []),
          { test: /engine\/submission\.ts$/, enforce: 'pre', use: join(import.meta.dirname, 'changed-rule-loader.cjs') },
        ],
      },
    }),
  })) as WorkflowBundleWithSourceMap;
}

if (process.env['SHIGEYI_RECORD'] !== undefined) beforeAll(record, 300_000);

const histories = () => readdirSync(HISTORIES).filter((name) => name.endsWith('.history.json'));

describe('kept histories', () => {
  it('are of all three workflows, and of one that was rolled', () => {
    expect(histories()).toEqual(
      expect.arrayContaining([
        'c.0.history.json',
        'u-union-01.0.history.json',
        'h-h-001.0.history.json',
        'h-h-001.1.history.json',
      ]),
    );
  });

  it.each(histories())('%s replays to the same commands and the same digests', async (name) => {
    const { failure, differing, flushes } = await replay(await workflowBundle(), name);
    expect(failure).toBeUndefined();
    expect(differing).toEqual([]);
    expect(flushes).toBeGreaterThan(2);
  });

  it('show a rule that was changed under them', async () => {
    const changed = await bundleWithChangedRule();
    const seen = await Promise.all(histories().map((name) => replay(changed, name)));
    expect(seen.some(({ failure, differing }) => failure !== undefined || differing.length > 0)).toBe(true);
  });
});
