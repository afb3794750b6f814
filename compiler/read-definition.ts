/** Gathers the files of a definition from a folder. The only place of this room that touches the file system. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { DefinitionInput } from './compile.ts';
import { MainFile } from './language.ts';
import { createPlaces } from './places.ts';
import { decodeSource } from './source-bytes.ts';
import { parseSource, type SourceFile } from './yaml-source.ts';

/** Larger files are not read at all. The compiler's own limit is lower, and what is said of them is the same. */
const MAX_READ_BYTES = 4_000_000;
const MAX_FILES = 50;
const MAX_CALENDARS = 50;
const MAX_SCENARIOS = 500;
const MAIN_FILE = 'definition.yaml';

/**
 * What `compileDefinition` needs. `path` is a definition's folder (its main file is definition.yaml) or its main file; calendars are read from
 * `calendars` beside the definition's folder unless another folder is given. Files that are listed and missing are left out, and so is a base that is not
 * there: the compiler reports them.
 */
export function readDefinition(path: string, { calendars }: { calendars?: string } = {}): DefinitionInput {
  const main = mainFileOf(path);
  const mainFile = read(main);
  const base = readBase(main, mainFile.text);
  return {
    files: [mainFile, ...listedFiles(main, mainFile.text).map(read)],
    calendars: readCalendars(calendars ?? join(dirname(main), '..', 'calendars')),
    ...(base === undefined ? {} : { base }),
  };
}

const mainFileOf = (path: string): string => (statSync(path).isDirectory() ? join(path, MAIN_FILE) : path);

/**
 * The files of the base. They must lie within the folder that holds this definition's own, wherever links lead: a definition that came from elsewhere
 * must not show in its issues what else is on the machine.
 */
function readBase(main: string, text: string): readonly SourceFile[] | undefined {
  const { base } = headOf(text);
  if (typeof base !== 'string' || !MainFile.shape.base.safeParse(base).success) return undefined;
  const around = realpathSync(join(dirname(main), '..'));
  const baseMain = join(dirname(main), base, MAIN_FILE);
  if (!isWithin(around, baseMain)) return undefined;
  const baseFile = read(baseMain);
  return [baseFile, ...listedFiles(baseMain, baseFile.text).flatMap((file) => (isWithin(around, file) ? [read(file)] : []))];
}

/** Whether there is such a file, and it really lies there. */
function isWithin(folder: string, file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const way = relative(folder, realpathSync(file));
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}

/** The scenarios beside a definition (*.test.yaml), by name. */
export function readScenarioFiles(path: string): readonly SourceFile[] {
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  const names = readdirSync(folder).filter((name) => name.endsWith('.test.yaml'));
  return readFirst(
    names.sort().map((name) => join(folder, name)),
    MAX_SCENARIOS,
  );
}

function read(path: string): SourceFile {
  const { size } = statSync(path);
  if (size > MAX_READ_BYTES) return { path, text: '', unread: { why: 'size', bytes: size } };
  return decodeSource(path, readFileSync(path));
}

/** The first `most` are read; of the others it is told that they are not. */
function readFirst(paths: readonly string[], most: number): readonly SourceFile[] {
  const count = paths.length;
  return paths.map((path, index) => (index < most ? read(path) : { path, text: '', unread: { why: 'number', count, most } }));
}

/** Plain names only: a definition never reaches outside its own folder. */
function listedFiles(main: string, text: string): readonly string[] {
  const { files } = headOf(text);
  if (!Array.isArray(files)) return [];
  return files
    .filter((name): name is string => typeof name === 'string' && name === basename(name) && name !== basename(main))
    .slice(0, MAX_FILES)
    .map((name) => join(dirname(main), name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

function headOf(text: string): { readonly files?: unknown; readonly base?: unknown } {
  return parseSource({ path: MAIN_FILE, text }, { places: createPlaces(), report: () => undefined }) ?? {};
}

/** Every calendar of a folder; none where there is no such folder. */
export function readCalendars(folder: string): readonly SourceFile[] {
  const names = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(folder) : [];
  const calendars = names.filter((name) => name.endsWith('.yaml')).sort();
  return readFirst(
    calendars.map((name) => join(folder, name)),
    MAX_CALENDARS,
  );
}
