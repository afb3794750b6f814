/** Adjusting a run that goes on: first what it would do, from the state as it is; then one command, or one revision for many. */
import { randomUUID } from 'node:crypto';
import { refusesScope } from '../engine/scoping.ts';
import { type Adjustment, type AdjustmentScope, isOfPeople, withWords } from '../model/adjustment.ts';
import type { Arrival } from '../model/arrival.ts';
import { ASSIGNED } from '../model/assigned.ts';
import { canonicalJson } from '../model/canonical.ts';
import { campaignNow } from '../model/campaign-now.ts';
import type { Answer } from '../model/command.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';
import { findAnswer } from '../store/commands.ts';
import { findInstance } from '../store/instances.ts';
import { createRevision, findRevisionOf, type Revision } from '../store/revisions.ts';
import { putCompiled } from '../store/plans.ts';
import type { Run } from '../store/runs.ts';
import { StoreError } from '../store/store-error.ts';
import { storeSubmission } from '../store/submissions.ts';
import type { CompiledPlan } from './api.ts';
import { findArrival } from './arrival.ts';
import { checkedWords, type ItemWords } from './assigned-words.ts';
import { findAuthority } from './authority.ts';
import { Invalid, Refused } from './client-error.ts';
import { findFirstAdjustment } from './first-answer.ts';
import { getRunOf } from './lookup.ts';
import { refuseNothing } from './nothing-open.ts';
import type { ClientRoom } from './parts.ts';
import { type AdjustmentPreview, previewAdjustment, refuseAhead } from './preview-adjustment.ts';
import { refuseStanding } from './refuse-standing.ts';
import { followUnion, sendAdjustment } from './send-adjustment.ts';
import { instanceOf } from './workflow-ids.ts';

const MAX_REASON = 2_000;

export interface AdjustmentRequest {
  readonly run: string;
  readonly for: AdjustmentScope;
  readonly adjustment: Adjustment;
  /** In words, for those who are concerned; stored sealed. Of an assigned item they are its `words`, and this is left out. */
  readonly reason?: string;
  /** What is to be done, of an assigned item; stored sealed. */
  readonly words?: ItemWords;
  /** Who does it; the office when absent. */
  readonly person?: string;
  /** Command id; the same id asked again does nothing more. Made up when absent. */
  readonly id?: string;
  /** Hash of the preview that was agreed to; anything else is refused. */
  readonly expect?: string;
  /** Of an amendment: the plan that takes the place of the one that runs. */
  readonly next?: CompiledPlan;
  /** To let stand still, or go on, who does already is refused for many as for one. Otherwise a revision does what it can, which may be nothing. */
  readonly mustChange?: true;
}

export type Adjusted =
  /** One instance has taken it. */
  | { readonly answer: Answer }
  /** Many will, one after another: see `findItems`. */
  | { readonly revision: Revision };

export interface Prepared {
  readonly run: Run;
  readonly person: string;
  readonly authority: string;
  /** Of a move. */
  readonly arrival: Arrival | undefined;
}

/** @throws Invalid for an unknown run or person, Refused when they may not. */
export async function prepare(
  room: ClientRoom,
  { run: id, for: scope, adjustment, person, words }: AdjustmentRequest,
): Promise<Prepared> {
  if (adjustment.kind === 'assign') checkedWords(words);
  const { run, plan } = await getRunOf(room, id);
  if (run.status === 'closed')
    throw new Refused({ code: 'RUN_CLOSED', message: `run '${id}' is closed`, remedy: 'nothing more can be done in it' });
  refuseScope({ adjustment, for: scope });
  const authority = await findAuthority(room, { run, plan, scope, adjustment, person });
  await refuseNothing(room, { run: run.id, scope });
  const arrival =
    adjustment.kind === 'move'
      ? await findArrival(room, { run, plan, household: instanceOf(scope), to: adjustment.to })
      : undefined;
  return { run, ...authority, arrival };
}

/** Some adjustments are for everybody, for one or for nobody. @throws Refused */
export function refuseScope({ adjustment, for: scope }: Pick<AdjustmentRequest, 'adjustment' | 'for'>): void {
  const refused = refusesScope(adjustment, scope);
  if (refused !== undefined) throw new Refused(refused);
}

/** What it would do, instance by instance. Changes nothing. */
export async function preview(room: ClientRoom, request: AdjustmentRequest): Promise<AdjustmentPreview> {
  const prepared = await prepare(room, request);
  const question = { ...questionOf(request), ...prepared };
  if (isOfPeople(request.adjustment)) await refuseAhead(room, question);
  if (request.mustChange === true) await refuseStanding(room, question);
  return await previewAdjustment(room, question);
}

const questionOf = ({ for: scope, adjustment, words, next }: AdjustmentRequest) => ({
  for: scope,
  adjustment,
  ...(words && { words }),
  ...(next && { next: next.programs }),
});

