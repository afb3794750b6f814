/**
 * What a form filled in for a simulated person comes to, without its words: the facts and rows that `fillChecked` would find with the same chance, at
 * a fraction of the time. Texts and papers are what most of a form consists of, and no rule ever reads them. Only forms of which everything is known
 * here are filled in this way; test/forms/fill-facts.test.ts compares both.
 */
import type { RowFacts } from '../model/command.ts';
import { comparedBy, evaluate, factsReadBy, figuresReadBy } from '../model/condition.ts';
import type { Cell, FormRule, FormSpec, Table } from '../model/form.ts';
import type { Condition, Facts, FactValue } from '../model/plan.ts';
import { type Answer, isBlank } from './answers.ts';
import { cellsOf, tablesOf } from './fields.ts';
import { type FillContext, fillCell } from './fill-cell.ts';
import { FORM_LIMITS } from './limits.ts';
import type { Random } from './random.ts';
import { type CellScope, factOf, readCell } from './read-cell.ts';

export interface FilledFacts {
  readonly facts: Facts;
  readonly rows: readonly RowFacts[];
  /** To the fields that were to be kept. */
  readonly answers: Readonly<Record<string, Answer>>;
}

/**
 * Undefined when this form has to be filled in whole: it has something this file does not know, an answer breaks a rule, or it cannot be filled in at
 * all. `keep`: fields, not of a table, whose answers are wanted too.
 */
export function fillFacts(
  form: FormSpec,
  context: FillContext,
  random: Random,
  keep: ReadonlySet<string> = NOTHING,
): FilledFacts | undefined {
  const outline = outlineOf(form);
  if (!outline.isKnown) return undefined;
  const page = new Page(outline.cells, { context, random, around: undefined, keep });
  if (!page.readAll()) return undefined;
  const rows: RowFacts[] = [];
  const filled: (readonly [OutlinedTable, Page])[] = [];
  for (const table of outline.tables)
    if (page.asks(table.when) && !fillRows(table, { page, context, random, rows, filled })) return undefined;
  const keeps =
    outline.rules.every((rule) => page.keeps(rule)) && filled.every(([{ asked }, row]) => asked.every((rule) => row.keeps(rule)));
  return keeps ? { facts: factsOn(page, outline.cells), rows, answers: page.answers } : undefined;
}

const NOTHING: ReadonlySet<string> = new Set();

interface Outline {
  readonly isKnown: boolean;
  readonly cells: readonly OutlinedCell[];
  readonly tables: readonly OutlinedTable[];
  readonly rules: readonly OutlinedRule[];
}

interface OutlinedRule {
  readonly must: Condition;
  readonly reads: readonly string[];
  /** Without one of these there is nothing to judge. */
  readonly compares: readonly string[];
}

interface OutlinedCell {
  readonly cell: Cell;
  /** Nobody asks for its answer, and answering takes no chance. */
  readonly isWords: boolean;
  readonly reads: readonly string[];
}

type OutlinedTable = Omit<Table, 'columns' | 'rules'> & {
  readonly columns: readonly OutlinedCell[];
  readonly asked: readonly OutlinedRule[];
};

/** A form never changes. */
const outlines = new WeakMap<FormSpec, Outline>();

function outlineOf(form: FormSpec): Outline {
  const known = outlines.get(form);
  if (known !== undefined) return known;
  const [cells, tables] = [cellsOf(form), tablesOf(form)];
  const all = [...cells, ...tables.flatMap(({ columns }) => columns)];
  const asked = new Set([
    ...[...all, ...tables].flatMap(({ when }) => (when === undefined ? [] : factsReadBy(when))),
    ...all.flatMap(({ union }) => (typeof union === 'object' ? [union.not] : [])),
    ...[form, ...tables].flatMap(({ rules = [] }) => rules.flatMap(({ must }) => factsReadBy(must))),
  ]);
  const outline = (cell: Cell): OutlinedCell => ({
    cell,
    isWords: cell.fact === undefined && !asked.has(cell.id) && (WORDS.has(cell.type) || cell.from !== undefined),
    reads: cell.when === undefined ? [] : factsReadBy(cell.when),
  });
  const made: Outline = {
    isKnown:
      isPlain(form) && all.every((cell) => isPlainCell(cell) && isPlainSource(outline(cell))) && tables.every(isPlainTable),
    cells: cells.map(outline),
    tables: tables.map((table) => ({ ...table, columns: table.columns.map(outline), asked: outlineRules(table.rules) })),
    rules: outlineRules(form.rules),
  };
  outlines.set(form, made);
  return made;
}

