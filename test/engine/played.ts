/** One instance played by a test: a clock, commands with sensible defaults, and everything that came of them. Inputs are frozen, so the core cannot touch them. */
import { advanceTo, nextWake } from '../../engine/advance.ts';
import { apply } from '../../engine/apply.ts';
import { concatEffects, NO_EFFECTS, type Step } from '../../engine/draft.ts';
import { enrol } from '../../engine/enrol.ts';
import { assigneeOf } from '../../engine/messages.ts';
import { refuses } from '../../engine/refuses.ts';
import type { Actor, Answer, Command, CommandBody, GateLevel, Refusal, RefusalCode, RowFacts } from '../../model/command.ts';
import type { Effects, OutboxEntry, OutboxMessage } from '../../model/flush.ts';
import type { Facts, Instant, Program } from '../../model/plan.ts';
import type { Snapshot, TaskState } from '../../model/snapshot.ts';
import { followProgram } from '../../compiler/succeed.ts';
import type { TimerPolicy } from '../../model/adjustment.ts';
import { beijing, inBeijing, PEOPLE } from './program-builder.ts';

export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

export interface Circumstances {
  /** 'YYYY-MM-DD HH:MM': when it is enrolled. */
  readonly at?: string;
  readonly instance?: string;
  readonly union?: string | null;
  readonly roles?: Readonly<Record<string, string>>;
  readonly facts?: Facts;
  readonly gates?: Readonly<Record<string, GateLevel>>;
}

/** The snapshot of an instance that has just come to be and has been asked what time does. */
export function enrolled(program: Program, circumstances: Circumstances = {}): Snapshot {
  return new Played(program, circumstances).snapshot;
}

interface CompleteOptions {
  readonly by?: string;
  readonly facts?: Facts;
  readonly rows?: readonly RowFacts[];
  readonly corrections?: readonly string[];
  readonly lateReason?: boolean;
  readonly id?: string;
}

interface AmendOptions {
  readonly revision?: number;
  readonly timers?: TimerPolicy;
  readonly initial?: Facts;
}

export class Played {
  program: Program;
  snapshot: Snapshot;
  effects: Effects = NO_EFFECTS;
  now: Instant;
  /** What the last command was answered. */
  answer: Answer | undefined;
  /** Why the last command was refused. */
  refused: Refusal | undefined;
  #commands = 0;

  constructor(
    program: Program,
    { at = '2020-10-13 00:00', instance = 'h/1', union = 'u1', roles = PEOPLE, facts = {}, gates = {} }: Circumstances = {},
  ) {
    this.program = deepFreeze(program);
    this.now = beijing(at);
    const first = enrol(
      program,
      deepFreeze({ run: 'run', instance, union, revision: 1, roles: { ...roles }, facts, gates, at: this.now }),
    );
    this.snapshot = first.snapshot;
    this.#take(first);
    this.#take(advanceTo(program, this.snapshot, this.now));
  }

  /** Moves the clock, and lets time do what it does. */
  at(instant: string | Instant): this {
    this.now = typeof instant === 'string' ? beijing(instant) : instant;
    this.#take(advanceTo(this.program, this.snapshot, this.now));
    return this;
  }

  /** The status of the command's task once the command is taken, 'taken' when it has none, or the code it is refused with. */
  send(
    body: CommandBody,
    { by, id, digest, next }: { by?: Actor; id?: string; digest?: string; next?: Program } = {},
  ): TaskState['status'] | RefusalCode | 'taken' {
    this.#commands += 1;
    const command = deepFreeze<Command>({
      ...body,
      id: id ?? `c${this.#commands}`,
      digest: digest ?? JSON.stringify(body),
      by: by ?? { system: 'relay' },
    });
    this.refused = refuses(this.program, advanceTo(this.program, this.snapshot, this.now).snapshot, command);
    if (this.refused !== undefined) return this.refused.code;
    const applied = apply(this.program, this.snapshot, { command, now: this.now, next });
    if (next !== undefined && applied.snapshot.revision > this.snapshot.revision) this.program = deepFreeze(next);
    this.#take(applied);
    this.answer = applied.answer;
    return (applied.answer.status as TaskState['status'] | undefined) ?? 'taken';
  }

