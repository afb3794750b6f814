/** Rolling a run: every open instance begins a new history, with the rules of the worker that does it. */
import { randomUUID } from 'node:crypto';
import { createRoll, findUnfinishedRoll, type Roll } from '../store/rolls.ts';
import { StoreError } from '../store/store-error.ts';
import type { RollRequest } from './api.ts';
import { Refused } from './client-error.ts';
import { getRunOf } from './lookup.ts';
import type { ClientRoom } from './parts.ts';

/** Goes on with the last roll, if that has not come to everybody. The worker does the rolling, whether or not anybody looks. */
export async function rollRun(
  room: ClientRoom,
  id: string,
  { author, command, again = false }: RollRequest,
): Promise<{ readonly revision: number; readonly resumed: boolean }> {
  const { run } = await getRunOf(room, id);
  if (run.status === 'closed')
    throw new Refused({ code: 'RUN_CLOSED', message: `run '${id}' is closed`, remedy: 'nothing more can be done in it' });
  const { enginePool } = room;
  const unfinished = again || command !== undefined ? undefined : await findUnfinishedRoll(enginePool, { run: id });
  if (unfinished !== undefined) return { revision: unfinished.revision, resumed: true };
  const { revision } = await createRoll(enginePool, { run: id, command: command ?? randomUUID(), author }).catch(refusedByStore);
  return { revision, resumed: false };
}

function refusedByStore(failure: unknown): Roll {
  if (failure instanceof StoreError && failure.code === 'COMMAND_ID_REUSED')
    throw new Refused({ code: 'COMMAND_ID_REUSED', message: failure.message, remedy: failure.remedy });
  throw failure;
}
