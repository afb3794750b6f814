import { parseDocument } from 'yaml';
import { defineCommand } from '../command.ts';
import { CliError, EXIT } from '../failure.ts';
import { withClient } from '../host.ts';
import { formatInstant } from '../instants.ts';
import { Answer } from '../shapes.ts';

export const completeCommand = defineCommand({
  name: 'complete',
  summary: 'Hands in the form of a task.',
  about:
    'The form is JSON or YAML: an object whose members are the fields. `form` prints one to fill in. Repeated with the same --id, the answer is the same and nothing changes.',
  arguments: {
    run: { kind: 'required', about: 'The run.' },
    task: { kind: 'required', about: 'The task, as `tasks` lists it.' },
  },
  options: {
    form: { value: 'file', about: 'The answers, JSON or YAML; - reads standard input.', required: true },
    lateReason: { value: 'text', about: 'Why it is late; asked for once the deadline has passed.' },
    as: { value: 'person', about: "Who hands it in; the task's holder if left out." },
    id: { value: 'id', about: 'Command id; made up if left out.' },
  },
  answer: Answer,
  examples: [
    'complete linwei-2020 u/union-01/task-force --form task-force.yaml',
    'complete linwei-2020 h/h-001/visit --form - --late-reason "the family was away" < visit.json',
  ],
  async run({ arguments: { run, task }, options: { form, lateReason, as: person, id } }, { host, answer }) {
    const answers = parseAnswers(await host.readInput(form), form === '-' ? 'standard input' : form);
    await withClient(host, async (client) => {
      const completion = {
        run,
        task,
        answers,
        via: 'cli' as const,
        ...(lateReason && { lateReason }),
        ...(person && { person }),
        ...(id && { id }),
      };
      const reply = await client.complete(completion);
      answer(
        reply,
        () =>
          `${task} is ${reply.status ?? 'handed in'}${reply.late === true ? ', late' : ''} (${formatInstant(reply.at)}, command ${reply.command}).`,
      );
    });
    return EXIT.done;
  },
});

/** JSON is YAML, so one parser reads both. Dates stay text. An alias, which can make a small file huge, is refused. */
export function parseAnswers(text: string, source: string): unknown {
  const document = parseDocument(text, { uniqueKeys: true, schema: 'core', version: '1.2' });
  const [error] = document.errors;
  if (error !== undefined) throw unreadable(source, error);
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (failure) {
    throw unreadable(source, failure as Error);
  }
}

function unreadable(source: string, { message }: Error): CliError {
  return new CliError({
    exit: EXIT.refused,
    code: 'FORM_UNREADABLE',
    message: `'${source}' cannot be read as JSON or YAML: ${message.split('\n', 1)[0]!.replace(/:$/, '')}`,
    remedy: 'correct it there, or print an empty form with: npx shigeyi form RUN TASK',
  });
}
