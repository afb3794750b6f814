/** Handing in forms and deciding on them: what people write is stored sealed first, and the command carries ids and facts only. */
import { randomUUID } from 'node:crypto';
import { checkForm, type FormResult } from '../forms/check-form.ts';
import { correctionsOf, type RegisterCorrection, takenIdNumber } from '../forms/corrections.ts';
import type { FormIssue } from '../forms/form-issue.ts';
import { contextThen } from '../forms/read-prefilled.ts';
import { findForm } from '../model/assigned.ts';
import { canonicalJson } from '../model/canonical.ts';
import type { Answer, CommandBody } from '../model/command.ts';
import { failpoint } from '../platform/failpoint.ts';
import { withIdentity } from '../store/pool.ts';
import { findHouseholdByIdNumber } from '../store/register.ts';
import { markSubmissionRefused, type Submission, storeSubmission } from '../store/submissions.ts';
import { StoreError } from '../store/store-error.ts';
import type { Completion, Review } from './api.ts';
import { Invalid, Refused } from './client-error.ts';
import { findFirstAnswer, findFirstDecision } from './first-answer.ts';
import type { FormDesk } from './form-desk.ts';
import { getTaskOf, type LocatedTask } from './lookup.ts';
import { OPERATOR } from './operator.ts';
import type { ClientRoom } from './parts.ts';

const MAX_REASON = 2_000;

export async function complete(room: ClientRoom, desk: FormDesk, completion: Completion): Promise<Answer> {
  const located = await getTaskOf(room, completion);
  const { run, plan, task, template } = located;
  const id = completion.id ?? randomUUID();
  const author = completion.person ?? task.holder;
  const form = findForm(plan, template.form)!;
  const context = await desk.contextOf({ run, plan, instance: task.instance, union: task.union, form, author });
  const lateReason = checkReason(completion.lateReason) ?? null;
  const contentIn = (result: FormResult): string =>
    canonicalJson({ answers: 'issues' in result ? completion.answers : result.answers, lateReason });
  const { countOf: _counted, ...uncounted } = context;
  const before = await findFirstAnswer(room, located, {
    id,
    person: completion.person,
    // What was prefilled or counted may be another by now, not least by this very form.
    contentBeside: (first) => contentIn(checkForm(form, completion.answers, contextThen(form, uncounted, answersIn(first)))),
  });
  if (before !== undefined) return before;
  const result = checkForm(form, completion.answers, context);
  if ('issues' in result) throw invalid(completion.task, result.issues);
  const taken = await findTaken(room, { run: run.id, instance: task.instance, corrections: correctionsOf(form, result.answers) });
  if (taken.length > 0) throw invalid(completion.task, taken);
  const person = author ?? nobody(completion.task);
  return await handIn(room, located, {
    id,
    person,
    via: completion.via,
    stored: { kind: 'form', form: template.form, content: contentIn(result) },
    body: {
      kind: 'complete',
      task: task.key,
      submission: id,
      facts: result.facts,
      rows: result.rows,
      ...(result.corrections.length > 0 && { corrections: result.corrections }),
      lateReason: lateReason !== null,
    },
  });
}

const answersIn = (content: string): unknown => (JSON.parse(content) as { answers?: unknown }).answers;

