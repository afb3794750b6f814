/** Slips of the pen in a definition's text, one at a time, and where each ought to be told. */
import { z } from 'zod';
import { MainFile } from '../../compiler/language.ts';

/** The lines with one slip at that line; undefined when this slip cannot be made there. */
export type Slip = (lines: readonly string[], at: number) => readonly string[] | undefined;

/** Every key of the language. Other keys are names the author chose, and another name that nothing refers to is as good. */
const vocabulary = new Set<string>();
/** Keys that no map which may have them may lack. */
const required = new Set<string>();
const optional = new Set<string>();
JSON.parse(
  JSON.stringify(z.toJSONSchema(MainFile.partial(), { io: 'input', unrepresentable: 'any' })),
  function (this: { required?: string[] }, key, value) {
    if (key !== 'properties') return value as unknown;
    for (const name of Object.keys(value as object)) {
      vocabulary.add(name);
      (this.required?.includes(name) ? required : optional).add(name);
    }
    return value as unknown;
  },
);
for (const name of optional) required.delete(name);

/** Two letters of a word change places; a word of equal letters loses one. */
function misspell(word: string): string {
  const at = [...word].findIndex((letter, index) => index > 0 && letter !== word[index - 1] && /[a-z]/i.test(letter));
  return at < 1 ? word.slice(1) : word.slice(0, at - 1) + word[at]! + word[at - 1]! + word.slice(at + 1);
}

const inLine =
  (slip: (line: string) => string | undefined): Slip =>
  (lines, at) => {
    const changed = slip(lines[at]!);
    return changed === undefined || changed === lines[at] ? undefined : lines.with(at, changed);
  };

const REFERENCE =
  /\b(form|holder|after|ladder|task|table|fact|role|accept|confirm|escalate|column|rowDue|rowHolder|part): \[?([a-zA-Z-]{4,})/;
/** After a dash, or as a key of one of the maps that hold what has a name. */
const ID = /^(\s*- (?:\{ )?id: | {2})([a-zA-Z-]{4,})(?=,|:|$)/;

export const SLIPS: Readonly<Record<string, Slip>> = {
  'a typo in a key': inLine((line) => {
    const key = /^(\s*(?:- )?(?:\{ )?)([A-Za-z-]{3,})(:)/.exec(line);
    return key === null || !vocabulary.has(key[2]!) ? undefined : line.replace(key[0], `${key[1]}${misspell(key[2]!)}:`);
  }),
  'a typo in what is referred to': inLine((line) => {
    const value = REFERENCE.exec(line);
    return value === null ? undefined : line.replace(value[0], value[0].replace(value[2]!, misspell(value[2]!)));
  }),
  'a typo in an id': inLine((line) => {
    const id = ID.exec(line);
    return id === null || vocabulary.has(id[2]!) ? undefined : line.replace(id[0], `${id[1]}${misspell(id[2]!)}`);
  }),
  'a required key left out': inLine((line) => {
    const whole = /^(\s*)(- )?([A-Za-z]+): [^\s[{|>].*$/.exec(line);
    if (whole !== null && required.has(whole[3]!)) return `${whole[1]}${whole[2] ?? ''}`;
    const inMap = /([{,] )([A-Za-z]+): [^,{}[\]]+(?:, |(?= \}))/g;
    for (const found of line.matchAll(inMap)) if (required.has(found[2]!)) return line.replace(found[0], found[1]!);
    return undefined;
  }),
  'two dates that changed places': (lines, at) => {
    const [starts, ends] = [/starts: (\S+)$/.exec(lines[at]!), /ends: (\S+)$/.exec(lines[at + 1] ?? '')];
    if (starts === null || ends === null || starts[1] === ends[1]) return undefined;
    return lines.with(at, lines[at]!.replace(starts[1]!, ends[1]!)).with(at + 1, lines[at + 1]!.replace(ends[1]!, starts[1]!));
  },
  'a wrong type': inLine((line) => {
    const typed = /\btype: ([a-z-]+)/.exec(line);
    return typed === null ? undefined : line.replace(typed[0], `type: ${misspell(typed[1]!)}`);
  }),
  'a value of another kind': inLine((line) => {
    const typed = /\b(title|minRows|maxRows|number|holder|scope|form|starts|times): (?:\{.*?\}|[^\s,{}]+)/.exec(line);
    return typed === null ? undefined : line.replace(typed[0], `${typed[1]}: [[1]]`);
  }),
  'a date that is none': inLine((line) =>
    /\d{4}-\d{2}-\d{2}/.test(line) ? line.replace(/(\d{4})-\d{2}-(\d{2})/, '$1-13-$2') : undefined,
  ),
  'an indent too many': inLine((line) => (/^\s+[a-z-]+:/i.test(line) ? ` ${line}` : undefined)),
  'an indent too few': inLine((line) => (/^\s+[a-z-]+:/i.test(line) ? line.slice(1) : undefined)),
};

const depthOf = (line: string): number => /^\s*/.exec(line)![0].length;

/** Numbers of the lines, counted from 1, of what a line belongs to: the key above it, and the item of a list that it is in. */
export function parentsOf(lines: readonly string[], at: number): readonly number[] {
  const parents: number[] = [];
  let depth = depthOf(lines[at]!);
  for (let index = at - 1; index >= 0 && parents.length < 2; index -= 1) {
    const line = lines[index]!;
    if (line.trim() === '' || line.trim().startsWith('#') || depthOf(line) >= depth) continue;
    parents.push(index + 1);
    // An item of a list is not yet the key that it is under.
    if (!line.trim().startsWith('- ')) break;
    depth = depthOf(line);
  }
  return parents;
}
