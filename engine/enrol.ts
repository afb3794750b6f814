/** The first state of an instance. */
import type { Adjustment } from '../model/adjustment.ts';
import type { GateLevel } from '../model/command.ts';
import type { Facts, Instant, Program } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { adjust, detailOf } from './adjusting.ts';
import { passedBy } from './bulletins.ts';
import { isRuledOut } from './concern.ts';
import { begin, type Draft, finish, note, type Step, TIME } from './draft.ts';
import { countGate, excludeFromGates } from './gates.ts';
import { isPassedOver } from './occurrences.ts';
import { FIRST_RULES_VERSION } from './rules-version.ts';

export interface Enrolment {
  readonly run: string;
  readonly instance: string;
  readonly union: string | null;
  readonly revision: number;
  /** Of whoever starts it: said with the start, so that a replay by later code begins by the same rules. */
  readonly rulesVersion?: number;
  readonly roles: Readonly<Record<string, string>>;
  readonly facts: Facts;
  /** What was adjusted before it joined, the earliest first. */
  readonly adjustments?: readonly { readonly revision: number; readonly adjustment: Adjustment; readonly at?: Instant }[];
  /** How gates on the scopes above stand already; those that have not been counted are left out. */
  readonly gates?: Readonly<Record<string, GateLevel>>;
  /** Campaign time; nothing before it is made up for except by the plan's own rules. */
  readonly at: Instant;
  /** Campaign time at which the whole run began; the same, if left out. */
  readonly startedAt?: Instant;
}

export function enrol(program: Program, enrolment: Enrolment): Step {
  const { run, instance, union, revision, roles, facts, adjustments = [], gates = {}, at, startedAt = at } = enrolment;
  const { rulesVersion = FIRST_RULES_VERSION } = enrolment;
  const skipped = program.phases.filter(({ past, endsAt }) => past === 'skip' && endsAt < startedAt).map(({ id }) => id);
  const passed = passedBy(program, at);
  const blank: Snapshot = {
    run,
    instance,
    union,
    status: 'open',
    rulesVersion,
    revision,
    enrolledAt: at,
    ...(skipped.length === 0 ? {} : { skippedPhases: skipped }),
    advancedTo: at,
    seq: 0,
    roles,
    facts,
    factsAtEnrolment: facts,
    tasks: {},
    gates: {},
    ...(Object.keys(passed).length === 0 ? {} : { issued: passed }),
    phasesStarted: 0,
    phasesEnded: 0,
    answered: [],
  };
  const draft = begin(program, blank, TIME);
  note(draft, 'enrolled');
  drop(draft);
  // At the revision it begins with, so none of them is taken for one that it has.
  for (const { adjustment, revision: made, at: madeAt } of adjustments) {
    note(draft, 'adjusted', { detail: { ...detailOf(adjustment), revision: made } });
    adjust(draft, { adjustment, at: madeAt });
  }
  for (const [gate, level] of Object.entries(gates)) countGate(draft, { gate, ...level });
  return finish(draft);
}

/** Tasks that can never come up here have no row; the audit says why, and no gate waits for them. */
function drop(draft: Draft): void {
  for (const template of draft.program.tasks) {
    const why = isPassedOver(draft, template) ? 'sample' : isRuledOut(draft, template) ? 'condition' : undefined;
    if (why !== undefined) note(draft, 'taskDropped', { task: template.id, detail: { why } });
  }
  excludeFromGates(
    draft,
    draft.program.tasks.filter(({ feeds }) => feeds.length > 0).map(({ id }) => id),
  );
}
