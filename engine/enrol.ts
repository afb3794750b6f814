/** The first state of an instance. */
import type { Facts, Instant, Program } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { begin, finish, note, type Step, TIME } from './draft.ts';

export interface Enrolment {
  readonly run: string;
  readonly instance: string;
  readonly union: string | null;
  readonly revision: number;
  readonly roles: Readonly<Record<string, string>>;
  readonly facts: Facts;
  /** Campaign time; nothing before it is made up for except by the plan's own rules. */
  readonly at: Instant;
}

export function enrol(program: Program, { run, instance, union, revision, roles, facts, at }: Enrolment): Step {
  const blank: Snapshot = {
    run,
    instance,
    union,
    status: 'open',
    rulesVersion: program.rulesVersion,
    revision,
    advancedTo: at,
    seq: 0,
    roles,
    facts,
    factsAtEnrolment: facts,
    tasks: {},
    gates: {},
    phasesStarted: 0,
    phasesEnded: 0,
    answered: [],
  };
  const draft = begin(program, blank, TIME);
  note(draft, 'enrolled');
  return finish(draft);
}
