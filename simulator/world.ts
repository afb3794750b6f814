/**
 * A whole run on a virtual clock: every instance of every scope, with the relay's work done at once and no server anywhere.
 * The same engine decides here and in the workflows, so what this world says of rungs, gates and row tasks is what the real one must do.
 */
import { advanceTo, nextWake } from '../engine/advance.ts';
import { apply } from '../engine/apply.ts';
import { type Enrolment, enrol } from '../engine/enrol.ts';
import { refuses } from '../engine/refuses.ts';
import type { Actor, Answer, Command, CommandBody, Refusal } from '../model/command.ts';
import type { AuditEntry, Effects, OutboxAdmission, OutboxEntry, OutboxMessage } from '../model/flush.ts';
import type { Instant, Program, Scope } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';

export interface Recorded<Entry> {
  readonly instance: string;
  readonly entry: Entry;
}

export interface WorldOptions {
  readonly programs: Readonly<Record<Scope, Program>>;
  readonly startsAt: Instant;
  /** Turns a row of a sweep into an enrolment; the world has no register of its own. */
  readonly admit?: (admission: OutboxAdmission, source: Snapshot) => Omit<Enrolment, 'at'> | undefined;
}

export const scopeOfInstance = (instance: string): Scope =>
  instance === 'c' ? 'campaign' : instance.startsWith('u/') ? 'union' : 'household';

export class World {
  readonly instances = new Map<string, Snapshot>();
  readonly messages: Recorded<OutboxMessage>[] = [];
  readonly audit: Recorded<AuditEntry>[] = [];
  now: Instant;
  readonly #options: WorldOptions;
  readonly #claims = new Set<string>();
  readonly #gates = new Map<string, { version: number; settled: Set<string> }>();
  #commands = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.now = options.startsAt;
  }

  enrol(enrolment: Omit<Enrolment, 'at'>): void {
    const program = this.#programOf(enrolment.instance);
    const { snapshot, effects } = enrol(program, { ...enrolment, at: this.now });
    this.instances.set(enrolment.instance, snapshot);
    this.#absorb(enrolment.instance, effects);
    this.#advance(enrolment.instance);
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
    this.instances.set(instance, applied.snapshot);
    this.#absorb(instance, applied.effects);
    return applied.answer;
  }

  /** The next instant at which anything happens by itself, or null. */
  nextWake(): Instant | null {
    let first: Instant | null = null;
    for (const [instance, snapshot] of this.instances) {
      const at = nextWake(this.#programOf(instance), snapshot);
      if (at !== null && (first === null || at < first)) first = at;
    }
    return first;
  }

  /** Moves the clock, stopping at every wake on the way so that each thing happens at its own instant. */
  advance(to: Instant): void {
    for (let wake = this.nextWake(); wake !== null && wake <= to; wake = this.nextWake()) {
      this.now = Math.max(this.now, wake);
      for (const instance of [...this.instances.keys()]) this.#advance(instance);
    }
    this.now = Math.max(this.now, to);
    for (const instance of [...this.instances.keys()]) this.#advance(instance);
  }

  #advance(instance: string): void {
    const { snapshot, effects } = advanceTo(this.#programOf(instance), this.instances.get(instance)!, this.now);
    this.instances.set(instance, snapshot);
    this.#absorb(instance, effects);
  }

  #programOf(instance: string): Program {
    return this.#options.programs[scopeOfInstance(instance)];
  }

  #absorb(instance: string, effects: Effects): void {
    for (const entry of effects.audit) this.audit.push({ instance, entry });
    for (const { gate } of effects.gates) this.#settled(gate).add(instance);
    for (const entry of effects.outbox) {
      if (this.#claims.has(entry.claim)) continue;
      this.#claims.add(entry.claim);
      this.#relay(instance, entry);
    }
  }

  #relay(instance: string, entry: OutboxEntry): void {
    switch (entry.kind) {
      case 'message':
        this.messages.push({ instance, entry });
        return;
      case 'command': {
        const { id, by, ...body } = entry.command;
        this.send(entry.to, { body, by, id });
        return;
      }
      case 'admission': {
        const enrolment = this.#options.admit?.(entry, this.instances.get(instance)!);
        if (enrolment !== undefined && !this.instances.has(enrolment.instance)) this.enrol(enrolment);
        return;
      }
      case 'gate':
        this.#count(entry.gate, this.instances.get(instance)!);
    }
  }

  #settled(gate: string): Set<string> {
    const known = this.#gates.get(gate) ?? { version: 0, settled: new Set<string>() };
    this.#gates.set(gate, known);
    return known.settled;
  }

  /** Tells whoever waits at the gate: the campaign of all instances, a union of its own households. */
  #count(gate: string, { union }: Snapshot): void {
    const state = this.#gates.get(gate)!;
    state.version += 1;
    for (const scope of ['campaign', 'union'] as const) {
      const of = this.#options.programs[scope].tasks.find((task) => task.gate?.id === gate)?.gate?.of;
      if (of === undefined) continue;
      const counted = [...this.instances].filter(
        ([id, snapshot]) => scopeOfInstance(id) === of && (scope === 'campaign' || snapshot.union === union),
      );
      const done = counted.filter(([id]) => state.settled.has(id)).length;
      const count = { kind: 'gate', gate, version: state.version, done, total: counted.length } as const;
      this.send(scope === 'campaign' ? 'c' : `u/${union}`, { body: count, by: { system: 'relay' } });
    }
  }
}
