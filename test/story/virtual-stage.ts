/** The virtual clock as a stage. */
import type { CompiledPlan } from '../../client/api.ts';
import type { RowFacts } from '../../model/command.ts';
import type { Instant } from '../../model/plan.ts';
import type { Roster } from '../../model/roster.ts';
import { admittedHousehold } from '../../roster/admission.ts';
import { type Reply, VirtualRun } from '../../simulator/virtual-run.ts';
import { keepRecords, type Records } from '../../simulator/records.ts';
import { type World } from '../../simulator/world.ts';
import type { Hand, Stage } from './stage.ts';

/** A form that was accepted, as far as rows go. */
export interface Submitted {
  readonly task: string;
  readonly template: string;
  readonly rows: readonly RowFacts[];
}

export interface VirtualStage extends Stage, Pick<Records, 'messages' | 'audit'> {
  readonly world: World;
  /** Of finished tasks, by task. */
  readonly submissions: ReadonlyMap<string, Submitted>;
}

export function createVirtualStage({
  compiled: { plan, programs },
  ...given
}: {
  compiled: CompiledPlan;
  roster: Roster;
  run: string;
  startsAt: Instant;
}): VirtualStage {
  const submissions = new Map<string, Submitted>();
  const { messages, audit, observer } = keepRecords();
  const virtual = new VirtualRun({ ...given, plan, programs, admit: admittedHousehold, observer });
  const { world } = virtual;
  virtual.enrolAll();
  return {
    world,
    messages,
    audit,
    submissions,
    now: () => world.now,
    nextWake: async () => world.nextWake(),
    advance: async (to) => world.advance(to),
    openTasks: async () =>
      [...world.instances].flatMap(([instance, { tasks }]) =>
        Object.entries(tasks)
          .filter(([, { status }]) => status === 'open' || status === 'returned' || status === 'inReview')
          .map(([key, task]) => ({ ...task, instance, key })),
      ),
    form: async (task) => virtual.form(task),
    async complete({ answers, lateReason, ...hand }) {
      const reply = virtual.complete({ ...hand, answers, late: lateReason !== undefined });
      accepted(hand, reply);
      const task = `${hand.task.instance}/${hand.task.key}`;
      submissions.set(task, { task, template: hand.task.template, rows: reply.rows ?? [] });
    },
    async review(hand) {
      accepted(hand, virtual.review(hand));
    },
  };
}

function accepted({ task }: Hand, reply: Reply): void {
  if (!('answer' in reply)) throw new Error(`${task.instance}/${task.key}: ${JSON.stringify(reply)}`);
}
