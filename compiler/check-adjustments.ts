/** Who may adjust a run: posts that the register has people for, because the register is what says who holds one. */
import type { Checking } from './checking.ts';
import { checkName, suggest } from './checking.ts';
import { ROSTER_ROLES } from './check-roles.ts';
import { SAY } from './messages.ts';
import { HOLDER } from '../model/adjustment.ts';

/** Kinds that are about somebody's own work, or their own absence. */
const THEIRS: readonly string[] = ['delegate', 'cover'];

export function checkAdjustments(checking: Checking): void {
  const { definition, places, report } = checking;
  for (const [kind, rule] of Object.entries(definition.head.adjustments ?? {})) {
    const { by } = rule!;
    by.forEach((name, key) => {
      if (name === HOLDER && THEIRS.includes(kind)) return;
      checkName(checking, { kind: 'roles', name, container: by, key });
      if (!definition.names.roles.has(name) || ROSTER_ROLES.includes(name)) return;
      const near = suggest(name, ROSTER_ROLES);
      report('ROLE_NEVER_FILLED', places.of(by, key), SAY.ROLE_NEVER_FILLED.adjusts({ role: name, kind, near }));
    });
  }
}
