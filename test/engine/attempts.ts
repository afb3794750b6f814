/** What somebody tries, as a command about something that is there at the time. */
import type { Actor, CommandBody } from '../../model/command.ts';
import type { Program } from '../../model/plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { adjustmentOf, arrivalAt } from './arbitrary-adjustment.ts';
import type { Attempt } from './arbitrary-program.ts';

export interface Attempted {
  readonly body: CommandBody;
  readonly by: Actor;
  readonly id: string;
}

/** Turns an attempt into a command about something that is there at its time. */
export function commandOf(snapshot: Snapshot, program: Program, { attempt, id }: { attempt: Attempt; id: string }): Attempted {
  const { kind, which, stranger, facts, rows, lateReason } = attempt;
  const keys = [...new Set([...program.tasks.map((task) => task.id), ...Object.keys(snapshot.tasks)])];
  const unfinished = keys.filter((key) => snapshot.tasks[key]?.status === 'open' || snapshot.tasks[key]?.status === 'returned');
  const inReview = keys.filter((key) => snapshot.tasks[key]?.status === 'inReview');
  const pick = (from: readonly string[]): string => from[which % from.length]!;
  const by = (person: string | null | undefined): Actor => ({ person: stranger ? 'stranger' : (person ?? 'nobody'), via: 'api' });
  const relay: Actor = { system: 'relay' };
  switch (kind) {
    case 'complete': {
      const task = pick(unfinished.length > 0 && !stranger ? unfinished : keys);
      return { body: { kind, task, submission: id, facts, rows, lateReason }, by: by(snapshot.tasks[task]?.holder), id };
    }
    case 'accept':
    case 'return': {
      const task = pick(inReview.length > 0 ? inReview : keys);
      const about = { task, submission: snapshot.tasks[task]?.submission ?? 'none' };
      return {
        body: kind === 'accept' ? { kind, ...about } : { kind, ...about, reason: 'r' },
        by: by(snapshot.tasks[task]?.reviewer),
        id,
      };
    }
    case 'spawn': {
      const source = { instance: 'u/u2', task: 'sweep', submission: 's', row: which % 3 };
      const spawned = { key: `row-there:u-u2.sweep.${which % 3}`, due: rows[0]?.due ?? '2020-11-10', holder: 'head-1' };
      return { body: { kind, template: 'row-there', ...spawned, source }, by: relay, id };
    }
    case 'adjust': {
      const submissionOf = (key: string): string => snapshot.tasks[key]?.submission ?? 'none';
      const adjustment = adjustmentOf(attempt.adjustment, { keys, now: snapshot.advancedTo, submissionOf });
      const arriving = adjustment.kind === 'move' ? { arrival: arrivalAt(adjustment.to, attempt.adjustment.one) } : {};
      const body = { kind, adjustment, reason: 'r', ...arriving } as const;
      if (adjustment.kind !== 'retract') return { body: { ...body, authority: 'office' }, by: by('office-1'), id };
      return { body: { ...body, authority: 'holder' }, by: by(snapshot.tasks[adjustment.task]?.submittedBy), id };
    }
    case 'gate':
      return {
        body: { kind, gate: `g${which % 5}`, version: which, done: which % 4, total: 3, excluded: which % 2 },
        by: relay,
        id,
      };
  }
}
