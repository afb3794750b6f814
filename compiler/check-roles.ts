/** Roles and ladders: every chain ends somewhere, and rungs speak in their order. */
import { checkRungTimes } from './check-times.ts';
import { type Checking, checkName, isVisibleFrom, suggest } from './checking.ts';
import { reportDuplicate } from './gather.ts';
import type { Rung } from './language.ts';
import { speaksBefore } from './rung-order.ts';
import { unitsIn } from './time-language.ts';

/** The posts a register has people for (model/roster.ts). */
const ROSTER_ROLES: readonly string[] = ['office', 'leading-group', 'union-head', 'union-officer', 'cadre', 'inspector'];

export function checkRoles(checking: Checking): void {
  const { definition, places, report } = checking;
  const assigned = new Set(definition.tasks.flatMap(({ task }) => Object.values(task.assigns ?? {})));
  for (const [id, role] of definition.roles) {
    if (!ROSTER_ROLES.includes(id) && !assigned.has(id)) {
      report('ROLE_NEVER_FILLED', places.ofKey(definition.writtenIn('roles', id), id), {
        message: `the register has no '${id}', and no task assigns one`,
        hint: `${suggest(id, ROSTER_ROLES)} Otherwise let a task fill it by \`assigns\``,
      });
    }
    if (role.fallback === undefined) continue;
    checkName(checking, { kind: 'roles', name: role.fallback, container: role, key: 'fallback' });
    const next = definition.roles.get(role.fallback);
    if (next === undefined) continue;
    if (!isVisibleFrom(next.scope, role.scope)) {
      report('SCOPE_MISMATCH', places.of(role, 'fallback'), {
        message: `role '${id}' of the ${role.scope} falls back on '${role.fallback}', which each ${next.scope} has its own of`,
        hint: 'fall back on a role of the same scope or one above it',
      });
    }
    if (isInCircle(checking, id)) {
      report('ROLE_CYCLE', places.of(role, 'fallback'), {
        message: `role '${id}' falls back on itself in the end`,
        hint: 'let the chain end at the highest role',
      });
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

export function checkLadders(checking: Checking): void {
  const { definition, places, report } = checking;
  for (const ladder of definition.ladders.values()) {
    const seen = new Map<string, Rung>();
    ladder.forEach((rung, index) => {
      const first = seen.get(rung.id);
      if (first)
        reportDuplicate(report, { what: 'rung', id: rung.id, place: places.of(rung, 'id'), first: places.of(first, 'id') });
      else seen.set(rung.id, rung);
      const before = ladder[index - 1];
      if (before !== undefined && speaksBefore(rung, before)) {
        report('RUNGS_OUT_OF_ORDER', places.of(rung), {
          message: `rung '${rung.id}' speaks before '${before.id}', which is listed first`,
          hint: 'list rungs from the earliest to the latest',
        });
      }
      checkRungTimes(checking, rung);
      const told = toldRole(rung);
      if (told !== undefined) {
        const key = rung.escalate === undefined ? 'remind' : 'escalate';
        checkName(checking, { kind: 'roles', name: told, container: rung, key });
      }
      if (rung.escalate === undefined) return;
      const [unit] = unitsIn(rung);
      if (unit !== undefined && rung[unit]! < 1) {
        report('ESCALATES_EARLY', places.of(rung, unit), {
          message: `rung '${rung.id}' tells '${rung.escalate}' before the task is overdue`,
          hint: `use \`remind: ${rung.escalate}\`, \`when: overdue\`, or a time after the deadline`,
        });
      }
    });
  }
}

/** The role a rung tells; undefined when it tells whoever must act now. */
export const toldRole = ({ remind, escalate }: Rung): string | undefined =>
  escalate ?? (remind === 'assignee' ? undefined : remind);
