/** One worker process: workflows and activities on Temporal, and the rounds beside them. Wires the rooms; decides nothing. */
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type WorkflowBundleOption } from '@temporalio/worker';
import type { Pool } from 'pg';
import { createBulletinDesk } from '../activities/bulletin-desk.ts';
import type { Channel, Log } from '../activities/channel.ts';
import { createFlushActivities } from '../activities/flush.ts';
import { createPostRoom } from '../activities/post-room.ts';
import { createReconciler } from '../activities/reconcile.ts';
import { createRelay } from '../activities/relay.ts';
import { Invalid, Refused } from '../client/client-error.ts';
import { type CommandSender, createCommandSender } from '../client/commands.ts';
import { createConfirmer } from '../client/confirming.ts';
import { startInstance } from '../client/instances.ts';
import { RULES_VERSION } from '../engine/rules-version.ts';
import { campaignNow } from '../model/campaign-now.ts';
import type { Actor, Answer, CommandBody } from '../model/command.ts';
import type { KeyRing } from '../platform/keys.ts';
import { clientCodecs, createDataConverter, workerCodecs } from '../platform/payload-codec.ts';
import { createSealer } from '../platform/sealer.ts';
import { hangBell } from '../store/bell.ts';
import { findClosing } from '../store/books.ts';
import { findAnswer } from '../store/commands.ts';
import { createPlanShelf } from '../store/plan-shelf.ts';
import { getPlanText } from '../store/plans.ts';
import { createPool } from '../store/pool.ts';
import type { ItemOutcome, PendingItem } from '../store/revisions.ts';
import { getRun, type Run } from '../store/runs.ts';
import { createAdmitter } from './admission.ts';
import { bundleWorkflows } from './bundle.ts';
import { createCorrector } from './correction.ts';
import { startRounds } from './rounds.ts';
import { createWorker } from './worker.ts';

export interface HostOptions {
  readonly temporal: { readonly address: string; readonly namespace: string; readonly taskQueue: string };
  /** As shigeyi_worker. */
  readonly workerUrl: string;
  readonly ring: KeyRing;
  readonly channels: readonly Channel[];
  readonly log: Log;
  /** The workflow code, bundled beforehand; left out, it is bundled now, which takes seconds. */
  readonly workflowBundle?: WorkflowBundleOption;
}

export interface Host {
  /** Rejects when the worker fails; resolves after `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const POOL_MAX = 24;

let runtimeInstalled = false;

/** Temporal's own words go where ours go. A process has one runtime, so the first host's log takes them. */
function installRuntime(log: Log): void {
  if (runtimeInstalled) return;
  runtimeInstalled = true;
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      if (level === 'ERROR') log.error(meta ?? {}, message);
      else log.warn(meta ?? {}, message);
    }),
  });
}

