/** The client: one object over Temporal and Postgres, for the CLI, the HTTP API and tests. */
import type { FillContext } from '../forms/fill-cell.ts';
import type { FormSpec } from '../model/form.ts';
import { withIdentity } from '../store/pool.ts';
import { findAnswer } from '../store/commands.ts';
import { createPlanShelf } from '../store/plan-shelf.ts';
import { type FoundTask, findOpenTasksSince } from '../store/tasks.ts';
import type { Shigeyi } from './api.ts';
import { exportAudit, listAudit, verifyAudit } from './audit.ts';
import { createCommandSender } from './commands.ts';
import { createConfirmer } from './confirming.ts';
import { createFormDesk } from './form-desk.ts';
import { complete, review } from './hand-in.ts';
import { getRunOf, getTaskOf } from './lookup.ts';
import { OPERATOR } from './operator.ts';
import type { ClientParts, ClientRoom } from './parts.ts';
import { listTasks, reportOf, summarise, summaryOf } from './queries.ts';
import { startRun } from './start-run.ts';
import { tellingWhatIsAway } from './unreachable.ts';
import { verifyRun } from './verify.ts';

export interface OpenForm {
  readonly form: FormSpec;
  readonly context: FillContext;
}

export interface ShigeyiClient extends Shigeyi {
  readonly room: ClientRoom;
  /** Tasks that wait for somebody and were written since the cursor ('0' at first); a task may come again. */
  openTasksSince(
    run: string,
    question: { readonly cursor: string; readonly limit: number },
  ): Promise<{ readonly tasks: readonly FoundTask[]; readonly cursor: string }>;
  /** The form of a task with everything needed to fill and check it. */
  form(run: string, task: string): Promise<OpenForm>;
}

export function createShigeyi(parts: ClientParts): ShigeyiClient {
  const confirmer = createConfirmer(parts.enginePool);
  const sender = createCommandSender({
    temporal: parts.temporal,
    answers: { findAnswer: (key) => findAnswer(parts.enginePool, key), confirm: (flush) => confirmer.confirm(flush) },
  });
  const room: ClientRoom = { ...parts, plans: createPlanShelf(parts.enginePool), sender };
  const desk = createFormDesk(room);
  return tellingWhatIsAway<ShigeyiClient & Record<string, unknown>>({
    room,
    start: (request) => startRun(room, request),
    runs: () => summarise(room),
    status: async (run) => await summaryOf(room, (await getRunOf(room, run)).run),
    tasks: (run, filter) => listTasks(room, run, filter),
    complete: (completion) => complete(room, desk, completion),
    review: (decision) => review(room, decision),
    report: (run) => reportOf(room, run),
    verify: (run, options) => verifyRun(room, run, options),
    audit: (run, filter) => listAudit(room, run, filter),
    exportAudit: (run, options) => exportAudit(room, run, options),
    verifyAudit: (run, options) => verifyAudit(room, run, options),
    openTasksSince: (run, question) =>
      withIdentity(parts.appPool, OPERATOR, (db) => findOpenTasksSince(db, { run, ...question })),
    async form(id, text) {
      const { run, plan, task, template } = await getTaskOf(room, { run: id, task: text });
      const form = plan.forms[template.form]!;
      const { instance, union, holder } = task;
      return { form, context: await desk.contextOf({ run, plan, instance, union, form, author: holder }) };
    },
    close: () => confirmer.drain(),
  });
}
