import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, transition } from 'xstate';
import { getSimplePaths } from 'xstate/graph';
import { caseMachine, findNext, isFinal, isSatisfied, next, phaseMachine, taskMachine } from '../../engine/lifecycles.ts';

const machines: Record<'task' | 'phase' | 'case', AnyStateMachine> = {
  task: taskMachine,
  phase: phaseMachine,
  case: caseMachine,
};
const LIFECYCLES = Object.keys(machines) as (keyof typeof machines)[];

/** XState knows a state for final that nothing leaves; what is settled is left by people alone. */
const isEnd = (state: AnyStateMachine['states'][string] | undefined): boolean =>
  state?.type === 'final' || state?.tags.includes('settled') === true;

const statesOf = (lifecycle: keyof typeof machines): string[] => Object.keys(machines[lifecycle].states);
const eventsOf = (lifecycle: keyof typeof machines): string[] => machines[lifecycle].events;

describe('the lifecycle of a task', () => {
  // Written down a second time, on purpose: the machine is one line away from allowing what a rule forbids.
  it.each([
    ['waiting', { opened: 'open', waived: 'waived', dropped: 'dropped' }],
    [
      'open',
      { submitted: 'inReview', completed: 'done', missed: 'missed', waived: 'waived', dropped: 'dropped', shut: 'waiting' },
    ],
    ['returned', { submitted: 'inReview', completed: 'done', missed: 'missed', waived: 'waived', dropped: 'dropped' }],
    [
      'inReview',
      {
        stepAccepted: 'inReview',
        accepted: 'done',
        returned: 'returned',
        retracted: 'open',
        missed: 'missed',
        waived: 'waived',
        dropped: 'dropped',
      },
    ],
    ['done', { reopened: 'open', retracted: 'open' }],
    ['missed', { reopened: 'open' }],
    ['waived', { reopened: 'open', shut: 'waiting' }],
    ['dropped', { reopened: 'open' }],
  ])('from %s allows exactly %j', (state, allowed) =>
    expect(
      Object.fromEntries(
        eventsOf('task')
          .map((event) => [event, findNext('task', state, event)])
          .filter(([, to]) => to),
      ),
    ).toEqual(allowed),
  );
  it('has twelve events', () => expect(eventsOf('task')).toHaveLength(12));
  it('ends in done, missed, waived or dropped', () =>
    expect(statesOf('task').filter(isFinal)).toEqual(['done', 'missed', 'waived', 'dropped']));
  it('lets dependents go on when it is done, waived or dropped, and then only', () =>
    expect(statesOf('task').filter(isSatisfied)).toEqual(['done', 'waived', 'dropped']));
});

describe('the lifecycle of a phase', () => {
  it('goes from upcoming to active to over', () =>
    expect([findNext('phase', 'upcoming', 'started'), findNext('phase', 'active', 'ended')]).toEqual(['active', 'over']));
});

describe('the lifecycle of a case', () => {
  it('is closed once', () =>
    expect([findNext('case', 'open', 'closed'), findNext('case', 'closed', 'closed')]).toEqual(['closed', undefined]));
});

describe.each(LIFECYCLES)('the table of a %s', (lifecycle) => {
  const machine = machines[lifecycle];

  it('says what XState says of every state and event', () => {
    for (const state of statesOf(lifecycle)) {
      const from = machine.resolveState({ value: state, context: {} });
      for (const event of eventsOf(lifecycle)) {
        const to = from.can({ type: event }) ? transition(machine, from, { type: event })[0].value : undefined;
        expect(findNext(lifecycle, state, event), `${state} × ${event}`).toBe(to);
      }
    }
  });
  it('knows no event that the machine does not have', () =>
    expect(statesOf(lifecycle).map((state) => findNext(lifecycle, state, 'sung'))).toEqual(
      statesOf(lifecycle).map(() => undefined),
    ));
  it('knows no state that the machine does not have', () =>
    expect(findNext(lifecycle, 'limbo', eventsOf(lifecycle)[0]!)).toBeUndefined());
  it('reaches every state', () => {
    const reached = getSimplePaths(machine).map(({ state }) => String(state.value));
    expect(new Set(reached)).toEqual(new Set(statesOf(lifecycle)));
  });
  it('can come to an end from every state', () => {
    for (const state of statesOf(lifecycle)) {
      const ends = getSimplePaths(machine, { fromState: machine.resolveState({ value: state, context: {} }) }).map((path) =>
        String(path.state.value),
      );
      expect(
        ends.some((value) => isEnd(machine.states[value])),
        state,
      ).toBe(true);
    }
  });
});

describe('an event that a lifecycle forbids', () => {
  it('is a bug, and says which', () =>
    expect(() => next('task', 'done', 'opened')).toThrow("the task lifecycle has no 'opened' from 'done'"));
});
