import type { AuditVerification, AuditView, RunReport, RunSummary, TaskView, Verification } from '../../client/api.ts';
import type { RegisterDifference } from '../../client/register.ts';
import type { AdjustmentPreview } from '../../client/preview-adjustment.ts';
import { bulkIdOf, type BulkOutcome, type BulkSeen } from '../../client/bulk.ts';
import { Invalid } from '../../client/client-error.ts';
import type { Client, Host } from '../../cli/host.ts';
import { runCli } from '../../cli/run.ts';
import { notEmpty } from '../../cli/write-folder.ts';
import type { CompiledPlan } from '../../client/api.ts';
import type { Compilation } from '../../compiler/compile.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readCalendars, readDefinition, readScenarioFiles } from '../../compiler/read-definition.ts';
import type { SourceFile } from '../../compiler/yaml-source.ts';
import type { FormSpec } from '../../model/form.ts';
import type { Roster, RosterIssue } from '../../model/roster.ts';

export const DEFINITION = 'definitions/linwei-2020';
/** Ten days before the campaign's first. */
export const NOW = Date.UTC(2020, 9, 3);

export const SUMMARY: RunSummary = {
  run: 'autumn',
  campaign: 'linwei-2020',
  title: { zh: '十个一', en: 'Ten Ones' },
  status: 'running',
  clock: 'real',
  now: Date.UTC(2020, 9, 22, 2),
  startsAt: Date.UTC(2020, 9, 12, 16),
  endsAt: Date.UTC(2020, 11, 31, 15, 59, 59, 999),
  phase: 'verify',
  instances: { planned: 0, open: 3, closed: 0 },
  paused: 0,
  tasks: { waiting: 0, open: 5, returned: 1, inReview: 2, done: 7, missed: 0, waived: 0, dropped: 0 },
  overdue: 1,
  overdueReviews: 0,
};

export const TASK: TaskView = {
  task: 'h/h-001/visit',
  title: { zh: '入户走访', en: 'Visit' },
  rowTitle: null,
  union: 'union-01',
  status: 'open',
  openedAt: Date.UTC(2020, 9, 20, 16),
  deadline: Date.UTC(2020, 9, 28, 15, 59),
  reviewDeadline: null,
  overdue: false,
  overdueReview: false,
  paused: false,
  late: false,
  holder: 'cadre-1',
  reviewer: null,
  owner: null,
  standsFor: null,
  returns: 0,
  form: 'visit-record',
  submission: null,
};

export const REPORT: RunReport = {
  run: 'autumn',
  unions: [
    {
      union: null,
      name: '区总工会',
      households: 0,
      onTime: 4,
      late: 0,
      missed: 0,
      open: 1,
      overdue: 1,
      overdueReviews: 0,
      returned: 0,
      reminders: 3,
      escalations: {},
    },
    {
      union: 'union-01',
      name: '解放街道工会',
      households: 2,
      onTime: 9,
      late: 1,
      missed: 1,
      open: 0,
      overdue: 0,
      overdueReviews: 0,
      returned: 2,
      reminders: 7,
      escalations: { overdue: 2, office: 1 },
    },
  ],
  targets: [
    {
      target: 'deep-cleared',
      union: 'union-01',
      by: { fileLevel: 'national' },
      of: 5,
      counts: { lifted: 2, relieved: 1 },
      neither: 2,
    },
  ],
  indicators: [
    {
      indicator: 'visited',
      title: { zh: '已走访', en: 'Visited' },
      kind: 'count',
      value: 2,
      unions: { 'union-01': 2 },
      groups: [
        { by: { class: 'deep' }, value: 1 },
        { by: { class: 'relative' }, value: 1 },
      ],
    },
    {
      indicator: 'visited-share',
      title: { zh: '走访率', en: 'Share visited' },
      kind: 'ratio',
      value: 0.66666,
      unions: { 'union-01': null },
      groups: [],
    },
  ],
};

export const CLEAN: Verification = { run: 'autumn', instances: 3, clean: true, discrepancies: [] };

