import { isRecord } from '../../forms/answers.ts';
import { isCorrection } from '../../forms/corrections.ts';
import { fillForm } from '../../forms/fill-form.ts';
import type { Cell, Field, FormSpec, Table } from '../../model/form.ts';
import { createRandom } from '../../simulator/random.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { withClient } from '../host.ts';
import { FormTemplate } from '../shapes.ts';
import { formatAnswers } from '../form-template.ts';

export const formCommand = defineCommand({
  name: 'form',
  summary: 'Prints the form of a task, to be filled in and handed to `complete`.',
  about:
    'Without --json it is YAML with a comment beside each field: its title, whether it is required, and what may be chosen. Of a task that was returned it says who returned it and why, and has the answers that were handed in before, to be mended.',
  arguments: {
    run: { kind: 'required', about: 'The run.' },
    task: { kind: 'required', about: 'The task, as `tasks` lists it.' },
  },
  options: { example: { about: 'Fill it in with made-up answers.' } },
  answer: FormTemplate,
  examples: ['form linwei-2020 u/union-01/task-force > task-force.yaml', 'form linwei-2020 h/h-001/visit --example --json'],
  async run({ arguments: { run, task }, options: { example = false } }, { host, answer }) {
    await withClient(host, async (client) => {
      const { form, context, rowTitle, words, returned } = await client.form(run, task);
      const before = returned?.answers ?? null;
      const answers: Record<string, unknown> = example
        ? fillForm(form, context, createRandom(host.now(), task))
        : { ...blankAnswers(form), ...handedInBefore(form, before ?? {}) };
      const back = returned && { by: returned.by, at: returned.at, reason: returned.reason };
      const template = {
        run,
        task,
        form: form.id,
        title: form.title,
        rowTitle,
        words,
        fields: form.fields,
        rules: form.rules ?? [],
        returned: back,
        answers,
      };
      answer(template, () =>
        formatAnswers(form, answers, { task, rowTitle, words, returned: back, isBefore: !example && before !== null }),
      );
    });
    return EXIT.done;
  },
});

/** Every field that a person fills in, blank; tables with as many rows as they need at least. */
function blankAnswers({ fields }: FormSpec): Record<string, unknown> {
  return Object.fromEntries(fields.filter(isAsked).map((field) => [field.id, field.type === 'table' ? blankTable(field) : null]));
}

/** What a person filled in, in the shape in which it is handed in again. What the register says is not repeated: a form lies about in files. */
function handedInBefore({ fields }: FormSpec, before: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const answer = before[field.id];
      if (answer === undefined) return [];
      if (field.type === 'table') return [[field.id, tableBefore(field, answer)]];
      if (isAsked(field)) return [[field.id, answer]];
      return isCorrection(answer) ? [[field.id, { corrected: answer.corrected, why: answer.why }]] : [];
    }),
  );
}

function tableBefore({ columns }: Table, answer: unknown): unknown {
  const asked = new Set(columns.filter(isAsked).map(({ id }) => id));
  const rowOf = (row: unknown): unknown =>
    isRecord(row) ? Object.fromEntries(Object.entries(row).filter(([id]) => asked.has(id))) : row;
  if (Array.isArray(answer)) return answer.map(rowOf);
  return isRecord(answer) ? Object.fromEntries(Object.entries(answer).map(([id, row]) => [id, rowOf(row)])) : answer;
}

function blankTable({ columns, fixedRows, minRows }: Table): unknown {
  const row = () => blankRow(columns);
  if (fixedRows !== undefined) return Object.fromEntries(fixedRows.map(({ id }) => [id, row()]));
  return Array.from({ length: Math.max(1, minRows) }, row);
}

const blankRow = (columns: readonly Cell[]): Record<string, null> =>
  Object.fromEntries(columns.filter(isAsked).map(({ id }) => [id, null]));
/** What the register fills in is not asked. */
const isAsked = (field: Field): boolean => field.type === 'table' || field.from === undefined;
