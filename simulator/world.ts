/**
 * A whole run on a virtual clock: every instance of every scope, with the relay's work done at once and no server anywhere.
 * The same engine decides here and in the workflows, so what this world says of rungs, gates and row tasks is what the real one must do.
 */
import { advanceTo, reckonWake, wakeUp } from '../engine/advance.ts';
import { apply } from '../engine/apply.ts';
import type { Step } from '../engine/draft.ts';
import { type Enrolment, enrol } from '../engine/enrol.ts';
import { refuses } from '../engine/refuses.ts';
import { RULES_VERSION } from '../engine/rules-version.ts';
import type { Actor, Answer, Command, CommandBody, GateLevel, Refusal } from '../model/command.ts';
import { type Adjustment, type AdjustmentScope, isFor } from '../model/adjustment.ts';
import type {
  AuditEntry,
  OutboxAdmission,
  OutboxBulletin,
  OutboxCorrection,
  OutboxEntry,
  OutboxMessage,
} from '../model/flush.ts';
import type { Instant, Program, Scope } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { GateCounts } from './gate-counts.ts';
import type { Letter } from './letters.ts';
import { Wakes } from './wakes.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';

/** Hears what happens, at the moment it does. */
export interface Observer {
  message?(instance: string, entry: OutboxMessage): void;
  bulletin?(entry: OutboxBulletin): void;
  audit?(instance: string, entry: AuditEntry): void;
  /** Its state is another now: it was enrolled, woke, or took a command. */
  changed?(instance: string, snapshot: Snapshot): void;
  /** As `changed`, before what follows from it elsewhere: with the state it had, and the tasks that are other now. */
  stepped?(instance: string, step: Stepped): void;
}

export interface Stepped {
  readonly before: Snapshot | undefined;
  readonly after: Snapshot;
  /** Their keys. */
  readonly tasks: readonly string[];
}

/** The world knows the time, the gates and what was adjusted. */
export type NewInstance = Omit<Enrolment, 'at' | 'gates' | 'revision' | 'adjustments'>;

export interface WorldOptions {
  readonly programs: Readonly<Record<Scope, Program>>;
  readonly startsAt: Instant;
  /** Turns a row of a sweep into an enrolment; the world has no register of its own. */
  readonly admit?: (admission: OutboxAdmission, source: Snapshot) => NewInstance | undefined;
  /** Corrects the register, which the world has not. */
  readonly correct?: (correction: OutboxCorrection, source: Snapshot) => void;
  readonly observer?: Observer;
  /** Whoever is of these scopes is played elsewhere: what is for them is posted. */
  readonly away?: { readonly scopes: readonly Scope[]; readonly post: (letter: Letter) => void };
  /** Where no command is ever sent twice: answers are not kept, which are most of what an instance weighs. */
  readonly forgetsAnswers?: boolean;
}

export const scopeOfInstance = (instance: string): Scope =>
  instance === CAMPAIGN_INSTANCE ? 'campaign' : instance.startsWith('u/') ? 'union' : 'household';

interface Revising {
  readonly adjustment: Adjustment;
  readonly authority: string;
  /** Id of the words. */
  readonly reason: string;
  readonly by: Actor;
  /** Of an amendment. */
  readonly programs?: Readonly<Record<Scope, Program>>;
}