export const ENTRY: AuditView = {
  instance: 'h/h-001',
  seq: 4,
  at: Date.UTC(2020, 9, 22, 2),
  kind: 'taskReturned',
  task: 'visit',
  command: 'c-1',
  actor: 'head-1',
  detail: { reason: 'r-1', step: 0 },
  words: null,
  changed: { status: ['inReview', 'returned'], reviewer: ['head-1', null] },
  void: false,
};

export const INTACT: AuditVerification = {
  run: 'autumn',
  intact: true,
  instances: 3,
  rows: 40,
  anchors: 2,
  lastAnchor: 'ab12',
  findings: [],
};

async function* exportOf(run: string): AsyncGenerator<string> {
  yield await Promise.resolve(JSON.stringify({ shigeyi: 'audit', version: 1, run, plan: 'p', household: null, anchors: 0 }));
  yield JSON.stringify({ end: { instances: 0, rows: 0 } });
}

export const FORM: FormSpec = {
  id: 'visit-record',
  title: { zh: '走访记录', en: 'Visit record' },
  fields: [
    { id: 'name', title: { zh: '姓名', en: 'Name' }, type: 'text', required: true, privacy: 'personal', from: 'name' },
    {
      id: 'visitedOn',
      title: { zh: '走访日期', en: 'Visited on' },
      type: 'date',
      required: true,
      privacy: 'none',
      dates: 'past',
    },
    {
      id: 'wish',
      title: { zh: '意愿', en: 'Wish' },
      type: 'choice',
      required: false,
      privacy: 'none',
      choices: [
        { id: 'work', title: { zh: '就业', en: 'Work' } },
        { id: 'school', title: { zh: '助学', en: 'School' } },
      ],
    },
  ],
};

export const ROSTER: Roster = {
  unions: [{ id: 'union-01', name: '解放街道工会', kind: 'township' }],
  people: [],
  households: [],
};

export const BAD_ROW: RosterIssue = {
  sheet: '困难职工',
  line: 7,
  column: '身份证号',
  code: 'NO_ID_NUMBER',
  message: 'the identity number is none',
  hint: 'check its last character',
};

const RUNNING = { ...(compileDefinition(readDefinition('definitions/first')) as CompiledPlan), now: SUMMARY.now };
const SEEN = { status: 'open', deadline: SUMMARY.now, holder: 'officer-1', reviewer: null, rungs: [] } as const;

/** One task a day later, and one instance that would refuse. */
export const PREVIEW: AdjustmentPreview = {
  hash: 'abc123',
  instances: 2,
  tasks: 1,
  items: [
    {
      ...{ instance: 'h/h-001', union: 'union-01', digest: 'd', posts: [], stands: [] },
      differences: [{ task: 'visit', template: 'visit', before: SEEN, after: { ...SEEN, deadline: SUMMARY.now + 86_400_000 } }],
    },
    {
      ...{ instance: 'h/h-002', union: 'union-01' },
      refusal: { code: 'DEADLINE_PAST', message: 'the new deadline would be past already', remedy: 'choose a later one' },
    },
  ],
};

/** Of what is asked of many: the second would refuse, the others would be touched as above. */
const REFUSED = {
  state: 'refused',
  refusal: { code: 'HOLDS_ALREADY', message: 'it is with them already', remedy: 'nothing needs to be done' },
} as const satisfies BulkSeen;
const SEEN_OF_ONE: BulkSeen = { state: 'previewed', touched: PREVIEW.items.slice(0, 1) };

/** One household that would be taken, and one that is not in the file. */
export const DIFFERENCE: RegisterDifference = {
  hash: 'abc123',
  away: 1,
  entries: [
    { kind: 'household-new', id: 'h-101', union: 'union-01', from: null, to: null, fields: [], does: 'admit' },
    {
      ...{ kind: 'household-gone', id: 'h-002', union: 'union-01', from: null, to: null, fields: [], does: null },
      ...{ code: 'GONE_FROM_FILE', message: "'h-002' is not in the file", remedy: 'with --withdraw-gone they leave' },
    },
  ],
};

const unknownRun = (run: string): never => {
  throw new Invalid({
    code: 'UNKNOWN_RUN',
    message: `there is no run '${run}'`,
    remedy: 'see what there is with: shigeyi status',
  });
};

