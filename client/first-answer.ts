/** The same command asked again gets its first answer, found by what it did then and not by what it would do now. */
import type { Answer, Refusal } from '../model/command.ts';
import { findAuditOfCommand } from '../store/audit.ts';
import { findWrittenAnswer } from '../store/commands.ts';
import { withIdentity } from '../store/pool.ts';
import { findSubmission } from '../store/submissions.ts';
import { Refused } from './client-error.ts';
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

const reused = (id: string): Refusal => ({
  code: 'COMMAND_ID_REUSED',
  message: `command id '${id}' was used before for something else`,
  remedy: 'give each command an id of its own',
});
