/** A definition's text in; every issue it has, or its plan, out. Pure: the same text, calendars and start give the same plan on any machine. */
import { parseCalendars } from './calendar.ts';
import { checkCycles } from './check-cycles.ts';
import { checkFacts } from './check-facts.ts';
import { checkForms } from './check-forms.ts';
import type { Checking } from './checking.ts';
import { checkLadders, checkRoles } from './check-roles.ts';
import { checkRows } from './check-rows.ts';
import { checkTargets } from './check-targets.ts';
import { checkTasks } from './check-tasks.ts';
import { checkUse } from './check-use.ts';
import { ISSUE_CODES } from './codes.ts';
import { checkDates } from './dates.ts';
import { type Compiled, emit } from './emit.ts';
import { collectNames, gather } from './gather.ts';
import { type Issue, type Report, sortIssues } from './issue.ts';
import { ContentFile, MainFile } from './language.ts';
import { createPlaces, type Places } from './places.ts';
import { validate } from './validate.ts';
import { parseSource, type SourceFile } from './yaml-source.ts';

export interface DefinitionInput {
  /** The main file first, then the files it lists, in any order. */
  readonly files: readonly SourceFile[];
  readonly calendars: readonly SourceFile[];
  /** 'YYYY-MM-DD': the day the first phase shall start on. All dates of the campaign move with it by whole days. */
  readonly starts?: string;
}

export type Compilation = (Compiled & { readonly warnings: readonly Issue[] }) | { readonly issues: readonly Issue[] };

/** Nobody reads more, and a text made for it has a hundred thousand. */
const MAX_ISSUES = 1000;

export function compileDefinition({ files, calendars, starts }: DefinitionInput): Compilation {
  const found: Issue[] = [];
  let isSound = true;
  const report: Report = (code, place, words) => {
    const { severity } = ISSUE_CODES[code];
    if (severity === 'error') isSound = false;
    if (found.length < MAX_ISSUES) found.push({ ...place, ...words, code, severity });
  };
  const places = createPlaces();
  const compiled = compileFiles({ files, calendars, starts }, { places, report, isSound: () => isSound });
  const issues = sortIssues(
    withoutConsequences(found),
    [...files, ...calendars].map(({ path }) => path),
  );
  return compiled === undefined ? { issues } : { ...compiled, warnings: issues };
}

/** What stands where YAML's own features are refused has not been read, so nothing else is known about it. */
function withoutConsequences(issues: readonly Issue[]): readonly Issue[] {
  const at = ({ file, line, column }: Issue): string => `${file}:${line}:${column}`;
  const refused = new Set(issues.filter(({ code }) => code === 'YAML_FEATURE_REFUSED').map(at));
  return issues.filter((issue) => issue.code === 'YAML_FEATURE_REFUSED' || !refused.has(at(issue)));
}

interface Bench {
  readonly places: Places;
  readonly report: Report;
  readonly isSound: () => boolean;
}

function compileFiles(
  { files, calendars, starts }: { files: readonly SourceFile[]; calendars: readonly SourceFile[]; starts: string | undefined },
  { places, report, isSound }: Bench,
): Compiled | undefined {
  if (!checkSizes(files, report)) return undefined;
  const roots = files.map((file) => parseSource(file, { places, report }));
  // A file that cannot be read leaves names unknown that it may define: nothing more can be said that would be sure to be true.
  if (roots.length === 0 || roots.includes(undefined)) return undefined;
  const known = roots as object[];
  const names = collectNames(known);
  const patched = new WeakSet<object>();
  known.forEach((root, index) => validate(index === 0 ? MainFile : ContentFile, root, { places, report, patched }));
  const isWellFormed = isSound();
  checkFiles(known[0] as Partial<MainFile>, { files, places, report });
  const definition = gather(known as ContentFile[], { names, places, report });
  const { phases, tasks } = definition;
  if (tasks.length > MAX_TASKS) {
    report('OUT_OF_RANGE', places.of(phases[0]!), {
      message: `the definition has ${tasks.length} tasks`,
      hint: `at most ${MAX_TASKS}`,
    });
    return undefined;
  }
  const checking: Checking = { definition, places, report, patched };
  const read = new Set<string>();
  checkRoles(checking);
  checkLadders(checking);
  checkFacts(checking);
  checkForms(checking);
  checkTasks(checking, read);
  checkRows(checking);
  checkTargets(checking, read);
  checkCycles(checking);
  // Whether something is used can be told only when nothing had to be taken out.
  if (isWellFormed) checkUse(checking, { read, warn: isSound() });
  const dating = checkDates(checking, { calendars: parseCalendars(calendars, { places, report }), starts });
  return isSound() && dating !== undefined ? emit(definition, dating) : undefined;
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
      { message: `with this file the definition has ${total} bytes`, hint: `a definition may have ${MAX_TOTAL_BYTES}` },
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
    if (!others.some(({ path }) => path === folder + name))
      report('FILE_MISSING', places.of(listed, index), {
        message: `there is no file '${name}'`,
        hint: 'add the file beside this one, or take its name off the list',
      });
  });
  for (const { path } of others) {
    if (!listed.some((name) => path === folder + name))
      report(
        'FILE_NOT_LISTED',
        { file: path, line: 1, column: 1 },
        { message: `'${path}' was not read`, hint: `list it under \`files\` in ${first!.path}` },
      );
  }
}
