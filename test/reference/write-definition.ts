/** A definition written down for the compiler, as JSON, which is YAML too. */
import type { SourceFile } from '../../compiler/yaml-source.ts';
import { CALENDAR } from './days.ts';
import { factsOf } from './random-spec.ts';
import type { Condition, Due, Fact, Gate, Offset, Rung, Scope, Spec, Task, Value } from './spec.ts';

type Written = Readonly<Record<string, unknown>>;

export const CALENDAR_FILE: SourceFile = {
  path: 'test-calendar.yaml',
  text: JSON.stringify({
    calendar: 'made-up',
    version: '1',
    validThrough: '2021-12-31',
    source: 'made up',
    weekend: ['saturday', 'sunday'],
    years: CALENDAR,
  }),
};

const title = (text: string): Written => ({ zh: text, en: text });

export function writeDefinition(spec: Spec): SourceFile {
  const { notice, hours, phases, roles, facts, ladders, tasks } = spec;
  const written: Written = {
    shigeyi: 1,
    id: 'random',
    title: title(`random ${spec.seed}`),
    zone: 'Asia/Shanghai',
    calendar: 'made-up',
    notice,
    ...(hours === undefined ? {} : { hours }),
    roles: mapped(roles, (role, id) => ({ title: title(id), ...role })),
    facts: mapped(facts, writeFact),
    ladders: mapped(ladders, (rungs) => rungs.map(writeRung)),
    forms: Object.fromEntries((['campaign', 'union', 'household'] as const).map((scope) => [scope, writeForm(scope, facts)])),
    phases: phases.map(({ starts, ends }, index) => ({
      ...{ id: `p${index}`, title: title(`p${index}`), starts, ends },
      actions: [
        {
          ...{ id: `a${index}`, number: index + 1, title: title(`a${index}`) },
          tasks: tasks.filter(({ phase }) => phase === index).map(writeTask),
        },
      ],
    })),
  };
  return { path: `random-${spec.seed}.yaml`, text: JSON.stringify(written, null, 1) };
}

function mapped<T>(of: Readonly<Record<string, T>>, write: (value: T, id: string) => unknown): Written {
  return Object.fromEntries(Object.entries(of).map(([id, value]) => [id, write(value, id)]));
}

function writeFact({ scope, type, choices, roster, initial }: Fact): Written {
  return {
    scope,
    ...(type === 'choice' ? { choices } : { type }),
    ...(roster === undefined ? {} : { from: 'roster' }),
    ...(initial === undefined ? {} : { initial }),
  };
}

function writeOffset({ unit, count, at }: Offset): Written {
  return { [unit]: count, ...(at === undefined ? {} : { at }) };
}

function writeRung({ id, tells, escalates, offset, repeat }: Rung): Written {
  return {
    id,
    [escalates ? 'escalate' : 'remind']: tells,
    ...(offset === undefined ? { when: 'overdue' } : writeOffset(offset)),
    ...(repeat === undefined ? {} : { repeat: { every: writeOffset(repeat.every), times: repeat.times } }),
  };
}

const FIELD_TYPES = { choice: 'choice', boolean: 'yes-no', number: 'number', date: 'date', person: 'person' } as const;

/** One form for all tasks of a scope: every fact, and the tables that rows come from. */
function writeForm(scope: Scope, facts: Spec['facts']): Written {
  const fields = factsOf(scope, { asked: true }).map((id) => {
    const { type, choices } = facts[id]!;
    const members = choices && Object.fromEntries(choices.map((choice) => [choice, title(choice)]));
    return { id, title: title(id), type: FIELD_TYPES[type], required: false, fact: id, ...(members && { choices: members }) };
  });
  return { title: title(scope), fields: [...fields, writeItems(scope), ...(scope === 'union' ? [FOUND] : [])] };
}

function writeItems(scope: Scope): Written {
  const goes = scope !== 'household';
  return {
    ...{
      id: 'items',
      title: title('items'),
      type: 'table',
      rowDue: 'by',
      rowHolder: 'who',
      ...(goes ? { rowUnion: 'where' } : {}),
    },
    columns: [
      { id: 'by', title: title('by'), type: 'date', dates: 'future' },
      { id: 'who', title: title('who'), type: 'person' },
      ...(goes ? [{ id: 'where', title: title('where'), type: 'union' }] : []),
    ],
  };
}

