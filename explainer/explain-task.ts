/** A task of a compiled plan explained: where it comes from, when it opens, who holds it, why it is due when it is, who is told, what follows. */
import { joinedTemplate } from '../engine/joining.ts';
import { MAX_RETURNS } from '../engine/refuses.ts';
import { occurrenceOf } from '../engine/occurrences.ts';
import { closingAt } from '../engine/schedule.ts';
import type { Offset } from '../model/offset.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { AtEnd, Basis, Instant, Plan, Program, Scope, TaskTemplate, Title } from '../model/plan.ts';
import { type ConditionExplanation, explainCondition } from './explain-condition.ts';
import { type DeadlineExplanation, explainDeadline, type Opened } from './explain-deadline.ts';
import { type EffectsExplanation, explainEffects } from './explain-effects.ts';
import { explainLadder, type RungExplanation } from './explain-ladder.ts';
import { explainHere, type HereExplanation, postsFor } from './explain-here.ts';
import { type Named, nameOf } from './explain-names.ts';
import { explainOpening, type OpeningExplanation } from './explain-opening.ts';
import { explainJoining, type JoiningExplanation } from './explain-joining.ts';
import { explainReviewTime, type ReviewTimeExplanation } from './explain-review-time.ts';
import { explainRepeats, type RepeatsExplanation } from './explain-repeats.ts';
import { type Explaining, explainPost, holdingRole, type PostExplanation } from './explain-posts.ts';

export interface TaskExplanation {
  readonly task: string;
  readonly title: Title;
  readonly scope: Scope;
  /** Null: no instance was named. */
  readonly here: HereExplanation | null;
  readonly basis: Basis;
  readonly phase: Named & { readonly startsAt: Instant; readonly endsAt: Instant };
  readonly action: Named & { readonly number: number };
  readonly form: Named;
  readonly opening: OpeningExplanation;
  /** Null: it comes up once. */
  readonly repeats: RepeatsExplanation | null;
  /** Null: whoever joins late gets it at once, with notice where that is needed. */
  readonly joining: JoiningExplanation | null;
  /** Null: the person that this column of the row names holds it. */
  readonly holder: PostExplanation | null;
  readonly holderColumn: string | null;
  /** Nobody who handed in this task holds it. */
  readonly holderNot: Named | null;
  readonly reviews: readonly ReviewExplanation[];
  readonly returns: ReturnsExplanation;
  /** How long after it was accepted it may be taken back. */
  readonly retract: Offset | null;
  /** The opening that the deadline and the rungs are explained for. */
  readonly openedAt: Instant;
  /** The day its row is taken to name; null unless its deadline comes from a row. */
  readonly rowDue: string | null;
  readonly due: DeadlineExplanation;
  readonly ladder: string;
  readonly rungs: readonly RungExplanation[];
  readonly end: EndExplanation;
  readonly effects: EffectsExplanation;
}

export interface Explained {
  readonly plan: Plan;
  readonly program: Program;
  readonly here?: Snapshot | undefined;
}

export interface ReviewExplanation {
  readonly kind: 'confirm' | 'accept';
  readonly by: PostExplanation;
  /** Nobody who handed in this task reviews. */
  readonly not: Named | null;
  readonly when: ConditionExplanation | null;
  /** The time its reviewer has; null: none of its own. */
  readonly time: ReviewTimeExplanation | null;
}

export interface ReturnsExplanation {
  readonly atMost: number;
  /** Time to hand it in again; null: the deadline stays. */
  readonly within: Offset | null;
}

export interface EndExplanation {
  /** `hold`: late, and later phases of the instance wait for it. */
  readonly atEnd: AtEnd;
  /** When its time ends: its phase's last instant, or the campaign's for a task whose row names its day. */
  readonly endsAt: Instant;
  /** When it is missed if nobody finished it; null: it stays open. */
  readonly closesAt: Instant | null;
}

/** `program`: that of the task's scope; `here`: an instance of a register that it is explained for. */
export function explainTask({ plan, program, here }: Explained, template: TaskTemplate, opened: Opened): TaskExplanation {
  const { occurrence = 1, enrolledAt } = opened;
  const own = occurrenceOf(template, occurrence);
  const task = enrolledAt === undefined ? own : joinedTemplate(program, own, { enrolledAt });
  const both: Explaining = { plan, program, posts: here && postsFor({ plan, program, snapshot: here }, task.id) };
  const due = explainDeadline(both, task, opened);
  const role = holdingRole(task);
  const closesAt = task.atEnd === 'close' ? closingAt(task, due.deadline) : Infinity;
  const holderNot = 'role' in task.holder ? task.holder.not : undefined;
  const { startsAt, endsAt } = plan.phases.find(({ id }) => id === task.phase)!;
  return {
    task: task.id,
    title: task.title,
    scope: task.scope,
    here: here === undefined ? null : explainHere({ plan, program, snapshot: here }, task.id),
    basis: task.basis,
    phase: { ...nameOf(plan.phases, task.phase), startsAt, endsAt },
    action: { ...nameOf(plan.actions, task.action), number: plan.actions.find(({ id }) => id === task.action)!.number },
    form: { id: task.form, title: plan.forms[task.form]!.title },
    opening: explainOpening(plan, task),
    repeats: explainRepeats(task, occurrence),
    joining: explainJoining(both, own, enrolledAt),
    holder: role === undefined ? null : explainPost(both, { role, not: [roleThatDoes(plan, holderNot)] }),
    holderColumn: 'row' in task.holder ? task.holder.row : null,
    holderNot: holderNot === undefined ? null : nameOf(plan.tasks, holderNot),
    reviews: task.reviews.map(({ kind, by, not, when, ...step }) => ({
      kind,
      by: explainPost(both, { role: by, not: [role, roleThatDoes(plan, not)] }),
      not: not === undefined ? null : nameOf(plan.tasks, not),
      when: explainCondition(plan, when),
      time: explainReviewTime(both, { kind, by, ...step }, { since: opened.openedAt, closesAt }),
    })),
    returns: { atMost: task.returns?.atMost ?? MAX_RETURNS, within: task.returns?.within ?? null },
    retract: task.retract?.within ?? null,
    openedAt: opened.openedAt,
    rowDue: task.due.kind === 'row' ? (opened.rowDue ?? null) : null,
    due,
    ladder: task.ladder,
    rungs: explainLadder(both, { ladder: task.ladder, openedAt: opened.openedAt, deadline: due.deadline, closesAt, actor: role }),
    end: {
      atEnd: task.atEnd,
      endsAt: task.endsAt,
      closesAt: closesAt === Infinity ? null : closesAt,
    },
    effects: explainEffects(plan, task),
  };
}

/** The role that holds a task of this id, where one is named and a role holds it. */
function roleThatDoes({ tasks }: Plan, id: string | undefined): string | undefined {
  const task = tasks.find((each) => each.id === id);
  return task === undefined ? undefined : holdingRole(task);
}
