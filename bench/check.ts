/** How long it takes to check and compile the first campaign: what its author waits for after each change. */
import { fileURLToPath } from 'node:url';
import { compileDefinition } from '../compiler/compile.ts';
import { readDefinition } from '../compiler/read-definition.ts';
import { type Spread, spreadOf } from './statistics.ts';

const RUNS = 20;

/** Milliseconds of processor time of `compileDefinition` alone: reading the files is not in it. */
export function measureCheck(): Spread {
  const input = readDefinition(fileURLToPath(new URL('../definitions/linwei-2020', import.meta.url)));
  const runs = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    const compiled = compileDefinition(input);
    const { user, system } = process.cpuUsage(before);
    if ('issues' in compiled) throw new Error(`linwei-2020 has ${compiled.issues.length} issues`);
    return (user + system) / 1000;
  });
  return spreadOf(runs);
}
