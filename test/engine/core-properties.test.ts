/** What holds of the core whatever the program, whatever people do and however time is cut up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceTo, nextWake } from '../../engine/advance.ts';
import { handsOf } from '../../engine/covers.ts';
import { isEmpty } from '../../engine/draft.ts';
import { composeFlush } from '../../engine/flush-rows.ts';
import { isFinal } from '../../engine/lifecycles.ts';
import { daysLate } from '../../engine/joining.ts';
import { partiesOf } from '../../engine/posts.ts';
import { getTemplate, occurrencesOf, templateOf, wantedOf } from '../../engine/occurrences.ts';
import { MAX_AGAIN } from '../../engine/withdrawal.ts';
import { findRungAt } from '../../engine/schedule.ts';
import { findLadder } from '../../model/assigned.ts';
import type { Effects } from '../../model/flush.ts';
import { sendingAt } from '../../model/hours.ts';
import { clampedOffset } from '../../model/offset.ts';
import type { Instant, Program } from '../../model/plan.ts';
import { isTaken } from '../../model/sample.ts';
import { readKey } from '../../model/task-key.ts';
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
import { beijing, inBeijing, startOf, TABLE_ENDS } from './program-builder.ts';

/** Beyond every rung, closing and notice, and beyond the day table. */
const END = beijing('2021-12-31 12:00');

interface Story {
  readonly program: Program;
  readonly roles: Readonly<Record<string, string>>;
  readonly attempts: readonly Attempt[];
  readonly pausing: readonly Pausing[];
  /** Mostly before anything begins. */
  readonly enrolledAt: string;
}
const story: fc.Arbitrary<Story> = fc.record({
  program: arbitraryProgram,
  roles: arbitraryRoles,
  attempts: arbitraryAttempts,
  pausing: arbitraryPausing,
  enrolledAt: fc.constantFrom('2020-10-05 00:00', '2020-10-05 00:00', '2020-10-14 10:00', '2020-10-27 09:00'),
});

/** Plays a story, looking in also at `looks`, and tells how each attempt ended. */
function play(
  { program, roles, attempts, pausing, enrolledAt }: Story,
  looks: readonly Instant[] = [],
  watch: (played: Played) => void = () => undefined,
) {
  const played = new Played(program, { at: enrolledAt, roles, instance: 'h/1' });
  const results: string[] = [];
  let before: Attempted | undefined;
  const steps = [...attempts, ...pausing, ...looks.map((at) => ({ at, kind: 'look' as const }))]
    .filter(({ at }) => at >= beijing(enrolledAt))
    .sort((a, b) => a.at - b.at);
  for (const step of steps) {
    if (step.kind === 'look') {
      played.at(step.at);
    } else if ('cause' in step) {
      played.now = step.at;
      const { kind, cause } = step;
      const body = { kind: 'adjust', adjustment: { kind, cause }, authority: 'office', reason: 'r' } as const;
      results.push(played.send(body, { by: { person: 'office-1', via: 'cli' }, id: `p${results.length}` }));
    } else {
      played.now = step.at;
      const there = advanceTo(program, played.snapshot, step.at).snapshot;
      const command =
        (step.repeats ? before : undefined) ?? commandOf(there, program, { attempt: step, id: `c${results.length}` });
      const result = played.send(command.body, command);
      results.push(
        `${command.id} ${result} ${played.refused === undefined ? JSON.stringify(played.answer) : played.refused.message}`,
      );
      before = command;
    }
    watch(played);
  }
  played.at(END);
  watch(played);
  return { played, results };
}

/** Everything but the count of changes, which says how often time was asked. */
const stateOf = ({ snapshot }: Played): string => JSON.stringify({ ...snapshot, seq: 0 });

