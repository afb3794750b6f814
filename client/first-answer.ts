/** The same command asked again gets its first answer, found by what it did then and not by what it would do now. */
import type { Adjustment, AdjustmentScope } from '../model/adjustment.ts';
import { canonicalJson } from '../model/canonical.ts';
import type { Answer, Refusal } from '../model/command.ts';
import { type AuditRow, findAuditOfCommand, findLastAdjusted } from '../store/audit.ts';
import { findWrittenAnswer } from '../store/commands.ts';
import { withIdentity } from '../store/pool.ts';
import { findRevisionOf, type Revision } from '../store/revisions.ts';
import { findSubmission } from '../store/submissions.ts';
import { Refused } from './client-error.ts';
import { digestOfCommand } from './commands.ts';
import { findReport, holdsFlush } from './compare-instance.ts';
import type { LocatedTask } from './lookup.ts';
import { OPERATOR } from './operator.ts';
import type { ClientRoom } from './parts.ts';
import { workflowIdOf } from './workflow-ids.ts';

interface Asked {
  readonly id: string;
  /** Whoever is said to act; undefined when that was left to the task. */
  readonly person: string | undefined;
}

/**
 * The answer in the books, once history is known to hold it. One that is only written may have lost its workflow task: then the command was never
 * taken, whatever comes next makes it void, and to call it done would be to lose it. It is sent again instead.
 */
async function findHeldAnswer({ appPool, temporal }: ClientRoom, at: { run: string; id: string }): Promise<Answer | undefined> {
  const read = () => withIdentity(appPool, OPERATOR, (db) => findWrittenAnswer(db, at));
  const written = await read();
  if (written === undefined || written.held) return written?.answer;
  const report = await findReport(temporal, workflowIdOf({ run: at.run, instance: written.instance }));
  if (report !== undefined && !holdsFlush(report, written)) return undefined;
  // Read again: history may have gone past that number with another state, which then stands in the books.
  return (await read())?.answer;
}

/**
 * A form handed in again, whatever day it is by now. `contentBeside` says what its content would be beside the first one's.
 * @throws Refused when the id stood for anything else.
 */
export async function findFirstAnswer(
  room: ClientRoom,
  { run: { id: run }, task: { instance, key } }: LocatedTask,
  { id, person, contentBeside }: Asked & { readonly contentBeside: (first: string) => string },
): Promise<Answer | undefined> {
  const answer = await findHeldAnswer(room, { run, id });
  if (answer === undefined) return undefined;
  return await withIdentity(room.appPool, OPERATOR, async (db) => {
    const first = await findSubmission(db, { run, id }, room.sealer);
    const isHere = first !== undefined && first.kind === 'form' && first.instance === instance && first.task === key;
    const same = isHere && first.content === contentBeside(first.content);
    if (same && (person === undefined || person === first.author)) return answer;
    throw new Refused(reused(id));
  });
}

/**
 * A decision sent again: by now another may review the task, or nobody, or another form may stand. `reason` is null for an acceptance.
 * @throws Refused when the id stood for anything else.
 */
export async function findFirstDecision(
  room: ClientRoom,
  { run: { id: run }, task: { instance, key } }: LocatedTask,
  { id, person, reason }: Asked & { readonly reason: string | null },
): Promise<Answer | undefined> {
  const answer = await findHeldAnswer(room, { run, id });
  if (answer === undefined) return undefined;
  return await withIdentity(room.appPool, OPERATOR, async (db) => {
    const [did] = await findAuditOfCommand(db, { run, instance, command: id, limit: 1 });
    const kind = reason === null ? 'stepAccepted' : 'taskReturned';
    const same = did?.kind === kind && did.task === key && (person === undefined || person === did.actor);
    if (same && (reason === null || (await findSubmission(db, { run, id }, room.sealer))?.content === reason)) return answer;
    throw new Refused(reused(id));
  });
}

interface AdjustmentAsked extends Asked {
  readonly run: string;
  readonly for: AdjustmentScope;
  readonly adjustment: Adjustment;
}

/** What was answered, and who did it. */
export type FirstAdjusted = { readonly person: string } & ({ readonly answer: Answer } | { readonly revision: Revision });

/**
 * An adjustment asked again: by now whoever did it may have lost the right to it, or there is nothing left of what it was about. Of one that may not have
 * been taken there is none.
 * @throws Refused when the id stood for anything else.
 */
export async function findFirstAdjustment(room: ClientRoom, asked: AdjustmentAsked): Promise<FirstAdjusted | undefined> {
  const { run, id, for: scope, adjustment, person } = asked;
  const revision = await findRevisionOf(room.enginePool, { run, command: id });
  if (revision !== undefined) {
    const { author } = revision;
    const same = canonicalJson([revision.for, revision.adjustment]) === canonicalJson([scope, adjustment]);
    if (same && (person === undefined || person === author)) return { revision, person: author };
    throw new Refused(reused(id));
  }
  const answer = await findHeldAnswer(room, { run, id });
  if (answer === undefined) return undefined;
  const did = 'instance' in scope ? await findAdjusted(room, { run, instance: scope.instance, command: id }) : undefined;
  if (did !== undefined && (person === undefined || person === did.actor)) {
    const body = { kind: 'adjust', adjustment, authority: String(did.detail?.['authority']), reason: id } as const;
    if (digestOfCommand({ body, by: { person: did.actor, via: 'cli' } }) === answer.digest) return { answer, person: did.actor };
  }
  throw new Refused(reused(id));
}

/** What a retraction took back, and who did that: that of a command, or the last of the task. Undefined when there is none. */
export async function findTakenBack(
  room: ClientRoom,
  { run: { id: run }, task: { instance, key } }: LocatedTask,
  command: string | undefined,
): Promise<{ readonly submission: string; readonly submittedBy: string } | undefined> {
  if (command === undefined) {
    const at = { run, instance, task: key, kind: 'retract' } as const;
    return takenBackBy(await withIdentity(room.appPool, OPERATOR, (db) => findLastAdjusted(db, at)));
  }
  const did = await findAdjusted(room, { run, instance, command });
  return did?.task === key && did.detail?.['adjustment'] === 'retract' ? takenBackBy(did) : undefined;
}

const takenBackBy = (did: Pick<AuditRow, 'actor' | 'detail'> | undefined) =>
  did && { submission: String(did.detail?.['submission']), submittedBy: did.actor };

/** Of the rows of one command; one that moves a clock on has many. */
const ROWS_AT_MOST = 1_000;

async function findAdjusted(
  { appPool }: ClientRoom,
  at: { run: string; instance: string; command: string },
): Promise<Pick<AuditRow, 'task' | 'actor' | 'detail'> | undefined> {
  const rows = await withIdentity(appPool, OPERATOR, (db) => findAuditOfCommand(db, { ...at, limit: ROWS_AT_MOST }));
  return rows.find(({ kind }) => kind === 'adjusted');
}

const reused = (id: string): Refusal => ({
  code: 'COMMAND_ID_REUSED',
  message: `command id '${id}' was used before for something else`,
  remedy: 'give each command an id of its own',
});