/** A client that knows one run, `autumn`, and remembers what it was asked to do. */
export function createFakeClient(overrides: Partial<Client> = {}): { client: Client; asked: unknown[]; isClosed: () => boolean } {
  const asked: unknown[] = [];
  let closed = false;
  const known = <T>(run: string, answer: T): Promise<T> =>
    run === 'autumn' ? Promise.resolve(answer) : Promise.resolve().then(() => unknownRun(run));
  const accept = (request: { run: string; task: string; id?: string }, status: string) => {
    asked.push(request);
    return known(request.run, {
      command: request.id ?? 'made-up',
      digest: 'd',
      task: request.task,
      status,
      late: false,
      at: SUMMARY.now,
    });
  };
  const client: Client = {
    start: (request) => {
      asked.push(request);
      return Promise.resolve({ run: 'autumn', planned: 3 });
    },
    runs: () => Promise.resolve([SUMMARY]),
    status: (run) => known(run, SUMMARY),
    tasks: (run, filter) => {
      asked.push(filter);
      return known(run, [TASK]);
    },
    complete: (completion) => accept(completion, 'done'),
    review: (decision) => accept(decision, 'accept' in decision.decision ? 'done' : 'returned'),
    report: (run) => known(run, REPORT),
    verify: (run, options) => {
      asked.push(options);
      return known(run, CLEAN);
    },
    roll: (run, request) => {
      asked.push(request);
      return known(run, { revision: 3, resumed: false });
    },
    rules: (run) => known(run, { '1': 2 }),
    audit: (run, filter) => {
      asked.push(filter);
      return known(run, { run, rows: [ENTRY], complete: true });
    },
    async exportAudit(run, { write, household = null }) {
      await write(exportOf(run));
      return await known(run, { run, household, instances: 1, rows: 1, anchor: { number: 3, hash: 'ab12' } });
    },
    verifyAudit: (run) => known(run, INTACT),
    previewAdjustment: (request) => {
      asked.push(request);
      return known(request.run, PREVIEW);
    },
    adjust: (request) => {
      asked.push(request);
      const { run, for: scope, adjustment, reason = '', id = 'made-up' } = request;
      if ('instance' in scope) return known(run, { answer: { command: id, digest: 'd', at: SUMMARY.now, adjusted: 1 } });
      const made = { run, command: id, for: scope, adjustment, authority: 'office', author: 'office-1', reason, at: SUMMARY.now };
      return known(run, { revision: { ...made, revision: 2 } });
    },
    previewBulk: (request) => {
      asked.push(request);
      const items = request.items.map((_item, index): BulkSeen => (index === 1 ? REFUSED : SEEN_OF_ONE));
      return known(request.run, { hash: 'abc123', items });
    },
    applyBulk: (request, { onSettled }) => {
      asked.push(request);
      const id = bulkIdOf(request);
      const outcomes = request.items.map(({ command }, index): BulkOutcome => {
        const at = { index, command: command ?? `${id}|${index}` };
        if (index !== 1) return { ...at, state: 'done', adjusted: 1 };
        return { ...at, state: 'refused', code: REFUSED.refusal.code, message: REFUSED.refusal.message };
      });
      for (const outcome of outcomes) onSettled(outcome);
      return known(request.run, outcomes);
    },
    chooseTasks: (run, choice) => {
      asked.push(choice);
      return known(run, ['h/h-001/visit', 'h/h-002/visit']);
    },
    revisionProgress: () => Promise.resolve({ pending: 0, done: 1, refused: 1 }),
    retryRevision: (run, revision) => {
      asked.push({ run, revision });
      return known(run, 1);
    },
    revisionItems: () =>
      Promise.resolve([
        { instance: 'h/h-001', state: 'done', adjusted: 2, code: null, message: null },
        { instance: 'h/h-002', state: 'refused', adjusted: null, code: 'RUN_CLOSED', message: "run 'autumn' is closed" },
      ]),
    compareRegister: (request) => {
      asked.push(request);
      return known(request.run, DIFFERENCE);
    },
    applyRegister: ({ onResult, signal: _signal, ...request }) => {
      asked.push(request);
      const results = DIFFERENCE.entries.map((entry) => {
        const { does: _step, ...item } = entry;
        const nothing = { code: null, message: null, remedy: null, revision: null };
        return { ...nothing, ...item, state: entry.does === null ? ('left' as const) : ('done' as const) };
      });
      for (const [index, result] of results.entries()) onResult?.(result, { done: index + 1, of: results.length });
      return known(request.run, { command: 'made-up', results });
    },
    unionsOf: (run) => known(run, ['union-01']),
    runningPlan: (run) => known(run, RUNNING),
    instantAt: (run) => known(run, SUMMARY.endsAt),
    openTasksSince: () => Promise.resolve({ tasks: [], cursor: '' }),
    handedIn: (run) => known(run, { submission: 'submission-1', submittedBy: 'cadre-1' }),
    form: (run) =>
      known(run, {
        form: FORM,
        rowTitle: null,
        words: null,
        returned: null,
        context: {
          today: '2020-10-22',
          campaignEnd: '2020-12-31',
          prefill: { name: '示例' },
          findPerson: () => undefined,
          findUnion: () => false,
          author: null,
          earlier: {},
          union: 'union-01',
          people: [],
          unions: [],
        },
      }),
    close: () => {
      closed = true;
      return Promise.resolve();
    },
    ...overrides,
  };
  return { client, asked, isClosed: () => closed };
}

