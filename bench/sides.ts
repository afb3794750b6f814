/** The two sides behind one shape: enrol a household, complete a task of it, close it. Each answers when its rows are in Postgres. */
import { createHash } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { createCommandSender } from '../client/commands.ts';
import type { Confirmer } from '../client/confirming.ts';
import { startInstance } from '../client/instances.ts';
import { workflowIdOf } from '../client/workflow-ids.ts';
import type { ReferenceAnswer, ReferenceCommand, ReferenceStart } from './reference-workflow.ts';
import { commandIdOf, type Household, POSTS, ROSTER_FACTS, type Scenario } from './scenario.ts';
import type { Side } from './statistics.ts';

export interface Driver {
  enrol(household: Household): Promise<void>;
  complete(household: Household, task: Scenario['tasks'][number]): Promise<void>;
  close(household: Household): Promise<void>;
}

export interface DriverParts {
  readonly scenario: Scenario;
  readonly temporal: Client;
  readonly taskQueue: string;
  readonly confirmer: Confirmer;
}

const OFFICER = POSTS['union-officer'];
/** As long as the engine's client waits. */
const ATTEMPT_MS = 20_000;

export function createDriver(side: Side, parts: DriverParts): Driver {
  return side === 'engine' ? createEngineDriver(parts) : createReferenceDriver(parts);
}

/** Through the product's own client. */
function createEngineDriver({ scenario, temporal, taskQueue, confirmer }: DriverParts): Driver {
  const sender = createCommandSender({
    temporal,
    answers: { findAnswer: () => Promise.resolve(undefined), confirm: (flush) => confirmer.confirm(flush) },
  });
  return {
    async enrol({ run, instance, union }) {
      const enrolment = {
        run,
        instance,
        union,
        revision: 1,
        roles: POSTS,
        facts: { ...ROSTER_FACTS, outcome: null },
        at: Date.now(),
      };
      const programHash = scenario.compiled.plan.programs.household;
      await startInstance(temporal, { taskQueue, run, instance, start: { programHash, clock: { kind: 'real' }, enrolment } });
    },
    async complete(household, { id: task, facts }) {
      const id = commandIdOf(household, task);
      const body = { kind: 'complete', task, submission: id, facts, rows: [], lateReason: false } as const;
      await sender.send({ ...household, id, by: { person: OFFICER, via: 'api' }, body });
    },
    async close(household) {
      await sender.send({
        ...household,
        id: commandIdOf(household, 'close'),
        by: { system: 'reconciler' },
        body: { kind: 'close' },
      });
    },
  };
}

/** As a client written for this campaign would do it, with the same confirmations. */
function createReferenceDriver({ scenario: { deadline, rungs }, temporal, taskQueue, confirmer }: DriverParts): Driver {
  const send = async ({ run, instance }: Household, command: ReferenceCommand): Promise<void> => {
    const handle = temporal.workflow.getHandle(workflowIdOf({ run, instance }));
    const { flush } = await temporal.connection.withDeadline(Date.now() + ATTEMPT_MS, () =>
      handle.executeUpdate<ReferenceAnswer, [ReferenceCommand]>('command', { updateId: command.id, args: [command] }),
    );
    confirmer.confirm({ run, instance, ...flush });
  };
  return {
    async enrol({ run, instance, union }) {
      const start: ReferenceStart = { run, instance, union, posts: POSTS, facts: ROSTER_FACTS, deadline, rungs };
      await temporal.workflow.start('referenceWorkflow', {
        taskQueue,
        workflowId: workflowIdOf({ run, instance }),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [start],
      });
    },
    async complete(household, { id: task, facts: { outcome } }) {
      const content = {
        kind: 'complete',
        task,
        person: OFFICER,
        lateReason: false,
        ...(outcome !== undefined && { outcome }),
      } as const;
      await send(household, { id: commandIdOf(household, task), digest: digestOf(content), ...content });
    },
    async close(household) {
      const content = { kind: 'close' } as const;
      await send(household, { id: commandIdOf(household, 'close'), digest: digestOf(content), ...content });
    },
  };
}

const digestOf = (content: object): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');
