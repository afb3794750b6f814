/** Histories that released rules have written replay under today's to the same commands and the same state digests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InjectedSinks, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { RULES_VERSION } from '../../engine/rules-version.ts';
import { createDataConverter } from '../../platform/payload-codec.ts';
import { createPlanCodec } from '../../platform/plan-codec.ts';
import type { MarkSinks } from '../../workflows/marks.ts';
import { workflowBundle } from '../running/bundle.ts';
import { bundleWith } from '../running/changed-bundle.ts';
import { HISTORIES, record } from './record.ts';

interface Replayed {
  /** Why the history cannot be replayed, if it cannot. */
  readonly failure: string | undefined;
  /** Flushes whose state differs from what history recorded, and how many there were. */
  readonly differing: readonly string[];
  readonly flushes: number;
}

type Bundle = { readonly codePath: string } | WorkflowBundleWithSourceMap;

/** `version`: of the rules by which it was recorded. */
async function replay(bundle: Bundle, { version, name }: { version: string; name: string }): Promise<Replayed> {
  const folder = join(HISTORIES, version);
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
  const codec = createPlanCodec(async (hash) => readFileSync(join(folder, `${hash}.program.json`), 'utf8'));
  const replayed = Worker.runReplayHistories(
    { workflowBundle: bundle, dataConverter: createDataConverter({ codecs: [codec] }), sinks },
    [{ workflowId: name, history: JSON.parse(readFileSync(join(folder, name), 'utf8')) }],
  );
  let failure: string | undefined;
  for await (const { error } of replayed) failure = error?.message;
  return { failure, differing, flushes };
}

/** Today's code, but for one rule: a returned task counts double. */
const bundleWithChangedRule = () =>
  bundleWith({ file: /engine\/submission\.ts$/, was: 'returns: task.returns + 1', becomes: 'returns: task.returns + 2' });

if (process.env['SHIGEYI_RECORD'] !== undefined) beforeAll(record, 300_000);

const versions = readdirSync(HISTORIES).sort((a, b) => Number(a) - Number(b));
const historiesOf = (version: string) => readdirSync(join(HISTORIES, version)).filter((name) => name.endsWith('.history.json'));

it('histories are kept of every version of the rules up to today', () =>
  expect(versions).toEqual(Array.from({ length: RULES_VERSION }, (_, index) => String(index + 1))));

describe.each(versions)('histories that version %s of the rules has written', (version) => {
  it('are of all three workflows, and of one that was rolled', () => {
    expect(historiesOf(version)).toEqual(
      expect.arrayContaining([
        'c.0.history.json',
        'u-union-01.0.history.json',
        'h-h-001.0.history.json',
        'h-h-001.1.history.json',
      ]),
    );
  });

  it.each(historiesOf(version))('%s replays to the same commands and the same digests', async (name) => {
    const { failure, differing, flushes } = await replay(await workflowBundle(), { version, name });
    expect(failure).toBeUndefined();
    expect(differing).toEqual([]);
    expect(flushes).toBeGreaterThan(2);
  });

  it('show a rule that was changed under them', async () => {
    const changed = await bundleWithChangedRule();
    const seen = await Promise.all(historiesOf(version).map((name) => replay(changed, { version, name })));
    expect(seen.some(({ failure, differing }) => failure !== undefined || differing.length > 0)).toBe(true);
  });
});
