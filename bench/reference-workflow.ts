/**
 * The measure of the engine: the same household written by hand, as a careful programmer would write it for bench/definition and for no other
 * campaign. Five tasks one after another, completed through Updates; the same rows in the same transaction before each answer, the same
 * questions in the validator, the same reminders and escalations on one timer, the same codec around everything. What a campaign of its own can
 * leave out it leaves out: no plan, no gates, no reviews, no rows that become tasks, no other clock, no new history half-way.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  defineUpdate,
  isCancellation,
  proxyLocalActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { FlushActivities } from '../activities/flush.ts';
import { digestText } from '../engine/digest.ts';
import type { Answer } from '../model/command.ts';
import type { AuditEntry, Flush, OutboxMessage, TaskRow } from '../model/flush.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';

type Post = 'union-officer' | 'union-head' | 'office' | 'leading-group';

export interface ReferenceStart {
  readonly run: string;
  readonly instance: string;
  readonly union: string;
  readonly posts: Readonly<Record<Post, string>>;
  readonly facts: { readonly enrolment: string; readonly fileLevel: string; readonly class: string };
  /** All five tasks are due when the phase ends, so they share their deadline and the instants of the ladder. */
  readonly deadline: number;
  readonly rungs: readonly number[];
}

export type ReferenceCommand = { readonly id: string; readonly digest: string } & (
  | {
      readonly kind: 'complete';
      readonly task: string;
      readonly person: string;
      readonly outcome?: string;
      readonly lateReason: boolean;
    }
  | { readonly kind: 'close' }
);

export interface ReferenceAnswer {
  readonly answer: Answer;
  readonly flush: { readonly number: number; readonly digest: string };
}

export const referenceCommand = defineUpdate<ReferenceAnswer, [ReferenceCommand]>('command');

const { writeFlush } = proxyLocalActivities<FlushActivities>({ startToCloseTimeout: '3 seconds', retry: { maximumAttempts: 5 } });

const TASKS = ['difficulty-list', 'determination', 'visit', 'aid-list', 'aid-result'] as const;
const LADDER: readonly {
  readonly id: string;
  readonly kind: 'reminder' | 'escalation';
  readonly to: Post;
  readonly daily?: true;
}[] = [
  { id: 'three-days-before', kind: 'reminder', to: 'union-officer' },
  { id: 'one-day-before', kind: 'reminder', to: 'union-officer' },
  { id: 'on-the-day', kind: 'reminder', to: 'union-officer' },
  { id: 'overdue', kind: 'escalation', to: 'union-head' },
  { id: 'office', kind: 'escalation', to: 'office' },
  { id: 'leading-group', kind: 'escalation', to: 'leading-group', daily: true },
];

interface Task {
  readonly openedAt: number;
  rung: number;
  done?: { readonly at: number; readonly by: string; readonly command: string };
  /** The run closed before it was done. */
  missedAt?: number;
}

