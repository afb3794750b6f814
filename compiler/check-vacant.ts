/** Posts that nobody is ever found for: neither the register nor a task fills the role, nor any of those it falls back on. */
import { toldRole } from './check-roles.ts';
import type { Checking } from './checking.ts';
import type { Definition } from './gather.ts';
import { holdingRole } from './holders.ts';
import { usedLadders } from './ladders.ts';
import type { Task } from './language.ts';
import { SAY } from './messages.ts';

export function checkVacant(checking: Checking): void {
  const { definition, places, report } = checking;
  const filled = new Set([...POSTS, ...definition.tasks.flatMap(({ task }) => Object.values(task.assigns ?? {}))]);
  const isVacant = (role: string | undefined): role is string =>
    role !== undefined && !chainFrom(definition, role).some((each) => filled.has(each));
  for (const { task } of definition.tasks) {
    for (const { role, container, key, does } of rolesOf(task))
      if (isVacant(role))
        report('NO_ONE_TO_HOLD', places.of(container, key), SAY.NO_ONE_TO_HOLD.vacant({ does, task: task.id, role }));
  }
  const rungs = new Set([...usedLadders(definition)].flatMap((ladder) => definition.ladders.get(ladder) ?? []));
  for (const rung of rungs) {
    const role = toldRole(rung);
    if (!isVacant(role)) continue;
    const key = rung.escalate === undefined ? 'remind' : 'escalate';
    report('NO_ONE_TO_TELL', places.of(rung, key), SAY.NO_ONE_TO_TELL.vacant({ rung: rung.id, role }));
  }
}

/** What the register fills when an instance begins (model/enrolment.ts). Others of its people get a role by being assigned one. */
const POSTS = ['office', 'leading-group', 'union-head', 'union-officer'];

/** A role and those it falls back on; no circle is left in a sound definition. */
function chainFrom({ roles }: Definition, role: string): readonly string[] {
  const chain: string[] = [];
  for (let at: string | undefined = role; at !== undefined && !chain.includes(at); at = roles.get(at)?.fallback) chain.push(at);
  return chain;
}

interface Written {
  readonly role: string | undefined;
  readonly container: object;
  readonly key: string;
  readonly does: 'hold' | 'review';
}

function rolesOf(task: Task): readonly Written[] {
  const holder = typeof task.holder === 'string' ? { container: task, key: 'holder' } : { container: task.holder, key: 'role' };
  return [
    { role: holdingRole(task), ...holder, does: 'hold' },
    ...(task.reviews ?? []).map((review): Written => {
      const key = review.confirm === undefined ? 'accept' : 'confirm';
      return { role: review[key], container: review, key, does: 'review' };
    }),
  ];
}
