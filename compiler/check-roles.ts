/** Roles: every chain ends somewhere. */
import { type Checking, checkName, isVisibleFrom, suggest } from './checking.ts';
import type { Rung } from './language.ts';
import { SAY } from './messages.ts';

/** The posts a register has people for (model/roster.ts). */
export const ROSTER_ROLES: readonly string[] = ['office', 'leading-group', 'union-head', 'union-officer', 'cadre', 'inspector'];

export function checkRoles(checking: Checking): void {
  const { definition, places, report } = checking;
  const assigned = new Set(definition.tasks.flatMap(({ task }) => Object.values(task.assigns ?? {})));
  for (const [id, role] of definition.roles) {
    if (!ROSTER_ROLES.includes(id) && !assigned.has(id)) {
      report(
        'ROLE_NEVER_FILLED',
        places.ofKey(definition.writtenIn('roles', id), id),
        SAY.ROLE_NEVER_FILLED.main({ id, near: suggest(id, ROSTER_ROLES) }),
      );
    }
    if (role.fallback === undefined) continue;
    checkName(checking, { kind: 'roles', name: role.fallback, container: role, key: 'fallback' });
    const next = definition.roles.get(role.fallback);
    if (next === undefined) continue;
    if (!isVisibleFrom(next.scope, role.scope)) {
      report(
        'SCOPE_MISMATCH',
        places.of(role, 'fallback'),
        SAY.SCOPE_MISMATCH.fallback({ id, scope: role.scope, fallback: role.fallback, fallbackScope: next.scope }),
      );
    }
    if (isInCircle(checking, id)) {
      report('ROLE_CYCLE', places.of(role, 'fallback'), SAY.ROLE_CYCLE.main({ id }));
    }
  }
}

function isInCircle({ definition }: Checking, start: string): boolean {
  const seen = new Set<string>();
  let current = definition.roles.get(start)?.fallback;
  while (current !== undefined && !seen.has(current)) {
    if (current === start) return true;
    seen.add(current);
    current = definition.roles.get(current)?.fallback;
  }
  return false;
}

/** The role a rung tells; undefined when it tells whoever must act now. */
export const toldRole = ({ remind, escalate }: Rung): string | undefined =>
  escalate ?? (remind === 'assignee' ? undefined : remind);
