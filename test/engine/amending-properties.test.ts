/** What holds of amendments whatever the programs, whatever people do before and after, and wherever the state is put down and taken up again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followProgram } from '../../compiler/succeed.ts';
import { advanceTo } from '../../engine/advance.ts';
import { composeFlush } from '../../engine/flush-rows.ts';
import { findDifferences, findPostDifferences } from '../../engine/differences.ts';
import { isFinal } from '../../engine/lifecycles.ts';
import { getTemplate } from '../../engine/occurrences.ts';
import { type Preview, preview } from '../../engine/preview.ts';
import { TIMER_POLICIES, type TimerPolicy } from '../../model/adjustment.ts';
import type { CommandBody } from '../../model/command.ts';
import type { Instant, Program } from '../../model/plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import {
  type Attempt,
  arbitraryAttempts,
  arbitraryInstant,
  arbitraryPausing,
  arbitraryProgram,
  arbitraryRoles,
  type Pausing,
} from './arbitrary-program.ts';
import { type Attempted, commandOf } from './attempts.ts';
import { Played } from './played.ts';
import { beijing } from './program-builder.ts';

const START = '2020-10-05 00:00';
const END = beijing('2021-12-31 12:00');

interface Story {
  readonly program: Program;
  readonly amendments: readonly { readonly at: Instant; readonly next: Program; readonly timers: TimerPolicy }[];
  readonly roles: Readonly<Record<string, string>>;
  readonly attempts: readonly Attempt[];
  readonly pausing: readonly Pausing[];
}

/** The versions that come after each other are of one scope, as versions of one definition are. */
const story: fc.Arbitrary<Story> = fc
  .record({
    program: arbitraryProgram,
    amendments: fc.array(
      fc.record({ at: arbitraryInstant, next: arbitraryProgram, timers: fc.constantFrom(...TIMER_POLICIES) }),
      { minLength: 1, maxLength: 3 },
    ),
    roles: arbitraryRoles,
    attempts: arbitraryAttempts,
    pausing: arbitraryPausing,
  })
  .map(({ amendments, ...told }) => ({
    ...told,
    amendments: amendments
      .map((each) => ({ ...each, next: { ...each.next, scope: told.program.scope } }))
      .sort((a, b) => a.at - b.at),
  }));

interface Watch {
  /** Around each amendment. */
  amended?(before: Snapshot, played: Played): void;
  /** After each step. */
  stepped?(played: Played): void;
  /** Around each command, with what a preview said of it. */
  sent?(before: Snapshot, seen: Preview, of: { readonly body: CommandBody; readonly played: Played }): void;
}

function play({ program, amendments, roles, attempts, pausing }: Story, { amended, stepped, sent }: Watch = {}): Played {
  const played = new Played(program, { at: START, roles, instance: 'h/1' });
  const steps = [...attempts.map((attempt) => ({ at: attempt.at, attempt })), ...pausing, ...amendments].sort(
    (a, b) => a.at - b.at,
  );
  for (const [index, step] of steps.entries()) {
    played.at(Math.max(step.at, played.now));
    if ('next' in step) {
      const before = played.snapshot;
      played.amend(step.next, { timers: step.timers });
      amended?.(before, played);
    } else {
      const { body, by, id } = attemptOf(played, step, `c${index}`);
      const before = played.snapshot;
      const seen = preview(played.program, before, { command: { ...body, id, digest: '', by }, now: played.now });
      played.send(body, { by, id });
      sent?.(before, seen, { body, played });
    }
    stepped?.(played);
  }
  return played.at(END);
}

function attemptOf({ snapshot, program }: Played, step: Pausing | { readonly attempt: Attempt }, id: string): Attempted {
  if ('attempt' in step) return commandOf(snapshot, program, { attempt: step.attempt, id });
  const { kind, cause } = step;
  const body = { kind: 'adjust', adjustment: { kind, cause }, authority: 'office', reason: 'r' } as const;
  return { body, by: { person: 'office-1', via: 'cli' }, id };
}

const always = (check: (told: Story) => void, numRuns = 60): void =>
  fc.assert(
    fc.property(story, (told) => check(told)),
    { numRuns },
  );

