/** Why a command cannot be taken now. Asked of a snapshot already advanced to now; the answer changes nothing. */
import type { Command, Refusal } from '../model/command.ts';
import type { Program, ProgramTask } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { refusesAdjustment } from './adjusting.ts';
import { findTask, isRefusal } from './find-task.ts';
import { isFinal } from './lifecycles.ts';
import { bindingDeadline } from './pausing.ts';
import { partiesOf } from './posts.ts';
import { refusal } from './refusal.ts';
import { isRowDueInRange } from './schedule.ts';

const MAX_ID_LENGTH = 200;
/** So many times the same task may be returned, unless its definition says fewer; then its reviewer must decide. Documented limit of the product. */
export const MAX_RETURNS = 20;

/** The refusal, or undefined when the command may be applied. A command answered before is not refused: it gets its first answer. */
export function refuses(program: Program, snapshot: Snapshot, command: Command): Refusal | undefined {
  if (!isWellFormed(command)) {
    return refusal(
      'MALFORMED_COMMAND',
      'the command could not be read',
      'send it through the client, which encodes and encrypts it',
    );
  }
  const known = snapshot.answered.find(({ command: id }) => id === command.id);
  if (known !== undefined) return known.digest === command.digest ? undefined : reused(command.id);
  if (command.kind === 'roll' || command.kind === 'reflush') return undefined;
  if (snapshot.status === 'closed')
    return refusal('RUN_CLOSED', `run '${snapshot.run}' is closed`, 'nothing more can be done in it');
  return refusesOpen(program, snapshot, command);
}

function refusesOpen(program: Program, snapshot: Snapshot, command: Command): Refusal | undefined {
  switch (command.kind) {
    case 'complete':
      return refusesWork(program, snapshot) ?? refusesComplete(program, snapshot, command);
    case 'accept':
    case 'return':
      return refusesWork(program, snapshot) ?? refusesReview(program, snapshot, command);
    case 'spawn':
      return refusesSpawn(program, command);
    case 'advanceClock':
      return command.to >= snapshot.advancedTo
        ? undefined
        : refusal(
            'CLOCK_BACKWARDS',
            `the clock stands at ${snapshot.advancedTo} and cannot go back to ${command.to}`,
            'advance to a later instant',
          );
    case 'adjust':
      return refusesAdjustment(program, snapshot, command);
    case 'despawn':
    case 'gate':
    case 'close':
    case 'roll':
    case 'reflush':
      return undefined;
  }
}

function refusesSpawn(program: Program, { template: id }: Extract<Command, { kind: 'spawn' }>): Refusal | undefined {
  const template = program.tasks.find((each) => each.id === id);
  if (template?.origin === 'row') return undefined;
  if (template !== undefined)
    return refusal('UNKNOWN_TASK', `'${id}' is no row task of scope ${program.scope}`, 'check the plan of the run');
  return refusal(
    'PLAN_BEHIND',
    `'${id}' is not in the plan that this ${program.scope} goes by`,
    'an amendment is on its way here; it is asked again',
  );
}

/** What a newer client may ask and this version does not know is refused: to take it and do nothing would be to lie. */
const KINDS: Readonly<Record<Command['kind'], true>> = {
  complete: true,
  accept: true,
  return: true,
  spawn: true,
  despawn: true,
  gate: true,
  adjust: true,
  advanceClock: true,
  roll: true,
  reflush: true,
  close: true,
};

function isWellFormed(command: unknown): command is Command {
  if (typeof command !== 'object' || command === null) return false;
  const { id, digest, kind, by } = command as Record<string, unknown>;
  const isNamed = typeof id === 'string' && id.length <= MAX_ID_LENGTH && typeof digest === 'string';
  return isNamed && typeof kind === 'string' && Object.hasOwn(KINDS, kind) && typeof by === 'object' && by !== null;
}

export function reused(id: string): Refusal {
  return refusal(
    'COMMAND_ID_REUSED',
    `command id '${id}' was used before for something else`,
    'give each command an id of its own',
  );
}

