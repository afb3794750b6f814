/**
 * What may be adjusted in a run that goes on. An adjustment concerns one instance, or, as a revision of the run, every instance it is for, those that
 * join later among them. Its reason is stored in words first; here it is an id.
 */
import type { Offset } from './offset.ts';
import type { Instant } from './plan.ts';

/** Which tasks of an instance: one of them; or those of a template or a phase, or all, and then also what comes up later. */
export type TasksOf =
  | { readonly task: string }
  | { readonly template: string }
  | { readonly phase: string }
  | { readonly all: true };

/** To an instant, or by so much from the deadline that each task has. Negative: earlier. */
export type NewDeadline = { readonly to: Instant } | { readonly by: Offset };

/** A deadline moved by a person, later or earlier. */
export interface Extension {
  readonly of: TasksOf;
  readonly deadline: NewDeadline;
}

export type Adjustment = { readonly kind: 'extend' } & Extension;
export type AdjustmentKind = Adjustment['kind'];

/** Who may make adjustments of a kind, and how often of one task. */
export interface AdjustmentRule {
  /** Roles. */
  readonly by: readonly string[];
  readonly atMost?: number;
}

/** Of a kind that the definition says nothing of: the office may, as often as it likes. The product's choice. */
export const DEFAULT_RULE: AdjustmentRule = { by: ['office'] };

/** Whom a revision of a run is for: everybody; a union and its households; or one instance. */
export type AdjustmentScope = { readonly all: true } | { readonly union: string } | { readonly instance: string };

export const isFor = (scope: AdjustmentScope, { instance, union }: { instance: string; union: string | null }): boolean =>
  'all' in scope || ('union' in scope ? scope.union === union : scope.instance === instance);

/** The union of the register that the federation's own people belong to. */
const FEDERATION = 'district';

/** Whether somebody may adjust, under the post that the register gives them: of a union, what is that union's own. `union`: the one that is concerned alone. */
export function mayAdjust(
  { role, union: own }: { readonly role: string; readonly union: string },
  { rule, union }: { readonly rule: AdjustmentRule; readonly union: string | undefined },
): boolean {
  return rule.by.includes(role) && (own === FEDERATION || own === union);
}
