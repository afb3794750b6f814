/** A process of its own that reads one hostile definition, and prints what it is told, the processor time that took and how much its memory grew. */
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';

const [hostile, harmless] = process.argv.slice(2) as [string, string];

const read = (path: string): readonly string[] => {
  try {
    return issuesOf(path);
  } catch (error) {
    return [String(error)];
  }
};
const issuesOf = (path: string): readonly string[] => {
  const compiled = compileDefinition(readDefinition(path));
  return ('issues' in compiled ? compiled.issues : compiled.warnings).map(({ code }) => code);
};

// What the first definition of a process costs in any case, the hostile one is not charged with.
read(harmless);
const kilobytes = (): number => process.resourceUsage().maxRSS;
const [before, start] = [kilobytes(), process.cpuUsage()];
const codes = read(hostile);
const { user, system } = process.cpuUsage(start);
process.stdout.write(JSON.stringify({ codes, ms: (user + system) / 1000, mebibytes: (kilobytes() - before) / 1024 }));
