/** Plays a story on the engine and on the reference model, and tells the first thing in which they differ. */
import type { CompiledPlan } from '../../client/api.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import type { Instant } from '../../model/plan.ts';
import { World } from '../../simulator/world.ts';
import { Chance } from './chance.ts';
import { DAY, endOf, tell } from './days.ts';
import { randomSpec } from './random-spec.ts';
import { type Act, type Member, Reference, type Row, sorted } from './reference.ts';
import type { Spec } from './spec.ts';
import { type Attempt, initialFacts, randomStory, type Story, storySeed } from './story.ts';
import { CALENDAR_FILE, writeDefinition } from './write-definition.ts';

export interface Difference {
  /** What had been tried by then. */
  readonly after: string;
  readonly engine: readonly string[];
  readonly reference: readonly string[];
}

/** The definition that goes with a seed, compiled. @throws when it does not compile */
export function compileSpec(spec: Spec): CompiledPlan {
  const compiled = compileDefinition({ files: [writeDefinition(spec)], calendars: [CALENDAR_FILE] });
  if ('plan' in compiled) return compiled;
  throw new Error(`random definition ${spec.seed} does not compile: ${JSON.stringify(compiled.issues.slice(0, 3), null, 1)}`);
}

/** Of a seed: its definition, so many stories of it, and the first difference; undefined when both agree to the end. */
export function compareSeed(
  seed: number,
  stories: number,
): { readonly story: number; readonly difference: Difference } | undefined {
  const spec = randomSpec(seed);
  const compiled = compileSpec(spec);
  for (let story = 0; story < stories; story += 1) {
    const difference = compareStory(spec, compiled, randomStory(spec, storySeed(seed, story)));
    if (difference !== undefined) return { story, difference };
  }
  return undefined;
}

export function compareStory(spec: Spec, compiled: CompiledPlan, story: Story): Difference | undefined {
  const both = new Both(spec, compiled, story);
  const start = both.differ(`enrolment at ${tell(story.enrolledAt)}`);
  if (start !== undefined) return start;
  for (const attempt of story.attempts) {
    const difference = both.try(attempt);
    if (difference !== undefined) return difference;
  }
  return both.advance(endOf(spec.phases.at(-1)!.ends) + 60 * DAY);
}

/** So few attempts of a story that both still differ: each is left out as long as that makes no difference. */
export function shrinkStory(spec: Spec, compiled: CompiledPlan, story: Story): Story {
  let kept = story;
  for (let index = kept.attempts.length - 1; index >= 0; index -= 1) {
    const fewer = { ...kept, attempts: kept.attempts.toSpliced(index, 1) };
    if (compareStory(spec, compiled, fewer) !== undefined) kept = fewer;
  }
  return kept;
}

class Both {
  readonly #reference: Reference;
  readonly #world: World;
  readonly #spoken: string[] = [];
  readonly #said: string[] = [];

