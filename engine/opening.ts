/** Which tasks come up: time, predecessors, gates and conditions decide, and each is asked again whenever one of them may have changed. */
import { evaluate } from '../model/condition.ts';
import type { RowSource } from '../model/command.ts';
import type { Gate, Instant, Program, ProgramTask } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { anchorOf } from './deadlines.ts';
import { type Draft, note, putTask } from './draft.ts';
import { isSatisfied, next } from './lifecycles.ts';
import { tell } from './messages.ts';
import { doersOf, type Resolved, resolvePost } from './posts.ts';
import { indexOf } from './program-index.ts';
import { deadlineOf } from './schedule.ts';

/** Opens everything that has come up by `draft.now`, until nothing more does. */
export function settle(draft: Draft): void {
  let opened = true;
  while (opened) {
    opened = false;
    for (const template of draft.program.tasks) {
      if (draft.tasks[template.id] !== undefined || !hasComeUp(draft, template)) continue;
      openTask(draft, { key: template.id, template });
      opened = true;
    }
  }
}

/** The instant at which a task comes up by itself, as things stand; undefined while it waits for more than time. */
export function findOpeningAt(draft: Readonly<Draft>, { origin, opensAt, after, gate, when }: ProgramTask): Instant | undefined {
  if (origin !== 'plan' || !after.every((id) => isBehind(draft, id)) || (when !== undefined && !evaluate(when, draft.facts)))
    return undefined;
  if (gate === undefined) return opensAt;
  const gateAt = findGateOpening(draft, gate);
  return gateAt === undefined ? undefined : Math.max(opensAt, gateAt);
}

/** When a gate lets its task through, which may lie behind or, where a day opens it, ahead; undefined as long as only a count can open it. */
export function findGateOpening({ gates }: Pick<Snapshot, 'gates'>, { id, noLaterThan }: Gate): Instant | undefined {
  return gates[id]?.openedAt ?? noLaterThan;
}

function hasComeUp(draft: Readonly<Draft>, template: ProgramTask): boolean {
  const at = findOpeningAt(draft, template);
  return at !== undefined && at <= draft.now;
}

/** Whether everything of a template is behind us. For a template made by rows: its sources are, and so is every task they made. */
export function isBehind(at: { readonly program: Program; readonly tasks: Snapshot['tasks'] }, id: string): boolean {
  const template = getTemplate(at.program, id);
  if (template.origin === 'plan') return isSatisfied(at.tasks[id]?.status ?? 'waiting');
  const sources = indexOf(at.program).sources.get(id) ?? [];
  if (!sources.every((source) => isBehind(at, source))) return false;
  for (const key in at.tasks) {
    const task = at.tasks[key]!;
    if (task.template === id && !isSatisfied(task.status)) return false;
  }
  return true;
}

export function getTemplate(program: Program, id: string): ProgramTask {
  const template = indexOf(program).tasks.get(id);
  if (template === undefined) throw new Error(`program of ${program.campaign} (${program.scope}) has no task '${id}'`);
  return template;
}

/** The post that holds, whoever handed in `not` passed over. */
function findHolder(draft: Draft, { role, not }: { readonly role: string; readonly not?: string }): Resolved {
  return resolvePost(draft.program, draft.roles, { role, not: doersOf(draft.tasks, not) });
}

interface Opening {
  readonly key: string;
  readonly template: ProgramTask;
  readonly source?: RowSource;
  readonly due?: string | undefined;
  readonly holder?: string | null | undefined;
}

export function openTask(draft: Draft, { key, template, source, due, holder }: Opening): void {
  const post = 'role' in template.holder ? findHolder(draft, template.holder) : undefined;
  const anchoredAt = anchorOf(draft, template, { key, openedAt: draft.now });
  const task: TaskState = {
    template: template.id,
    status: next('task', 'waiting' as TaskState['status'], 'opened'),
    openedAt: draft.now,
    deadline: deadlineOf(draft.program, template, { openedAt: draft.now, rowDue: due, anchoredAt }),
    deadlineRev: 0,
    holder: post === undefined ? (holder ?? null) : post.person,
    step: 0,
    reviewer: null,
    rung: 0,
    returns: 0,
    submission: null,
    submittedAt: null,
    submittedBy: null,
    settledAt: null,
    decidedBy: null,
    ...(anchoredAt === undefined ? {} : { anchoredAt }),
    ...(source === undefined ? {} : { source }),
  };
  putTask(draft, key, task);
  const passedOver = post?.passedOver ?? [];
  note(draft, 'taskOpened', {
    task: key,
    detail: {
      deadline: task.deadline,
      holder: task.holder,
      ...(passedOver.length === 0 ? {} : { passedOver: passedOver.join(',') }),
      ...(draft.cause.kind === 'wake' ? { phase: template.phase } : {}),
    },
  });
  tell(draft, {
    purpose: 'opened',
    key,
    task,
    to: { person: task.holder, role: post?.role ?? 'row', passedOver },
  });
}
