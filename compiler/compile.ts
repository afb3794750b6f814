/** A definition's text in; every issue it has, or its plan, out. Pure: the same text, calendars and start give the same plan on any machine. */
import { parseCalendars } from './calendar.ts';
import { checkAdjustments } from './check-adjustments.ts';
import { checkAssigned } from './check-assigned.ts';
import { checkCases } from './check-cases.ts';
import { checkBulletins, checkIssues } from './bulletins.ts';
import { checkCycles } from './check-cycles.ts';
import { checkFacts } from './check-facts.ts';
import { checkForms } from './check-forms.ts';
import type { Checking } from './checking.ts';
import { checkLadders } from './check-ladders.ts';
import { checkMessages, checkTitles } from './check-messages.ts';
import { checkMeaning } from './check-meaning.ts';
import { checkRoles } from './check-roles.ts';
import { checkRows } from './check-rows.ts';
import { checkEquals } from './check-equals.ts';
import { checkIndicators } from './check-indicators.ts';
import { checkRungsSpeak } from './check-rungs.ts';
import { checkTargets } from './check-targets.ts';
import { checkTasks } from './check-tasks.ts';
import { checkFixedDues, checkHours } from './check-times.ts';
import { checkUse } from './check-use.ts';
import { checkVacant } from './check-vacant.ts';
import { checkWindows } from './check-windows.ts';
import { ISSUE_CODES, type IssueCode } from './codes.ts';
import { checkDates } from './dates.ts';
import { type Compiled, emit } from './emit.ts';
import { collectNames, gather } from './gather.ts';
import { type Issue, type Report, sortIssues, wordsOf } from './issue.ts';
import { ContentFile, MainFile } from './language.ts';
import { checkJoining } from './joining.ts';
import { layOver } from './overlay.ts';
import { fillParameters, type Settings } from './parameters.ts';
import { createPlaces, type Places } from './places.ts';
import { checkRepeats } from './repeats.ts';
import { validate } from './validate.ts';
import { parseSource, type SourceFile } from './yaml-source.ts';
import { SAY } from './messages.ts';
import type { Words } from './said.ts';

export interface DefinitionInput {
  /** The main file first, then the files it lists, in any order. */
  readonly files: readonly SourceFile[];
  readonly calendars: readonly SourceFile[];
  /** Of a definition that names a base: the base's files, its main file first. Left out when there is none to be read. */
  readonly base?: readonly SourceFile[];
  /** Values for the definition's parameters, as text. */
  readonly set?: Settings;
  /** 'YYYY-MM-DD': the day the first phase shall start on. All dates of the campaign move with it by whole days. */
  readonly starts?: string;
}

export type Compilation = (Compiled & { readonly warnings: readonly Issue[] }) | { readonly issues: readonly Issue[] };

/** Nobody reads more, and a text made for it has a hundred thousand. */
const MAX_ISSUES = 1000;

export function compileDefinition(input: DefinitionInput): Compilation {
  const { files, base = [], calendars } = input;
  const found: Issue[] = [];
  let isSound = true;
  const report: Report = (code, place, words, related = []) => {
    const { severity } = ISSUE_CODES[code];
    if (severity === 'error') isSound = false;
    if (found.length < MAX_ISSUES)
      found.push({ ...place, ...wordsOf(words), code, severity, ...(related.length > 0 && { related }) });
  };
  const places = createPlaces();
  const compiled = compileFiles(input, { places, report, isSound: () => isSound });
  const issues = sortIssues(
    withoutConsequences(found),
    [...files, ...base, ...calendars].map(({ path }) => path),
  );
  return compiled === undefined ? { issues } : { ...compiled, warnings: issues };
}

/** What cannot be read is told as such: whatever else is found at the same place comes of that. */
const UNREAD: readonly IssueCode[] = [
  'YAML_FEATURE_REFUSED',
  'PUNCTUATION',
  'UNKNOWN_PARAMETER',
  'PARAMETER_MISFIT',
  'PARAMETER_MISPLACED',
];

function withoutConsequences(issues: readonly Issue[]): readonly Issue[] {
  const at = ({ file, line, column }: Issue): string => `${file}:${line}:${column}`;
  const unread = new Set(issues.filter(({ code }) => UNREAD.includes(code)).map(at));
  return issues.filter((issue) => UNREAD.includes(issue.code) || !unread.has(at(issue)));
}

interface Bench {
  readonly places: Places;
  readonly report: Report;
  readonly isSound: () => boolean;
}