/** In a pause, unless the definition lets work be handed in and decided on all the same. */
function refusesWork(program: Program, { instance, paused }: Snapshot): Refusal | undefined {
  if (paused === undefined || program.pauses?.completions === 'accept') return undefined;
  return refusal('PAUSED', `${instance} is paused, and takes nothing meanwhile`, 'wait until it goes on; no time is lost');
}

function refusesComplete(
  program: Program,
  snapshot: Snapshot,
  command: Extract<Command, { kind: 'complete' }>,
): Refusal | undefined {
  const found = findTask(program, snapshot, command.task);
  if (isRefusal(found)) return found;
  const { task } = found;
  if (task.status === 'missed') {
    return refusal('PHASE_CLOSED', `task '${command.task}' ended with its phase`, 'the definition closes it; ask the office');
  }
  if (isFinal(task.status))
    return refusal('ALREADY_FINAL', `task '${command.task}' is already ${task.status}`, 'nothing more is needed');
  if (task.status === 'inReview') {
    return refusal(
      'IN_REVIEW',
      `task '${command.task}' has been submitted and is in review`,
      'wait for the reviewer, who may return it',
    );
  }
  // Who had it delegated may do it all the same.
  if (!('person' in command.by) || (command.by.person !== task.holder && command.by.person !== task.owner)) {
    return refusal(
      'NOT_HOLDER',
      `task '${command.task}' is held by '${task.holder ?? 'nobody'}'`,
      'only its holder can complete it',
    );
  }
  if (snapshot.advancedTo > bindingDeadline(program, snapshot, task) && !command.lateReason) {
    return refusal('LATE_REASON_REQUIRED', `task '${command.task}' is past its deadline`, 'say why it is late (lateReason)');
  }
  return refusesRows(program, snapshot, { command, template: found.template });
}

function refusesRows(
  program: Program,
  snapshot: Snapshot,
  { command, template }: { command: Extract<Command, { kind: 'complete' }>; template: ProgramTask },
): Refusal | undefined {
  const dated = new Set(template.rows.filter(({ admits }) => admits !== true).map(({ table }) => table));
  const bad = command.rows.find(
    ({ table, due }) =>
      dated.has(table) && due !== undefined && !isRowDueInRange(program, { date: due, now: snapshot.advancedTo }),
  );
  if (bad === undefined) return undefined;
  return refusal(
    'ROW_DUE_OUT_OF_RANGE',
    `row ${bad.row} of '${bad.table}' is due on ${bad.due}`,
    "name a day from today to the campaign's last",
  );
}

function refusesReview(
  program: Program,
  snapshot: Snapshot,
  command: Extract<Command, { kind: 'accept' | 'return' }>,
): Refusal | undefined {
  const found = findTask(program, snapshot, command.task);
  if (isRefusal(found)) return found;
  const { task, template } = found;
  if (task.status !== 'inReview') {
    return refusal('NOT_IN_REVIEW', `task '${command.task}' is ${task.status}, not in review`, 'there is nothing to decide');
  }
  if (command.submission !== task.submission) {
    return refusal(
      'STALE_SUBMISSION',
      `task '${command.task}' has another submission by now`,
      'read it again and decide on what stands',
    );
  }
  const person = 'person' in command.by ? command.by.person : null;
  if (person !== null && partiesOf(task).includes(person)) {
    return refusal('SELF_REVIEW', `task '${command.task}' is the work of '${person}'`, 'somebody else must review it');
  }
  if (person === null || person !== task.reviewer) {
    return refusal(
      'NOT_HOLDER',
      `task '${command.task}' is reviewed by '${task.reviewer ?? 'nobody'}'`,
      'only the reviewer can decide',
    );
  }
  if (command.kind === 'return' && task.returns >= (template.returns?.atMost ?? MAX_RETURNS)) {
    return refusal(
      'TOO_MANY_RETURNS',
      `task '${command.task}' was returned ${task.returns} times`,
      'accept it, or speak with its holder',
    );
  }
  return undefined;
}