export class World {
  readonly instances = new Map<string, Snapshot>();
  now: Instant;
  readonly #options: WorldOptions;
  readonly #observer: Observer;
  readonly #gates: GateCounts;
  readonly #wakes = new Wakes();
  readonly #ofUnion = new Map<string, string[]>();
  #commands = 0;
  #revision = 1;
  #programs: Readonly<Record<Scope, Program>>;
  /** While an amendment goes round: those that have not taken it yet, with the programs they go by. */
  #behind: { readonly programs: Readonly<Record<Scope, Program>>; readonly instances: Set<string> } | undefined;
  /** What was passed on to one of them and has to wait. */
  #kept: (() => void)[] = [];
  readonly #standing: {
    readonly revision: number;
    readonly adjustment: Adjustment;
    readonly scope: AdjustmentScope;
    readonly at: Instant;
  }[] = [];
  /** Claims of what is said once by all instances together. */
  readonly #saidOnce = new Set<string>();

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#observer = options.observer ?? {};
    this.#programs = options.programs;
    this.#gates = new GateCounts(options.programs);
    this.now = options.startsAt;
  }

  /** How the gates on a union stand, for a household of it. */
  levelsOf(union: string): Readonly<Record<string, GateLevel>> {
    return this.#gates.levelsFor({ scope: 'household', union });
  }

  /** Names somebody who will be enrolled, so that gates wait for everybody from the first day on. */
  expect({ instance, union }: Pick<Enrolment, 'instance' | 'union'>): void {
    this.#gates.expect({ instance, union, scope: scopeOfInstance(instance) });
  }

  /** Everybody of a union, the union itself among them; without one, everybody there is. */
  *members(union: string | null): Generator<Snapshot> {
    if (union === null) yield* this.instances.values();
    else for (const instance of this.#ofUnion.get(union) ?? []) yield this.instances.get(instance)!;
  }

  enrol(enrolment: NewInstance): void {
    const { instance, union } = enrolment;
    const scope = scopeOfInstance(instance);
    this.#gates.expect({ instance, union, scope });
    const gates = this.#gates.levelsFor({ scope, union });
    const { snapshot, effects } = enrol(this.#programOf(instance), {
      ...enrolment,
      gates,
      at: this.now,
      startedAt: this.#options.startsAt,
      revision: this.#revision,
      rulesVersion: RULES_VERSION,
      // It begins with the programs that the amendments have made.
      adjustments: this.#standing.filter(
        ({ adjustment, scope: whose }) => adjustment.kind !== 'amend' && isFor(whose, { instance, union }),
      ),
    });
    this.#wakes.begin(instance);
    const members = this.#ofUnion.get(union ?? '');
    if (members === undefined) this.#ofUnion.set(union ?? '', [instance]);
    else members.push(instance);
    this.#take(instance, { snapshot, effects });
    this.#advance(instance);
  }

  /** Somebody who joins when gates have been counted already. Whoever is there stays. */
  admit(enrolment: NewInstance): void {
    const { instance, union } = enrolment;
    if (this.instances.has(instance)) return;
    this.#post({ kind: 'expected', instance, union });
    this.enrol(enrolment);
    this.#joined({ instance, union });
    this.#post({ kind: 'joined', instance, union });
  }

  #joined({ instance, union }: Pick<Enrolment, 'instance' | 'union'>): void {
    for (const gate of this.#gates.countersOf(scopeOfInstance(instance))) this.#tellGate(gate, union);
  }

  /** Takes what another world has posted. Of what is for somebody who is not here nothing comes. */
  deliver({ at, about }: Letter): void {
    this.advance(at);
    switch (about.kind) {
      case 'expected':
        this.expect(about);
        break;
      case 'joined':
        this.#joined(about);
        break;
      case 'said':
        this.#gates.hear(about.row, about);
        this.#tellGate(about.row.gate, about.union);
        break;
      case 'command': {
        const { id, by, ...body } = about.command;
        if (this.instances.has(about.to)) this.send(about.to, { body, by, id });
      }
    }
    this.advance(at);
  }

  #isAway(scope: Scope | undefined): boolean {
    return scope !== undefined && this.#options.away?.scopes.includes(scope) === true;
  }

  #post(about: Letter['about']): void {
    this.#options.away?.post({ at: this.now, about });
  }

  /** The command's answer, or why it is refused. */
  send(instance: string, sending: { body: CommandBody; by: Actor; id?: string }): Answer | Refusal {
    return this.#give(instance, sending);
  }

  #give(
    instance: string,
    { body, by, id, next }: { body: CommandBody; by: Actor; id?: string; next?: Program },
  ): Answer | Refusal {
    this.#commands += 1;
    const snapshot = this.instances.get(instance);
    if (snapshot === undefined) throw new Error(`the world has no instance '${instance}'`);
    const forgets = this.#options.forgetsAnswers === true;
    const digest = forgets ? '' : JSON.stringify(body);
    const command: Command = { ...body, id: id ?? `w${this.#commands}`, digest, by };
    const program = this.#programOf(instance);
    const wake = this.#wakes.of(instance);
    const refusal = refuses(program, advanceTo(program, snapshot, this.now, wake).snapshot, command);
    if (refusal !== undefined) return refusal;
    const applied = apply(program, snapshot, { command, now: this.now, wake, forgets, next, reckons: next === undefined });
    if (next !== undefined) this.#behind?.instances.delete(instance);
    this.#take(instance, applied);
    return applied.answer;
  }

  /** Why it would be refused; nothing is done. */
  refuses(instance: string, { body, by, id }: { body: CommandBody; by: Actor; id: string }): Refusal | undefined {
    const program = this.#programOf(instance);
    const { snapshot } = advanceTo(program, this.instances.get(instance)!, this.now, this.#wakes.of(instance));
    return refuses(program, snapshot, { ...body, id, digest: '', by });
  }

  /** A revision of the run: everybody it is for takes it, and whoever joins later begins with it. */
  revise(scope: AdjustmentScope, { adjustment, authority, reason, by, programs }: Revising): void {
    this.#revision += 1;
    const revision = this.#revision;
    this.#standing.push({ revision, adjustment, scope, at: this.now });
    const body = { kind: 'adjust', adjustment, authority, reason, revision } as const;
    const concerned = [...this.instances].filter(([instance, { union }]) => isFor(scope, { instance, union }));
    if (programs !== undefined) this.#turnTo(programs);
    for (const [instance] of concerned) {
      const next = programs?.[scopeOfInstance(instance)];
      this.#give(instance, { body, by, id: `revision|${instance}|${revision}`, ...(next && { next }) });
    }
    this.#behind = undefined;
    for (const pass of this.#kept.splice(0)) pass();
  }

  #turnTo(programs: Readonly<Record<Scope, Program>>): void {
    this.#behind = { programs: this.#programs, instances: new Set(this.instances.keys()) };
    this.#programs = programs;
    this.#gates.turnTo(programs);
  }

  /** The next instant at which anything happens by itself, or null. */
  nextWake(): Instant | null {
    return this.#wakes.next;
  }

  /** Moves the clock, stopping at every wake on the way so that each thing happens at its own instant, instances in the order of their enrolment. */
  advance(to: Instant): void {
    for (let wake = this.nextWake(); wake !== null && wake <= to; wake = this.nextWake()) {
      this.now = Math.max(this.now, wake);
      this.#advance(this.#wakes.take());
    }
    this.now = Math.max(this.now, to);
  }

  #advance(instance: string): void {
    const wake = this.#wakes.of(instance);
    const program = this.#programOf(instance);
    const snapshot = this.instances.get(instance)!;
    const isDue = wake !== null && wake <= this.now && snapshot.status !== 'closed';
    this.#take(instance, isDue ? wakeUp(program, snapshot, this.now) : advanceTo(program, snapshot, this.now, wake));
  }

  #programOf(instance: string): Program {
    const behind = this.#behind;
    const programs = behind?.instances.has(instance) === true ? behind.programs : this.#programs;
    return programs[scopeOfInstance(instance)];
  }

  /** Keeps a step's state first, then passes on its effects: what they set off may come back to the same instance. */
  #take(instance: string, { snapshot, effects, wake }: Step & { readonly wake?: Instant | null }): void {
    const before = this.instances.get(instance);
    this.instances.set(instance, snapshot);
    this.#wakes.set(instance, wake === undefined ? reckonWake(this.#programOf(instance), snapshot) : wake);
    this.#observer.stepped?.(instance, { before, after: snapshot, tasks: effects.tasks });
    for (const entry of effects.audit) this.#observer.audit?.(instance, entry);
    if (before !== undefined && before.union !== snapshot.union) this.#move(before, snapshot.union!);
    for (const row of effects.gates) {
      this.#gates.hear(row, { instance, union: snapshot.union });
      if (this.#isAway(this.#gates.scopeOf(row.gate))) this.#post({ kind: 'said', row, instance, union: snapshot.union });
    }
    for (const entry of effects.outbox) this.#relay(instance, entry);
    this.#observer.changed?.(instance, this.instances.get(instance)!);
  }

  /** Both unions count anew: the one waits for it no longer, and the other does. */
  #move({ instance, union }: Snapshot, to: string): void {
    const scope = scopeOfInstance(instance);
    this.#gates.move({ instance, scope, union }, to);
    this.#ofUnion.set(
      union ?? '',
      (this.#ofUnion.get(union ?? '') ?? []).filter((each) => each !== instance),
    );
    this.#ofUnion.set(to, [...(this.#ofUnion.get(to) ?? []), instance]);
    for (const gate of this.#gates.countersOf(scope)) for (const whose of [union, to]) this.#tellGate(gate, whose);
  }

  #relay(instance: string, entry: OutboxEntry): void {
    const snapshot = this.instances.get(instance)!;
    switch (entry.kind) {
      case 'message':
        if (entry.purpose === 'paused' || entry.purpose === 'resumed') {
          if (this.#saidOnce.has(entry.claim)) return;
          this.#saidOnce.add(entry.claim);
        }
        this.#observer.message?.(instance, entry);
        return;
      case 'bulletin':
        this.#observer.bulletin?.(entry);
        return;
      case 'command': {
        const { id, by, ...body } = entry.command;
        if (this.#isAway(scopeOfInstance(entry.to))) return this.#post({ kind: 'command', to: entry.to, command: entry.command });
        const pass = (): Answer | Refusal => this.send(entry.to, { body, by, id });
        const reply = pass();
        if ('code' in reply && reply.code === 'PLAN_BEHIND') this.#kept.push(pass);
        return;
      }
      case 'admission': {
        const enrolment = this.#options.admit?.(entry, snapshot);
        if (enrolment !== undefined) this.admit(enrolment);
        return;
      }
      case 'correction':
        this.#options.correct?.(entry, snapshot);
        return;
      case 'gate':
        this.#tellGate(entry.gate, snapshot.union);
    }
  }

  /** Whoever has not begun yet learns of it when they do. */
  #tellGate(gate: string, union: string | null): void {
    for (const { to, body } of this.#gates.count(gate, union))
      if (this.instances.has(to)) this.send(to, { body, by: { system: 'relay' } });
  }
}
