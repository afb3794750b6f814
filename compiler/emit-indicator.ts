/** Indicators as the plan has them. */
import type { Indicator, IndicatorRule } from '../model/plan.ts';
import { compileOptional } from './conditions.ts';
import { given } from './given.ts';
import type { Indicator as IndicatorText } from './language.ts';

export function emitIndicator([id, { title, by, ...indicator }]: [string, IndicatorText]): Indicator {
  return { id, title, by: by ?? [], rule: emitRule(indicator) };
}

function emitRule({ of, when, sum, ratio, tasks }: Omit<IndicatorText, 'title' | 'by'>): IndicatorRule {
  if (ratio !== undefined) return { kind: 'ratio', parts: [ratio[0]!, ratio[1]!] };
  if (tasks !== undefined) return { kind: 'tasks', status: tasks.status, only: tasks.only ?? [] };
  const counted = {
    of: of === 'unions' ? ('union' as const) : ('household' as const),
    ...given({ when: compileOptional(when) }),
  };
  return sum === undefined ? { kind: 'count', ...counted } : { kind: 'sum', fact: sum, ...counted };
}
