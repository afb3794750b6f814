/** What an adjustment would do to each instance it is for, from the states that Postgres holds. */
import { createHash } from 'node:crypto';
import { afterwards, type Asked, preview, digestOfDifferences, type Seen } from '../engine/preview.ts';
import { type Adjustment, type AdjustmentScope, isOfPeople, withWords } from '../model/adjustment.ts';
import { canonicalJson } from '../model/canonical.ts';
import type { Arrival } from '../model/arrival.ts';
import { campaignNow } from '../model/campaign-now.ts';
import type { Command, Refusal } from '../model/command.ts';
import type { Plan, Program, Scope } from '../model/plan.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { findPlanAt } from '../store/revisions.ts';
import type { Run } from '../store/runs.ts';
import { findSnapshots } from '../store/snapshots.ts';
import type { ItemWords } from './assigned-words.ts';
import { Refused } from './client-error.ts';
import { nothingOpen } from './nothing-open.ts';
import type { ClientRoom } from './parts.ts';
import { scopeOf } from './workflow-ids.ts';

const PAGE = 200;

export type PreviewItem = { readonly instance: string; readonly union: string | null } & (
  | (Seen & { readonly digest: string })
  | { readonly refusal: Refusal }
);

export interface AdjustmentPreview {
  /** Of exactly this: what `expect` takes. */
  readonly hash: string;
  readonly instances: number;
  /** Tasks that would look otherwise to people. */
  readonly tasks: number;
  /** Instances that would be touched, or would refuse, in the order of their ids. */
  readonly items: readonly PreviewItem[];
}

export interface PreviewQuestion {
  readonly run: Run;
  readonly person: string;
  readonly authority: string;
  readonly for: AdjustmentScope;
  readonly adjustment: Adjustment;
  /** Of an assigned item. */
  readonly words?: ItemWords;
  /** Of an amendment. */
  readonly next?: Readonly<Record<Scope, Program>>;
  /** Of a move. */
  readonly arrival?: Arrival | undefined;
}

/** @throws Invalid when no instance is concerned. */
export async function previewAdjustment(room: ClientRoom, question: PreviewQuestion): Promise<AdjustmentPreview> {
  const { run, for: scope } = question;
  const items: PreviewItem[] = [];
  const planAt = createPlanFinder(room, run);
  let instances = 0;
  for (let after = ''; ; ) {
    const page = await findSnapshots(room.enginePool, { run: run.id, for: scope, after, limit: PAGE });
    for (const snapshot of page)
      items.push(await previewOne(room, { ...question, snapshot, plan: await planAt(snapshot.revision) }));
    instances += page.length;
    if (page.length < PAGE) break;
    after = page.at(-1)!.instance;
  }
  if (instances === 0) throw await nothingOpen(room, { run: run.id, scope });
  const touched = items.filter((item) => 'refusal' in item || item.differences.length + item.posts.length > 0);
  return {
    hash: hashOf(question, touched),
    instances,
    tasks: touched.reduce((sum, item) => sum + ('differences' in item ? item.differences.length : 0), 0),
    items: touched,
  };
}

/** The plans of a run by its revisions, each looked for once. */
export function createPlanFinder(room: ClientRoom, run: Run): (revision: number) => Promise<Plan> {
  const plans = new Map<number, Promise<Plan>>();
  return (revision) => {
    const known =
      plans.get(revision) ?? findPlanAt(room.enginePool, { run: run.id, revision }).then((hash) => room.plans.getPlan(hash));
    plans.set(revision, known);
    return known;
  };
}

/**
 * Before anything of it is stored. What is for one instance is asked of that. What is of people is alike in every instance, and no revision is refused by
 * one: the campaign is asked for all of them.
 * @throws Refused
 */
export async function refuseAhead(room: ClientRoom, question: PreviewQuestion): Promise<void> {
  const whom = isOfPeople(question.adjustment) ? { instance: CAMPAIGN_INSTANCE } : question.for;
  if (!('instance' in whom)) return;
  const [snapshot] = await findSnapshots(room.enginePool, { run: question.run.id, for: whom, limit: 1 });
  if (snapshot === undefined) return;
  const hash = await findPlanAt(room.enginePool, { run: question.run.id, revision: snapshot.revision });
  const seen = await previewOne(room, { ...question, for: whom, snapshot, plan: await room.plans.getPlan(hash) });
  if ('refusal' in seen) throw new Refused(seen.refusal);
}

/** Of one instance, which may not have been brought to the run's plan yet. */
export interface OneQuestion extends PreviewQuestion {
  readonly snapshot: Snapshot;
  readonly plan: Plan;
  /** Which of several it is that are asked one after another; the first is 0. */
  readonly turn?: number;
}

export async function previewOne(room: ClientRoom, question: OneQuestion): Promise<PreviewItem> {
  const { instance, union } = question.snapshot;
  const { program, asked } = await askedOf(room, question);
  const found = preview(program, question.snapshot, asked);
  if ('refusal' in found) return { instance, union, ...found };
  return { instance, union, ...found, digest: digestOfDifferences(found, question.adjustment) };
}

/** As it would be then, for the next turn. Of what was not refused. */
export async function stateAfter(room: ClientRoom, question: OneQuestion): Promise<Snapshot> {
  const { program, asked } = await askedOf(room, question);
  return afterwards(program, question.snapshot, asked);
}

/** Later than any revision that there is; so many turns may follow. */
const REVISION_OF_A_PREVIEW = Number.MAX_SAFE_INTEGER - 1_000_000;

async function askedOf(room: ClientRoom, question: OneQuestion): Promise<{ program: Program; asked: Asked }> {
  const { run, person, authority, adjustment, snapshot, plan, turn = 0 } = question;
  const command: Command = {
    kind: 'adjust',
    adjustment,
    authority,
    reason: 'preview',
    ...(question.arrival && { arrival: question.arrival }),
    // What is for many is a revision, and a revision does what it can.
    ...('instance' in question.for ? {} : { revision: REVISION_OF_A_PREVIEW + turn }),
    id: `preview-${turn}`,
    digest: 'preview',
    by: { person, via: 'cli' },
  };
  const scope = scopeOf(snapshot.instance);
  const program = await room.plans.getProgram(plan.programs[scope]);
  return { program, asked: { command, now: campaignNow(run, Date.now()), next: question.next?.[scope] } };
}

/** Of what is asked, and of what it does to each instance. Under which id the words of an item are stored is known only when they are. */
function hashOf({ for: scope, adjustment: asked, words }: PreviewQuestion, items: readonly PreviewItem[]): string {
  const parts = items.map((item) => [item.instance, 'digest' in item ? item.digest : item.refusal.code]);
  const adjustment = withWords(asked, '');
  return createHash('sha256')
    .update(canonicalJson({ scope, adjustment, parts, ...(words && { words }) }))
    .digest('hex');
}
