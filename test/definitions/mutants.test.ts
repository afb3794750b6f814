/**
 * Slips of the pen in the shipped definitions: each is made in the text, and what becomes of it is counted. A slip that changes the plan and is not
 * told is a survivor, and docs/architecture.md says of each why it is a valid definition. Every eleventh line is tried here; SHIGEYI_EVERY_MUTANT=1 tries them all and takes minutes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDefinition, type DefinitionInput } from '../../compiler/compile.ts';
import type { Issue } from '../../compiler/issue.ts';
import type { Plan } from '../../model/plan.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { parentsOf, SLIPS, type Slip } from './slips.ts';

const STRIDE = process.env['SHIGEYI_EVERY_MUTANT'] === '1' ? 1 : 11;
const shipped = readdirSync('definitions', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['invalid', 'calendars'].includes(entry.name))
  .map(({ name }) => join('definitions', name));

/** By slip, those that docs/architecture.md lists as valid definitions: file and line. */
const listedUnder = (slip: string): readonly string[] =>
  [...readFileSync('docs/architecture.md', 'utf8').matchAll(/^\| (.+?) \| `(.+?)` \| `(.+?)` \|/gm)].flatMap(
    ([, of, file, line]) => (of === slip ? [`${file} ${line}`] : []),
  );

interface Mutant {
  readonly place: string;
  /** The line before the slip. */
  readonly was: string;
  readonly file: string;
  /** Lines where it may be told: its own, and those of what it belongs to. */
  readonly lines: readonly number[];
  readonly input: DefinitionInput;
  /** The one word that is another, where there is one. */
  readonly words: { readonly was: string; readonly now: string } | undefined;
}

function* mutantsOf(input: DefinitionInput, slip: Slip): Generator<Mutant> {
  let seen = 0;
  for (const file of input.files) {
    const lines = file.text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (/^\s*#/.test(line)) continue;
      const changed = slip(lines, index);
      if (changed === undefined) continue;
      seen += 1;
      if ((seen - 1) % STRIDE !== 0) continue;
      const files = input.files.map((each) => (each.path === file.path ? { ...each, text: changed.join('\n') } : each));
      yield {
        place: `${file.path}:${index + 1} ${changed[index]!.trim()}`,
        was: line.trim(),
        file: file.path,
        lines: [index + 1, ...parentsOf(lines, index), ...parentsOf(changed, index)],
        input: { ...input, files },
        words: changedWord(line, changed[index]!),
      };
    }
  }
}

function changedWord(was: string, now: string): Mutant['words'] {
  const [before, after] = [was, now].map((line) => line.split(/[^a-zA-Z-]+/));
  const at = before!.findIndex((word, index) => word !== after![index]);
  return before!.length === after!.length && at >= 0 ? { was: before![at]!, now: after![at]! } : undefined;
}

const isToldThere = ({ file, lines }: Mutant, { related = [], ...issue }: Issue): boolean =>
  [issue, ...related].some((place) => place.file === file && lines.includes(place.line));

/** Another name, and everything that means it means it still: as good a definition as the other, and nothing to be told. (Some of a plan is in the order of names, and its parts have their hashes.) */
function isRenamed(plan: Plan, sound: Plan, { words }: Mutant): boolean {
  const linesOf = (text: string): string =>
    text
      .split('\n')
      .map((line) => line.replace(/,$|[0-9a-f]{64}/g, ''))
      .sort()
      .join('\n');
  const printed = JSON.stringify(plan, null, 1);
  return words !== undefined && linesOf(printed.replaceAll(words.now, words.was)) === linesOf(JSON.stringify(sound, null, 1));
}

describe.each(Object.entries(SLIPS))('%s', (name, slip) => {
  it('is told, and told where it is', () => {
    let [changed, renamed] = [0, 0];
    const survivors: string[] = [];
    const valid: string[] = [];
    const far: string[] = [];
    for (const path of shipped) {
      const input = readDefinition(path);
      const sound = compileDefinition(input);
      if (!('plan' in sound)) throw new Error(`${path} does not compile`);
      for (const mutant of mutantsOf(input, slip)) {
        const compiled = compileDefinition(mutant.input);
        const issues = 'issues' in compiled ? compiled.issues : compiled.warnings;
        if ('plan' in compiled && compiled.hash === sound.hash) continue;
        if ('plan' in compiled && isRenamed(compiled.plan, sound.plan, mutant)) {
          renamed += 1;
          continue;
        }
        changed += 1;
        if (issues.length === 0) {
          survivors.push(mutant.place);
          valid.push(`${mutant.file} ${mutant.was}`);
        } else if (!issues.some((issue) => isToldThere(mutant, issue)))
          far.push(`${mutant.place} -> ${issues.map(({ line, code }) => `${line} ${code}`).join(', ')}`);
      }
    }
    const caught = changed - survivors.length;
    process.stdout.write(
      `${name}: ${changed} mutants, ${caught} told, ${caught - far.length} of these at the line or its parent${renamed > 0 ? `; ${renamed} more are other names for the same` : ''}\n`,
    );
    for (const place of survivors) process.stdout.write(`  not told: ${place}\n`);
    const listed = listedUnder(name);
    expect(valid.filter((one) => !listed.includes(one))).toEqual([]);
    if (STRIDE === 1) expect(valid).toEqual(listed);
    expect(changed).toBeGreaterThan(3);
    expect(caught / changed, survivors.join('\n')).toBeGreaterThanOrEqual(0.98);
    expect((caught - far.length) / caught, far.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});
