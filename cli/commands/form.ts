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
  about: 'Without --json it is YAML with a comment beside each field: its title, whether it is required, and what may be chosen.',
  arguments: {
    run: { kind: 'required', about: 'The run.' },
    task: { kind: 'required', about: 'The task, as `tasks` lists it.' },
  },
  options: { example: { about: 'Fill it in with made-up answers.' } },
  answer: FormTemplate,
  examples: ['form linwei-2020 u/union-01/task-force > task-force.yaml', 'form linwei-2020 h/h-001/visit --example --json'],
  async run({ arguments: { run, task }, options: { example = false } }, { host, answer }) {
    await withClient(host, async (client) => {
      const { form, context, rowTitle, words } = await client.form(run, task);
      const answers: Record<string, unknown> = example
        ? fillForm(form, context, createRandom(host.now(), task))
        : blankAnswers(form);
      const template = {
        run,
        task,
        form: form.id,
        title: form.title,
        rowTitle,
        words,
        fields: form.fields,
        rules: form.rules ?? [],
        answers,
      };
      answer(template, () => formatAnswers(form, answers, { task, rowTitle, words }));
    });
    return EXIT.done;
  },
});

/** Every field that a person fills in, blank; tables with as many rows as they need at least. */
function blankAnswers({ fields }: FormSpec): Record<string, unknown> {
  return Object.fromEntries(fields.filter(isAsked).map((field) => [field.id, field.type === 'table' ? blankTable(field) : null]));
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
