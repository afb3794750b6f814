/** What the store counts for gates, in memory: how many of those a gate is about have settled its task, and whom to tell. */
import type { CommandBody, GateLevel } from '../model/command.ts';
import type { GateRow } from '../model/flush.ts';
import type { Gate, Program, Scope } from '../model/plan.ts';
import { isAbove } from '../model/scope.ts';

/** Whose instances are counted: a union's own, or everybody's. */
const EVERYBODY = '';

interface Place {
  readonly instance: string;
  readonly scope: Scope;
  readonly union: string | null;
}

/** A gate with the scope of the task behind it. */
interface Watched {
  readonly rule: Gate;
  readonly scope: Scope;
  version: number;
  readonly said: Map<string, 'settled' | 'excluded'>;
  readonly settled: Map<string, number>;
  readonly excluded: Map<string, number>;
}

export class GateCounts {
  #gates: ReadonlyMap<string, Watched> = new Map();
  /** Of each scope, by whose they are. */
  readonly #members = new Map<string, string[]>();
  readonly #known = new Set<string>();

  constructor(programs: Readonly<Record<Scope, Program>>) {
    this.turnTo(programs);
  }

  /** Other programs from now on; what was said to gates that they still have stands. */
  turnTo(programs: Readonly<Record<Scope, Program>>): void {
    const watched = Object.values(programs).flatMap(({ scope, tasks }) =>
      tasks.flatMap(({ gate: rule }): [string, Watched][] => {
        if (rule === undefined) return [];
        const known = this.#gates.get(rule.id);
        const counts = known ?? { version: 0, said: new Map(), settled: new Map(), excluded: new Map() };
        return [[rule.id, { ...counts, rule, scope }]];
      }),
    );
    this.#gates = new Map(watched);
  }

  /** From now on gates wait for it. The register names everybody before the first of them begins; whoever is named twice counts once. */
  expect({ instance, scope, union }: Place): void {
    if (this.#known.has(instance)) return;
    this.#known.add(instance);
    for (const whose of union === null ? [EVERYBODY] : [EVERYBODY, union]) {
      const members = this.#members.get(`${scope}/${whose}`) ?? [];
      this.#members.set(`${scope}/${whose}`, members);
      members.push(instance);
    }
  }

  /** It is counted by another union from now on, with what it has said to gates. */
  move({ instance, scope, union }: Place, to: string): void {
    const among = (whose: string): string[] => this.#members.get(`${scope}/${whose}`) ?? [];
    if (union !== null)
      this.#members.set(
        `${scope}/${union}`,
        among(union).filter((each) => each !== instance),
      );
    this.#members.set(`${scope}/${to}`, [...among(to), instance]);
    for (const watched of this.#gates.values()) {
      const said = watched.said.get(instance);
      if (said === undefined) continue;
      if (union !== null) add(watched[said], union, -1);
      add(watched[said], to, 1);
    }
  }

  /** What an instance says last is what counts. */
  hear({ gate, settled, excluded }: GateRow, { instance, union }: Pick<Place, 'instance' | 'union'>): void {
    const watched = this.#gates.get(gate);
    if (watched === undefined) return;
    const says = excluded === true ? 'excluded' : settled ? 'settled' : undefined;
    const said = watched.said.get(instance);
    if (says === said) return;
    for (const whose of union === null ? [EVERYBODY] : [EVERYBODY, union]) {
      if (said !== undefined) add(watched[said], whose, -1);
      if (says !== undefined) add(watched[says], whose, 1);
    }
    if (says === undefined) watched.said.delete(instance);
    else watched.said.set(instance, says);
  }

  /** Counts a gate after a change in a union, and says what to tell whom: the campaign, that union, or all those below whom it concerns. */
  count(gate: string, union: string | null): { readonly to: string; readonly body: CommandBody }[] {
    const watched = this.#gates.get(gate);
    if (watched === undefined) return [];
    watched.version += 1;
    const whose = watched.scope === 'campaign' || union === null ? EVERYBODY : union;
    const body: CommandBody = {
      kind: 'gate',
      gate,
      ...(whose === EVERYBODY ? {} : { union: whose }),
      ...this.#levelOf(watched, whose),
    };
    return (this.#members.get(`${watched.scope}/${whose}`) ?? []).map((to) => ({ to, body }));
  }

  /** How the gates on scopes above stand for somebody who begins now. */
  levelsFor({ scope, union }: Pick<Place, 'scope' | 'union'>): Readonly<Record<string, GateLevel>> {
    const levels: Record<string, GateLevel> = {};
    for (const [gate, watched] of this.#gates) {
      if (watched.scope !== scope || watched.version === 0 || !isAbove(watched.rule.of, scope)) continue;
      levels[gate] = this.#levelOf(watched, watched.rule.of === 'campaign' ? EVERYBODY : (union ?? EVERYBODY));
    }
    return levels;
  }

  /** Of the task behind it. */
  scopeOf(gate: string): Scope | undefined {
    return this.#gates.get(gate)?.scope;
  }

  /** Gates that have one more to wait for when somebody of a scope joins later. */
  countersOf(scope: Scope): readonly string[] {
    return [...this.#gates].flatMap(([gate, { rule, version }]) => (rule.of === scope && version > 0 ? [gate] : []));
  }

  #levelOf({ rule, version, settled, excluded }: Watched, whose: string): GateLevel {
    const enrolled = this.#members.get(`${rule.of}/${whose}`)?.length ?? 0;
    const out = excluded.get(whose) ?? 0;
    return { version, done: settled.get(whose) ?? 0, total: enrolled - out, excluded: out };
  }
}

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
