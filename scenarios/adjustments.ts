/** The acts of a scenario that adjust the run: for whom, and what. */
import type { Adjustment, AdjustmentScope, TasksOf } from '../model/adjustment.ts';
import { parseOffset } from '../model/offset-text.ts';
import type { Instant } from '../model/plan.ts';
import type { Act } from './language.ts';

export interface AskedAdjustment {
  /** As the scenario names whom it is for. */
  readonly name: string;
  readonly for: AdjustmentScope;
  /** Undefined when its time is none that the plan can reckon with. */
  readonly adjustment: Adjustment | undefined;
}

/** Undefined for acts upon tasks. `end`: of a day or a minute. */
export function adjustmentOf(act: Act, { end }: { end: (text: string) => Instant | undefined }): AskedAdjustment | undefined {
  if (act.extend === undefined) return undefined;
  const { scope, task } = concernOf(act.extend);
  const to = act.to === undefined ? undefined : end(act.to);
  const by = act.by === undefined ? undefined : parseOffset(act.by);
  const deadline = to !== undefined ? { to } : by !== undefined ? { by } : undefined;
  const adjustment = deadline && ({ kind: 'extend', of: tasksOf(act, task), deadline } as const);
  return { name: act.extend, for: scope, adjustment };
}

/** `all`; `u/union-01`, which is the union with its households; `h/h-001`; or a task of an instance. */
export function concernOf(name: string): { readonly scope: AdjustmentScope; readonly task?: string } {
  if (name === 'all') return { scope: { all: true } };
  const match = /^(c|[uh]\/[^/]+)(?:\/(.+))?$/.exec(name)!;
  const [, instance, task] = match as unknown as [string, string, string | undefined];
  if (task !== undefined) return { scope: { instance }, task };
  return { scope: instance.startsWith('u/') ? { union: instance.slice(2) } : { instance } };
}

function tasksOf({ phase, template }: Act, task: string | undefined): TasksOf {
  if (task !== undefined) return { task };
  if (phase !== undefined) return { phase };
  return template === undefined ? { all: true } : { template };
}
