/** The client: one object over Temporal and Postgres, for the CLI, the HTTP API and tests. */
import type { FillContext } from '../forms/fill-cell.ts';
import { findForm } from '../model/assigned.ts';
import type { Instant } from '../model/plan.ts';
import type { FormSpec } from '../model/form.ts';
import { withIdentity } from '../store/pool.ts';
import { findAnswer } from '../store/commands.ts';
import { countItems, retryItems, type RevisionItem, type RevisionProgress } from '../store/revisions.ts';
import { countRules } from '../store/rolls.ts';
import { createPlanShelf } from '../store/plan-shelf.ts';
import { type FoundTask, findOpenTasksSince } from '../store/tasks.ts';
import { adjust, type Adjusted, type AdjustmentRequest, preview } from './adjust.ts';
import type { Shigeyi, TaskChoice } from './api.ts';
import { applyRegister, type ApplyRegisterRequest, type RegisterApplied } from './apply-register.ts';
import { exportAudit, listAudit, verifyAudit } from './audit.ts';
import { type ItemWords, wordsOf } from './assigned-words.ts';
import type { BulkOutcome, BulkPreview, BulkRequest, BulkWatch } from './bulk.ts';
import { applyBulk } from './bulk-apply.ts';
import { previewBulk } from './bulk-preview.ts';
import { chooseTasks } from './choose-tasks.ts';
import { createCommandSender } from './commands.ts';
import { createConfirmer } from './confirming.ts';
import { findTakenBack } from './first-answer.ts';
import { createFormDesk } from './form-desk.ts';
import { instantAt } from './instant-at.ts';
import { complete, review } from './hand-in.ts';
import { getRunOf, getTaskOf } from './lookup.ts';
import { OPERATOR } from './operator.ts';
import type { ClientParts, ClientRoom } from './parts.ts';
import { listTasks, reportOf, summarise, summaryOf } from './queries.ts';
import type { AdjustmentPreview } from './preview-adjustment.ts';
import { compareRegister, type RegisterDifference, type RegisterRequest, unionsOf } from './register.ts';
import { itemsOf } from './revision-items.ts';
import { rowTitleOf } from './row-titles.ts';
import { runningPlan, type RunningPlan } from './running-plan.ts';
import { startRun } from './start-run.ts';
import { rollRun } from './roll.ts';
import { findReturned, type Returned } from './returned-form.ts';
import { tellingWhatIsAway } from './unreachable.ts';
import { verifyRun } from './verify.ts';

export interface OpenForm {
  readonly form: FormSpec;
  /** The words of the row that made the task, or the title of the assigned item that it is; null where there are none. */
  readonly rowTitle: string | null;
  /** Of an assigned item: what is to be done, as it was said. Null otherwise, and once it can be read no more. */
  readonly words: ItemWords | null;
  readonly context: FillContext;
  /** Of a task that came back from its reviewer; null otherwise. */
  readonly returned: Returned | null;
}

export interface ShigeyiClient extends Shigeyi {
  readonly room: ClientRoom;
  /** Tasks that wait for somebody and were written since the cursor ('0' at first); a task may come again. */
  openTasksSince(
    run: string,
    question: { readonly cursor: string; readonly limit: number },
  ): Promise<{ readonly tasks: readonly FoundTask[]; readonly cursor: string }>;
  /** What an adjustment would do. Changes nothing. */
  previewAdjustment(request: AdjustmentRequest): Promise<AdjustmentPreview>;
  /** Does it: one instance at once, many one after another. */
  adjust(request: AdjustmentRequest): Promise<Adjusted>;
  /** What many would do, one after another. Changes nothing. */
  previewBulk(request: BulkRequest): Promise<BulkPreview>;
  /** Does them, each with its own outcome; in the order in which they were asked. */
  applyBulk(request: BulkRequest, watch: BulkWatch): Promise<readonly BulkOutcome[]>;
  /** The ids of those tasks, the most urgent first. */
  chooseTasks(run: string, choice: TaskChoice): Promise<readonly string[]>;
  revisionProgress(run: string, revision: number): Promise<RevisionProgress>;
  /** Asks those again that refused. Returns how many. */
  retryRevision(run: string, revision: number): Promise<number>;
  revisionItems(run: string, revision: number): Promise<readonly RevisionItem[]>;
  /** What a file says otherwise than the register of the run, and what would be done about it. Changes nothing. */
  compareRegister(request: RegisterRequest): Promise<RegisterDifference>;
  /** Does it, item by item: begun again, it goes on with the rest. */
  applyRegister(request: ApplyRegisterRequest): Promise<RegisterApplied>;
  /** Ids of the unions that the run has. */
  unionsOf(run: string): Promise<readonly string[]>;
  /** What the run goes by now. */
  runningPlan(run: string): Promise<RunningPlan>;
  /** The end of a day ('YYYY-MM-DD'), or its start, or a minute of it, in the zone of the run's plan. @throws Invalid when the plan does not know the day. */
  instantAt(run: string, text: string, edge?: 'start' | 'end'): Promise<Instant>;
  /**
   * What was handed in of a task and stands, and by whom. Where `retraction` is the id of a command that took something back, what that was, and who did
   * it; where nothing stands, what was taken back last. @throws Invalid for no task, Refused for one that has not come up.
   */
  handedIn(
    run: string,
    task: string,
    retraction?: string,
  ): Promise<{ readonly submission: string | null; readonly submittedBy: string | null }>;
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
    roll: (run, request) => rollRun(room, run, request),
    rules: (run) => countRules(parts.enginePool, { run }),
    audit: (run, filter) => listAudit(room, run, filter),
    exportAudit: (run, options) => exportAudit(room, run, options),
    verifyAudit: (run, options) => verifyAudit(room, run, options),
    previewAdjustment: (request) => preview(room, request),
    adjust: (request) => adjust(room, request),
    previewBulk: (request) => previewBulk(room, request),
    applyBulk: (request, watch) => applyBulk(room, request, watch),
    chooseTasks: (run, choice) => chooseTasks(room, run, choice),
    revisionProgress: (run, revision) => countItems(parts.enginePool, { run, revision }),
    retryRevision: (run, revision) => retryItems(parts.enginePool, { run, revision }),
    revisionItems: (run, revision) => itemsOf(room, { run, revision }),
    compareRegister: (request) => compareRegister(room, request),
    applyRegister: (request) => applyRegister(room, request),
    unionsOf: (run) => unionsOf(room, run),
    runningPlan: (run) => runningPlan(room, run),
    instantAt: (run, text, edge) => instantAt(room, { run, text, edge }),
    openTasksSince: (run, question) =>
      withIdentity(parts.appPool, OPERATOR, (db) => findOpenTasksSince(db, { run, ...question })),
    async handedIn(run, text, retraction) {
      const located = await getTaskOf(room, { run, task: text });
      const { submission, submittedBy } = located.task;
      const isAsked = retraction !== undefined || submission === null;
      const taken = isAsked ? await findTakenBack(room, located, retraction) : undefined;
      return taken ?? { submission, submittedBy };
    },
    async form(id, text) {
      const { run, plan, task, template } = await getTaskOf(room, { run: id, task: text });
      const form = findForm(plan, template.form)!;
      const { instance, union, holder } = task;
      const rowTitle = await rowTitleOf(room, { run, plan, task });
      const words = await wordsOf(room, { run: run.id, item: task.item });
      const context = await desk.contextOf({ run, plan, instance, union, form, author: holder });
      return { form, rowTitle, words, context, returned: await findReturned(room, task) };
    },
    close: () => confirmer.drain(),
  });
}
