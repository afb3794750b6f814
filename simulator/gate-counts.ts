/** What the store counts for gates, in memory: how many of those a gate watches have settled, and whom to tell. */
import type { CommandBody } from '../model/command.ts';
import type { Program, Scope } from '../model/plan.ts';

/** Whose instances are counted: a union's own, or everybody's. */
const EVERYBODY = '';

interface Watched {
  version: number;
  readonly settled: Set<string>;
  readonly done: Map<string, number>;
}

export class GateCounts {
  readonly #programs: Readonly<Record<Scope, Program>>;
  readonly #totals = new Map<string, number>();
  readonly #gates = new Map<string, Watched>();

  constructor(programs: Readonly<Record<Scope, Program>>) {
    this.#programs = programs;
  }

  enrolled(scope: Scope, union: string | null): void {
    add(this.#totals, `${scope}/${EVERYBODY}`);
    add(this.#totals, `${scope}/${union ?? EVERYBODY}`);
  }

  /** An instance settles a gate once, however often it says so. */
  settle(gate: string, { instance, union }: { instance: string; union: string | null }): void {
    const { settled, done } = this.#watched(gate);
    if (settled.has(instance)) return;
    settled.add(instance);
    add(done, EVERYBODY);
    add(done, union ?? EVERYBODY);
  }

  /** Tells whoever waits at the gate: the campaign of all instances, a union of its own households. */
  count(gate: string, union: string | null): { readonly to: string; readonly body: CommandBody }[] {
    const watched = this.#watched(gate);
    watched.version += 1;
    return (['campaign', 'union'] as const).flatMap((scope) => {
      const of = this.#programs[scope].tasks.find((task) => task.gate?.id === gate)?.gate?.of;
      if (of === undefined) return [];
      const whose = scope === 'campaign' ? EVERYBODY : (union ?? EVERYBODY);
      const done = watched.done.get(whose) ?? 0;
      const total = this.#totals.get(`${of}/${whose}`) ?? 0;
      const to = scope === 'campaign' ? 'c' : `u/${union}`;
      return [{ to, body: { kind: 'gate', gate, version: watched.version, done, total } }];
    });
  }

  #watched(gate: string): Watched {
    const known = this.#gates.get(gate) ?? { version: 0, settled: new Set(), done: new Map() };
    this.#gates.set(gate, known);
    return known;
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
