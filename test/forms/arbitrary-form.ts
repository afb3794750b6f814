/** Forms of every shape the contract allows, and a context in which each can be filled. */
import fc from 'fast-check';
import type { FillContext } from '../../forms/fill-cell.ts';
import type { Cell, ColumnType, FormSpec, Table } from '../../model/form.ts';
import type { Condition, Expression, FactValue } from '../../model/plan.ts';
import { CAMPAIGN_END, cell, context, form, TODAY, table } from './builders.ts';

const TYPES: readonly ColumnType[] = [
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
  'signature',
];
const ROLES = ['cadre', 'union-head'];
const UNIONS = ['union-1', 'union-2', 'district'];
// Two of each, so that a second one can sign.
const people = UNIONS.flatMap((union) =>
  ROLES.flatMap((role) => ['', '-2'].map((more) => ({ id: `${union}-${role}${more}`, union, roles: [role] }))),
);
const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const members = ['lifted', 'relieved', 'other'].map((id) => ({ id, title: { zh: id, en: id } }));

export const rehearsal: FillContext = {
  ...context({
    prefill: { name: '示例职工', phone: '10000000001', sex: 'female' },
    findPerson: (id) => people.find((person) => person.id === id),
    findUnion: (id) => UNIONS.includes(id),
  }),
  today: TODAY,
  campaignEnd: CAMPAIGN_END,
  people,
  unions: UNIONS,
  author: 'union-1-cadre',
  earlier: { survey: { a: 'lifted', b: ['lifted', 'other'] } },
};

const expression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 2 },
    fc.record({ op: fc.constant('fact' as const), fact: fc.constantFrom(...names) }),
    fc.record({ op: fc.constant('value' as const), value: fc.constantFrom<FactValue>(3, 0, TODAY, 'lifted', true) }),
    fc.record({ op: fc.constant('size' as const), table: fc.constantFrom('table-0', 'table-1') }),
    fc.record({
      op: fc.constant('sum' as const),
      table: fc.constantFrom('table-0', 'table-1'),
      column: fc.constantFrom(...names),
    }),
    fc.record({
      op: fc.constantFrom('plus' as const, 'minus' as const, 'times' as const, 'over' as const),
      of: fc.tuple(tie('expression'), tie('expression')),
    }),
    fc.record({ op: fc.constant('later' as const), date: tie('expression'), days: tie('expression') }),
  ),
})).expression;

const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2 },
    fc.record({
      op: fc.constant('is' as const),
      fact: fc.constantFrom(...names),
      in: fc.subarray([null, true, 'lifted', 'other', 3], { minLength: 1 }),
    }),
    fc.record({
      op: fc.constant('relate' as const),
      by: fc.constantFrom('lt' as const, 'ge' as const, 'eq' as const),
      left: expression,
      right: expression,
    }),
    fc.record({ op: fc.constant('unknown' as const), of: expression }),
    fc.record({ op: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('condition'), { maxLength: 2 }) }),
    fc.record({ op: fc.constant('not' as const), of: tie('condition') }),
  ),
})).condition;

/** Left out in most cases, so that plain fields stay the rule. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 3 });

const bounds = fc.oneof(
  fc.constant({}),
  fc.record({ min: fc.integer({ min: -1e6, max: 1e6 }) }),
  fc.record({ max: fc.integer({ min: -1e6, max: 1e6 }) }),
  fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.nat(500)).map(([min, width]) => ({ min, max: min + width })),
);

/** Of references and characters; where a type takes none they are passed over. */
const counts = fc.oneof(
  fc.constant({}),
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(40)).map(([atLeast, more]) => ({ atLeast, atMost: atLeast + more })),
);

function drawCell(id: string, others: readonly string[]): fc.Arbitrary<Cell> {
  const draft = fc.record({
    // The first field is often a union, so that the persons beside it have one to keep away from.
    type:
      id === 'a'
        ? fc.oneof(fc.constant('union' as const), fc.constantFrom(...TYPES))
        : fc.oneof(fc.constant('person' as const), { weight: 4, arbitrary: fc.constantFrom(...TYPES) }),
    required: fc.boolean(),
    freeText: fc.boolean(),
    bounds,
    counts,
    dates: sometimes(fc.constantFrom('past' as const, 'future' as const)),
    role: sometimes(fc.constantFrom(...ROLES)),
    union: sometimes(fc.oneof(fc.constant('own' as const), fc.record({ not: fc.constantFrom('a', 'a', ...others) }))),
    from: sometimes(
      fc.oneof(
        fc.constantFrom('name', 'phone', 'sex', 'nothing'),
        fc.record({ task: fc.constantFrom('survey', 'never'), field: fc.constantFrom('a', 'b', 'nothing') }),
      ),
    ),
    correctable: sometimes(fc.constant(true as const)),
    fact: sometimes(fc.constantFrom('fact-1', 'fact-2')),
    when: sometimes(condition),
  });
  return draft.map(({ bounds: limits, counts: numbers, ...rest }) => {
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<Cell>;
    return cell({ ...given, ...limits, ...numbers, id, choices: members });
  });
}

const drawCells = fc
  .nat(names.length)
  .chain((count) => fc.tuple(...names.slice(0, count).map((name) => drawCell(name, names))))
  .map((cells): readonly Cell[] => cells);

const drawTable: fc.Arbitrary<Table> = fc
  .record({ columns: drawCells, minRows: fc.nat(3), more: fc.nat(600), fixed: fc.boolean(), when: sometimes(condition) })
  .map(({ columns, minRows, more, fixed, when }) => {
    const fixedRows = [members[0]!, members[1]!];
    return table({
      columns,
      minRows,
      maxRows: minRows + more,
      ...(fixed && { fixedRows }),
      ...(when && { when }),
      rowDue: 'a',
      rowHolder: 'b',
      rowUnion: 'c',
    });
  });

export const arbitraryForm: fc.Arbitrary<FormSpec> = fc
  .tuple(drawCells, fc.array(drawTable, { maxLength: 2 }))
  .map(([cells, tables]) => form(...cells, ...tables.map((one, index) => ({ ...one, id: `table-${index}` }))));

/** Rules that often cannot be kept at all. */
const rules = fc.array(
  fc.record({ must: condition, at: fc.constantFrom(...names), say: fc.constant({ zh: '规则', en: 'Rule' }) }),
  { maxLength: 2 },
);

/** As `arbitraryForm`, with rules. */
export const arbitraryRuledForm: fc.Arbitrary<FormSpec> = fc.tuple(arbitraryForm, rules, rules).map(([spec, ofForm, ofRows]) => ({
  ...spec,
  rules: ofForm,
  fields: spec.fields.map((field) => (field.type === 'table' ? { ...field, rules: ofRows } : field)),
}));
