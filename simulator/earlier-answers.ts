/** What later forms of a virtual run are prefilled from: of the answers to those tasks the fields that are asked for, and nothing else. */
import type { Answer, Answers } from '../forms/answers.ts';
import type { FormContext } from '../forms/form-context.ts';
import { earlierFieldsOf } from '../forms/read-prefilled.ts';
import type { EarlierField, FormSpec } from '../model/form.ts';
import type { Plan } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';

type Kept = Readonly<Record<string, Answer>>;

export class EarlierAnswers {
  /** By task of the plan: the fields that some form is prefilled from. */
  readonly #fields = new Map<string, Set<string>>();
  readonly #asked = new Map<FormSpec, readonly EarlierField[]>();
  /** By instance and key of the task: what was handed in last. */
  readonly #kept = new Map<string, Kept>();

  constructor(plan: Pick<Plan, 'forms'>) {
    this.turnTo(plan);
  }

  /** Other forms from now on: what they ask for is kept as it is handed in, beside what is kept already. */
  turnTo({ forms }: Pick<Plan, 'forms'>): void {
    for (const form of Object.values(forms)) {
      const asked = earlierFieldsOf(form);
      this.#asked.set(form, asked);
      for (const { task, field } of asked) this.#fields.set(task, (this.#fields.get(task) ?? new Set()).add(field));
    }
  }

  /** Of the answers to it, those that are read again. */
  fieldsOf(template: string): ReadonlySet<string> | undefined {
    return this.#fields.get(template);
  }

  keep({ instance, key, template }: { instance: string; key: string; template: string }, answers: Answers): void {
    const fields = this.#fields.get(template);
    if (fields === undefined) return;
    const kept = [...fields].flatMap((field) =>
      Object.hasOwn(answers, field) ? [[field, answers[field] as Answer] as const] : [],
    );
    this.#kept.set(`${instance} ${key}`, Object.fromEntries(kept));
  }

  /** Of each task that the form asks for: the submission accepted last in the instance. */
  of(form: FormSpec, { instance, tasks }: Pick<Snapshot, 'instance' | 'tasks'>): FormContext['earlier'] {
    const asked = this.#asked.get(form) ?? [];
    if (asked.length === 0) return {};
    const found = [...new Set(asked.map(({ task }) => task))].flatMap((template) => {
      const key = lastDone(tasks, template);
      const kept = key === undefined ? undefined : this.#kept.get(`${instance} ${key}`);
      return kept === undefined ? [] : [[template, kept] as const];
    });
    return Object.fromEntries(found);
  }
}

function lastDone(tasks: Readonly<Record<string, TaskState>>, template: string): string | undefined {
  const done = Object.entries(tasks).filter(([, task]) => task.template === template && task.status === 'done');
  return done.reduce<(typeof done)[number] | undefined>(
    (last, each) => (last === undefined || each[1].settledAt! >= last[1].settledAt! ? each : last),
    undefined,
  )?.[0];
}
