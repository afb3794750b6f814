/** Who may adjust a run: posts that the register has people for, because the register is what says who holds one. */
import type { Checking } from './checking.ts';
import { checkName, suggest } from './checking.ts';
import { ROSTER_ROLES } from './check-roles.ts';

export function checkAdjustments(checking: Checking): void {
  const { definition, places, report } = checking;
  for (const [kind, rule] of Object.entries(definition.head.adjustments ?? {})) {
    const { by } = rule!;
    by.forEach((name, key) => {
      checkName(checking, { kind: 'roles', name, container: by, key });
      if (!definition.names.roles.has(name) || ROSTER_ROLES.includes(name)) return;
      report('ROLE_NEVER_FILLED', places.of(by, key), {
        message: `'${name}' is no post of the register, and nobody could ${kind} under it`,
        hint: suggest(name, ROSTER_ROLES),
      });
    });
  }
}