export async function startHost({ temporal: where, workerUrl, ring, channels, log, workflowBundle }: HostOptions): Promise<Host> {
  installRuntime(log);
  const pool = createPool(workerUrl, {
    max: POOL_MAX,
    applicationName: 'shigeyi-worker',
    onError: (failure) => log.warn({ failure: failure.message }, 'a database connection was lost'),
  });
  const connection = await NativeConnection.connect({ address: where.address });
  const worker = await createWorker({
    connection,
    namespace: where.namespace,
    taskQueue: where.taskQueue,
    dataConverter: createDataConverter({ codecs: workerCodecs({ ring, loadPlan: (hash) => getPlanText(pool, hash) }) }),
    workflowBundle: workflowBundle ?? (await bundleWorkflows()),
    activities: createFlushActivities({ pool }),
    log,
  });
  const clientConnection = await Connection.connect({ address: where.address });
  const temporal = new Client({
    connection: clientConnection,
    namespace: where.namespace,
    dataConverter: createDataConverter({ codecs: clientCodecs({ ring }) }),
  });
  const rounds = hostRounds({ pool, temporal, taskQueue: where.taskQueue, workerUrl, ring, channels, log });
  const letGo = async (): Promise<void> => {
    await rounds.stop();
    await clientConnection.close();
    await connection.close();
    await pool.end();
  };
  const ended = worker.run().then(letGo, async (failure: unknown) => {
    await letGo();
    throw failure;
  });
  return {
    ended,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}

interface RoundsWiring extends Pick<HostOptions, 'workerUrl' | 'ring' | 'channels' | 'log'> {
  readonly pool: Pool;
  readonly temporal: Client;
  readonly taskQueue: string;
}

function hostRounds({ pool, temporal, taskQueue, workerUrl, ring, channels, log }: RoundsWiring) {
  const confirmer = createConfirmer(pool);
  const sender = createCommandSender({
    temporal,
    answers: { findAnswer: (key) => findAnswer(pool, key), confirm: (flush) => confirmer.confirm(flush) },
  });
  const plans = createPlanShelf(pool);
  const sealer = createSealer(ring);
  const admit = createAdmitter({ pool, plans, sealer, log });
  const relay = createRelay({
    pool,
    plans,
    log,
    postRoom: createPostRoom({ pool, plans, channels, log }),
    bulletins: createBulletinDesk({ pool, plans, channels, log }),
    outgoing: {
      async sendCommand({ run, instance, command: { id, by, ...body } }) {
        await send(sender, { run, instance, id, by, body: body as CommandBody });
      },
      admit,
      correct: createCorrector({ pool, plans, sealer, log }),
      isPermanent: (failure) =>
        (failure instanceof Refused && failure.refusal.code !== 'PLAN_BEHIND') || failure instanceof Invalid,
    },
  });
  const reconciler = createReconciler({
    pool,
    rulesVersion: RULES_VERSION,
    plans,
    log,
    startInstance: (to) => startInstance(temporal, { ...to, taskQueue }),
    async closeInstance({ run, instance }) {
      await send(sender, { run, instance, id: `close|${instance}`, by: { system: 'reconciler' }, body: { kind: 'close' } });
    },
    adjustInstance: ({ run, item }) => adjustInstance(sender, { run, item }),
    isOver: async ({ run, now }) => (await findClosing(pool, { run, campaignNow: now })).closable,
  });
  const bell = hangBell(workerUrl, {
    onLost: (failure) => log.warn({ failure: failure.message }, 'the bell lost its connection'),
  });
  return startRounds({
    ...{ pool, temporal, relay, reconciler, bell, log },
    async rewrite({ run, instance, number, digest }) {
      const id = `rewrite|${instance}|${number}|${digest}`;
      await send(sender, { run: await getRun(pool, run), instance, id, by: { system: 'relay' }, body: { kind: 'reflush' } });
    },
  });
}

async function send(
  sender: CommandSender,
  { run, instance, id, by, body }: { run: Run; instance: string; id: string; by: Actor; body: CommandBody },
): Promise<Answer> {
  const steppedTo = run.clock.kind === 'stepped' ? campaignNow(run, Date.now()) : undefined;
  return await sender.send({ run: run.id, instance, id, by, body, steppedTo });
}

/** Under the revision's own id: asked twice, an instance does it once. */
async function adjustInstance(
  sender: CommandSender,
  { run, item }: { run: Run; item: PendingItem },
): Promise<ItemOutcome['outcome']> {
  const { instance, revision } = item;
  const id = `revision|${instance}|${revision.revision}`;
  try {
    const { adjusted = 0 } = await send(sender, { run, instance, id, ...commandOf(item) });
    return { adjusted };
  } catch (failure) {
    if (failure instanceof Refused) return { code: failure.refusal.code, message: failure.refusal.message };
    if (failure instanceof Invalid) return { code: failure.code, message: failure.message };
    throw failure;
  }
}

/** The author of an adjustment acts; a roll is the operator's. */
function commandOf(item: PendingItem): { readonly by: Actor; readonly body: CommandBody } {
  if (item.kind === 'roll') return { by: { system: 'operator' }, body: { kind: 'roll', revision: item.revision.revision } };
  const { for: scope, adjustment, authority, author, reason, revision } = item.revision;
  const more = {
    ...('union' in scope ? { union: scope.union } : {}),
    ...(item.expect === null ? {} : { expect: item.expect }),
  };
  return { by: { person: author, via: 'cli' }, body: { kind: 'adjust', adjustment, authority, reason, revision, ...more } };
}
