/** The kinds of adjustment, each with everything that the core knows of it. */
import type { Adjustment, AdjustmentKind, Pausing } from '../model/adjustment.ts';
import type { Arrival } from '../model/arrival.ts';
import type { Refusal } from '../model/command.ts';
import type { FactValue, Instant, Program } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import { amend } from './amending.ts';
import { assign, refusesAssignment } from './assigning.ts';
import { cover, refusesCover, refusesUncover, uncover } from './covering.ts';
import type { Draft } from './draft.ts';
import { extend, refusesExtension } from './extending.ts';
import { delegate, reassign, recall, refusesDelegation, refusesReassignment, refusesRecall } from './handing.ts';
import { ownHolder } from './hands.ts';
import { comeBack, leave, refusesLeaving } from './leaving.ts';
import { move, refusesMove } from './moving.ts';
import { pause, type PausingNow, refusesPausing, resume } from './pausing.ts';
import { refusal } from './refusal.ts';
import { refusesReopening, refusesRetraction, reopen, retract } from './reopening.ts';
import { refusesWaiver, waive } from './waiving.ts';

/** What is sent along with an adjustment, and what is known of it where it is taken. */
export interface Along {
  /** So often the definition lets it be done. */
  readonly atMost: number | undefined;
  readonly revision: number | undefined;
  /** The program that an amendment brings the instance to. */
  readonly next: Program | undefined;
  /** Of a move. */
  readonly arrival: Arrival | undefined;
  /** When it was made. */
  readonly at: Instant;
}

type AdjustmentOf<Kind extends AdjustmentKind> = Extract<Adjustment, { kind: Kind }>;

interface KindOf<Asked extends Adjustment> {
  /** Why one instance, whose state has been advanced to now, cannot be adjusted so. */
  readonly refuses: (program: Program, snapshot: Snapshot, asked: Asked, atMost: number | undefined) => Refusal | undefined;
  readonly take: (draft: Draft, asked: Asked, along: Along) => void;
  /** What the audit says was asked beside its kind: ids, instants and words of the language. Left out: nothing. */
  readonly detail?: (asked: Asked) => Readonly<Record<string, FactValue>>;
  /** Whether it is about a person's own work or absence. Left out: it never is. */
  readonly isTheirs?: (tasks: Snapshot['tasks'], asked: Asked, person: string) => boolean;
  /** As a revision it says itself what it leaves. */
  readonly saysWhatItLeaves?: true;
}

const KINDS: { readonly [Kind in AdjustmentKind]: KindOf<AdjustmentOf<Kind>> } = {
  extend: {
    refuses: (program, snapshot, extension, atMost) => refusesExtension(program, snapshot, { extension, atMost }),
    take: (draft, { of, deadline }, { atMost }) => extend(draft, { extension: { of, deadline }, atMost }),
    saysWhatItLeaves: true,
  },
  reassign: {
    refuses: (program, snapshot, asked, atMost) => refusesReassignment(program, snapshot, { asked, atMost }),
    take: reassign,
    detail: ({ to }) => ({ to }),
  },
  delegate: {
    refuses: (program, snapshot, asked, atMost) => refusesDelegation(program, snapshot, { asked, atMost }),
    take: delegate,
    detail: ({ to }) => ({ to }),
    isTheirs: isHolders,
  },
  recall: { refuses: refusesRecall, take: recall, isTheirs: isHolders },
  cover: {
    refuses: (_program, snapshot, asked) => refusesCover(snapshot, coverOf(asked, snapshot.advancedTo)),
    take: (draft, asked) => cover(draft, coverOf(asked, draft.now)),
    detail: ({ person, by, from = null, until }) => ({ person, by, from, until }),
    isTheirs: (_tasks, asked, person) => asked.person === person,
    saysWhatItLeaves: true,
  },
  uncover: {
    refuses: (_program, snapshot, asked) => refusesUncover(snapshot, asked),
    take: uncover,
    detail: ({ person }) => ({ person }),
    isTheirs: (_tasks, asked, person) => asked.person === person,
    saysWhatItLeaves: true,
  },
  amend: {
    refuses: () => refusal('AMEND_FOR_EVERYBODY', 'an amendment is for the whole run', 'amend the run, not one instance of it'),
    take: (draft, amendment, { next }) => {
      if (next === undefined) throw new Error(`an amendment of ${draft.instance} came without its program`);
      amend(draft, { amendment, next });
    },
    saysWhatItLeaves: true,
  },
  pause: {
    refuses: (_program, snapshot, asked) => refusesPausing(snapshot, asked),
    take: (draft, asked, along) => pause(draft, pausingNow(draft, asked, along)),
    detail: causeOf,
  },
  resume: {
    refuses: (_program, snapshot, asked) => refusesPausing(snapshot, asked),
    take: (draft, asked, along) => resume(draft, pausingNow(draft, asked, along)),
    detail: causeOf,
  },
  withdraw: { refuses: refusesLeaving, take: leave, detail: causeOf },
  readmit: { refuses: refusesLeaving, take: comeBack, detail: causeOf },
  move: {
    refuses: refusesMove,
    take: (draft, { to }, { arrival }) => {
      if (arrival === undefined) throw new Error(`a move of ${draft.instance} came without what it finds there`);
      move(draft, { to, arrival, once: draft.cause.command });
    },
    detail: ({ to }) => ({ to }),
  },
  waive: { refuses: refusesWaiver, take: waive },
  reopen: {
    refuses: (program, snapshot, asked, atMost) => refusesReopening(program, snapshot, { asked, atMost }),
    take: reopen,
  },
  retract: {
    refuses: refusesRetraction,
    take: retract,
    detail: ({ submission }) => ({ submission }),
    isTheirs: (tasks, asked, person) =>
      isIn(tasks, asked, (task) => [task.submittedBy, ownHolder(task), task.owner].includes(person)),
  },
  assign: { refuses: refusesAssignment, take: assign, detail: ({ due, to = null }) => ({ due, to }) },
};

/** Each entry is asked of its own kind alone. */
export const kindOf = ({ kind }: Adjustment): KindOf<Adjustment> => KINDS[kind] as KindOf<Adjustment>;

interface OfTask {
  readonly task: string;
}

function isIn(tasks: Snapshot['tasks'], { task: key }: OfTask, holds: (task: TaskState) => boolean): boolean {
  const task = Object.hasOwn(tasks, key) ? tasks[key] : undefined;
  return task !== undefined && holds(task);
}

function isHolders(tasks: Snapshot['tasks'], asked: OfTask, person: string): boolean {
  return isIn(tasks, asked, (task) => [task.holder, task.owner, ownHolder(task)].includes(person));
}

function causeOf({ cause }: AdjustmentOf<'pause' | 'resume' | 'withdraw' | 'readmit'>): Readonly<Record<string, FactValue>> {
  return { cause };
}

/** Of instances that a revision pauses at once, each person hears once. */
function pausingNow({ cause: { command }, now }: Draft, { cause }: Pausing, { revision, at }: Along): PausingNow {
  return { cause, at: Math.min(at, now), once: revision === undefined ? command : `revision ${revision}` };
}

const coverOf = ({ person, by, from, until }: AdjustmentOf<'cover'>, now: Instant): Parameters<typeof cover>[1] => ({
  person,
  by,
  from: from ?? now,
  until,
});
