/**
 * The three fixed lifecycles, in XState, and the tables derived from them when this module loads. Only the tables are used at run time:
 * a table look-up costs nothing, and the machines stay the one place where a lifecycle is written down (docs draw them from here).
 */
import { createMachine, transition } from 'xstate';

export const taskMachine = createMachine({
  id: 'task',
  initial: 'waiting',
  states: {
    waiting: { on: { opened: 'open', waived: 'waived', dropped: 'dropped' } },
    // `shut`: what it came after is to be done again, and it waits once more.
    open: {
      on: {
        submitted: 'inReview',
        completed: 'done',
        missed: 'missed',
        waived: 'waived',
        dropped: 'dropped',
        shut: 'waiting',
      },
    },
    returned: { on: { submitted: 'inReview', completed: 'done', missed: 'missed', waived: 'waived', dropped: 'dropped' } },
    // `stepAccepted` is one of several reviewers; the last one's word is `accepted`.
    inReview: {
      on: {
        stepAccepted: 'inReview',
        accepted: 'done',
        returned: 'returned',
        retracted: 'open',
        missed: 'missed',
        waived: 'waived',
        dropped: 'dropped',
      },
    },
    // Settled: nothing changes these by itself, only people do. What was dropped with a household that left is open again when its leaving is undone.
    done: { tags: 'settled', on: { reopened: 'open', retracted: 'open' } },
    missed: { tags: 'settled', on: { reopened: 'open' } },
    waived: { tags: 'settled', on: { reopened: 'open', shut: 'waiting' } },
    dropped: { tags: 'settled', on: { reopened: 'open' } },
  },
});

export const phaseMachine = createMachine({
  id: 'phase',
  initial: 'upcoming',
  states: { upcoming: { on: { started: 'active' } }, active: { on: { ended: 'over' } }, over: { type: 'final' } },
});

/** A case is one instance's part in the run: a campaign's, a union's or a household's. */
export const caseMachine = createMachine({
  id: 'case',
  initial: 'open',
  states: { open: { on: { closed: 'closed' } }, closed: { type: 'final' } },
});

type LifecycleTable = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Every state × event of a flat machine, asked once through XState's pure transition. */
function tableOf(machine: typeof taskMachine): LifecycleTable {
  return new Map(
    Object.keys(machine.states).map((value) => {
      const from = machine.resolveState({ value: value as never });
      const after = (type: string): { value: unknown } =>
        transition(machine as never, from as never, { type } as never)[0] as never;
      const row = machine.events
        .filter((type) => from.can({ type } as never))
        .map((type) => [type, String(after(type).value)] as const);
      return [value, new Map(row)] as const;
    }),
  );
}

const tables = { task: tableOf(taskMachine), phase: tableOf(phaseMachine as never), case: tableOf(caseMachine as never) };

/** The state after an event, or undefined when the lifecycle does not allow it. */
export function findNext(lifecycle: keyof typeof tables, from: string, event: string): string | undefined {
  return tables[lifecycle].get(from)?.get(event);
}

/** The state after an event that the caller has made sure of; an event the lifecycle forbids is a bug. */
export function next<State extends string>(lifecycle: keyof typeof tables, from: State, event: string): State {
  const to = findNext(lifecycle, from, event);
  if (to === undefined) throw new Error(`the ${lifecycle} lifecycle has no '${event}' from '${from}'`);
  return to as State;
}

const FINAL: ReadonlySet<string> = new Set(
  Object.entries(taskMachine.states)
    .filter(([, state]) => state.tags.includes('settled' as never))
    .map(([value]) => value),
);

/** A task that will not change by itself any more. */
export function isFinal(status: string): boolean {
  return FINAL.has(status);
}

/** A task whose dependents may go on: it was done, or nobody has to do it any more. */
export function isSatisfied(status: string): boolean {
  return status === 'done' || status === 'waived' || status === 'dropped';
}
