/**
 * A whole run on a virtual clock: every instance of every scope, with the relay's work done at once and no server anywhere.
 * The same engine decides here and in the workflows, so what this world says of rungs, gates and row tasks is what the real one must do.
 */
import { advanceTo, nextWake } from '../engine/advance.ts';
import { apply } from '../engine/apply.ts';
import type { Step } from '../engine/draft.ts';
import { type Enrolment, enrol } from '../engine/enrol.ts';
import { refuses } from '../engine/refuses.ts';
import type { Actor, Answer, Command, CommandBody, Refusal } from '../model/command.ts';
import type { AuditEntry, OutboxAdmission, OutboxEntry, OutboxMessage } from '../model/flush.ts';
import type { Instant, Program, Scope } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { GateCounts } from './gate-counts.ts';
import { Timetable } from './timetable.ts';

/** Hears what happens, at the moment it does. */
export interface Observer {
  message?(instance: string, entry: OutboxMessage): void;
  audit?(instance: string, entry: AuditEntry): void;
  /** Its state is another now: it was enrolled, woke, or took a command. */
  changed?(instance: string, snapshot: Snapshot): void;
}

export interface WorldOptions {
  readonly programs: Readonly<Record<Scope, Program>>;
  readonly startsAt: Instant;
  /** Turns a row of a sweep into an enrolment; the world has no register of its own. */
  readonly admit?: (admission: OutboxAdmission, source: Snapshot) => Omit<Enrolment, 'at' | 'gates'> | undefined;
  readonly observer?: Observer;
}

export const scopeOfInstance = (instance: string): Scope =>
  instance === 'c' ? 'campaign' : instance.startsWith('u/') ? 'union' : 'household';

export class World {
  readonly instances = new Map<string, Snapshot>();
  now: Instant;
  readonly #options: WorldOptions;
  readonly #observer: Observer;
  readonly #gates: GateCounts;
  /** Wakes, some of them overtaken by a later state of their instance: `#wakes` has the one that counts. Rank is the order of enrolment. */
  readonly #timetable = new Timetable<string>();
  readonly #wakes = new Map<string, { readonly rank: number; at: Instant | null }>();
  #commands = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#observer = options.observer ?? {};
    this.#gates = new GateCounts(options.programs);
    this.now = options.startsAt;
  }

  /** Names somebody who will be enrolled, so that gates wait for everybody from the first day on. */
  expect({ instance, union }: Pick<Enrolment, 'instance' | 'union'>): void {
    this.#gates.expect({ instance, union, scope: scopeOfInstance(instance) });
  }

  enrol(enrolment: Omit<Enrolment, 'at' | 'gates'>): void {
    const { instance, union } = enrolment;
    const scope = scopeOfInstance(instance);
    this.#gates.expect({ instance, union, scope });
    const gates = this.#gates.levelsFor({ scope, union });
    const { snapshot, effects } = enrol(this.#programOf(instance), { ...enrolment, gates, at: this.now });
    this.#wakes.set(instance, { rank: this.#wakes.size, at: null });
    this.#take(instance, { snapshot, effects });
    this.#advance(instance);
  }

  /** The command's answer, or why it is refused. */
  send(instance: string, { body, by, id }: { body: CommandBody; by: Actor; id?: string }): Answer | Refusal {
    this.#commands += 1;
    const snapshot = this.instances.get(instance);
    if (snapshot === undefined) throw new Error(`the world has no instance '${instance}'`);
    const command: Command = { ...body, id: id ?? `w${this.#commands}`, digest: JSON.stringify(body), by };
    const program = this.#programOf(instance);
    const refusal = refuses(program, advanceTo(program, snapshot, this.now).snapshot, command);
    if (refusal !== undefined) return refusal;
    const applied = apply(program, snapshot, { command, now: this.now });
    this.#take(instance, applied);
    return applied.answer;
  }

  /** The next instant at which anything happens by itself, or null. */
  nextWake(): Instant | null {
    for (;;) {
      const first = this.#timetable.first;
      if (first === undefined) return null;
      if (this.#wakes.get(first.item)!.at === first.at) return first.at;
      this.#timetable.take();
    }
  }

  /** Moves the clock, stopping at every wake on the way so that each thing happens at its own instant, instances in the order of their enrolment. */
  advance(to: Instant): void {
    for (let wake = this.nextWake(); wake !== null && wake <= to; wake = this.nextWake()) {
      this.now = Math.max(this.now, wake);
      this.#advance(this.#timetable.take()!.item);
    }
    this.now = Math.max(this.now, to);
  }

  #advance(instance: string): void {
    this.#take(instance, advanceTo(this.#programOf(instance), this.instances.get(instance)!, this.now));
  }

  #programOf(instance: string): Program {
    return this.#options.programs[scopeOfInstance(instance)];
  }

  /** Keeps a step's state first, then passes on its effects: what they set off may come back to the same instance. */
  #take(instance: string, { snapshot, effects }: Step): void {
    this.instances.set(instance, snapshot);
    const known = this.#wakes.get(instance)!;
    const at = nextWake(this.#programOf(instance), snapshot);
    if (at !== null && at !== known.at) this.#timetable.add(at, known.rank, instance);
    known.at = at;
    for (const entry of effects.audit) this.#observer.audit?.(instance, entry);
    for (const row of effects.gates) this.#gates.hear(row, { instance, union: snapshot.union });
    for (const entry of effects.outbox) this.#relay(instance, entry);
    this.#observer.changed?.(instance, this.instances.get(instance)!);
  }

  #relay(instance: string, entry: OutboxEntry): void {
    const snapshot = this.instances.get(instance)!;
    switch (entry.kind) {
      case 'message':
        this.#observer.message?.(instance, entry);
        return;
      case 'command': {
        const { id, by, ...body } = entry.command;
        this.send(entry.to, { body, by, id });
        return;
      }
      case 'admission': {
        const enrolment = this.#options.admit?.(entry, snapshot);
        if (enrolment === undefined || this.instances.has(enrolment.instance)) return;
        this.enrol(enrolment);
        for (const gate of this.#gates.countersOf(scopeOfInstance(enrolment.instance))) this.#tellGate(gate, enrolment.union);
        return;
      }
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

/** Everything a world tells, kept. */
export interface Records {
  readonly messages: { readonly instance: string; readonly entry: OutboxMessage }[];
  readonly audit: { readonly instance: string; readonly entry: AuditEntry }[];
  readonly observer: Observer;
}

export function keepRecords(): Records {
  const messages: Records['messages'] = [];
  const audit: Records['audit'] = [];
  return {
    messages,
    audit,
    observer: {
      message: (instance, entry) => void messages.push({ instance, entry }),
      audit: (instance, entry) => void audit.push({ instance, entry }),
    },
  };
}