describe('however time is cut up', () => {
  it('people are answered alike, and the same state and the same effects come out in the same order', () =>
    fc.assert(
      fc.property(story, fc.array(arbitraryInstant, { maxLength: 30 }), (told, looks) => {
        const [lazy, eager] = [play(told), play(told, looks)];
        expect(eager.results).toEqual(lazy.results);
        expect(stateOf(eager.played)).toBe(stateOf(lazy.played));
        for (const kind of ['audit', 'outbox', 'gates', 'answers'] as const) {
          expect(eager.played.effects[kind], kind).toEqual(lazy.played.effects[kind]);
        }
        expect(new Set(eager.played.effects.tasks)).toEqual(new Set(lazy.played.effects.tasks));
      }),
      { numRuns: 150 },
    ));
  it('waking exactly when asked to is enough', () =>
    fc.assert(
      fc.property(story, (told) => {
        const punctual = play(told, wakesOf(told));
        const lazy = play(told);
        expect(punctual.played.effects.audit).toEqual(lazy.played.effects.audit);
      }),
      { numRuns: 50 },
    ));
});

/** Every instant at which an instance that lives through the story wants to wake. */
function wakesOf(told: Story): readonly Instant[] {
  const wakes: Instant[] = [];
  play(told, [], ({ program, snapshot }) => {
    let reached = snapshot;
    for (
      let wake = nextWake(program, reached), guard = 0;
      wake !== null && guard < 100;
      wake = nextWake(program, reached), guard += 1
    ) {
      wakes.push(wake);
      reached = advanceTo(program, reached, wake).snapshot;
    }
  });
  return [...new Set(wakes)];
}

describe('at every moment of every story', () => {
  const everywhere = (check: (played: Played) => void, numRuns = 40): void => {
    fc.assert(
      fc.property(story, fc.array(arbitraryInstant, { maxLength: 5 }), (told, looks) => {
        play(told, looks, check);
      }),
      { numRuns },
    );
  };

  it('nothing happens before the next wake, and something does at it', () =>
    everywhere(({ program, snapshot }) => {
      const wake = nextWake(program, snapshot);
      const before = advanceTo(program, snapshot, wake === null ? END * 2 : wake - 1);
      expect(isEmpty(before.effects), `before ${wake === null ? 'the end of time' : inBeijing(wake)}`).toBe(true);
      if (wake === null) return;
      const { snapshot: after, effects } = advanceTo(program, snapshot, wake);
      expect(isEmpty(effects), `at ${inBeijing(wake)}`).toBe(false);
      expect(nextWake(program, after) ?? Infinity).toBeGreaterThan(wake);
    }));
  it('asking again changes nothing', () =>
    everywhere(({ program, snapshot, now }) => {
      const once = advanceTo(program, snapshot, now).snapshot;
      const twice = advanceTo(program, once, now);
      expect([JSON.stringify(twice.snapshot), isEmpty(twice.effects)]).toEqual([JSON.stringify(once), true]);
    }));
  it('an earlier instant changes nothing', () =>
    everywhere(({ program, snapshot, now }) => {
      const there = advanceTo(program, snapshot, now).snapshot;
      expect(JSON.stringify(advanceTo(program, there, now - 86_400_000).snapshot)).toBe(JSON.stringify(there));
    }));
  it('the state survives JSON', () =>
    everywhere(
      ({ snapshot }) => expect(JSON.stringify(JSON.parse(JSON.stringify(snapshot)))).toBe(JSON.stringify(snapshot)),
      20,
    ));
  it('whoever is away has nothing in hand that their substitute may do', () =>
    everywhere(({ program, snapshot: { tasks, covers = [], advancedTo: now, paused } }) => {
      // Where nothing is taken in a pause, it does not matter until it ends.
      if (paused !== undefined && program.pauses?.completions !== 'accept') return;
      for (const { template, status, holder } of Object.values(tasks)) {
        const rule = getTemplate(program, template).holder;
        if (isFinal(status) || status === 'inReview' || holder === null || ('role' in rule && rule.not !== undefined)) continue;
        expect(handsOf({ covers, now }, holder).person).toBe(holder);
      }
    }));
  it('only what is in review is held back, and only it has a reviewer', () =>
    everywhere(({ snapshot }) => {
      for (const task of Object.values(snapshot.tasks)) {
        if (task.status === 'inReview') expect(task).toHaveProperty('held');
        if (task.status === 'done' || task.status === 'returned') expect(task).not.toHaveProperty('held');
        if (task.status !== 'inReview') expect([task.reviewer, task.review]).toEqual([null, undefined]);
        expect(isFinal(task.status)).toBe(task.settledAt !== null);
      }
    }));
});

