/** Targets: what is counted can be read from the facts of households. */
import { type Checking, checkName } from './checking.ts';
import { checkCondition } from './conditions.ts';

export function checkTargets(checking: Checking, read: Set<string>): void {
  for (const target of checking.definition.targets.values()) {
    checkCondition(checking, { container: target, key: 'of' }, { scope: 'household', read });
    for (const count of Object.values(target.counts))
      checkCondition(checking, { container: count, key: 'when' }, { scope: 'household', read });
    target.by?.forEach((name, index) => {
      checkName(checking, { kind: 'facts', name, container: target.by!, key: index });
      const scope = checking.definition.facts.get(name)?.scope ?? 'household';
      if (scope !== 'household') {
        checking.report('SCOPE_MISMATCH', checking.places.of(target.by!, index), {
          message: `fact '${name}' belongs to the ${scope}, and targets count households`,
          hint: 'use a fact of households; unions are always told apart',
        });
      }
      read.add(name);
    });
  }
}
