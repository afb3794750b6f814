/** Targets: what is counted can be read from the facts of households. */
import { type Checking, checkName } from './checking.ts';
import { checkCondition } from './conditions.ts';
import { SAY } from './messages.ts';

export function checkTargets(checking: Checking, read: Set<string>): void {
  for (const target of checking.definition.targets.values()) {
    checkCondition(checking, { container: target, key: 'of' }, { scope: 'household', read });
    for (const count of Object.values(target.counts))
      checkCondition(checking, { container: count, key: 'when' }, { scope: 'household', read });
    target.by?.forEach((name, index) => {
      checkName(checking, { kind: 'facts', name, container: target.by!, key: index });
      const scope = checking.definition.facts.get(name)?.scope ?? 'household';
      if (scope !== 'household') {
        checking.report(
          'SCOPE_MISMATCH',
          checking.places.of(target.by!, index),
          SAY.SCOPE_MISMATCH.target({ fact: name, scope }),
        );
      }
      read.add(name);
    });
  }
}