/** Does it. One task of one instance is one command; everything else a revision, whose items the worker goes through. */
export async function adjust(room: ClientRoom, request: AdjustmentRequest): Promise<Adjusted> {
  const before = await findBefore(room, request);
  if (before !== undefined) {
    // Whoever asked the first time may have been ended before it came to that.
    const { adjustment: asked, for: whom } = request;
    if (asked.kind === 'move')
      await followUnion(room, { ...(await getRunOf(room, request.run)), household: instanceOf(whom), union: asked.to });
    return before;
  }
  const prepared = await prepare(room, request);
  const { run, person, authority } = prepared;
  const { for: scope, expect } = request;
  const id = request.id ?? randomUUID();
  const adjustment = withWords(request.adjustment, id);
  // Asked again, it is answered as it was, whatever it would do by now.
  const isKnown = request.id !== undefined && (await isAnswered(room, { run: run.id, id }));
  if (!isKnown) await refuseAhead(room, { ...questionOf(request), ...prepared });
  if (!isKnown && request.mustChange === true) await refuseStanding(room, { ...questionOf(request), ...prepared });
  const expects = expect === undefined || isKnown ? undefined : await agreed(room, { ...prepared, request, expect });
  const one = 'instance' in scope ? scope.instance : undefined;
  await storeWords(room, { run: run.id, instance: one ?? CAMPAIGN_INSTANCE, id, person, request });
  if (one !== undefined) {
    const answer = await sendAdjustment(room, {
      ...{ run, instance: one, id, person, adjustment, authority, reason: id },
      expect: expects === undefined ? undefined : (expects.get(one) ?? ''),
    });
    return { answer };
  }
  const at = campaignNow(run, Date.now());
  const asked = { run: run.id, command: id, for: scope, adjustment, authority, author: person, reason: id, at };
  if (request.next !== undefined) await putCompiled(room.enginePool, request.next);
  const extras = { ...(expects && { expects }), ...(request.next && { plan: request.next.plan }) };
  return { revision: await createRevision(room.enginePool, asked, extras).catch(refusedByStore) };
}

/** Nothing else is asked of a command that has been answered, not even whether it may be made. */
async function findBefore(room: ClientRoom, request: AdjustmentRequest): Promise<Adjusted | undefined> {
  const { run, id, for: scope, person } = request;
  if (id === undefined) return undefined;
  const adjustment = withWords(request.adjustment, id);
  const before = await findFirstAdjustment(room, { run, id, for: scope, adjustment, person });
  if (before === undefined) return undefined;
  const { person: author, ...adjusted } = before;
  const instance = 'instance' in scope ? scope.instance : CAMPAIGN_INSTANCE;
  // Finds them as they are, or that they are others.
  await storeWords(room, { run, instance, id, person: author, request });
  return adjusted;
}

async function isAnswered({ enginePool }: ClientRoom, { run, id }: { run: string; id: string }): Promise<boolean> {
  return (
    (await findAnswer(enginePool, { run, id })) !== undefined ||
    (await findRevisionOf(enginePool, { run, command: id })) !== undefined
  );
}

/** The digests of the instances' parts, when they are still what was agreed to. */
async function agreed(
  room: ClientRoom,
  { request, expect, ...of }: Prepared & { readonly request: AdjustmentRequest; readonly expect: string },
): Promise<ReadonlyMap<string, string>> {
  const now = await previewAdjustment(room, { ...of, ...questionOf(request) });
  if (now.hash === expect) return new Map(now.items.flatMap((item) => ('digest' in item ? [[item.instance, item.digest]] : [])));
  throw new Refused({
    code: 'STATE_MOVED',
    message: 'the run has changed since the preview, and this would do something else now',
    remedy: `look at the preview again; its hash is ${now.hash} by now`,
  });
}

interface Wording {
  readonly run: string;
  readonly instance: string;
  readonly id: string;
  readonly person: string;
  readonly request: Pick<AdjustmentRequest, 'adjustment' | 'reason' | 'words'>;
}

/** Why it is done, or what is to be done: under the id of the command, so that the same one stores the same. @throws Invalid, Refused */
export async function storeWords(room: ClientRoom, { request, ...of }: Wording): Promise<void> {
  if (request.adjustment.kind !== 'assign') return await storeReason(room, { ...of, reason: request.reason ?? '' });
  const { enginePool, sealer } = room;
  const { person: author, ...place } = of;
  const union = (await findInstance(enginePool, place))?.union ?? null;
  const content = canonicalJson(checkedWords(request.words));
  const words = { ...place, author, union, content, kind: 'words', task: ASSIGNED, form: null } as const;
  await storeSubmission(enginePool, words, sealer).catch(refusedByStore);
}

interface Reason extends Omit<Wording, 'request'> {
  readonly reason: string;
}

/** Before the command that it is the reason of is sent. @throws Invalid, Refused */
export async function storeReason({ enginePool, sealer }: ClientRoom, { person: author, reason, ...of }: Reason): Promise<void> {
  const content = checkedReason(reason);
  const submission = { ...of, author, union: null, content, kind: 'reason', task: 'adjustment', form: null } as const;
  await storeSubmission(enginePool, submission, sealer).catch(refusedByStore);
}

function checkedReason(reason: string): string {
  const content = reason.trim();
  if (content === '')
    throw new Invalid({ code: 'REASON_REQUIRED', message: 'an adjustment says why', remedy: 'give the reason in words' });
  if (content.length <= MAX_REASON) return content;
  throw new Invalid({
    code: 'REASON_TOO_LONG',
    message: `the reason has ${content.length} characters`,
    remedy: `say it in ${MAX_REASON} or fewer`,
  });
}

function refusedByStore(failure: unknown): never {
  if (failure instanceof StoreError && (failure.code === 'SUBMISSION_ID_REUSED' || failure.code === 'COMMAND_ID_REUSED'))
    throw new Refused({ code: 'COMMAND_ID_REUSED', message: failure.message, remedy: failure.remedy });
  throw failure;
}