  /** By its holder, with a submission named after the command, unless said otherwise. */
  complete(
    task: string,
    { by, facts = {}, rows = [], corrections, lateReason = false, id }: CompleteOptions = {},
  ): ReturnType<Played['send']> {
    const command = id ?? `c${this.#commands + 1}`;
    const person = by ?? this.snapshot.tasks[task]?.holder ?? 'nobody';
    return this.send(
      { kind: 'complete', task, submission: command, facts, rows, ...(corrections && { corrections }), lateReason },
      { by: { person, via: 'api' }, id: command },
    );
  }

  /** By whoever reviews now, of the submission that stands. */
  accept(task: string, options: { by?: string; submission?: string } = {}): ReturnType<Played['send']> {
    return this.#review({ kind: 'accept', task, ...options });
  }

  sendBack(task: string, options: { by?: string; submission?: string } = {}): ReturnType<Played['send']> {
    return this.#review({ kind: 'return', task, reason: 'r1', ...options });
  }

  /** From the relay: a row elsewhere became a task here. */
  spawn(
    template: string,
    {
      key = `${template}:u-u2.sweep.1`,
      due = '2020-11-10',
      holder = null,
    }: { key?: string; due?: string; holder?: string | null } = {},
  ) {
    return this.send({
      kind: 'spawn',
      template,
      key,
      source: { instance: 'u/u2', task: 'sweep', submission: 's1', row: 1 },
      due,
      holder,
    });
  }

  count(gate: string, count: { version: number; done: number; total: number; excluded?: number }) {
    return this.send({ kind: 'gate', gate, excluded: 0, ...count });
  }

  /** Goes on with another program, as a revision of the run. */
  amend(
    next: Program,
    { revision = this.snapshot.revision + 1, timers = 'recompute', initial = {} }: AmendOptions = {},
  ): ReturnType<Played['send']> {
    const facts = { campaign: initial, union: initial, household: initial };
    const programs = { campaign: 'c', union: 'u', household: 'h' };
    const adjustment = { kind: 'amend', plan: 'p', programs, timers, initial: facts } as const;
    return this.send(
      { kind: 'adjust', adjustment, authority: 'office', reason: 'r1', revision },
      { by: { person: 'office-1', via: 'cli' }, id: `revision|${revision}`, next: followProgram(this.program, next) },
    );
  }

  close(): ReturnType<Played['send']> {
    return this.send({ kind: 'close' }, { by: { system: 'reconciler' } });
  }

  task(key: string): TaskState {
    const task = this.snapshot.tasks[key];
    if (task === undefined) throw new Error(`no task '${key}'; there are: ${Object.keys(this.snapshot.tasks).join(', ')}`);
    return task;
  }

  /** 'waiting' also when it does not exist yet. */
  status(key: string): TaskState['status'] {
    return this.snapshot.tasks[key]?.status ?? 'waiting';
  }

  deadline(key: string): string {
    return inBeijing(this.task(key).deadline);
  }

  /** Who must act now. */
  assignee(key: string): string | null {
    return assigneeOf(this.task(key));
  }

  get wake(): string | null {
    const at = nextWake(this.program, this.snapshot);
    return at === null ? null : inBeijing(at);
  }

  get outbox(): readonly OutboxEntry[] {
    return this.effects.outbox;
  }

  get messages(): readonly OutboxMessage[] {
    return this.effects.outbox.filter((entry) => entry.kind === 'message');
  }

  /** Each rung that was heard: 'before-3 cadre-1 2020-10-20 09:00'. */
  get rungs(): readonly string[] {
    return this.messages
      .filter(({ rung }) => rung !== undefined)
      .map(({ rung, recipient, at }) => `${rung} ${recipient} ${inBeijing(at)}`);
  }

  /** The kinds of audit entries of a task, or of the instance itself, in their order. */
  audited(task?: string): readonly string[] {
    return this.effects.audit.filter((entry) => entry.task === task).map(({ kind }) => kind);
  }

  #review(
    review:
      | { kind: 'accept'; task: string; by?: string; submission?: string }
      | { kind: 'return'; task: string; reason: string; by?: string; submission?: string },
  ) {
    const task = this.snapshot.tasks[review.task];
    const { by = task?.reviewer ?? 'nobody', submission = task?.submission ?? 'none', ...body } = review;
    return this.send({ ...body, submission }, { by: { person: by, via: 'api' } });
  }

  #take({ snapshot, effects }: Step): void {
    this.snapshot = deepFreeze(snapshot);
    this.effects = concatEffects(this.effects, effects);
  }
}
