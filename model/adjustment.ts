/**
 * What may be adjusted in a run that goes on. An adjustment concerns one instance, or, as a revision of the run, every instance it is for, those that
 * join later among them. Its reason is stored in words first; here it is an id.
 */
import type { Offset } from './offset.ts';
import type { Facts, Instant, Scope } from './plan.ts';
import type { PauseCause } from './pause.ts';

/** Which tasks of an instance: one of them; or those of a template or a phase, or all, and then also what comes up later. */
export type TasksOf =
  | { readonly task: string }
  | { readonly template: string }
  | { readonly phase: string }
  | { readonly all: true };

/** To an instant, or by so much from the deadline that each task has. Negative: earlier. */
export type NewDeadline = { readonly to: Instant } | { readonly by: Offset };

/** A deadline moved by a person, later or earlier. */
export interface Extension {
  readonly of: TasksOf;
  readonly deadline: NewDeadline;
}

/** Somebody acts in a person's place from one instant until another, at which it is over; `until` null: for good, posts included. */
export interface Cover {
  readonly person: string;
  readonly by: string;
  readonly from: Instant;
  readonly until: Instant | null;
}

/**
 * What becomes of the deadline of open work whose rule is another now: counted anew as if the new rule had always held; kept, with the time that was
 * left; or counted anew from the moment of the amendment.
 */
export const TIMER_POLICIES = ['recompute', 'keep-remaining', 'restart'] as const;
export type TimerPolicy = (typeof TIMER_POLICIES)[number];

/** Another definition of the same campaign takes the place of the one that runs. */
export interface Amendment {
  /** SHA-256 (hex) of the plan's text. */
  readonly plan: string;
  /** Of each scope's program. Whoever sends the command to an instance sends the program of its scope along. */
  readonly programs: Readonly<Record<Scope, string>>;
  /** For tasks whose definition says nothing of it. */
  readonly timers: TimerPolicy;
  /** Values of the facts that the definition did not have before. */
  readonly initial: Readonly<Record<Scope, Facts>>;
}

/** Clocks stand still, and go on. Whoever a revision pauses is paused by it, whatever else pauses them. */
export interface Pausing {
  readonly cause: PauseCause;
}

/** With whom somebody leaves: with their union, or alone. */
export type LeavingCause = 'union' | 'self';

/** A household or a union takes part no longer, or again. Whoever leaves by an outcome of the definition leaves alone. */
export interface Leaving {
  readonly cause: LeavingCause;
}

/** An instruction becomes a task of the instance that it is given to. */
export interface Assignment {
  readonly due: Instant;
  /** Who shall do it; the post that holds such items, if left out. */
  readonly to?: string;
  /** Instead of what the definition says of such items, or what is built in. */
  readonly ladder?: string;
  /** The role that accepts it. */
  readonly review?: string;
  /** Id of the stored words: whoever stores them says it (`withWords`). */
  readonly words: string;
}

export type Adjustment =
  | ({ readonly kind: 'extend' } & Extension)
  /** One task goes to somebody else: to its next holder or, while it is in review, to its next reviewer. */
  | { readonly kind: 'reassign'; readonly task: string; readonly to: string }
  /** Somebody does it for its holder, who remains answerable. */
  | { readonly kind: 'delegate'; readonly task: string; readonly to: string }
  | { readonly kind: 'recall'; readonly task: string }
  /** Without `from` it begins at once. */
  | ({ readonly kind: 'cover'; readonly from?: Instant } & Omit<Cover, 'from'>)
  /** Whoever was away is back, or need not be covered after all. */
  | { readonly kind: 'uncover'; readonly person: string }
  | ({ readonly kind: 'amend' } & Amendment)
  | ({ readonly kind: 'pause' } & Pausing)
  | ({ readonly kind: 'resume' } & Pausing)
  | ({ readonly kind: 'withdraw' } & Leaving)
  | ({ readonly kind: 'readmit' } & Leaving)
  /** A household goes over to another union. What it finds there is sent along with the command. */
  | { readonly kind: 'move'; readonly to: string }
  /** Nobody has to do it: under way, or still to come up. */
  | { readonly kind: 'waive'; readonly task: string }
  /** It is to be done again, and what followed from it goes back as far as nobody has worked on it. Without a deadline it keeps its own, or has a new one by its rule. */
  | { readonly kind: 'reopen'; readonly task: string; readonly deadline?: Instant }
  /** Whoever handed a form in takes it back: in review, or within the definition's time after it was accepted. */
  | { readonly kind: 'retract'; readonly task: string; readonly submission: string }
  | ({ readonly kind: 'assign' } & Assignment);
export type AdjustmentKind = Adjustment['kind'];

/** The task of an instance that an adjustment is about; undefined where it is about many. */
export function taskOf(adjustment: Adjustment): string | undefined {
  if ('task' in adjustment) return adjustment.task;
  return 'of' in adjustment && 'task' in adjustment.of ? adjustment.of.task : undefined;
}

