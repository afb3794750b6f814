/** Tells whoever waits at a gate how it stands: the campaign, a union of its own households, or everybody below the one they wait for. */
import type { Pool } from 'pg';
import { inParallel } from '../model/in-parallel.ts';
import type { GateLevel } from '../model/command.ts';
import type { Gate, Scope } from '../model/plan.ts';
import { type ClaimedGate, findListeners, holdGate, markGateSent, releaseGate } from '../store/gates.ts';
import type { PlanShelf } from '../store/plan-shelf.ts';
import type { Run } from '../store/runs.ts';
import type { Log } from './channel.ts';
import type { Outgoing } from './relay.ts';

/** Instances told at once. */
const WIDTH = 16;
const PAGE = 500;
/** Somebody has not begun yet: they are asked for again after this long. */
const NOT_YET_MS = 1_000;

export interface GateCrierParts {
  readonly pool: Pool;
  readonly plans: PlanShelf;
  readonly outgoing: Outgoing;
  readonly log: Log;
  readonly leaseMs: number;
}

export interface GateCrier {
  tell(run: Run, counted: ClaimedGate): Promise<void>;
}

/** One count, and those who are to hear it. */
interface Audience {
  readonly scope: Scope;
  /** Null: in every union. */
  readonly union: string | null;
  readonly level: GateLevel;
}

export function createGateCrier({ pool, plans, outgoing, log, leaseMs }: GateCrierParts): GateCrier {
  return {
    async tell(run, counted) {
      const { gate, version } = counted;
      try {
        const plan = await plans.getPlan(run.planHash);
        const task = plan.tasks.find((each) => each.gate?.id === gate);
        let waiting = 0;
        for (const audience of task === undefined ? [] : audiencesOf(task.gate!, task.scope, counted))
          waiting += await cry(run, { gate, audience });
        if (waiting === 0) await markGateSent(pool, { run: run.id, gate, version });
        else await releaseGate(pool, { run: run.id, gate, version, afterMs: NOT_YET_MS });
      } catch (failure) {
        // The lease ends and the count, by then perhaps a newer one, goes out again.
        log.warn({ run: run.id, gate, version, failure: String(failure) }, 'a gate count could not be told');
      }
    },
  };

  /** Page by page, each told under an id of its own, so that telling it again does nothing. Returns how many have not begun yet. */
  async function cry(run: Run, { gate, audience }: { gate: string; audience: Audience }): Promise<number> {
    const { scope, union, level } = audience;
    let waiting = 0;
    for (let after = ''; ; ) {
      const page = await findListeners(pool, { run: run.id, scope, union, after, limit: PAGE });
      const open = page.filter(({ status }) => status === 'open');
      waiting += page.length - open.length;
      await inParallel(open, { width: WIDTH, work: ({ instance }) => tellOne(run, { instance, gate, union, level }) });
      if (page.length < PAGE) return waiting;
      after = page.at(-1)!.instance;
      await holdGate(pool, { run: run.id, gate, leaseMs });
    }
  }

  async function tellOne(
    run: Run,
    { instance, gate, union, level }: { instance: string; gate: string; union: string | null; level: GateLevel },
  ): Promise<void> {
    const id = `gate|${instance}|${gate}|${level.version}`;
    try {
      await outgoing.sendCommand({
        run,
        instance,
        claim: id,
        command: { kind: 'gate', id, gate, ...(union === null ? {} : { union }), ...level, by: { system: 'relay' } },
      });
    } catch (failure) {
      // An instance that has closed has nothing left to open.
      if (!outgoing.isPermanent(failure)) throw failure;
    }
  }
}

/** The campaign counts everybody. Elsewhere each union whose part has changed is told of its own; below it, all its households. */
function audiencesOf({ of }: Gate, scope: Scope, { version, done, total, excluded, unions }: ClaimedGate): readonly Audience[] {
  const whole = { scope, union: null, level: { version, done, total, excluded } };
  if (scope === 'campaign' || of === 'campaign') return [whole];
  return unions.map(({ union, ...count }) => ({ scope, union, level: { version, ...count } }));
}
