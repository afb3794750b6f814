/**
 * Parameters: values that the main file names once, put wherever `${name}` stands before anything else is checked. What comes of it is checked as if
 * its author had written it there, and its issues stand at the scalar.
 */
import type { Place, Report } from './issue.ts';
import { ParameterName, ParameterValue } from './words.ts';
import type { Places } from './places.ts';
import { suggest } from './checking.ts';
import { SAY } from './messages.ts';
import type { Words } from './said.ts';

/** Values for parameters given from outside, as text: of `--set year=2027`, `{ year: '2027' }`. */
export type Settings = Readonly<Record<string, string>>;

export interface ParameterSources {
  /** The main file first. */
  readonly files: readonly object[];
  /** The same of the base, whose values the definition's own take the place of. */
  readonly base: readonly object[];
  readonly settings: Settings;
}

interface Parameter {
  /** Undefined when what is declared is no value: its own issue says so, and what uses it is left as it stands. */
  readonly value: ParameterValue | undefined;
  readonly container: object;
}

/** More are a text made to fill memory: each use may be a hundred times as long as it is written. */
const MAX_USES = 10_000;
/** What a main file says of itself is read before parameters are known. */
const PLAIN_KEYS: ReadonlySet<string> = new Set(['shigeyi', 'files', 'base', 'parameters']);
/** `$${name}` stands for the characters themselves. */
const MARK = /\$(\$?)\{([^{}]*)\}/g;
const USE = /^([a-z][A-Za-z0-9]*(?:-[a-z][A-Za-z0-9]*)*)(?:([+-])(\d{1,6}))?$/;

/** Puts the values in, in place. Returns the parameters that nothing uses, with the place of each. */
export function fillParameters(
  { files, base, settings }: ParameterSources,
  { places, report }: { places: Places; report: Report },
): readonly { readonly name: string; readonly place: Place }[] {
  const parameters = new Map<string, Parameter>();
  for (const main of [base[0], files[0]]) if (main !== undefined) declare(parameters, main);
  applySettings(parameters, settings, { main: files[0]!, places, report });
  const filling: Filling = { parameters, used: new Set(), places, report, uses: 0 };
  const mains: readonly unknown[] = [base[0], files[0]];
  for (const root of [...base, ...files]) fill(root, filling, mains.includes(root));
  return [...parameters]
    .filter(([name]) => !filling.used.has(name))
    .map(([name, { container }]) => ({ name, place: places.ofKey(container, name) }));
}

function declare(parameters: Map<string, Parameter>, main: object): void {
  const { parameters: declared } = main as { parameters?: unknown };
  if (typeof declared !== 'object' || declared === null || Array.isArray(declared)) return;
  for (const [name, value] of Object.entries(declared)) {
    if (!ParameterName.safeParse(name).success) continue;
    const read = ParameterValue.safeParse(value);
    const isPlain = read.success && !(typeof read.data === 'string' && read.data.includes('${'));
    parameters.set(name, { value: isPlain ? read.data : undefined, container: declared });
  }
}

function applySettings(
  parameters: Map<string, Parameter>,
  settings: Settings,
  { main, places, report }: { main: object; places: Places; report: Report },
): void {
  for (const [name, text] of Object.entries(settings)) {
    const known = parameters.get(name);
    if (known === undefined) {
      report(
        'UNKNOWN_PARAMETER',
        places.of(main, 'parameters'),
        SAY.UNKNOWN_PARAMETER.setting({ name, near: suggestParameter(name, parameters) }),
      );
      continue;
    }
    const value = readSetting(text, known.value);
    if (value === undefined) {
      report(
        'PARAMETER_MISFIT',
        places.ofKey(known.container, name),
        SAY.PARAMETER_MISFIT.setting({ name, text: text.slice(0, 80), kind: KINDS[typeof known.value as keyof typeof KINDS] }),
      );
    } else parameters.set(name, { ...known, value });
  }
}

