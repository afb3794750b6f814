/**
 * A process of its own that simulates linwei-2020 once and prints what it took, as JSON. Its own, because a process keeps the memory it has had:
 * the peak would be that of whatever was measured before.
 */
import { fileURLToPath } from 'node:url';
import { compileDefinition } from '../compiler/compile.ts';
import { readDefinition } from '../compiler/read-definition.ts';
import { admittedHousehold } from '../roster/admission.ts';
import { createSampleRoster } from '../roster/sample.ts';
import { SOME_LATE } from '../simulator/people.ts';
import { simulate } from '../simulator/simulate.ts';
import { ownCpuMs } from './cpu.ts';

export interface SimulationFigures {
  /** With those lifted in an earlier year, as `simulate` makes up a register. */
  readonly households: number;
  readonly acts: number;
  readonly messages: number;
  /** From the first enrolment to the last rung; compiling and making up the register are not in it. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

const [households = 100_000, unions = 400] = process.argv.slice(2).map(Number);
const compiled = compileDefinition(readDefinition(fileURLToPath(new URL('../definitions/linwei-2020', import.meta.url))));
if (!('plan' in compiled)) throw new Error(`linwei-2020 has ${compiled.issues.length} issues`);
const { plan, programs } = compiled;
const roster = createSampleRoster({ seed: 1, unions, households, earlier: Math.round(households / 5) });
const [startedAt, cpuBefore] = [performance.now(), ownCpuMs()];
const played = simulate({ plan, programs, roster, seed: 1, habits: SOME_LATE, admit: admittedHousehold });
let step = played.next();
while (step.done !== true) step = played.next();
const figures: SimulationFigures = {
  households: roster.households.length,
  acts: step.value.acts,
  messages: step.value.people.reduce((sum, { messages }) => sum + messages, 0),
  seconds: (performance.now() - startedAt) / 1000,
  cpuSeconds: (ownCpuMs() - cpuBefore) / 1000,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