/** Rows of the audit with their places, which tell what came first at one instant. */
const rowsOf = ({ audit }: Effects, { task, kind }: { task?: string; kind: string }) =>
  audit.flatMap((row, place) => (row.kind === kind && (task === undefined || row.task === task) ? [{ ...row, place }] : []));

/** The deadline a task had when a row of the audit was written, or (without a place) in the end. */
function deadlineAt(
  { audit }: Effects,
  { task, place = Infinity }: { task: string; place?: number },
): {
  deadline: Instant;
  rev: number;
} {
  const rows = audit.filter((row, index) => row.task === task && index < place);
  // What is opened again has a deadline of its own, even if it is the same; what waits again comes up with another.
  const moves = rows.filter(
    ({ kind, detail }) => kind === 'deadlineMoved' || (isOpenedAgain(kind) && detail?.['to'] !== undefined),
  );
  const openings = rows.filter(({ kind }) => kind === 'taskOpened');
  const last = [...moves, ...openings].sort((a, b) => audit.indexOf(a) - audit.indexOf(b)).at(-1)!;
  return { deadline: (last.detail!['to'] ?? last.detail!['deadline']) as Instant, rev: moves.length + openings.length - 1 };
}

const isOpenedAgain = (kind: string): boolean => kind === 'taskReopened' || kind === 'taskRetracted';
const isOpening = (kind: string): boolean => kind === 'taskOpened' || isOpenedAgain(kind);
const isEnding = (kind: string): boolean => ['taskDone', 'taskMissed', 'taskWaived', 'taskDropped', 'taskShut'].includes(kind);

/** When a task in review came to whoever had it at an instant; undefined before it was handed in. */
const reviewSince = ({ audit }: Effects, { task, place }: { task: string; place: number }): Instant | undefined =>
  audit.findLast((row, index) => row.task === task && index < place && ['taskSubmitted', 'stepAccepted'].includes(row.kind))?.at;

/** The stretches of the audit in which the instance stood still, by the places of the rows that tell of their beginnings and ends. */
function pausesIn({ audit }: Effects): readonly (readonly [number, number])[] {
  const stretches: (readonly [number, number])[] = [];
  let from: number | undefined;
  for (const [place, { kind, detail }] of audit.entries()) {
    if (kind === 'paused') from ??= place;
    if (kind !== 'resumed' || detail!['still'] !== undefined) continue;
    stretches.push([from!, place]);
    from = undefined;
  }
  return from === undefined ? stretches : [...stretches, [from, Infinity]];
}

/** The deadlines that a review which came at `since` had, after its first, before a row of the audit was written. */
const reviewMoves = (
  { audit }: Effects,
  { task, since = Infinity, place }: { task: string; since: Instant | undefined; place: number },
): readonly Instant[] =>
  audit.flatMap((row, index) =>
    row.kind === 'reviewMoved' && row.task === task && row.at >= since && index < place ? [row.detail!['to'] as Instant] : [],
  );