  constructor(spec: Spec, { programs }: CompiledPlan, { enrolledAt, members }: Story) {
    const admit = (of: { source: string; task: string; row: number; union: string }): Member => {
      const { roles } = members.find(({ instance }) => instance === `u/${of.union}`)!;
      const chance = new Chance(of.row + of.task.length);
      const instance = `h/of-${of.union}-${of.task}-${of.row}`;
      return {
        instance,
        scope: 'household',
        union: of.union,
        roles,
        facts: { ...initialFacts(spec, 'household', chance), enrolment: 'admitted' },
      };
    };
    this.#reference = new Reference(spec, { at: enrolledAt, members, admit });
    this.#world = new World({
      programs,
      startsAt: enrolledAt,
      admit: ({ union, row }, { instance }) => {
        const task = this.#handedIn;
        return enrolmentOf(admit({ source: instance, task, row, union }));
      },
      observer: {
        audit: (instance, { kind, task, at, detail }) => {
          if (kind !== 'rungReached') return;
          this.#spoken.push(
            `${tell(at)} ${instance}/${task} ${detail!['rung']} ${detail!['occurrence'] ?? 1} to ${detail!['recipient'] ?? 'nobody'}`,
          );
        },
        message: (instance, { task, purpose, recipient, at, sendAt }) =>
          void this.#said.push(`${tell(sendAt ?? at)} ${instance}/${task} ${purpose} to ${recipient}`),
      },
    });
    for (const member of members) this.#world.expect(member);
    for (const member of members) this.#world.enrol(enrolmentOf(member));
    // What the last of them opened for others is told of at that same instant.
    this.#world.advance(enrolledAt);
  }

  /** The task whose rows are being admitted: rows know their submission only, which here is named after the task. */
  #handedIn = '';

  advance(to: Instant): Difference | undefined {
    this.#world.advance(to);
    this.#reference.advance(to);
    return this.differ(`waiting until ${tell(to)}`);
  }

  try(attempt: Attempt): Difference | undefined {
    const before = this.advance(attempt.at);
    if (before !== undefined || attempt.kind === 'look') return before;
    const chosen = this.#choose(attempt);
    if (chosen === undefined) return undefined;
    const { instance, act, person } = chosen;
    const words = `${tell(attempt.at)} ${person} ${JSON.stringify(act)} in ${instance}`;
    this.#handedIn = act.task;
    const [engine, reference] = [this.#send(instance, act, person), this.#reference.do(instance, act, person) ?? 'taken'];
    if (engine !== reference) return { after: words, engine: [engine], reference: [reference] };
    return this.differ(words);
  }

  #choose({
    kind,
    which,
    stranger,
    any,
    facts,
    rows,
    lateReason,
  }: Attempt): { instance: string; act: Act; person: string } | undefined {
    const all = [...this.#reference.work].sort((a, b) => (`${a.instance}/${a.key}` < `${b.instance}/${b.key}` ? -1 : 1));
    const meant = all.filter(({ status }) =>
      kind === 'complete' ? status === 'open' || status === 'returned' : status === 'inReview',
    );
    const from = any || meant.length === 0 ? all : meant;
    const work = from[which % Math.max(1, from.length)];
    if (work === undefined) return undefined;
    const { instance, key, holder, reviewer, task } = work;
    const person = stranger ? 'stranger' : ((kind === 'complete' ? holder : reviewer) ?? 'nobody');
    if (kind !== 'complete') return { instance, person, act: { kind: kind as 'accept', task: key } };
    const own = Object.fromEntries(Object.entries(facts).filter(([id]) => Object.hasOwn(this.#factsOf(instance), id)));
    const makes = (row: Row): boolean =>
      task.rows.some((rule) => (rule.task === undefined ? row.table === 'found' : row.table === 'items'));
    return { instance, person, act: { kind, task: key, facts: own, rows: rows.filter(makes), lateReason } };
  }

  #factsOf(instance: string): object {
    return this.#world.instances.get(instance)!.facts;
  }

  #send(instance: string, act: Act, person: string): string {
    const submission = this.#world.instances.get(instance)!.tasks[act.task]?.submission ?? 'none';
    const by = { person, via: 'api' } as const;
    const body =
      act.kind === 'complete'
        ? { ...act, submission: `s${this.#said.length}-${act.task}` }
        : act.kind === 'accept'
          ? { kind: act.kind, task: act.task, submission }
          : { kind: act.kind, task: act.task, submission, reason: 'r' };
    const reply = this.#world.send(instance, { body, by });
    this.#world.advance(this.#world.now);
    return 'code' in reply ? reply.code : 'taken';
  }

  differ(after: string): Difference | undefined {
    return (
      differences(after, this.#view(), this.#reference.view()) ??
      differences(after, [...this.#spoken].sort(), [...this.#reference.spoken].sort()) ??
      differences(after, [...this.#said].sort(), [...this.#reference.said].sort())
    );
  }

  #view(): readonly string[] {
    return [...this.#world.instances]
      .flatMap(([instance, { tasks, facts, roles }]) => [
        ...Object.entries(tasks).map(
          ([key, { status, openedAt, deadline, holder, reviewer, step, returns, submittedAt }]) =>
            `${instance}/${key} ${status} opened ${tell(openedAt)} due ${tell(deadline)} holder ${holder} reviewer ${reviewer} step ${step} returns ${returns} handed in ${submittedAt === null ? 'never' : tell(submittedAt)}`,
        ),
        `${instance} ${JSON.stringify(sorted(facts))} ${JSON.stringify(sorted(roles))}`,
      ])
      .sort();
  }
}

function enrolmentOf({ instance, union, roles, facts }: Member) {
  return { run: 'random', instance, union, revision: 1, roles, facts };
}

function differences(after: string, engine: readonly string[], reference: readonly string[]): Difference | undefined {
  const [here, there] = [new Set(engine), new Set(reference)];
  const [more, less] = [engine.filter((line) => !there.has(line)), reference.filter((line) => !here.has(line))];
  if (more.length + less.length === 0 && engine.length === reference.length) return undefined;
  return { after, engine: more, reference: less };
}
