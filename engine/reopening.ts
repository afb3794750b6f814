/** Settled tasks that are opened again, by somebody with the right to; and forms that whoever handed them in takes back. */
import type { Adjustment } from '../model/adjustment.ts';
import type { Refusal } from '../model/command.ts';
import { clampedOffset } from '../model/offset.ts';
import type { Program } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { keyOf } from '../model/task-key.ts';
import { endOfTime } from './carrying.ts';
import { type CountedDeadline, findFollowed, ruledDeadline } from './deadlines.ts';
import { type Draft, lookAt, note, putTask } from './draft.ts';
import { findTask, isRefusal, refusesWithdrawn } from './find-task.ts';
import { handedOn } from './hands.ts';
import { isFinal, next } from './lifecycles.ts';
import { tell } from './messages.ts';
import { getTemplate, templateOf } from './occurrences.ts';
import { deadlineSince } from './pausing.ts';
import { refusal } from './refusal.ts';
import { leaveReview } from './reviewing.ts';
import { closingAt } from './schedule.ts';
import { isMadeBy, isUntouched, undo } from './undoing.ts';

export type Reopening = Extract<Adjustment, { kind: 'reopen' }>;
export type Retraction = Extract<Adjustment, { kind: 'retract' }>;

export function refusesReopening(
  program: Program,
  snapshot: Snapshot,
  { asked, atMost }: { asked: Reopening; atMost: number | undefined },
): Refusal | undefined {
  const { task: key, deadline } = asked;
  const found = findTask(program, snapshot, key);
  if (isRefusal(found)) return found;
  const { task, template } = found;
  if (!isFinal(task.status) || task.status === 'dropped')
    return refusal('CANNOT_REOPEN', `task '${key}' is ${task.status}`, 'only what is done, missed or waived is opened again');
  if (snapshot.withdrawnAt !== undefined && template.ofWithdrawn !== true && task.result?.withdrew !== true)
    return refusesWithdrawn(snapshot.instance);
  if (snapshot.paused !== undefined) return refusesPaused(snapshot.instance);
  const times = task.reopened ?? 0;
  if (atMost !== undefined && times >= atMost)
    return refusal('TOO_OFTEN', `'${key}' was opened again ${times} times`, `the definition allows ${atMost}`);
  if (neverOpened(task)) {
    const after = keyOf({ template: template.id, occurrence: (task.occurrence ?? 1) + 1 });
    // It would wait again, and there would be a gap before the next one.
    if (Object.hasOwn(snapshot.tasks, after))
      return refusal(
        'CANNOT_REOPEN',
        `'${key}' was waived before it came up, and '${after}' has had its turn since`,
        'nothing can be done for it',
      );
    return deadline === undefined
      ? undefined
      : refusal(
          'NOT_OPEN_YET',
          `task '${key}' was waived before it came up, and waits again`,
          'give it a deadline once it is open',
        );
  }
  const due = deadline ?? deadlineAgain(lookAt(program, snapshot), { key, task }).deadline;
  return due > snapshot.advancedTo
    ? undefined
    : refusal('DEADLINE_PAST', `the new deadline of '${key}' would be past already`, 'choose a later one');
}

/** While its clocks stand still, there is no telling how much time it would have. */
const refusesPaused = (instance: string): Refusal =>
  refusal('PAUSED', `${instance} is paused, and nothing is opened again meanwhile`, 'let it go on first');

/** The deadline it would have if it had been open all the time, as long as that lies ahead; otherwise as if it came up now. */
function deadlineAgain(draft: Readonly<Draft>, { key, task }: { key: string; task: TaskState }): CountedDeadline {
  const kept = findFollowed(draft, { key, task }) ?? deadlineSince(draft, task);
  if (kept.deadline > draft.now) return kept;
  return { ...ruledDeadline(draft, { key, task, openedAt: draft.now }), cameUpAgain: draft.now };
}

/** Waived while it waited: it waits again. */
const neverOpened = ({ status, cameUp }: TaskState): boolean => status === 'waived' && cameUp === false;

