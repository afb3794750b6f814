/** What the sender makes of what Temporal says, without Temporal. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { type AnswerBook, createCommandSender, digestOfCommand } from '../../client/commands.ts';
import type { Answer, CommandBody } from '../../model/command.ts';

const body: CommandBody = { kind: 'accept', task: 'visit', submission: 's-1' };
const by = { person: 'head-1', via: 'cli' } as const;
const outgoing = { run: 'autumn', instance: 'h/1', id: 'c-1', by, body };
const answer: Answer = { command: 'c-1', digest: digestOfCommand({ body, by }), at: 1 };
const notFound = () => new WorkflowNotFoundError('not found', 'autumn/h/1', undefined);

/** `says`: what an Update is answered, one attempt after another. */
function temporalThat(says: readonly (() => unknown)[], status: 'RUNNING' | 'COMPLETED' | 'gone') {
  let attempts = 0;
  const deadlines: number[] = [];
  const client = {
    connection: {
      withDeadline<T>(deadline: number, call: () => Promise<T>): Promise<T> {
        deadlines.push(deadline - Date.now());
        return call();
      },
    },
    workflow: {
      getHandle: () => ({
        executeUpdate: () => {
          attempts += 1;
          return Promise.resolve().then(says[Math.min(attempts, says.length) - 1]);
        },
        describe: () => (status === 'gone' ? Promise.reject(notFound()) : Promise.resolve({ status: { name: status } })),
      }),
    },
  } as unknown as Client;
  return { client, attempts: () => attempts, deadlines };
}

const book = (written?: Answer): AnswerBook => ({ findAnswer: () => Promise.resolve(written), confirm: () => undefined });
const fails = (): never => {
  throw notFound();
};
const takes = () => ({ answer, flush: { number: 1, digest: 'd' }, durable: true });

describe('an Update that the server says it does not know', () => {
  it('is sent again when the instance is still there: the server was killed and had it in memory alone', async () => {
    const temporal = temporalThat([fails, takes], 'RUNNING');
    // What the books hold was written by a workflow task that was lost with it.
    const sender = createCommandSender({ temporal: temporal.client, answers: book({ ...answer, at: 99 }) });
    expect(await sender.send(outgoing)).toEqual(answer);
    expect(temporal.attempts()).toBe(2);
  });

  it('is not sent for ever', async () => {
    const temporal = temporalThat([fails], 'RUNNING');
    const sender = createCommandSender({ temporal: temporal.client, answers: book() });
    await expect(sender.send(outgoing)).rejects.toMatchObject({ code: 'TEMPORAL_UNREACHABLE' });
    expect(temporal.attempts()).toBe(5);
  });

  it.each(['COMPLETED', 'gone'] as const)('is answered from the books when the instance is %s', async (status) => {
    const temporal = temporalThat([fails], status);
    expect(await createCommandSender({ temporal: temporal.client, answers: book(answer) }).send(outgoing)).toEqual(answer);
    await expect(createCommandSender({ temporal: temporal.client, answers: book() }).send(outgoing)).rejects.toMatchObject({
      code: 'UNKNOWN_INSTANCE',
    });
  });

  it('is asked about for a bounded time only', async () => {
    const temporal = temporalThat([fails, takes], 'RUNNING');
    await createCommandSender({ temporal: temporal.client, answers: book() }).send(outgoing);
    expect(temporal.deadlines).toHaveLength(3);
    expect(Math.max(...temporal.deadlines)).toBeLessThanOrEqual(20_000);
  });
});
