/** Sends commands to instances and brings back answers: one id, one answer, whatever happens in between. */
import { createHash } from 'node:crypto';
import {
  type Client,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { canonicalJson } from '../model/canonical.ts';
import type { Actor, Answer, Command, CommandBody, Refusal } from '../model/command.ts';
import type { CommandAnswer } from '../workflows/instance-start.ts';
import { Invalid, Refused, Unavailable } from './client-error.ts';
import { findState } from './compare-instance.ts';
import { KeyedQueue } from './queue.ts';
import { isTemporalAway } from './unreachable.ts';
import { scopeOf, workflowIdOf } from './workflow-ids.ts';

/** Updates in flight per instance; Temporal takes 10, and wider was far slower (see docs/decisions). */
const UPDATES_IN_FLIGHT = 8;
/** How long one attempt may take before the caller is told to ask again. Longer than the workflow's own patience of 10 s. */
const ATTEMPT_MS = 20_000;
/** Attempts when an Update meets an instance just beginning a new history. */
const ATTEMPTS = 5;

export interface OutgoingCommand {
  readonly run: string;
  readonly instance: string;
  readonly id: string;
  readonly by: Actor;
  readonly body: CommandBody;
  /** Where the run's stepped clock stands, if it has one. */
  readonly steppedTo?: number | undefined;
}

/** What the client needs of the store: the answers of closed instances, and where confirmed flushes are noted. */
export interface AnswerBook {
  findAnswer(key: { run: string; id: string }): Promise<Answer | undefined>;
  confirm(flush: { run: string; instance: string; number: number; digest: string }): void;
}

export interface CommandSender {
  /** @throws Refused by the rules, Invalid when there is no such instance, Unavailable when asking again with the same id is the remedy. */
  send(command: OutgoingCommand): Promise<Answer>;
}

/**
 * What was expected of an adjustment, or what a move finds, is no part of it: asked again, it is the same one, though things stand otherwise by now. Nor is
 * the union of a revision, which has its number.
 */
export function digestOfCommand({ body, by }: Pick<OutgoingCommand, 'body' | 'by'>): string {
  return createHash('sha256')
    .update(
      canonicalJson({ ...body, expect: undefined, arrival: undefined, ...(body.kind === 'adjust' && { union: undefined }), by }),
    )
    .digest('hex');
}

export function createCommandSender({ temporal, answers }: { temporal: Client; answers: AnswerBook }): CommandSender {
  const queue = new KeyedQueue(UPDATES_IN_FLIGHT);
  return {
    async send(outgoing) {
      const { id, by, body, steppedTo } = outgoing;
      const command: Command = {
        ...body,
        id,
        by,
        digest: digestOfCommand(outgoing),
        ...(steppedTo === undefined ? {} : { steppedTo }),
      };
      const workflowId = workflowIdOf(outgoing);
      const reply = await queue.run(workflowId, () => deliver({ temporal, answers, outgoing, command }));
      if (reply.digest !== command.digest) throw new Refused(reusedId(command.id));
      return reply;
    },
  };
}

interface Delivery {
  readonly temporal: Client;
  readonly answers: AnswerBook;
  readonly outgoing: OutgoingCommand;
  readonly command: Command;
}

async function deliver(delivery: Delivery): Promise<Answer> {
  const { temporal, answers, outgoing, command } = delivery;
  const handle = temporal.workflow.getHandle(workflowIdOf(outgoing));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reply = await temporal.connection.withDeadline(Date.now() + ATTEMPT_MS, () =>
        handle.executeUpdate<CommandAnswer, [Command, Uint8Array?]>('command', {
          updateId: command.id,
          args: [command, ...programOf(outgoing)],
        }),
      );
      return await settle(delivery, reply);
    } catch (failure) {
      if (failure instanceof WorkflowNotFoundError) {
        // Also said of an Update that the server had in memory alone when it was killed. The instance is still there to be asked again.
        if ((await findState(temporal, workflowIdOf(outgoing))) !== 'RUNNING') return await answerOfClosed(delivery);
        if (attempt < ATTEMPTS) continue;
        throw unreachable(command.id);
      }
      if (isUnprocessed(failure) && attempt < ATTEMPTS) continue;
      throw explain(failure, command.id);
    }
  }

  async function settle({ outgoing: { run, instance, id } }: Delivery, reply: CommandAnswer): Promise<Answer> {
    if (reply.durable) {
      answers.confirm({ run, instance, ...reply.flush });
      return reply.answer;
    }
    // The database that was away for the workflow is most likely away for us.
    const written = await answers.findAnswer({ run, id }).catch(() => undefined);
    if (written !== undefined) return written;
    throw new Unavailable({
      code: 'NOT_YET_DURABLE',
      message: 'the command was accepted, but the database has been away too long to call it done',
      remedy: `ask again with the same id '${id}'`,
    });
  }
}

/** What an amendment brings the instance to: a hash in history, which the worker reads as the program itself. */
function programOf({ instance, body }: OutgoingCommand): [] | [Uint8Array] {
  if (body.kind !== 'adjust' || body.adjustment.kind !== 'amend') return [];
  return [Uint8Array.from(Buffer.from(body.adjustment.programs[scopeOf(instance)], 'hex'))];
}

/** A closed instance has no workflow to ask; what it answered is in the books. */
async function answerOfClosed({ answers, outgoing: { run, instance, id } }: Delivery): Promise<Answer> {
  const written = await answers.findAnswer({ run, id });
  if (written !== undefined) return written;
  throw new Invalid({
    code: 'UNKNOWN_INSTANCE',
    message: `run '${run}' has no open instance '${instance}'`,
    remedy: 'see what there is with: shigeyi status',
  });
}

function explain(failure: unknown, id: string): unknown {
  if (failure instanceof WorkflowUpdateFailedError) {
    const { cause } = failure;
    if (cause instanceof ApplicationFailure && cause.type === 'REFUSED') {
      const refusal = cause.details?.[0] as Refusal;
      if (refusal.code === 'STORE_BEHIND')
        return new Unavailable({ code: 'STORE_BEHIND', message: refusal.message, remedy: refusal.remedy });
      return new Refused(refusal);
    }
    return failure;
  }
  if (failure instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isTemporalAway(failure)) {
    return unreachable(id);
  }
  return failure;
}

function unreachable(id: string): Unavailable {
  return new Unavailable({
    code: 'TEMPORAL_UNREACHABLE',
    message: 'Temporal or its worker does not answer',
    remedy: `see that 'shigeyi up' or a worker is running, and ask again with the same id '${id}'`,
  });
}

function isUnprocessed(failure: unknown): boolean {
  const cause = failure instanceof WorkflowUpdateFailedError ? failure.cause : undefined;
  return (
    cause instanceof ApplicationFailure &&
    (cause.type === 'UnprocessedUpdate' || cause.type === 'AcceptedUpdateCompletedWorkflow')
  );
}

function reusedId(id: string): Refusal {
  return {
    code: 'COMMAND_ID_REUSED',
    message: `command id '${id}' was used before for something else`,
    remedy: 'give each command an id of its own',
  };
}