export function reopen(draft: Draft, { task: key, deadline }: Reopening): void {
  const task = draft.tasks[key]!;
  if (neverOpened(task)) {
    undo(draft, { key, event: 'shut' });
    return;
  }
  const again = (): CountedDeadline =>
    deadline === undefined ? deadlineAgain(draft, { key, task }) : { deadline, budget: 'date' };
  undo(draft, { key, event: 'reopened', again, isChosen: deadline !== undefined });
}

export function refusesRetraction(
  program: Program,
  snapshot: Snapshot,
  { task: key, submission }: Retraction,
): Refusal | undefined {
  const found = findTask(program, snapshot, key);
  if (isRefusal(found)) return found;
  const { task } = found;
  if (task.status !== 'inReview' && task.status !== 'done')
    return refusal(
      'NOTHING_TO_RETRACT',
      `task '${key}' is ${task.status}`,
      'what is in review, or has been accepted a short while ago, can be taken back',
    );
  if (task.submission !== submission)
    return refusal('STALE_SUBMISSION', `task '${key}' has another submission by now`, 'look at what stands');
  return task.status === 'done' ? refusesAccepted(program, snapshot, { key, task }) : undefined;
}

/** Once accepted, it is taken back within the time that the definition gives, and as long as nobody has gone on from it. */
function refusesAccepted(
  program: Program,
  snapshot: Snapshot,
  { key, task }: { key: string; task: TaskState },
): Refusal | undefined {
  if (snapshot.paused !== undefined) return refusesPaused(snapshot.instance);
  const template = templateOf(program, task);
  const within = template.retract?.within;
  const until = within && clampedOffset(program, { from: task.settledAt!, offset: within, timeless: 'end-of-day' });
  if (until === undefined || snapshot.advancedTo > until)
    return refusal('TOO_LATE_TO_RETRACT', `task '${key}' has been accepted`, 'ask the office to reopen it');
  const now = lookAt(program, snapshot);
  const endsAt = endOfTime(now, template);
  if (template.atEnd === 'close' && closingAt({ endsAt }, deadlineSince(now, task).deadline) <= snapshot.advancedTo)
    return refusal('PHASE_CLOSED', `the time of task '${key}' is over`, 'the definition closes it; ask the office');
  const [built] = findBuiltUpon(program, snapshot, key);
  return built === undefined
    ? undefined
    : refusal('BUILT_UPON', `somebody has worked on '${built}', which followed from '${key}'`, 'ask the office to reopen it');
}

/** What followed from a task and somebody has worked on: it stands, whatever becomes of that task. */
export function findBuiltUpon(program: Program, { instance, tasks }: Snapshot, key: string): readonly string[] {
  const { template: undone, submission } = tasks[key]!;
  return Object.entries(tasks).flatMap(([other, task]) => {
    if (other === key || isUntouched(task) || task.status === 'dropped' || task.status === 'waived') return [];
    const follows =
      getTemplate(program, task.template).after.includes(undone) ||
      (submission !== null && isMadeBy(task, { instance, task: key, submission }));
    return follows ? [other] : [];
  });
}

export function retract(draft: Draft, { task: key }: Retraction): void {
  const task = draft.tasks[key]!;
  if (task.status === 'done') {
    undo(draft, { key, event: 'retracted', again: () => deadlineSince(draft, task), isChosen: false });
    return;
  }
  const { held: _held, ...left } = leaveReview(draft, task);
  const open: TaskState = {
    ...handedOn(left),
    status: next('task', task.status, 'retracted'),
    step: 0,
    reviewer: null,
    submission: null,
    submittedAt: null,
    submittedBy: null,
    decidedBy: null,
  };
  putTask(draft, key, open);
  note(draft, 'taskRetracted', { task: key });
  if (task.reviewer !== null)
    tell(draft, { purpose: 'retracted', key, task: open, to: { person: task.reviewer, role: 'assignee', passedOver: [] } });
}