export interface FakeMachine {
  readonly client?: Client;
  readonly files?: Readonly<Record<string, string>>;
  /** What folders hold; `new` adds to them. */
  readonly folders?: Record<string, readonly SourceFile[]>;
  /** What files hold that were written. */
  readonly written?: Record<string, string>;
  readonly roster?: { readonly roster: Roster; readonly issues: readonly RosterIssue[] };
  readonly compilation?: Compilation;
  readonly host?: Partial<Host>;
}

export interface Told {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line on a machine that is all made up, and tells what it said. */
export async function tell(words: string, machine: FakeMachine = {}): Promise<Told> {
  const out: string[] = [];
  const err: string[] = [];
  let now = NOW;
  const host: Host = {
    env: {},
    screen: {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      draw: (text) => void err.push(text),
      canDraw: false,
      columns: () => 80,
    },
    now: () => now,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
    readLines: async function* (path) {
      yield* await Promise.resolve((machine.files?.[path] ?? '').split('\n'));
    },
    async writeLines(path, lines) {
      const written: string[] = [];
      for await (const line of lines) written.push(line);
      if (machine.written !== undefined) machine.written[path] = written.join('\n');
    },
    readInput: (path) => Promise.resolve(machine.files?.[path] ?? ''),
    readBytes: (path) => Promise.resolve(Buffer.from(machine.files?.[path] ?? '')),
    findScenarios: readScenarioFiles,
    compile: (path, { starts, set }) =>
      machine.compilation ?? compileDefinition({ ...readDefinition(path), ...(starts && { starts }), ...(set && { set }) }),
    readCalendars: () => readCalendars('definitions/calendars'),
    writeFolder: (path, files) => {
      if (path in (machine.folders ?? {})) return Promise.reject(notEmpty(path));
      if (machine.folders !== undefined) machine.folders[path] = files;
      return Promise.resolve();
    },
    writeFile: (path, text) => {
      if (machine.written !== undefined) machine.written[path] = text;
      return Promise.resolve();
    },
    readRoster: () => Promise.resolve(machine.roster ?? { roster: ROSTER, issues: [] }),
    connect: () => Promise.resolve(machine.client ?? createFakeClient().client),
    services: { up: unused, worker: unused, demo: unused, stages: unused },
    ...machine.host,
  };
  const exit = await runCli(split(words), { host, signal: new AbortController().signal });
  return { exit, out: out.join('\n'), err: err.join('\n') };
}

/** Words by spaces, except inside double quotes. */
const split = (words: string): string[] => [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!);

const unused = (): never => {
  throw new Error('this test starts no service');
};