const FOUND: Written = {
  ...{ id: 'found', title: title('found'), type: 'table' },
  columns: [
    ...['name', 'sex', 'bornIn', 'cause', 'workplace', 'address', 'fileLevel', 'hardshipClass'].map((id) => ({
      ...{ id, title: title(id), type: 'text' },
    })),
    { id: 'idNumber', title: title('idNumber'), type: 'id-number' },
    { id: 'phone', title: title('phone'), type: 'phone' },
  ],
};

function writeTask(task: Task): Written {
  const { id, scope, holder, after, when, gate, due, closes, ladder, reviews, outcomes, assigns, rows } = task;
  return {
    ...{ id, title: title(id), basis: 'house', scope, form: scope, ladder },
    holder: holder === 'row' ? { row: 'who' } : holder.not === undefined ? holder.role : holder,
    due: writeDue(due),
    atEnd: closes ? 'close' : 'late',
    ...(after.length === 0 ? {} : { after }),
    ...(when === undefined ? {} : { when: writeCondition(when) }),
    ...(gate === undefined ? {} : { gate: writeGate(gate) }),
    ...(reviews.length === 0
      ? {}
      : {
          reviews: reviews.map(({ by, confirms, not, when: asked }) => ({
            [confirms ? 'confirm' : 'accept']: by,
            ...(not === undefined ? {} : { not }),
            ...(asked === undefined ? {} : { when: writeCondition(asked) }),
          })),
        }),
    ...(outcomes.length === 0
      ? {}
      : {
          outcomes: outcomes.map(({ when: asked, set }) => ({
            set,
            ...(asked === undefined ? {} : { when: writeCondition(asked) }),
          })),
        }),
    ...(Object.keys(assigns).length === 0 ? {} : { assigns }),
    ...(rows.length === 0
      ? {}
      : {
          rows: rows.map(({ task: makes, toUnion }) =>
            makes === undefined
              ? { table: 'found', admits: true }
              : { table: 'items', task: makes, to: toUnion ? { column: 'where' } : 'self' },
          ),
        }),
  };
}

function writeDue(due: Due): unknown {
  switch (due.kind) {
    case 'phase-end':
    case 'row':
      return due.kind;
    case 'date':
      return { date: due.date, ...(due.at === undefined ? {} : { at: due.at }) };
    case 'opening':
      return { workingDays: due.workingDays };
    case 'from':
      return { from: due.from, ...writeOffset(due.offset) };
  }
}

function writeGate({ of, share, task, noLaterThan, latched }: Gate): Written {
  const counts = of === 'unions' || of === 'households';
  return {
    ...(counts ? (share === 1 ? { all: of } : { share, of }) : { of }),
    ...{ task, latched },
    ...(noLaterThan === undefined ? {} : { noLaterThan }),
  };
}

/** As a map where that can say it, otherwise in CEL: both notations are tried. */
function writeCondition(condition: Condition): unknown {
  return asMap(condition) ?? asCel(condition);
}

function asMap(condition: Condition): Written | undefined {
  if ('is' in condition) return { [condition.fact]: condition.is.length === 1 ? condition.is[0]! : condition.is };
  if ('than' in condition) return undefined;
  if ('not' in condition) {
    const inner = asMap(condition.not);
    return inner && { not: inner };
  }
  const parts = ('all' in condition ? condition.all : condition.any).map(asMap);
  if (parts.some((part) => part === undefined)) return undefined;
  // A map is all of its members, but may not have one twice.
  return 'any' in condition ? { any: parts } : { not: { any: parts.map((part) => ({ not: part })) } };
}

function asCel(condition: Condition): string {
  if ('is' in condition) return `(${condition.is.map((value) => `${condition.fact} == ${celValue(value)}`).join(' || ')})`;
  if ('than' in condition) {
    const { fact, than, bound } = condition;
    return `${fact} ${than === 'less' ? '<' : '>='} ${typeof bound === 'number' ? bound : `date('${bound}')`}`;
  }
  if ('not' in condition) return `!(${asCel(condition.not)})`;
  const [parts, sign] = 'all' in condition ? [condition.all, '&&'] : [condition.any, '||'];
  return `(${parts.map(asCel).join(` ${sign} `)})`;
}

const celValue = (value: Value): string => (typeof value === 'string' ? `'${value}'` : String(value));