const outlineRules = (rules: readonly FormRule[] = []): readonly OutlinedRule[] =>
  rules.map(({ must }) => ({
    must,
    reads: factsReadBy(must),
    compares: comparedBy(must).filter((part) => typeof part === 'string'),
  }));

/** Answered without chance, and never a fact. */
const WORDS: ReadonlySet<string> = new Set(['text', 'long-text', 'evidence', 'photo', 'file']);

const FORM_KEYS: ReadonlySet<string> = new Set(['id', 'title', 'fields', 'note', 'rules']);
const CELL_KEYS: ReadonlySet<string> = new Set([
  'id',
  'title',
  'type',
  'required',
  'privacy',
  'choices',
  'freeText',
  'min',
  'max',
  'atLeast',
  'atMost',
  'dates',
  'role',
  'union',
  'from',
  'correctable',
  'fact',
  'when',
]);
const TABLE_KEYS: ReadonlySet<string> = new Set([
  'id',
  'title',
  'type',
  'columns',
  'minRows',
  'maxRows',
  'fixedRows',
  'when',
  'rowDue',
  'rowHolder',
  'rowUnion',
  'rowTitle',
  'rules',
]);
const CELL_TYPES: ReadonlySet<string> = new Set([
  'text',
  'long-text',
  'integer',
  'number',
  'money',
  'date',
  'year-month',
  'choice',
  'choices',
  'yes-no',
  'phone',
  'id-number',
  'person',
  'union',
  'evidence',
  'photo',
  'file',
]);

const hasOnly = (value: object, keys: ReadonlySet<string>): boolean => Object.keys(value).every((key) => keys.has(key));
const isPlain = (form: FormSpec): boolean => hasOnly(form, FORM_KEYS) && arePlain(form.rules);
/** What a table comes to is not reckoned here. */
const arePlain = (rules: readonly FormRule[] = []): boolean => rules.every(({ must }) => figuresReadBy(must).length === 0);
const isPlainCell = (cell: Cell): boolean => hasOnly(cell, CELL_KEYS) && CELL_TYPES.has(cell.type) && isPlainCondition(cell.when);

/** What an earlier form gave may be anything, so somebody who asks for it gets the whole form. */
const isPlainSource = ({ cell: { from }, isWords }: OutlinedCell): boolean => typeof from !== 'object' || isWords;

function isPlainCondition(when: Condition | undefined): boolean {
  switch (when?.op) {
    case undefined:
    case 'is':
    case 'compare':
      return true;
    case 'all':
    case 'any':
      return when.of.every(isPlainCondition);
    case 'not':
      return isPlainCondition(when.of);
    default:
      return false;
  }
}

/** Of fixed rows it matters which were left blank, and that is a matter of words too. */
function isPlainTable(table: Table): boolean {
  const tells = table.rowDue !== undefined || table.rowHolder !== undefined || table.rowUnion !== undefined;
  const isLoose = table.fixedRows === undefined || (!tells && table.rules === undefined);
  return hasOnly(table, TABLE_KEYS) && isPlainCondition(table.when) && arePlain(table.rules) && isLoose;
}

interface PageOptions {
  readonly context: FillContext;
  readonly random: Random;
  readonly around: Page | undefined;
  readonly keep?: ReadonlySet<string>;
}

/** As a sheet (forms/sheet.ts): each cell is filled in when somebody first asks for it. A class, since thousands are made in a second. */
class Page implements CellScope {
  readonly context: FillContext;
  readonly find: (field: string) => FactValue;
  readonly #cells: readonly OutlinedCell[];
  readonly #random: Random;
  readonly #around: Page | undefined;
  readonly #keep: ReadonlySet<string>;
  readonly answers: Record<string, Answer> = {};
  /** Undefined: not asked. */
  readonly #facts = new Map<string, FactValue | undefined>();
  #isSound = true;

  constructor(cells: readonly OutlinedCell[], { context, random, around, keep = NOTHING }: PageOptions) {
    this.#cells = cells;
    this.#keep = keep;
    this.context = context;
    this.#random = random;
    this.#around = around;
    this.find = finderOn(this);
  }

