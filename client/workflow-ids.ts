/** Our ids and Temporal's. The only place that builds workflow ids: `<run>/c`, `<run>/u/<union>`, `<run>/h/<household>`. */
import type { AdjustmentScope } from '../model/adjustment.ts';
import type { Scope } from '../model/plan.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';

/** An instance's workflow id. It does not contain the household's union, because households move. */
export function workflowIdOf({ run, instance }: { run: string; instance: string }): string {
  return `${run}/${instance}`;
}

export function scopeOf(instance: string): Scope {
  return instance === CAMPAIGN_INSTANCE ? 'campaign' : instance.startsWith('u/') ? 'union' : 'household';
}

/** The instance that an adjustment is for; of many, the one that they all belong to. */
export function instanceOf(scope: AdjustmentScope): string {
  if ('instance' in scope) return scope.instance;
  return 'union' in scope ? `u/${scope.union}` : CAMPAIGN_INSTANCE;
}

/** `<instance>/<key>`, as people type it; the key is what follows the instance. Undefined when it is no task id. */
export function parseTaskId(text: string): { instance: string; key: string } | undefined {
  const match = /^(c|u\/[^/]+|h\/[^/]+)\/([^/]+)$/.exec(text);
  return match === null ? undefined : { instance: match[1]!, key: match[2]! };
}

export const taskIdOf = ({ instance, key }: { instance: string; key: string }): string => `${instance}/${key}`;

/** Workflow type by scope; the functions themselves live in the worker's bundle. */
export const WORKFLOW_TYPES = {
  campaign: 'campaignWorkflow',
  union: 'unionWorkflow',
  household: 'householdWorkflow',
} as const satisfies Record<Scope, string>;