/** Those whom an adjustment puts to work: they must be somebody. */
export function peopleIn(adjustment: Adjustment): readonly string[] {
  switch (adjustment.kind) {
    case 'reassign':
    case 'delegate':
      return [adjustment.to];
    case 'cover':
      return [adjustment.person, adjustment.by];
    case 'uncover':
      return [adjustment.person];
    case 'assign':
      return adjustment.to === undefined ? [] : [adjustment.to];
    case 'extend':
    case 'recall':
    case 'amend':
    case 'pause':
    case 'resume':
    case 'withdraw':
    case 'readmit':
    case 'move':
    case 'waive':
    case 'reopen':
    case 'retract':
      return [];
  }
}

/** An instruction says what is to be done under the id of its command. Of other adjustments nothing but the reason is in words. */
export const withWords = (adjustment: Adjustment, id: string): Adjustment =>
  adjustment.kind === 'assign' ? { ...adjustment, words: id } : adjustment;

/** What every instance of a run takes alike, because a person may have work anywhere. One that would refuse is asked first. */
export const isOfPeople = ({ kind }: Pick<Adjustment, 'kind'>): boolean => kind === 'cover' || kind === 'uncover';

/**
 * The names under which a definition says who may adjust what: what undoes an adjustment goes by the name of that. `admit` is of the register, and of no
 * instance that there is already.
 */
export type RuleName =
  | 'admit'
  | 'extend'
  | 'reassign'
  | 'delegate'
  | 'cover'
  | 'amend'
  | 'pause'
  | 'withdraw'
  | 'move'
  | 'waive'
  | 'reopen'
  | 'assign';

/** Undefined for what is nobody's to allow. */
function ruleNameOf(kind: AdjustmentKind): RuleName | undefined {
  switch (kind) {
    case 'recall':
      return 'delegate';
    case 'uncover':
      return 'cover';
    case 'resume':
      return 'pause';
    case 'readmit':
      return 'withdraw';
    case 'retract':
      return undefined;
    default:
      return kind;
  }
}

/** Who may make adjustments of a kind, and how often of one task. */
export interface AdjustmentRule {
  /** Roles, and `HOLDER`. */
  readonly by: readonly string[];
  readonly atMost?: number;
}
export type AdjustmentRules = Readonly<Partial<Record<RuleName, AdjustmentRule>>>;

/** Under this word whoever holds a task may delegate it, and a person may be covered by their own wish. No post is called so. */
export const HOLDER = 'holder';

/** Of kinds that the definition says nothing of; as often as they like. The product's choice. */
const RULES: Readonly<Record<RuleName, AdjustmentRule>> = {
  admit: { by: ['office'] },
  extend: { by: ['office'] },
  reassign: { by: ['office'] },
  delegate: { by: [HOLDER, 'office'] },
  cover: { by: [HOLDER, 'office'] },
  amend: { by: ['office'] },
  pause: { by: ['office'] },
  withdraw: { by: ['office'] },
  move: { by: ['office'] },
  waive: { by: ['office'] },
  reopen: { by: ['office'] },
  assign: { by: ['office'] },
};
/** Of what somebody handed in themselves; within which time, says the task. */
const THEIR_OWN: AdjustmentRule = { by: [HOLDER] };

export function ruleOf(plan: { readonly adjustments?: AdjustmentRules }, kind: AdjustmentKind): AdjustmentRule {
  const name = ruleNameOf(kind);
  return name === undefined ? THEIR_OWN : ruleNamed(plan, name);
}

export const ruleNamed = ({ adjustments }: { readonly adjustments?: AdjustmentRules }, name: RuleName): AdjustmentRule =>
  adjustments?.[name] ?? RULES[name];

/** Whom a revision of a run is for: everybody; a union and its households; or one instance. */
export type AdjustmentScope = { readonly all: true } | { readonly union: string } | { readonly instance: string };

/** Why those are paused whom an adjustment is for. */
export const pauseCauseOf = (scope: AdjustmentScope): PauseCause =>
  'all' in scope ? 'run' : 'union' in scope ? 'union' : 'self';

/** With whom those leave whom an adjustment is for. Nobody else can: a run ends by being closed. */
export const leavingCauseOf = (scope: AdjustmentScope): LeavingCause => ('union' in scope ? 'union' : 'self');

export const isFor = (scope: AdjustmentScope, { instance, union }: { instance: string; union: string | null }): boolean =>
  'all' in scope || ('union' in scope ? scope.union === union : scope.instance === instance);

/** The union of the register that the federation's own people belong to. */
export const FEDERATION = 'district';

/** A post of the register: what somebody is, and where. */
export interface Post {
  readonly role: string;
  readonly union: string;
}

/** Posts that the federation's own people have, and nobody of a union. */
const FEDERATION_POSTS: readonly string[] = ['office', 'leading-group'];

/** Whether somebody can have the post that the register gives them: one of the federation carries rights over everybody, and is none in a union. */
export const isPost = ({ role, union }: Post): boolean => union === FEDERATION || !FEDERATION_POSTS.includes(role);

/** Whether something is within a post's reach: of a union, what is that union's own. `union`: the one that is concerned alone. */
export const reaches = ({ union: own }: Post, union: string | undefined): boolean => own === FEDERATION || own === union;