  /** False when something that is needed could not be answered. */
  readAll(): boolean {
    for (const outlined of this.#cells) if (!this.#facts.has(outlined.cell.id)) this.#read(outlined);
    return this.#isSound;
  }

  factOf(field: string): FactValue | undefined {
    if (this.#facts.has(field)) return this.#facts.get(field);
    for (const outlined of this.#cells) if (outlined.cell.id === field) return this.#read(outlined);
    return this.#around?.factOf(field);
  }

  asks(when: Condition | undefined, reads: readonly string[] = when === undefined ? [] : factsReadBy(when)): boolean {
    if (when === undefined) return true;
    const facts: Record<string, FactValue> = {};
    for (const field of reads) facts[field] = this.factOf(field) ?? null;
    return evaluate(when, facts);
  }

  /** As a sheet does. */
  keeps({ must, reads, compares }: OutlinedRule): boolean {
    return compares.some((field) => this.find(field) === null) || this.asks(must, reads);
  }

  #read({ cell, isWords, reads }: OutlinedCell): FactValue | undefined {
    // Until it is read it counts as unasked, which ends a circle of conditions.
    this.#facts.set(cell.id, undefined);
    if (!this.asks(cell.when, reads)) return undefined;
    const fact = this.#keep.has(cell.id) ? this.#answer(cell) : isWords ? null : this.#fill(cell);
    this.#facts.set(cell.id, fact);
    return fact;
  }

  /** Read as the form's own check reads it, since somebody will. */
  #answer(cell: Cell): FactValue {
    const { context, find } = this;
    const given = cell.from === undefined ? fillCell(cell, { context, find, random: this.#random }) : undefined;
    const reading = readCell(cell, given, this);
    if ('answer' in reading) {
      this.answers[cell.id] = reading.answer;
      return factOf(cell, reading.answer, this);
    }
    this.#isSound = false;
    return null;
  }

  #fill(cell: Cell): FactValue {
    if (typeof cell.from === 'string') {
      const kept = Object.hasOwn(this.context.prefill, cell.from) ? (this.context.prefill[cell.from] ?? null) : null;
      return factOf(cell, kept, this);
    }
    const answer = fillCell(cell, { context: this.context, find: this.find, random: this.#random });
    if (answer === undefined || isBlank(answer)) {
      if (cell.required) this.#isSound = false;
      return null;
    }
    return factOf(cell, answer, this);
  }
}

/** Not an arrow in the class: what has a name costs time each time it is made. */
function finderOn(page: Page): (field: string) => FactValue {
  return (field) => page.factOf(field) ?? null;
}

/** Several fields may give one fact, each asked under another condition; the one that was answered gives it. */
function factsOn(page: Page, cells: readonly OutlinedCell[]): Facts {
  const facts: Record<string, FactValue> = {};
  for (const { cell } of cells) {
    if (cell.fact === undefined) continue;
    facts[cell.fact] = page.factOf(cell.id) ?? facts[cell.fact] ?? null;
  }
  return facts;
}

interface FillingRows extends Omit<PageOptions, 'around' | 'keep'> {
  readonly page: Page;
  readonly rows: RowFacts[];
  /** Of tables with rules. */
  readonly filled: (readonly [OutlinedTable, Page])[];
}

/** As many rows as `fillChecked` makes. */
function fillRows(table: OutlinedTable, { page: around, context, random, rows, filled }: FillingRows): boolean {
  const { id, minRows, maxRows, fixedRows, columns } = table;
  const most = Math.min(maxRows, FORM_LIMITS.rows, minRows + 2);
  const count = fixedRows?.length ?? minRows + Math.floor(random() * (most - minRows + 1));
  for (let row = 1; row <= count; row += 1) {
    const page = new Page(columns, { context, random, around });
    if (!page.readAll()) return false;
    if (table.asked.length > 0) filled.push([table, page]);
    if (fixedRows === undefined) rows.push({ table: id, row, ...destination(table, page) });
  }
  return true;
}

function destination(
  { rowDue, rowHolder, rowUnion, columns }: OutlinedTable,
  page: Page,
): Pick<RowFacts, 'due' | 'holder' | 'union'> {
  const due = wordIn(page, columns, rowDue, 'date');
  const holder = wordIn(page, columns, rowHolder, 'person');
  const union = wordIn(page, columns, rowUnion, 'union');
  return { ...(due && { due }), ...(holder && { holder }), ...(union && { union }) };
}

function wordIn(
  page: Page,
  columns: readonly OutlinedCell[],
  column: string | undefined,
  type: Cell['type'],
): string | undefined {
  if (column === undefined) return undefined;
  const found = columns.find(({ cell }) => cell.id === column);
  const fact = found?.cell.type === type ? page.factOf(column) : undefined;
  return typeof fact === 'string' ? fact : undefined;
}
