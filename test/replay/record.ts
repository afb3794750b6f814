/**
 * Records histories anew: plays the drill with simulated people on a stepped clock, amended and one household rolled to a new history in
 * mid-campaign, and keeps what Temporal holds of a campaign, a union and two households, with their programs beside them. Payloads are kept decrypted:
 * the drill's people are made up, and a replay must not need the key of a test that is long over.
 *
 *     SHIGEYI_RECORD=1 npm test -- test/replay
 *
 * Kept under `histories/<version of the rules>/`. To be done anew as long as a version is not released, and never after that: what it has written must
 * replay as long as an instance may carry it.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { temporal } from '@temporalio/proto';
import { advanceRun } from '../../client/stepping.ts';
import { RULES_VERSION } from '../../engine/rules-version.ts';
import { createEncryptionCodec } from '../../platform/encryption-codec.ts';
import { parseKeyRing } from '../../platform/keys.ts';
import type { ShigeyiClient } from '../../client/shigeyi.ts';
import { getPlanText } from '../../store/plans.ts';
import { getRun } from '../../store/runs.ts';
import { play } from '../story/play.ts';
import { createTemporalStage } from '../story/temporal-stage.ts';
import { amendmentOf } from '../running/amended-drill.ts';
import { beijing, drill, OPENS, OVER, SECOND_PHASE, steppedDrill } from '../running/drill.ts';
import { type Engine, withEngine } from '../running/engine.ts';
import { until } from '../running/until.ts';

/** A folder for each version of the rules. */
export const HISTORIES = join(import.meta.dirname, 'histories');
const FOLDER = join(HISTORIES, String(RULES_VERSION));

const RUN = 'recorded';
const SCRIPT = { seed: 4, habits: { late: 0.3, never: 0.1, returned: 0.5 }, wishes: {}, endsAt: drill.plan.endsAt };
/** With visits that are open, and some that are done. */
const AMENDED_AT = beijing('10-13 12:00');
const ROLLED = 'h/h-001';

type History = temporal.api.history.v1.IHistory;

export async function record(): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await withEngine(async (engine) => {
    const { client } = engine;
    await client.start({ ...steppedDrill(RUN), run: RUN });
    const startsAt = OPENS - 86_400_000;
    const stage = createTemporalStage({ client, run: RUN, startsAt });
    await stage.advance(startsAt);
    await play(stage, { ...SCRIPT, until: AMENDED_AT });
    await amend(client);
    await play(stage, { ...SCRIPT, until: SECOND_PHASE });
    await client.room.sender.send({ run: RUN, instance: ROLLED, id: 'roll', by: { system: 'operator' }, body: { kind: 'roll' } });
    await play(stage, { ...SCRIPT, seed: 5, until: OVER });
    await advanceRun(client.room, { run: RUN, to: OVER + 30 * 86_400_000 });
    for (const instance of ['c', 'u/union-01', 'h/h-001', 'h/h-002']) await keep(engine, instance);
    const programs = [drill.plan.programs, (await getRun(engine.pool, RUN)).programs];
    for (const hash of programs.flatMap((each) => Object.values(each)))
      writeFileSync(join(FOLDER, `${hash}.program.json`), await getPlanText(engine.pool, hash));
  });
}

async function amend(client: ShigeyiClient): Promise<void> {
  const done = await client.adjust({ ...(await amendmentOf(client, RUN)), id: 'amend' });
  const revision = 'revision' in done ? done.revision.revision : 0;
  await until('the amendment has been taken', async () => (await client.revisionProgress(RUN, revision)).pending === 0);
}

/** Every history of an instance, the one it was rolled from included. */
async function keep({ temporal: { workflow }, orders }: Engine, instance: string): Promise<void> {
  const codec = createEncryptionCodec(parseKeyRing(orders.keys, 'the recording'));
  let runId: string | undefined = (await workflow.getHandle(`${RUN}/${instance}`).describe()).runId;
  for (let part = 0; runId !== undefined; part += 1) {
    const history: History = await workflow.getHandle(`${RUN}/${instance}`, runId).fetchHistory();
    await decrypt(history, codec);
    writeFileSync(join(FOLDER, `${instance.replace('/', '-')}.${part}.history.json`), `${historyToJSON(history)}\n`);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  }
}

/** In place, wherever a payload stands in the history. */
async function decrypt(value: unknown, codec: PayloadCodec): Promise<void> {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return;
  for (const [key, member] of Object.entries(value)) {
    if (isPayload(member)) Object.assign(value, { [key]: (await codec.decode([member]))[0] });
    else await decrypt(member, codec);
  }
}

/** Sealed ones only: Temporal writes a few of its own beside them, in plain text. */
function isPayload(value: unknown): value is Payload {
  if (typeof value !== 'object' || value === null || !('metadata' in value) || !('data' in value)) return false;
  const { encoding } = value.metadata as Record<string, Uint8Array>;
  return encoding !== undefined && Buffer.from(encoding).toString('utf8') === 'binary/encrypted';
}
