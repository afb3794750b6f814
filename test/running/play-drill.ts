/** The drill played by simulated people on the running engine, whatever is killed meanwhile, and what must come of it. */
import { isUnreachable } from '../../cli/failure.ts';
import type { Instant } from '../../model/plan.ts';
import type { OutboxMessage } from '../../model/flush.ts';
import { findInstances } from '../../store/instances.ts';
import { findTasks } from '../../store/tasks.ts';
import { type Play, play } from '../story/play.ts';
import type { Stage } from '../story/stage.ts';
import { createTemporalStage } from '../story/temporal-stage.ts';
import { createVirtualStage } from '../story/virtual-stage.ts';
import { deliveredClaims } from './books.ts';
import { beijing, drill, drillRoster, OPENS } from './drill.ts';
import type { Engine } from './engine.ts';

const STARTS = OPENS - 86_400_000;
const ALL = 10_000;
/** Long enough for a worker that was killed to be missed, replaced, and heard of again. */
const PATIENCE_MS = 90_000;

/** Into the second phase, with something late, something returned, something never done, and rows of every kind. */
export const SCRIPT: Play = {
  seed: 16,
  habits: { late: 0.2, never: 0.1, returned: 0.4 },
  wishes: { visit: { outcome: 'assist' }, sweep: { found: 0 } },
  endsAt: drill.plan.endsAt,
  until: beijing('10-20 12:00'),
};

/** What can be seen of a run, in words that do not depend on when it was played or what went wrong. */
export interface Outcome {
  readonly tasks: readonly string[];
  /** What was said to whom and when. */
  readonly told: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
}

interface SeenTask {
  readonly instance: string;
  readonly key: string;
  readonly status: string;
  readonly openedAt: Instant;
  readonly deadline: Instant;
  readonly holder: string | null;
  readonly submittedAt: Instant | null;
  readonly decidedBy: string | null;
  readonly returns: number;
  readonly rung: number;
}

const taskLine = ({ instance, key, ...task }: SeenTask): string =>
  [
    `${instance}/${key}`,
    task.status,
    task.openedAt,
    task.deadline,
    task.holder,
    task.submittedAt,
    task.decidedBy,
    task.returns,
    task.rung,
  ].join(' ');
const toldLine = ({ at, claim, recipient }: OutboxMessage): string => `${at} ${claim} ${recipient}`;

/** As the pure core has it, on the virtual clock. */
export async function expectedOutcome(run: string, script: Play = SCRIPT): Promise<Outcome> {
  const { world, messages, ...stage } = createVirtualStage({ compiled: drill, roster: drillRoster, run, startsAt: STARTS });
  await play(forgiving(stage), script);
  const instances = [...world.instances];
  return {
    tasks: instances
      .flatMap(([instance, { tasks }]) => Object.entries(tasks).map(([key, task]) => taskLine({ instance, key, ...task })))
      .sort(),
    told: messages.map(({ entry }) => toldLine(entry)).sort(),
    facts: Object.fromEntries(instances.map(([instance, { facts }]) => [instance, facts])),
  };
}

/** As the projection and the outbox have it. */
export async function outcomeOf({ pool }: Pick<Engine, 'pool'>, run: string): Promise<Outcome> {
  const { rows } = await pool.query<{ payload: OutboxMessage }>(
    `select payload from outbox where run_id = $1 and kind = 'message' limit ${ALL}`,
    [run],
  );
  const instances = await findInstances(pool, { run, limit: ALL });
  return {
    tasks: (await findTasks(pool, { run, limit: ALL })).map(taskLine).sort(),
    told: rows.map(({ payload }) => toldLine(payload)).sort(),
    facts: Object.fromEntries(instances.map(({ instance, facts }) => [instance, facts])),
  };
}

/** Plays on, asking again with the same ids whatever cannot be reached just now. */
export async function playDrill({ client }: Pick<Engine, 'client'>, run: string, script: Play = SCRIPT): Promise<void> {
  await play(forgiving(patient(createTemporalStage({ client, run, startsAt: STARTS }))), script);
}

/** People who mean to hand in late what the end of a phase has closed learn that they cannot. */
export function forgiving(stage: Stage): Stage {
  const closed = (failure: unknown): void => {
    if (!/PHASE_CLOSED|ended with its phase/.test(String(failure))) throw failure;
  };
  return { ...stage, complete: (hand) => stage.complete(hand).catch(closed) };
}

export function patient(stage: Stage): Stage {
  return {
    now: stage.now,
    nextWake: persisting(stage.nextWake),
    advance: persisting(stage.advance),
    openTasks: persisting(stage.openTasks),
    form: persisting(stage.form),
    complete: persisting(stage.complete),
    review: persisting(stage.review),
  };
}

export function persisting<Given extends readonly unknown[], T>(
  ask: (...given: Given) => Promise<T>,
): (...given: Given) => Promise<T> {
  return async (...given) => {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await ask(...given);
      } catch (failure) {
        if (!isUnreachable(failure) || Date.now() > deadline) throw failure;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
}

/** Claims of messages that were delivered more than once, or never. */
export async function misdelivered(engine: Pick<Engine, 'pool' | 'messages'>, run: string): Promise<readonly string[]> {
  const { rows } = await engine.pool.query<{ claim: string; sent: boolean }>(
    `select claim, state = 'sent' as sent from outbox where run_id = $1 and kind = 'message' limit ${ALL}`,
    [run],
  );
  const times = new Map<string, number>();
  for (const claim of deliveredClaims(engine, run)) times.set(claim, (times.get(claim) ?? 0) + 1);
  // A daily list that waits for tomorrow's is not missing.
  return [...new Set([...times.keys(), ...rows.map(({ claim }) => claim)])]
    .filter((claim) => (times.get(claim) ?? 0) !== (rows.find((row) => row.claim === claim)?.sent === true ? 1 : 0))
    .map((claim) => `${claim}: ${times.get(claim) ?? 0} times`);
}