function invalid(task: string, issues: readonly FormIssue[]): Invalid {
  return new Invalid({
    code: 'FORM_INVALID',
    message: `the form of '${task}' has ${issues.length} issue(s): ${issues.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
    remedy: 'mend these answers and hand it in again',
    details: issues,
  });
}

/** Identity numbers that another household has. Told at once, and not weeks later when the form has been accepted. */
async function findTaken(
  { appPool, sealer }: ClientRoom,
  { run, instance, corrections }: { run: string; instance: string; corrections: readonly RegisterCorrection[] },
): Promise<readonly FormIssue[]> {
  const numbers = corrections.filter(({ field }) => field === 'idNumber');
  if (numbers.length === 0) return [];
  return await withIdentity(appPool, OPERATOR, async (db) => {
    const issues: FormIssue[] = [];
    for (const correction of numbers) {
      const owner = await findHouseholdByIdNumber(db, { run, idNumber: String(correction.value) }, sealer);
      if (owner !== undefined && `h/${owner}` !== instance) issues.push(takenIdNumber(correction));
    }
    return issues;
  });
}

export async function review(
  room: ClientRoom,
  { run: runId, task: taskId, decision, person: given, via, id: asked }: Review,
): Promise<Answer> {
  const located = await getTaskOf(room, { run: runId, task: taskId });
  const { task } = located;
  const id = asked ?? randomUUID();
  const reason = 'accept' in decision ? null : checkReason(decision.returnFor);
  if (reason === undefined)
    throw new Invalid({ code: 'REASON_REQUIRED', message: 'a return says why', remedy: 'give the reason in words' });
  const before = await findFirstDecision(room, located, { id, person: given, reason });
  if (before !== undefined) return before;
  const submission = task.submission ?? '';
  const person = given ?? task.reviewer ?? nobody(taskId);
  if (reason === null) {
    return await handIn(room, located, { id, person, via, body: { kind: 'accept', task: task.key, submission } });
  }
  return await handIn(room, located, {
    id,
    person,
    via,
    stored: { kind: 'reason', form: null, content: reason },
    body: { kind: 'return', task: task.key, submission, reason: id },
  });
}

interface HandIn {
  readonly id: string;
  readonly person: string;
  readonly via: Completion['via'];
  readonly stored?: Pick<Submission, 'kind' | 'form' | 'content'>;
  readonly body: CommandBody;
}

async function handIn(room: ClientRoom, { run, task }: LocatedTask, { id, person, via, stored, body }: HandIn): Promise<Answer> {
  const identity = { role: 'office', person } as const;
  if (run.status === 'closed') {
    throw new Refused({ code: 'RUN_CLOSED', message: `run '${run.id}' is closed`, remedy: 'nothing more can be done in it' });
  }
  if (stored !== undefined) {
    const submission: Submission = {
      run: run.id,
      id,
      instance: task.instance,
      task: task.key,
      union: task.union,
      author: person,
      ...stored,
    };
    await withIdentity(room.appPool, identity, (db) => storeSubmission(db, submission, room.sealer)).catch(
      notTheirs(person, task.key),
    );
    failpoint('after-submission');
  }
  try {
    return await room.sender.send({
      run: run.id,
      instance: task.instance,
      id,
      by: { person, via },
      body,
      steppedTo: run.clock.kind === 'stepped' ? (run.steppedTo ?? run.clock.anchor) : undefined,
    });
  } catch (failure) {
    if (failure instanceof Refused && stored !== undefined) {
      await withIdentity(room.appPool, identity, (db) => markSubmissionRefused(db, { run: run.id, id }));
    }
    throw failure;
  }
}

/** Row-level security lets nobody hand in for a task that is not theirs; the engine would refuse it too. */
function notTheirs(person: string, task: string): (failure: unknown) => never {
  return (failure) => {
    if (failure instanceof StoreError && failure.code === 'SUBMISSION_ID_REUSED') {
      throw new Refused({ code: 'COMMAND_ID_REUSED', message: failure.message, remedy: failure.remedy });
    }
    if ((failure as { code?: string }).code === '42501') {
      throw new Refused({
        code: 'NOT_HOLDER',
        message: `task '${task}' is not held by '${person}'`,
        remedy: 'only its holder or reviewer can act on it',
      });
    }
    throw failure;
  };
}

function checkReason(reason: string | undefined): string | undefined {
  const text = reason?.trim();
  if (text === undefined || text === '') return undefined;
  if (text.length <= MAX_REASON) return text;
  throw new Invalid({
    code: 'REASON_TOO_LONG',
    message: `the reason has ${text.length} characters`,
    remedy: `say it in ${MAX_REASON} or fewer`,
  });
}

function nobody(task: string): never {
  throw new Invalid({ code: 'NOBODY_ACTS', message: `nobody holds task '${task}' now`, remedy: 'say who acts with --as' });
}
