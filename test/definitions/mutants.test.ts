/**
 * Slips of the pen in the shipped definitions: each is made in the text, and what becomes of it is counted. A slip that changes the plan and is not
 * told is a survivor. Every eleventh line is tried here; SHIGEYI_EVERY_MUTANT=1 tries them all and takes minutes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDefinition, type DefinitionInput } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';

const STRIDE = process.env['SHIGEYI_EVERY_MUTANT'] === '1' ? 1 : 11;
const shipped = readdirSync('definitions', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['invalid', 'calendars'].includes(entry.name))
  .map(({ name }) => join('definitions', name));

type Slip = (line: string) => string | undefined;

/** Two letters of a word change places; a word of equal letters loses one. */
function misspell(word: string): string {
  const at = [...word].findIndex((letter, index) => index > 0 && letter !== word[index - 1] && /[a-z]/i.test(letter));
  return at < 1 ? word.slice(1) : word.slice(0, at - 1) + word[at]! + word[at - 1]! + word.slice(at + 1);
}

/** Every key of the language. Other keys are names the author chose, and another name that nothing refers to is as good. */
const VOCABULARY = new Set<string>();
JSON.parse(readFileSync('definitions/definition.schema.json', 'utf8'), (key, value: unknown) => {
  if (key === 'properties') for (const name of Object.keys(value as object)) VOCABULARY.add(name);
  return value;
});

const SLIPS: Readonly<Record<string, Slip>> = {
  'a typo in a key': (line) => {
    const key = /^(\s*(?:- )?(?:\{ )?)([A-Za-z-]{3,})(:)/.exec(line);
    return key === null || !VOCABULARY.has(key[2]!) ? undefined : line.replace(key[0], `${key[1]}${misspell(key[2]!)}:`);
  },
  'a typo in what is referred to': (line) => {
    const value =
      /\b(form|holder|after|ladder|task|table|fact|role|accept|confirm|escalate|column|rowDue|rowHolder|part): \[?([a-zA-Z-]{4,})/.exec(
        line,
      );
    return value === null ? undefined : line.replace(value[0], value[0].replace(value[2]!, misspell(value[2]!)));
  },
  'a wrong type': (line) => {
    const typed = /\btype: ([a-z-]+)/.exec(line);
    return typed === null ? undefined : line.replace(typed[0], `type: ${misspell(typed[1]!)}`);
  },
  'a date that is none': (line) =>
    /\d{4}-\d{2}-\d{2}/.test(line) ? line.replace(/(\d{4})-\d{2}-(\d{2})/, '$1-13-$2') : undefined,
  'an indent too many': (line) => (/^\s+[a-z-]+:/i.test(line) ? ` ${line}` : undefined),
};

interface Mutant {
  readonly place: string;
  readonly line: number;
  readonly file: string;
  readonly input: DefinitionInput;
}

function* mutantsOf(input: DefinitionInput, slip: Slip): Generator<Mutant> {
  let seen = 0;
  for (const file of input.files) {
    const lines = file.text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (/^\s*#/.test(line)) continue;
      const changed = slip(line);
      if (changed === undefined || changed === line) continue;
      seen += 1;
      if ((seen - 1) % STRIDE !== 0) continue;
      const text = lines.with(index, changed).join('\n');
      const files = input.files.map((each) => (each.path === file.path ? { ...each, text } : each));
      yield {
        place: `${file.path}:${index + 1} ${changed.trim()}`,
        line: index + 1,
        file: file.path,
        input: { ...input, files },
      };
    }
  }
}

describe.each(Object.entries(SLIPS))('%s', (name, slip) => {
  it('is told, and told where it is', () => {
    let changed = 0;
    const survivors: string[] = [];
    const far: string[] = [];
    for (const path of shipped) {
      const input = readDefinition(path);
      const sound = compileDefinition(input);
      if (!('plan' in sound)) throw new Error(`${path} does not compile`);
      for (const mutant of mutantsOf(input, slip)) {
        const compiled = compileDefinition(mutant.input);
        const issues = 'issues' in compiled ? compiled.issues : compiled.warnings;
        if ('plan' in compiled && compiled.hash === sound.hash) continue;
        changed += 1;
        if (issues.length === 0) survivors.push(mutant.place);
        // At the line itself, or at the key it belongs to, which stands at most a few lines above.
        else if (!issues.some(({ file, line }) => file === mutant.file && line <= mutant.line + 1 && line >= mutant.line - 12))
          far.push(mutant.place);
      }
    }
    const caught = changed - survivors.length;
    process.stdout.write(
      `${name}: ${changed} mutants, ${caught} told, ${caught - far.length} of these at the line or its parent\n`,
    );
    expect(changed).toBeGreaterThan(3);
    expect(caught / changed, survivors.join('\n')).toBeGreaterThanOrEqual(0.98);
    expect((caught - far.length) / caught, far.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});