export async function referenceWorkflow(start: ReferenceStart): Promise<void> {
  const { run, instance, union, posts, deadline, rungs } = start;
  const officer = posts['union-officer'];
  const tasks: Task[] = [];
  const facts: Record<string, string | null> = { ...start.facts, outcome: null };
  const factsAtEnrolment = { ...facts };
  const answered = new Map<string, Answer>();
  let touched = new Set<number>();
  let audit: AuditEntry[] = [];
  let outbox: OutboxMessage[] = [];
  let answers: Answer[] = [];
  let dirty = false;
  let inFlight = false;
  let flushed = { number: 0, digest: '' };
  let closed = false;
  let advancedTo = 0;
  let enrolledAt = 0;
  let wakeDue = false;
  let armedAt: number | undefined;
  let timer: CancellationScope | undefined;

  const open = (place: number, at: number, by?: { person: string; command: string }): void => {
    const task = TASKS[place]!;
    tasks.push({ openedAt: at, rung: rungs.findIndex((rung) => rung >= at) });
    touched.add(place);
    audit.push({
      at,
      kind: 'taskOpened',
      actor: by?.person ?? 'time',
      task,
      ...(by && { command: by.command }),
      detail: { deadline, holder: officer },
    });
    tell({
      task,
      purpose: 'opened',
      occurrence: 'opened.0.0',
      to: officer,
      role: 'union-officer',
      at,
      cause: by ? 'update' : 'wake',
    });
    dirty = true;
  };

  const tell = (message: {
    task: string;
    purpose: OutboxMessage['purpose'];
    occurrence: string;
    to: string;
    role: string;
    at: number;
    cause: 'update' | 'wake';
  }): void => {
    const { task, purpose, occurrence, to, role, at, cause } = message;
    const claim = `${instance}|${task}|0|${occurrence}|${to}`;
    outbox.push({
      kind: 'message',
      purpose,
      claim,
      at,
      cause,
      recipient: to,
      role,
      passedOver: [],
      task,
      template: task,
      deadline,
    });
  };

  /** The rung that speaks next: only the last task can be open. */
  const nextRungAt = (): number | undefined => {
    const task = tasks.at(-1)!;
    return closed || task.done || task.rung < 0 ? undefined : rungs[task.rung];
  };

  const catchUp = (now: number): void => {
    for (let at = nextRungAt(); at !== undefined && at <= now; at = nextRungAt()) {
      const place = tasks.length - 1;
      const task = TASKS[place]!;
      const { id, kind, to, daily } = LADDER[tasks[place]!.rung]!;
      const role = kind === 'reminder' ? 'assignee' : to;
      tasks[place]!.rung += 1;
      touched.add(place);
      audit.push({ at, kind: 'rungReached', actor: 'time', task, detail: { rung: id, recipient: posts[to], role } });
      tell({ task, purpose: kind, occurrence: id, to: posts[to], role, at, cause: 'wake' });
      outbox.push({ ...outbox.pop()!, rung: id, ...(daily && { digest: 'daily' }) });
      dirty = true;
    }
    advancedTo = Math.max(advancedTo, now);
  };

  const validate = (command: ReferenceCommand): void => {
    const known = answered.get(command.id);
    if (known !== undefined) {
      if (known.digest !== command.digest) throw refused('COMMAND_ID_REUSED');
      return;
    }
    if (closed) throw refused('RUN_CLOSED');
    if (command.kind === 'close') return;
    const place = TASKS.indexOf(command.task as (typeof TASKS)[number]);
    if (place < 0) throw refused('UNKNOWN_TASK');
    const task = tasks[place];
    if (task === undefined) throw refused('NOT_OPEN_YET');
    if (task.done) throw refused('ALREADY_FINAL');
    if (command.person !== officer) throw refused('NOT_HOLDER');
    if (Date.now() > deadline && !command.lateReason) throw refused('LATE_REASON_REQUIRED');
  };

  const take = (command: ReferenceCommand, at: number): Answer => {
    const { id, digest } = command;
    dirty = true;
    if (command.kind === 'close') {
      closed = true;
      const last = tasks.at(-1)!;
      if (!last.done) {
        last.missedAt = at;
        touched.add(tasks.length - 1);
        audit.push({ at, kind: 'taskMissed', actor: 'reconciler', task: TASKS[tasks.length - 1]!, command: id });
      }
      audit.push({ at, kind: 'closed', actor: 'reconciler', command: id });
      return { command: id, digest, at };
    }
    const { task, person, outcome } = command;
    const place = tasks.length - 1;
    const late = at > deadline;
    tasks[place]!.done = { at, by: person, command: id };
    touched.add(place);
    audit.push(
      { at, kind: 'taskSubmitted', actor: person, task, command: id, detail: { late } },
      { at, kind: 'taskDone', actor: person, task, command: id },
    );
    if (outcome !== undefined) facts['outcome'] = outcome;
    const goesOn = place + 1 < TASKS.length && (place !== 1 || facts['outcome'] === 'assist');
    if (goesOn) open(place + 1, at, { person, command: id });
    return { command: id, digest, at, task, status: 'done', late };
  };

  setHandler(
    referenceCommand,
    async (command) => {
      const now = Date.now();
      catchUp(now);
      let answer = answered.get(command.id);
      if (answer === undefined) {
        answer = take(command, now);
        answers.push(answer);
        answered.set(command.id, answer);
      }
      const mine = flushed.number + (inFlight ? 1 : 0) + (dirty ? 1 : 0);
      await condition(() => flushed.number >= mine);
      return { answer, flush: flushed };
    },
    { validator: validate },
  );

  const stateOf = (place: number): TaskState => {
    const { openedAt, rung, done, missedAt } = tasks[place]!;
    return {
      template: TASKS[place]!,
      status: done ? 'done' : missedAt === undefined ? 'open' : 'missed',
      openedAt,
      deadline,
      deadlineRev: 0,
      holder: officer,
      step: 0,
      reviewer: null,
      rung: Math.max(0, rung),
      returns: 0,
      submission: done?.command ?? null,
      submittedAt: done?.at ?? null,
      submittedBy: done?.by ?? null,
      settledAt: done?.at ?? missedAt ?? null,
      decidedBy: done?.command ?? null,
      // Of the one task that says how it goes on: what it said, as the engine keeps it.
      ...(place === 1 && done !== undefined && { result: { order: 1, facts: { outcome: facts['outcome'] ?? null } } }),
    };
  };

  const rowOf = (place: number): TaskRow => {
    const { done } = tasks[place]!;
    return { ...stateOf(place), key: TASKS[place]!, late: done !== undefined && done.at > deadline };
  };

  const archive = (): Snapshot => ({
    run,
    instance,
    union,
    status: 'closed',
    rulesVersion: 1,
    revision: 1,
    advancedTo,
    seq: flushed.number,
    roles: posts,
    facts,
    factsAtEnrolment,
    tasks: Object.fromEntries(tasks.map((_, place) => [TASKS[place]!, stateOf(place)])),
    gates: {},
    phasesStarted: 0,
    phasesEnded: 0,
    answered: [...answered.values()],
  });

  /** The digest is of what this flush writes and of the flush before it: together they tell one history of the household from another. */
  const flush = async (): Promise<void> => {
    const rows = { tasks: [...touched].map(rowOf), audit, outbox, answers };
    const number = flushed.number + 1;
    const digest = digestText(JSON.stringify([flushed.digest, rows]));
    const content: Flush = {
      run,
      instance,
      scope: 'household',
      union,
      number,
      digest,
      ...(number > 1 && { previous: flushed.digest }),
      status: closed ? 'closed' : 'open',
      revision: 1,
      advancedTo,
      nextWake: nextRungAt() ?? null,
      facts,
      factsAtEnrolment,
      roles: posts,
      more: { rulesVersion: 1, seq: number, enrolledAt, gates: {}, phasesStarted: 0, phasesEnded: 0 },
      full: false,
      ...rows,
      gates: [],
      ...(closed && { archive: archive() }),
    };
    touched = new Set();
    audit = [];
    outbox = [];
    answers = [];
    dirty = false;
    inFlight = true;
    await writeFlush(content);
    inFlight = false;
    flushed = { number, digest };
  };

  /** A timer that stands earlier than needed is left to fire: cancelling it would cost two events. */
  const arm = (): void => {
    const wake = nextRungAt();
    if (wake === undefined || (armedAt !== undefined && armedAt <= wake)) return;
    timer?.cancel();
    armedAt = wake;
    const scope = new CancellationScope();
    timer = scope;
    scope
      .run(() => sleep(Math.max(1, wake - Date.now())))
      .then(
        () => {
          armedAt = undefined;
          wakeDue = true;
        },
        (failure: unknown) => {
          if (!isCancellation(failure)) throw failure;
        },
      );
  };

  advancedTo = Date.now();
  enrolledAt = advancedTo;
  audit.push({ at: advancedTo, kind: 'enrolled', actor: 'time' });
  open(0, advancedTo);
  catchUp(advancedTo);
  while (!closed || dirty) {
    if (dirty) {
      await flush();
      continue;
    }
    arm();
    await condition(() => dirty || wakeDue);
    if (wakeDue) {
      wakeDue = false;
      catchUp(Date.now());
    }
  }
  await condition(allHandlersFinished);
}

function refused(code: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(code, 'REFUSED');
}
