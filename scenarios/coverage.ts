/** Which parts of a plan a set of scenarios has gone through: tasks, the ways they branch, samples, reviews, rows, rungs and bulletins. */
import { isBehind } from '../engine/occurrences.ts';
import { evaluate } from '../model/condition.ts';
import { readKey } from '../model/task-key.ts';
import type { Plan, Program, Scope } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type Observer, scopeOfInstance } from '../simulator/world.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';

/**
 * A new kind is a word here, and then the compiler names the other three places: what there is of it in a plan (`whatThereIs`); when it is seen, while the
 * scenario is played (`listen`) or from how things stand at its end (`#look`), by `this.#seen[kind].add(id)` with the same ids; and its name for people
 * (cli/format-tests.ts).
 */
export const COVERED_KINDS = ['task', 'not-taken', 'sample', 'review', 'outcome', 'rows', 'rung', 'bulletin'] as const;
export type CoveredKind = (typeof COVERED_KINDS)[number];

export interface CoverageLine {
  readonly kind: CoveredKind;
  readonly covered: number;
  readonly of: number;
  /** Ids of what no scenario has gone through. */
  readonly missing: readonly string[];
}

/**
 * What there is to cover: each task finished; each task with a condition also held back by it; each sample passing somebody over; each review step taken; each outcome applied; each
 * table whose rows become something; each rung of a ladder in use, spoken; each bulletin issued.
 */
export class Coverage {
  readonly #plan: Plan;
  readonly #programs: Readonly<Record<Scope, Program>>;
  readonly #seen = Object.fromEntries(COVERED_KINDS.map((kind) => [kind, new Set<string>()])) as Readonly<
    Record<CoveredKind, Set<string>>
  >;

  constructor(plan: Plan, programs: Readonly<Record<Scope, Program>>) {
    this.#plan = plan;
    this.#programs = programs;
  }

  /** Listens to one scenario; `close` is called when it is over. */
  listen(): { readonly observer: Observer; close(): void } {
    const snapshots = new Map<string, Snapshot>();
    const ladderOf = new Map(this.#plan.tasks.map(({ id, ladder }) => [id, ladder]));
    const templateOf = (instance: string, task: string): string =>
      snapshots.get(instance)?.tasks[task]?.template ?? readKey(task).template;
    return {
      observer: {
        changed: (instance, snapshot) => void snapshots.set(instance, snapshot),
        audit: (instance, { kind, task, detail }) => {
          if (kind === 'bulletinIssued') this.#seen.bulletin.add(String(detail!['bulletin']));
          if (task === undefined) return;
          const template = templateOf(instance, task);
          if (kind === 'rungReached') this.#seen.rung.add(`${detail!['ladder'] ?? ladderOf.get(template)}/${detail!['rung']}`);
          if (kind === 'taskDropped' && detail?.['why'] === 'condition') this.#seen['not-taken'].add(template);
          if (kind === 'stepAccepted') this.#seen.review.add(`${template}/${detail!['step']}`);
          if (kind === 'taskDropped' && detail!['why'] === 'sample') this.#seen.sample.add(template);
          if (kind !== 'taskDone') return;
          this.#seen.task.add(template);
          for (const index of String(detail?.['outcomes'] ?? '').split(','))
            if (index !== '') this.#seen.outcome.add(`${template}/${index}`);
        },
      },
      close: () => this.#look(snapshots),
    };
  }

  #look(snapshots: ReadonlyMap<string, Snapshot>): void {
    const now = Math.max(...[...snapshots.values()].map(({ advancedTo }) => advancedTo));
    for (const [instance, snapshot] of snapshots) {
      const { tasks, facts, enrolledAt } = snapshot;
      const program = this.#programs[scopeOfInstance(instance)];
      for (const { id, when, after, opensAt } of program.tasks) {
        if (when === undefined || opensAt > now || tasks[id] !== undefined || evaluate(when, facts)) continue;
        if (after.every((before) => isBehind({ program, ...snapshot }, before))) this.#seen['not-taken'].add(id);
      }
      for (const { template, source } of Object.values(tasks)) {
        if (source === undefined) continue;
        const from = snapshots.get(source.instance)?.tasks[source.task]?.template;
        if (from !== undefined) this.#seen.rows.add(`${from}/${template}`);
      }
      if (enrolledAt! > snapshots.get(CAMPAIGN_INSTANCE)!.enrolledAt!) this.#seen.rows.add('admitted');
    }
  }

  lines(): readonly CoverageLine[] {
    const all = whatThereIs(this.#plan);
    return COVERED_KINDS.map((kind) => {
      const missing = all[kind].filter((id) => !this.#seen[kind].has(id));
      return { kind, covered: all[kind].length - missing.length, of: all[kind].length, missing };
    });
  }
}

function whatThereIs({ tasks, ladders, bulletins }: Plan): Readonly<Record<CoveredKind, readonly string[]>> {
  const used = new Set(tasks.flatMap(({ ladder, reviews }) => [ladder, ...reviews.flatMap((step) => step.ladder ?? [])]));
  const rows = tasks.flatMap(({ id, rows: rules }) =>
    rules.map(({ task }) => (task === undefined ? 'admitted' : `${id}/${task}`)),
  );
  return {
    task: tasks.map(({ id }) => id),
    'not-taken': tasks.flatMap(({ id, when }) => (when === undefined ? [] : [id])),
    sample: tasks.flatMap(({ id, sample }) => (sample === undefined ? [] : [id])),
    review: tasks.flatMap(({ id, reviews }) => reviews.map((_, index) => `${id}/${index}`)),
    outcome: tasks.flatMap(({ id, outcomes }) => outcomes.map((_, index) => `${id}/${index}`)),
    rows: [...new Set(rows)],
    rung: Object.values(ladders).flatMap(({ id, rungs }) => (used.has(id) ? rungs.map((rung) => `${id}/${rung.id}`) : [])),
    bulletin: bulletins.map(({ id }) => id),
  };
}