function compileFiles(input: DefinitionInput, { places, report, isSound }: Bench): Compiled | undefined {
  const { files, base = [], calendars, starts, set = {} } = input;
  if (!checkSizes([...files, ...base], report)) return undefined;
  const roots = [...files, ...base].map((file) => parseSource(file, { places, report }));
  // A file that cannot be read leaves names unknown that it may define: nothing more can be said that would be sure to be true.
  if (files.length === 0 || roots.includes(undefined)) return undefined;
  const known = roots as object[];
  const sides: Sides = { files, base, roots: known.slice(0, files.length), baseRoots: known.slice(files.length) };
  if (!checkBase(sides, { places, report })) return undefined;
  const unused = fillParameters({ files: sides.roots, base: sides.baseRoots, settings: set }, { places, report });
  const whole = joinBase(sides, { places, report });
  const { files: listed = [] } = whole[0] as { files?: unknown };
  const names = collectNames(whole, places);
  const patched = new WeakSet<object>();
  const stray = new Set<string>();
  whole.forEach((root, index) => validate(index === 0 ? MainFile : ContentFile, root, { places, report, patched, stray }));
  const isWellFormed = isSound();
  // A list of files that is none leaves them unread, as one that cannot be read itself does.
  if (!Array.isArray(listed)) return undefined;
  checkFiles(whole[0] as Partial<MainFile>, { files, places, report });
  const definition = gather(whole as ContentFile[], { names, places, report });
  const { phases, tasks } = definition;
  if (tasks.length > MAX_TASKS) {
    report('OUT_OF_RANGE', places.of(phases[0]!), SAY.OUT_OF_RANGE.tasks({ count: tasks.length, most: MAX_TASKS }));
    return undefined;
  }
  const checking: Checking = { definition, places, report, patched, stray };
  const read = new Set<string>();
  checkHours(checking);
  checkRoles(checking);
  checkAdjustments(checking);
  checkLadders(checking);
  checkFacts(checking);
  checkForms(checking);
  checkTasks(checking, read);
  checkJoining(checking, read);
  checkCases(checking);
  checkAssigned(checking);
  checkRows(checking);
  checkTargets(checking, read);
  checkIndicators(checking, read);
  checkEquals(checking);
  checkBulletins(checking);
  checkMessages(checking);
  checkTitles(checking);
  checkCycles(checking);
  if (isWellFormed && isSound()) checkVacant(checking);
  // Whether something is used can be told only when nothing had to be taken out.
  if (isWellFormed) checkUse(checking, { read, warn: isSound() });
  if (isWellFormed && isSound()) warnOfUnusedParameters(unused, report);
  if (isWellFormed && isSound()) checkMeaning(checking);
  const dating = checkDates(checking, { calendars: parseCalendars(calendars, { places, report }), starts });
  if (dating !== undefined) checkFixedDues(checking, dating);
  if (dating !== undefined) checkRepeats(checking, dating);
  if (dating !== undefined) checkIssues(checking, dating);
  if (isWellFormed && isSound() && dating !== undefined) {
    checkWindows(checking, dating);
    checkRungsSpeak(checking, dating);
  }
  return isSound() && dating !== undefined ? emit(definition, dating) : undefined;
}

interface Sides {
  readonly files: readonly SourceFile[];
  readonly base: readonly SourceFile[];
  /** What they hold, in the same order. */
  readonly roots: readonly object[];
  readonly baseRoots: readonly object[];
}

/** Without its base most of a definition is missing: nothing more is said then. */
function checkBase({ roots, baseRoots }: Sides, { places, report }: Omit<Bench, 'isSound'>): boolean {
  const { base } = roots[0] as { base?: unknown };
  if (base === undefined) return true;
  const named: Words =
    typeof base === 'string'
      ? { en: `'${base.slice(0, 80)}'`, zh: `方案“${base.slice(0, 80)}”` }
      : { en: 'that is called so', zh: '叫这个名字的方案' };
  if (baseRoots.length === 0) {
    report('BASE_MISSING', places.of(roots[0]!, 'base'), SAY.BASE_MISSING.main({ base: named }));
    return false;
  }
  if (!Object.hasOwn(baseRoots[0]!, 'base')) return true;
  report('BASE_NESTED', places.of(roots[0]!, 'base'), SAY.BASE_NESTED.main({ base: named }));
  return false;
}

/** The files of the whole, the main one first. A base lists its own files. */
function joinBase({ base, roots, baseRoots }: Sides, { places, report }: Omit<Bench, 'isSound'>): readonly object[] {
  const [baseMain] = baseRoots;
  if (baseMain === undefined) return roots;
  validate(ListOfFiles, baseMain, { places, report, patched: new WeakSet() });
  checkFiles(baseMain, { files: base, places, report });
  return layOver(roots, baseRoots, { places, report });
}

const ListOfFiles = MainFile.pick({ files: true }).loose();

function warnOfUnusedParameters(unused: ReturnType<typeof fillParameters>, report: Report): void {
  for (const { name, place } of unused) report('UNUSED', place, SAY.UNUSED.main({ kind: 'parameter', id: name }));
}

/** Of all files of a definition together, in UTF-8 bytes; what one file may have is lower. */
const MAX_TOTAL_BYTES = 4_000_000;

function checkSizes(files: readonly SourceFile[], report: Report): boolean {
  let total = 0;
  for (const { path, text } of files) {
    total += Buffer.byteLength(text);
    if (total <= MAX_TOTAL_BYTES) continue;
    report(
      'FILE_TOO_LARGE',
      { file: path, line: 1, column: 1 },
      SAY.FILE_TOO_LARGE.total({ bytes: total, most: MAX_TOTAL_BYTES }),
    );
    return false;
  }
  return true;
}

/** Checks compare tasks with each other; a campaign has tens of them. */
const MAX_TASKS = 1000;

/** The main file lists the others; each is given. */
function checkFiles(
  main: Partial<MainFile>,
  { files, places, report }: { files: readonly SourceFile[]; places: Places; report: Report },
): void {
  const [first, ...others] = files;
  const folder = first!.path.replace(/[^/\\]*$/, '');
  const listed = main.files ?? [];
  listed.forEach((name, index) => {
    if (first!.path === folder + name) report('FILE_MISSING', places.of(listed, index), SAY.FILE_MISSING.itself({ name }));
    else if (!others.some(({ path }) => path === folder + name))
      report('FILE_MISSING', places.of(listed, index), SAY.FILE_MISSING.main({ name }));
  });
  for (const { path } of others) {
    if (!listed.some((name) => path === folder + name))
      report('FILE_NOT_LISTED', { file: path, line: 1, column: 1 }, SAY.FILE_NOT_LISTED.main({ path, main: first!.path }));
  }
}