const KINDS: Readonly<Record<'string' | 'number' | 'boolean' | 'undefined', Words>> = {
  string: { en: 'a text', zh: '文字' },
  number: { en: 'a number', zh: '数值' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  undefined: { en: 'no value', zh: '没有值' },
};

/** A setting is of the kind that is declared: the definition around it was written for that. */
function readSetting(text: string, declared: ParameterValue | undefined): ParameterValue | undefined {
  const value =
    typeof declared === 'number' && /^-?\d+(\.\d+)?$/.test(text)
      ? Number(text)
      : typeof declared === 'boolean' && /^(true|false)$/.test(text)
        ? text === 'true'
        : text;
  return typeof value === typeof declared && ParameterValue.safeParse(value).success ? value : undefined;
}

interface Filling {
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly used: Set<string>;
  readonly places: Places;
  readonly report: Report;
  uses: number;
}

/** Depth is bounded when the text is read, so recursion is too. What stands where nothing can be put in is reported and taken out. */
function fill(container: object, filling: Filling, isMain = false): void {
  const { places, report } = filling;
  const misplaced = new Set<string | number>();
  for (const [key, value] of Object.entries(container)) {
    const member = Array.isArray(container) ? Number(key) : key;
    const isPlain = isMain && PLAIN_KEYS.has(key);
    if (!Array.isArray(container) && hasMark(key)) {
      misplaced.add(key);
      report('PARAMETER_MISPLACED', places.ofKey(container, key), SAY.PARAMETER_MISPLACED.key({ key: key.slice(0, 80) }));
    } else if (isPlain) refusePlain(value, container, { key, filling });
    else if (typeof value === 'string') {
      if (hasMark(value)) (container as Record<string, unknown>)[key] = replace(value, filling, places.of(container, member));
    } else if (typeof value === 'object' && value !== null) fill(value, filling);
  }
  takeOut(container, misplaced, places);
}

const hasMark = (text: string): boolean => text.includes('${');

/** Of `files`, `base` and the parameters themselves: what they hold, one level down. */
function refusePlain(value: unknown, container: object, { key, filling }: { key: string; filling: Filling }): void {
  const { places, report } = filling;
  const refuse = (holder: object, member: string | number): void =>
    report('PARAMETER_MISPLACED', places.of(holder, member), SAY.PARAMETER_MISPLACED.early({ key }));
  if (typeof value === 'string' && hasMark(value)) {
    refuse(container, key);
    takeOut(container, new Set([key]), places);
  }
  if (typeof value !== 'object' || value === null) return;
  const marked = Object.entries(value).flatMap(([member, one]) => (typeof one === 'string' && hasMark(one) ? [member] : []));
  const members = new Set(marked.map((member) => (Array.isArray(value) ? Number(member) : member)));
  for (const member of members) refuse(value, member);
  takeOut(value, members, places);
}

function takeOut(container: object, members: ReadonlySet<string | number>, places: Places): void {
  if (members.size === 0) return;
  if (Array.isArray(container)) places.removeItems(container, members as ReadonlySet<number>);
  else for (const member of members) delete (container as Record<string | number, unknown>)[member];
}

/** A scalar that is nothing but a parameter takes its value as it is, a number as a number; inside a text it becomes part of the text. */
function replace(text: string, filling: Filling, place: Place): unknown {
  const marks = [...text.matchAll(MARK)];
  filling.uses += marks.length;
  if (filling.uses > MAX_USES) {
    if (filling.uses - marks.length <= MAX_USES) filling.report('OUT_OF_RANGE', place, SAY.OUT_OF_RANGE.uses({ most: MAX_USES }));
    return text;
  }
  const [whole] = marks;
  if (whole !== undefined && whole[0] === text && whole[1] === '') return valueOf(whole[2]!, filling, place) ?? text;
  return text.replaceAll(MARK, (mark, literal: string, use: string) =>
    literal === '' ? String(valueOf(use, filling, place) ?? mark) : mark.slice(1),
  );
}

const HOW_TO_USE: Words = {
  en: 'write ${name}, or ${name+1} and ${name-1} of a whole number; the characters themselves are written $${…}',
  zh: '写作 ${name}，整数还可写 ${name+1}、${name-1}；这些字符本身写作 $${…}',
};

function valueOf(use: string, { parameters, used, report }: Filling, place: Place): ParameterValue | undefined {
  const [, name, sign, amount] = USE.exec(use) ?? [];
  const known = parameters.get(name ?? '');
  if (name === undefined || known === undefined) {
    const near = name === undefined ? HOW_TO_USE : suggestParameter(name, parameters);
    report('UNKNOWN_PARAMETER', place, SAY.UNKNOWN_PARAMETER.use({ use: use.slice(0, 80), near }));
    return undefined;
  }
  used.add(name);
  const { value } = known;
  if (sign === undefined || value === undefined) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value + Number(`${sign}${amount}`);
  report('PARAMETER_MISFIT', place, SAY.PARAMETER_MISFIT.sum({ name, value: String(value), adds: sign === '+' }));
  return undefined;
}

function suggestParameter(name: string, parameters: ReadonlyMap<string, Parameter>): Words {
  const known = [...parameters.keys()];
  return known.length === 0
    ? { en: 'declare it under `parameters` in the main file', zh: '在主文件的 `parameters` 中写明' }
    : suggest(name, known);
}
