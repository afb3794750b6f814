/** The drill: a campaign of two weeks, its register, and the instants at which something happens in it. */
import { join } from 'node:path';
import type { CompiledPlan, StartRequest } from '../../client/api.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import type { Instant } from '../../model/plan.ts';
import type { Roster } from '../../model/roster.ts';
import { createSampleRoster } from '../../roster/sample.ts';

const HERE = import.meta.dirname;

function compileDrill(): CompiledPlan {
  const calendars = join(HERE, '../../definitions/calendars');
  const compiled = compileDefinition(readDefinition(join(HERE, 'definition'), { calendars }));
  if ('issues' in compiled) throw new Error(`the drill does not compile: ${JSON.stringify(compiled.issues)}`);
  return compiled;
}

export const drill: CompiledPlan = compileDrill();

/** Two unions with a household each: h/h-001 of union-01 and h/h-002 of union-02. */
export const drillRoster: Roster = createSampleRoster({ seed: 7, unions: 2, households: 2, earlier: 0 });

/** `10-13 09:00` of 2020 in Beijing. */
export const beijing = (text: string): Instant => Date.parse(`2020-${text.replace(' ', 'T')}:00+08:00`);

export const OPENS = beijing('10-12 00:00');
/** A moment at which everybody is at work and nothing is late. */
export const MONDAY_MORNING = beijing('10-12 09:30');
/** Visits are due on the 14th, photographs and sweeps with the phase on the 16th. */
export const VISITS_LATE = beijing('10-15 10:00');
export const SECOND_PHASE = beijing('10-19 00:00');
export const OVER = beijing('10-24 00:00');

/** A run whose clock stands still on the day before it opens. */
export function steppedDrill(run: string): StartRequest {
  return {
    compiled: drill,
    roster: drillRoster,
    run,
    clock: { kind: 'stepped', anchor: OPENS - 86_400_000 },
    author: 'operator',
  };
}
