/** Indicators: what they count can be read, and told apart by what they are to be told apart by. */
import { ASSIGNED } from '../model/assigned.ts';
import type { Scope } from '../model/plan.ts';
import { type Checking, checkName } from './checking.ts';
import { checkCondition } from './conditions.ts';
import type { Place } from './issue.ts';
import type { Indicator } from './language.ts';
import { SAY } from './messages.ts';

const SCOPES = { unions: 'union', households: 'household' } as const;

export function checkIndicators(checking: Checking, read: Set<string>): void {
  for (const [id, indicator] of checking.definition.indicators) {
    checkCounted(checking, indicator, read);
    checkRatio(checking, id, indicator);
    indicator.tasks?.only?.forEach((name, key) => {
      if (name !== ASSIGNED) checkName(checking, { kind: 'tasks', name, container: indicator.tasks!.only!, key });
    });
    checkBy(checking, indicator, read);
  }
}

function checkCounted(checking: Checking, indicator: Indicator, read: Set<string>): void {
  const { definition, places, report } = checking;
  const { of, when, sum } = indicator;
  if (of === undefined) {
    for (const key of ['when', 'sum'] as const)
      if (indicator[key] !== undefined)
        report('INDICATOR_MISFIT', places.ofKey(indicator, key), SAY.INDICATOR_MISFIT.askedOf({ key }));
    return;
  }
  const scope = SCOPES[of];
  if (when !== undefined) checkCondition(checking, { container: indicator, key: 'when' }, { scope, read });
  if (sum === undefined) return;
  checkName(checking, { kind: 'facts', name: sum, container: indicator, key: 'sum' });
  read.add(sum);
  const fact = definition.facts.get(sum);
  if (fact === undefined) return;
  if (fact.scope !== scope) reportScope(checking, { name: sum, of: fact.scope, scope, place: places.of(indicator, 'sum') });
  else if (fact.type !== 'number')
    report('FACT_TYPE_MISMATCH', places.of(indicator, 'sum'), SAY.FACT_TYPE_MISMATCH.noNumber({ fact: sum }));
}

function checkRatio(checking: Checking, id: string, { ratio }: Indicator): void {
  const { definition, places, report } = checking;
  ratio?.forEach((name, key) => {
    checkName(checking, { kind: 'indicators', name, container: ratio, key });
    if (name !== id && definition.indicators.get(name)?.ratio === undefined) return;
    report('INDICATOR_MISFIT', places.of(ratio, key), SAY.INDICATOR_MISFIT.ratioOfRatio({ name }));
  });
}

function reportScope(
  { report }: Checking,
  { name, of, scope, place }: { name: string; of: Scope; scope: Scope; place: Place },
): void {
  report('SCOPE_MISMATCH', place, SAY.SCOPE_MISMATCH.indicator({ fact: name, factScope: of, scope }));
}

/** Whom each part of an indicator counts; null: tasks, which may belong to anybody. */
function countedBy({ definition }: Checking, indicator: Indicator): readonly (Scope | null)[] {
  const parts = indicator.ratio?.map((name) => definition.indicators.get(name)) ?? [indicator];
  return parts.flatMap((part) =>
    part === undefined || part.ratio !== undefined ? [] : [part.of === undefined ? null : SCOPES[part.of]],
  );
}

function checkBy(checking: Checking, indicator: Indicator, read: Set<string>): void {
  const { definition, places, report } = checking;
  const counted = countedBy(checking, indicator);
  indicator.by?.forEach((name, key) => {
    const place = places.of(indicator.by!, key);
    if (name === 'union') return;
    if (name === 'phase') {
      if (counted.some((scope) => scope !== null)) report('INDICATOR_MISFIT', place, SAY.INDICATOR_MISFIT.phase);
      return;
    }
    checkName(checking, { kind: 'facts', name, container: indicator.by!, key });
    read.add(name);
    const fact = definition.facts.get(name);
    const scope = counted.find((each) => each !== null && each !== fact?.scope);
    if (fact !== undefined && scope !== undefined && scope !== null)
      reportScope(checking, { name, of: fact.scope, scope, place });
  });
}