describe('whenever a run is amended', () => {
  it('nothing that was done is done again, lost or changed', () =>
    always((told) => {
      play(told, {
        amended(before, { snapshot }) {
          for (const [key, task] of Object.entries(before.tasks))
            if (isFinal(task.status)) expect(snapshot.tasks[key]).toEqual(task);
        },
      });
    }));

  it('every open task is of the new version, and what it has not got is nobody’s any more', () =>
    always((told) => {
      play(told, {
        amended(_before, { program, snapshot }) {
          for (const { template, status } of Object.values(snapshot.tasks)) {
            if (getTemplate(program, template).retired === true) expect(isFinal(status)).toBe(true);
          }
        },
      });
    }));

  it('nothing of a version that was left ever comes up', () =>
    always((told) => {
      const retiredAt = new Map<string, Instant>();
      const { snapshot } = play(told, {
        amended(_before, { program, now }) {
          for (const { id, retired } of program.tasks) {
            if (retired === true) retiredAt.set(id, retiredAt.get(id) ?? now);
            else retiredAt.delete(id);
          }
        },
      });
      for (const { template, openedAt } of Object.values(snapshot.tasks))
        if (retiredAt.has(template)) expect(openedAt).toBeLessThanOrEqual(retiredAt.get(template)!);
    }));

  it('the same amendment taken again changes nothing', () =>
    always((told) => {
      play(told, {
        amended({ revision }, played) {
          const { snapshot } = played;
          played.amend(played.program, { revision: revision + 1 });
          expect(played.snapshot).toEqual(snapshot);
        },
      });
    }));

  it('to the version that runs already, no task changes', () =>
    always((told) => {
      play(
        { ...told, amendments: told.amendments.map((each) => ({ ...each, next: told.program })) },
        {
          amended(before, { snapshot }) {
            // In a pause hands change only when something is adjusted, as here.
            if (before.paused === undefined) expect(snapshot.tasks).toEqual(before.tasks);
          },
        },
      );
    }));

  it('the gates know what the state says', () =>
    always((told) => {
      play(told, {
        stepped({ program, snapshot, effects }) {
          const said = new Map(effects.gates.map((row) => [row.gate, row]));
          for (const row of composeFlush(program, { snapshot, effects, number: 1, full: true }).gates)
            expect(said.get(row.gate) ?? { gate: row.gate, settled: false }).toEqual(row);
        },
      });
    }));

  it('each command does exactly what a preview of it says', () =>
    always((told) => {
      play(told, {
        sent(before, seen, { body, played: { program, snapshot: taken, now, refused } }) {
          // What begins later is looked at when it does.
          if (body.kind === 'adjust' && body.adjustment.kind === 'cover' && body.adjustment.from !== undefined) return;
          if ('refusal' in seen) {
            expect(refused?.code).toBe(seen.refusal.code);
            return;
          }
          expect(refused).toBeUndefined();
          // What it made due at this very instant is done next.
          const { snapshot } = advanceTo(program, taken, now);
          expect(seen.differences).toEqual(findDifferences({ program, snapshot: before }, { program, snapshot }));
          expect(seen.posts).toEqual(findPostDifferences(before, snapshot));
        },
      });
    }));

  it('a form that was accepted stands until somebody takes it back', () =>
    always((told) => {
      const accepted = new Map<string, string>();
      const { effects, snapshot } = play(told, {
        stepped(played) {
          for (const [key, { status, submission }] of Object.entries(played.snapshot.tasks))
            if (status === 'done') accepted.set(key, submission!);
        },
      });
      const isUndone = (key: string): boolean =>
        effects.audit.some(
          ({ kind, task }) =>
            task === key && ['taskReopened', 'taskRetracted', 'taskShut', 'taskRemoved', 'taskDropped'].includes(kind),
        );
      for (const [key, submission] of accepted)
        if (!isUndone(key)) expect(snapshot.tasks[key]).toMatchObject({ status: 'done', submission });
    }));

  it('every message is claimed once', () =>
    always((told) => {
      const claims = play(told)
        .outbox.filter(({ kind }) => kind !== 'gate')
        .map(({ claim }) => claim);
      expect(claims.filter((claim, index) => claims.indexOf(claim) !== index)).toEqual([]);
    }));

  it('it comes to the same when the state is put down as text and taken up again at every step', () =>
    always((told) => {
      const straight = play(told);
      const interrupted = play(told, {
        stepped(played) {
          played.snapshot = JSON.parse(JSON.stringify(played.snapshot)) as Snapshot;
        },
      });
      expect(interrupted.snapshot).toEqual(straight.snapshot);
      expect(interrupted.effects).toEqual(straight.effects);
    }, 30));

  it('following two versions one after the other leaves the templates of all of them', () =>
    fc.assert(
      fc.property(arbitraryProgram, arbitraryProgram, arbitraryProgram, (first, second, third) => {
        const ids = ({ tasks }: Program) => tasks.map(({ id }) => id);
        const followed = followProgram(followProgram(first, second), third);
        expect(new Set(ids(followed))).toEqual(new Set([first, second, third].flatMap(ids)));
        expect(followed.tasks.filter(({ retired }) => retired !== true)).toEqual(third.tasks);
      }),
      { numRuns: 30 },
    ));
});
