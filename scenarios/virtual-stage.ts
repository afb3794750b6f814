/** The virtual clock as a stage. */
import type { AuditEntry } from '../model/flush.ts';
import type { Facts } from '../model/plan.ts';
import { countIndicators } from '../simulator/indicators.ts';
import { type Reply, VirtualRun, type VirtualRunOptions } from '../simulator/virtual-run.ts';
import type { Observer } from '../simulator/world.ts';
import type { Issued, Spoken, Stage, StagedTask, Verdict } from './stage.ts';

export function createVirtualStage(options: VirtualRunOptions): Stage {
  const spoken: Spoken[] = [];
  const issued: Issued[] = [];
  const observer: Observer = {
    ...options.observer,
    audit(instance, entry) {
      options.observer?.audit?.(instance, entry);
      if (entry.kind === 'bulletinIssued') issued.push(issuedBy(entry));
      if (entry.kind !== 'rungReached') return;
      const { rung, recipient } = entry.detail!;
      spoken.push({ instance, task: entry.task!, rung: String(rung), at: entry.at, recipient: recipient as string | null });
    },
  };
  const virtual = new VirtualRun({ ...options, observer });
  const { world } = virtual;
  virtual.enrolAll();
  return {
    now: () => world.now,
    nextWake: async () => world.nextWake(),
    advance: async (to) => world.advance(to),
    tasks: async () =>
      [...world.instances].flatMap(([instance, { tasks, paused }]) =>
        Object.entries(tasks).map(
          ([key, task]): StagedTask => ({
            ...{ ...task, instance, key },
            reviewDeadline: task.review?.deadline ?? null,
            pausedAt: paused?.since ?? null,
          }),
        ),
      ),
    facts: async () => new Map<string, Facts>([...world.instances].map(([instance, { facts }]) => [instance, facts])),
    spoken: async () => spoken,
    issued: async () => issued,
    indicators: async () => countIndicators({ plan: virtual.plan, instances: world.instances.values(), now: world.now }),
    running: async () => ({ plan: virtual.plan, programs: virtual.programs }),
    form: async (task) => virtual.form(task),
    complete: async ({ answers, lateReason, ...hand }) =>
      verdictOf(virtual.complete({ ...hand, answers, late: lateReason !== undefined })),
    review: async (hand) => verdictOf(virtual.review(hand)),
    admit: async (admitting) => {
      const { refusal } = virtual.admit(admitting);
      return refusal === undefined ? null : { code: refusal.code, message: refusal.message };
    },
    adjust: async (adjusting) => {
      const { refusal } = virtual.adjust(adjusting);
      return refusal === undefined ? null : { code: refusal.code, message: refusal.message };
    },
  };
}

function issuedBy({ at, detail }: AuditEntry): Issued {
  const { bulletin, number, recipient } = detail!;
  return { bulletin: String(bulletin), number: Number(number), at, recipient: recipient as string | null };
}

function verdictOf(reply: Reply): Verdict {
  if ('answer' in reply) return null;
  if ('refusal' in reply) return { code: reply.refusal.code, message: reply.refusal.message };
  const words = reply.issues.map(({ path, message }) => `${path}: ${message}`);
  return { code: 'FORM_INVALID', message: words.join('; '), issues: reply.issues.map(({ code }) => code) };
}