describe('in every story', () => {
  const toldToTheEnd = (check: (played: Played) => void): void => {
    fc.assert(
      fc.property(story, (told) => check(play(told).played)),
      { numRuns: 80 },
    );
  };

  it('every claim is made once', () =>
    toldToTheEnd(({ outbox }) => {
      // What is said to gates is no row of the outbox: of each gate the last word counts, and at one instant there may be several.
      const claims = outbox.filter(({ kind }) => kind !== 'gate').map(({ claim }) => claim);
      expect(claims.filter((claim, index) => claims.indexOf(claim) !== index)).toEqual([]);
    }));
  it('each time of a rung is reached once at most for each deadline, and at its own instant', () =>
    toldToTheEnd(({ effects, program, snapshot }) => {
      for (const [key, task] of Object.entries(snapshot.tasks)) {
        const { ladder: own, reviews } = templateOf(program, task);
        const times = rowsOf(effects, { task: key, kind: 'rungReached' }).map(({ at, place, detail }) => {
          const ladder = detail!['ladder'] as string | undefined;
          const { deadline, rev } = deadlineAt(effects, { task: key, place });
          const rung = findLadder(program, ladder ?? own)!.rungs.find(({ id }) => id === detail!['rung'])!;
          const occurrence = (detail!['occurrence'] as number | undefined) ?? 1;
          const since = reviewSince(effects, { task: key, place });
          const moves = reviewMoves(effects, { task: key, since, place });
          const deadlines =
            ladder === undefined
              ? [deadline]
              : moves.length > 0
                ? [moves.at(-1)!]
                : reviews.flatMap(({ within: offset }) =>
                    offset === undefined ? [] : clampedOffset(program, { from: since!, offset, timeless: 'end-of-day' }),
                  );
          expect(deadlines.map((each) => findRungAt(program, rung, { deadline: each, occurrence }))).toContain(at);
          return `${ladder === undefined ? rev : `review of ${since}, ${moves.length}`} ${rung.id} ${occurrence}`;
        });
        expect(times).toEqual([...new Set(times)]);
      }
    }));
  it('a rung never speaks before its task opened nor after it was settled', () =>
    toldToTheEnd(({ effects: { audit } }) => {
      for (const [place, { kind, task }] of audit.entries()) {
        if (kind !== 'rungReached') continue;
        const before = audit.findLast(
          (row, index) => index < place && row.task === task && (isOpening(row.kind) || isEnding(row.kind)),
        );
        expect(isOpening(before!.kind), before!.kind).toBe(true);
      }
    }));
  it('a deadline that follows from something is never before the opening, and each move of it has its row and its number', () =>
    toldToTheEnd(({ effects, snapshot }) => {
      for (const [key, { anchoredAt, openedAt, deadline, deadlineRev, status }] of Object.entries(snapshot.tasks)) {
        // What was dropped or waived may never have come up.
        if (status === 'dropped' || status === 'waived') continue;
        if (typeof anchoredAt === 'number' && openedAt < TABLE_ENDS) expect(deadline).toBeGreaterThanOrEqual(openedAt);
        const told = deadlineAt(effects, { task: key });
        expect(told.deadline).toBe(deadline);
        // What was dropped, or waived while it waited, and came up all the same has counted that too.
        const rows = [
          ...rowsOf(effects, { task: key, kind: 'taskDropped' }),
          ...rowsOf(effects, { task: key, kind: 'taskShut' }),
        ];
        if (!rows.some(({ kind, detail }) => kind === 'taskDropped' || detail!['why'] === 'waiver'))
          expect(told.rev).toBe(deadlineRev);
      }
    }));
  it('nobody is written to in quiet hours, nor earlier than there is something to say', () =>
    toldToTheEnd(({ messages, program }) => {
      for (const { at, sendAt = at } of messages) {
        expect(sendAt).toBeGreaterThanOrEqual(at);
        expect(sendingAt(program, sendAt)).toBe(sendAt);
      }
    }));
  it('in a pause no rung speaks, nothing comes up but what rows make, and nothing happens by itself but that work changes hands where it is taken', () =>
    toldToTheEnd(({ effects, snapshot, program }) => {
      const mayChangeHands = program.pauses?.completions === 'accept';
      const stretches = pausesIn(effects);
      const isIn = (place: number): boolean => stretches.some(([from, to]) => place > from && place < to);
      for (const [place, { kind, task, actor }] of effects.audit.entries()) {
        if (!isIn(place)) continue;
        expect(['rungReached', 'phaseStarted', 'phaseEnded', 'rungsCollapsed']).not.toContain(kind);
        if (!mayChangeHands || !['holderChanged', 'reviewerChanged', 'postChanged'].includes(kind))
          expect(actor).not.toBe('time');
        if (kind === 'taskOpened') expect(snapshot.tasks[task!]!.source).toBeDefined();
      }
    }));
  it('what a pause leaves of a deadline is never less than there was, and a deadline that lay ahead lies ahead', () =>
    toldToTheEnd(({ effects }) => {
      for (const { at, detail } of effects.audit) {
        const { from, to, why } = detail ?? {};
        if (why !== 'pause') continue;
        expect(to).toBeGreaterThan(from as number);
        if (at < TABLE_ENDS) expect(to).toBeGreaterThanOrEqual(at);
      }
    }));
  it('work is late exactly when it was accepted after the deadline it then had', () =>
    toldToTheEnd(({ effects }) => {
      for (const { task, at, place, detail } of rowsOf(effects, { kind: 'taskSubmitted' }))
        expect(detail?.['late']).toBe(at > deadlineAt(effects, { task: task!, place }).deadline);
    }));
  it('nothing of a later phase comes up while something holds an earlier one open', () =>
    toldToTheEnd(({ effects, program, snapshot }) => {
      const templateOf = (id: string) => getTemplate(program, id);
      const place = (id: string): number => program.phases.findIndex((phase) => phase.id === templateOf(id).phase);
      const holding = Object.values(snapshot.tasks).filter(({ template }) => templateOf(template).atEnd === 'hold');
      for (const { task: key, at } of rowsOf(effects, { kind: 'taskOpened' })) {
        const { template, source } = snapshot.tasks[key!] ?? {};
        // Made by a row, or it waits again.
        if (template === undefined || source !== undefined) continue;
        for (const hold of holding) {
          // What is opened again holds from then on.
          const waits = hold.openedAt < at && (hold.settledAt ?? Infinity) > at && hold.reopened === undefined;
          expect(waits && place(hold.template) < place(template), `${key} beside ${hold.template}`).toBe(false);
        }
      }
    }));
  it('late work stays open unless the definition closes it', () =>
    toldToTheEnd(({ program, snapshot }) => {
      for (const { template, status } of Object.values(snapshot.tasks)) {
        if (status === 'missed') expect(getTemplate(program, template).atEnd).toBe('close');
      }
    }));
  it('nobody reviews what they handed in or answer for', () =>
    toldToTheEnd(({ snapshot }) => {
      for (const task of Object.values(snapshot.tasks))
        if (task.status === 'inReview' && task.reviewer !== null) expect(partiesOf(task)).not.toContain(task.reviewer);
    }));
  it('nobody holds what is for others than whoever did a task before it', () =>
    toldToTheEnd(({ program, snapshot }) => {
      for (const { template, holder, openedAt } of Object.values(snapshot.tasks)) {
        const rule = getTemplate(program, template).holder;
        const done = 'role' in rule && rule.not !== undefined ? snapshot.tasks[rule.not] : undefined;
        if (done === undefined || done.submittedBy === null || done.settledAt === null || done.settledAt > openedAt) continue;
        expect(holder).not.toBe(done.submittedBy);
      }
    }));
  it('a sample lets its task come up where it takes the instance, and nowhere else', () =>
    toldToTheEnd(({ program, snapshot: { instance, tasks } }) => {
      for (const { id, sample } of program.tasks)
        if (sample !== undefined && !isTaken(sample, { instance, task: id })) expect(tasks[id]).toBeUndefined();
    }));
  it('what a gate does not wait for never comes up', () =>
    toldToTheEnd(({ effects, snapshot }) => {
      // Who leaves may come back.
      if (effects.audit.some(({ kind }) => kind === 'withdrawn' || kind === 'askedAgain')) return;
      for (const { gate, excluded } of effects.gates) {
        if (excluded !== true) continue;
        for (const { status } of occurrencesOf(snapshot, gate.replace('gate-of-', 't'))) expect(status).toBe('dropped');
      }
    }));
  it('what an instance last said to a gate is what its state says', () =>
    toldToTheEnd(({ effects, program, snapshot }) => {
      const flush = composeFlush(program, { snapshot, effects, number: 1, full: true });
      const said = new Map(effects.gates.map((row) => [row.gate, row]));
      for (const row of flush.gates) expect(said.get(row.gate) ?? { gate: row.gate, settled: false }).toEqual(row);
    }));
  it('every bulletin that lies ahead is issued once, at its own instant, and none that lies behind or in a pause', () =>
    toldToTheEnd(({ effects, program, snapshot }) => {
      const said = effects.audit.flatMap(({ kind, at, detail }) =>
        kind === 'bulletinIssued' ? [`${detail!['bulletin']} ${detail!['number']} ${at}`] : [],
      );
      const { enrolledAt = 0, pauses = [], paused } = snapshot;
      const still = [...pauses, ...(paused === undefined ? [] : [{ from: paused.since, to: Infinity }])];
      const isSaid = (at: Instant): boolean => at >= enrolledAt && !still.some(({ from, to }) => from < at && at < to);
      const ahead = (program.bulletins ?? []).flatMap(({ id, at }) =>
        at.flatMap((instant, index) => (isSaid(instant) ? [`${id} ${index + 1} ${instant}`] : [])),
      );
      expect([...said].sort()).toEqual([...ahead].sort());
    }));
  it('the audit is in the order of time', () =>
    toldToTheEnd(({ effects }) => {
      const instants = effects.audit.map(({ at }) => at);
      expect(instants).toEqual([...instants].sort((a, b) => a - b));
    }));
  it('what repeats comes up without a gap, never more often than it shall, and in turn only once the one before is settled', () =>
    toldToTheEnd(({ program, snapshot }) => {
      for (const template of program.tasks) {
        const there = occurrencesOf(snapshot, template.id);
        const keys = Object.keys(snapshot.tasks).filter((key) => readKey(key).template === template.id && !key.includes(':'));
        expect(keys).toHaveLength(there.length);
        expect(there.length).toBeLessThanOrEqual(wantedOf(snapshot, template));
        if (template.repeats?.kind !== 'inTurn') continue;
        for (const [index, { openedAt }] of there.entries())
          if (index > 0 && there[index - 1]!.reopened === undefined)
            expect(openedAt).toBeGreaterThanOrEqual(there[index - 1]!.settledAt!);
      }
    }));
  it('nothing that is on a schedule comes up before its day, nor once the next has', () =>
    toldToTheEnd(({ program, snapshot }) => {
      for (const { id, repeats } of program.tasks) {
        if (repeats?.kind !== 'scheduled') continue;
        for (const [index, { openedAt, status, cameUp }] of occurrencesOf(snapshot, id).entries()) {
          // It may be waived before its day.
          if (cameUp === false && status === 'waived') continue;
          expect(openedAt).toBeGreaterThanOrEqual(repeats.opens[index]!);
          if (status !== 'dropped') expect(openedAt).toBeLessThan(repeats.opens[index + 1] ?? Infinity);
        }
      }
    }));
  it('whoever begins late gets nothing that late joiners skip, and is not pressed more than others where its deadline shifts', () =>
    toldToTheEnd(({ program, snapshot }) => {
      for (const { template, occurrence, status, openedAt, deadline } of Object.values(snapshot.tasks)) {
        const own = templateOf(program, occurrence === undefined ? { template } : { template, occurrence });
        if (own.origin !== 'plan' || daysLate(program, own, snapshot) === 0) continue;
        // What is asked for again is asked for whenever its instance joined.
        if (own.joining?.kind === 'skip' && (occurrence === undefined || own.repeats !== undefined))
          expect(status).toBe('dropped');
        if (own.joining?.kind === 'shift' && own.due.kind === 'at' && openedAt < TABLE_ENDS)
          expect(deadline).toBeGreaterThanOrEqual(own.due.at);
      }
    }));
  it('who has left has no work but what is for those who have, and no task is asked for more often than it may be', () =>
    toldToTheEnd(({ program, snapshot }) => {
      for (const times of Object.values(snapshot.again ?? {})) expect(times).toBeLessThanOrEqual(MAX_AGAIN);
      if (snapshot.withdrawnAt === undefined) return;
      for (const task of Object.values(snapshot.tasks))
        if (templateOf(program, task).ofWithdrawn !== true) expect(isFinal(task.status)).toBe(true);
    }));
  it('nothing opens before its date', () =>
    toldToTheEnd(({ program, snapshot }) => {
      for (const { template, openedAt, cameUp } of Object.values(snapshot.tasks)) {
        const { origin, opensAt } = getTemplate(program, template);
        if (origin === 'plan' && cameUp !== false)
          expect(openedAt).toBeGreaterThanOrEqual(Math.max(opensAt, startOf('2020-10-05')));
      }
    }));
});
