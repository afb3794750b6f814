/** A task for one household, union or campaign of a register: whether it comes up there at all, as far as the register tells, and why. */
import { concerns } from '../engine/concern.ts';
import { findSkip } from '../engine/joining.ts';
import { getTemplate, isPassedOver } from '../engine/occurrences.ts';
import { factsReadBy } from '../model/condition.ts';
import type { FactValue, Plan, Program, ProgramTask } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { setsFact } from './explain-condition.ts';
import { type Named, nameOf } from './explain-names.ts';
import type { PostsHere } from './explain-posts.ts';
import { type Certainty, judge, leastOf, mostOf } from './judge-condition.ts';

export interface HereExplanation {
  readonly instance: string;
  readonly union: string | null;
  /** `yes`: once what it waits for is done; `depends`: on what people answer or on rows that they write; `no`: never. */
  readonly comesUp: Certainty;
  /** Some task lets a household or union leave the campaign, and this one is not for those who have left. */
  readonly mayLeave: boolean;
  /** What was asked, and what each says. */
  readonly reasons: readonly ReasonExplanation[];
  /** What its condition reads, as it is on the first day. */
  readonly facts: readonly FactHere[];
}

export interface ReasonExplanation {
  /**
   * `joined`: it began too late for the task; `past`: its phase was over then; `before`: a task that comes first; `unasked`: one that would, but that
   * nobody is asked for here, so that it keeps nobody; `rows`: one whose rows make it.
   */
  readonly kind: 'joined' | 'past' | 'sample' | 'condition' | 'before' | 'unasked' | 'rows';
  readonly says: Certainty;
  /** Of `before`, `unasked` and `rows`. */
  readonly task: Named | null;
}

export interface FactHere {
  readonly fact: string;
  readonly value: FactValue;
  /** Some task that may come up here sets it. */
  readonly mayChange: boolean;
}

/** An instance on its first day, and the program of its scope. */
export interface Place {
  readonly plan: Plan;
  readonly program: Program;
  readonly snapshot: Snapshot;
}

export function explainHere(place: Place, id: string): HereExplanation {
  const { program, snapshot } = place;
  const { instance, union, facts } = snapshot;
  const { when, ofWithdrawn } = getTemplate(program, id);
  const judging: Judging = { ...place, known: new Map() };
  return {
    instance,
    union,
    comesUp: comesUp(judging, id),
    mayLeave: ofWithdrawn !== true && program.tasks.some(({ outcomes }) => outcomes.some(({ withdraw }) => withdraw === true)),
    reasons: reasonsOf(judging, id),
    facts: (when === undefined ? [] : factsReadBy(when)).map((fact) => ({
      fact,
      value: facts[fact] ?? null,
      mayChange: mayChange(judging, fact),
    })),
  };
}

/** The posts as they are when a task opens: those that nobody has on the first day are filled by what comes before it. */
export function postsFor(place: Place, id: string): PostsHere {
  const judging: Judging = { ...place, known: new Map() };
  const { plan, program, snapshot } = place;
  const named: Record<string, { readonly namedBy: Named }> = {};
  for (const before of allBefore(judging, id)) {
    if (comesUp(judging, before) === 'no' || isPassedOver(snapshot, getTemplate(program, before))) continue;
    for (const role of Object.values(getTemplate(program, before).assigns)) named[role] = { namedBy: nameOf(plan.tasks, before) };
  }
  return { ...named, ...snapshot.roles };
}

function allBefore(judging: Judging, id: string): ReadonlySet<string> {
  const { program } = judging;
  const found = new Set([id]);
  for (const each of found) {
    const sources = sourcesOf(judging, each).filter(({ scope }) => scope === program.scope);
    for (const before of [...getTemplate(program, each).after, ...sources.map((source) => source.id)]) found.add(before);
  }
  found.delete(id);
  return found;
}

interface Judging extends Place {
  /** By task: what has been found already, because many come after the same. */
  readonly known: Map<string, Certainty>;
}

/** The compiler refuses tasks that wait for each other in a circle, so this comes to an end. */
function comesUp(judging: Judging, id: string): Certainty {
  const known = judging.known.get(id);
  if (known !== undefined) return known;
  const reasons = reasonsOf(judging, id);
  const rows = reasons.filter(({ kind }) => kind === 'rows');
  const found = leastOf([
    ...reasons.filter(({ kind }) => kind !== 'rows').map(({ says }) => says),
    ...(rows.length === 0 ? [] : [mostOf(rows.map(({ says }) => says))]),
  ]);
  judging.known.set(id, found);
  return found;
}

function reasonsOf(judging: Judging, id: string): readonly ReasonExplanation[] {
  const { plan, program, snapshot } = judging;
  const task = getTemplate(program, id);
  const skip = findSkip(program, task, snapshot);
  const own = (kind: ReasonExplanation['kind'], says: Certainty): ReasonExplanation => ({ kind, says, task: null });
  return [
    ...(skip === undefined ? [] : [own(skip, 'no')]),
    ...(task.sample === undefined ? [] : [own('sample', isPassedOver(snapshot, task) ? 'no' : 'yes')]),
    ...(task.when === undefined
      ? []
      : [
          own(
            'condition',
            judge(task.when, snapshot.facts, (fact) => mayChange(judging, fact)),
          ),
        ]),
    ...task.after.map((before): ReasonExplanation => {
      const first = getTemplate(program, before);
      const kind = isUnasked(judging, first) ? 'unasked' : 'before';
      return { kind, says: letsOthers(judging, first), task: nameOf(plan.tasks, before) };
    }),
    ...(task.origin === 'plan' ? [] : rowReasons(judging, id)),
  ];
}

function rowReasons(judging: Judging, id: string): readonly ReasonExplanation[] {
  return sourcesOf(judging, id).map(({ id: source, title, scope }) => ({
    kind: 'rows',
    // Whether a form has such rows only its author knows.
    says: scope === judging.program.scope ? leastOf([comesUp(judging, source), 'depends']) : 'depends',
    task: { id: source, title },
  }));
}

const sourcesOf = ({ plan }: Judging, id: string): Plan['tasks'] =>
  plan.tasks.filter((source) => source.id !== id && source.rows.some(({ task }) => task === id));

/** Its sample passes this one over, or it is left out for whoever joins late: it keeps nobody. */
const isUnasked = ({ program, snapshot }: Judging, task: ProgramTask): boolean =>
  isPassedOver(snapshot, task) || findSkip(program, task, snapshot) !== undefined;

/** Of a task that rows make there may be none. */
function letsOthers(judging: Judging, task: ProgramTask): Certainty {
  const { program } = judging;
  if (isUnasked(judging, task)) return 'yes';
  if (task.origin === 'plan') return comesUp(judging, task.id);
  const sources = sourcesOf(judging, task.id).filter(({ scope }) => scope === program.scope);
  return leastOf(sources.map(({ id }) => letsOthers(judging, getTemplate(program, id))));
}

/** By answers and outcomes of tasks that are not ruled out here. */
function mayChange({ plan, program, snapshot }: Judging, fact: string): boolean {
  return plan.tasks.some(
    (task) =>
      task.scope === program.scope &&
      setsFact(plan, task, fact) &&
      concerns({ ...snapshot, program }, getTemplate(program, task.id)),
  );
}
