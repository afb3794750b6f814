import { ADJUST_OPTIONS, taskParts, readOffset, runAdjustment, SCOPE_OPTIONS, scopeOf, tasksOf } from '../adjustment.ts';
import { type BulkKind, instanceIn, RowFault, taskIn } from '../bulk/kinds.ts';
import { askMany, refuseResults } from '../bulk/one-or-many.ts';
import { CHOICE_OPTIONS, REASON_OF_MANY, sourceOf, TASK_LIST_OPTIONS } from '../bulk/options.ts';
import { OneOrManyAnswer } from '../bulk/shapes.ts';
import { defineCommand } from '../command.ts';
import { misuse } from '../failure.ts';
import { formatAdjustment } from '../format-adjustment.ts';
import { withClient } from '../host.ts';
import type { AdjustmentScope, NewDeadline, TasksOf } from '../../model/adjustment.ts';
import { parseOffset } from '../../model/offset-text.ts';

export const extendCommand = defineCommand({
  name: 'extend',
  summary: 'Moves deadlines of a run that goes on: of one task, of many, a household, a union, a phase or everything.',
  about:
    'Without --apply it only shows what would change. A moved deadline supersedes the old one, which stays in the audit; its ladder begins anew, as far as it still lies ahead. What comes up later in a phase, or of a template, has the new deadline too; with --tasks, --status or --holder only those tasks have it that there are. A line of --tasks without a task is for all of its instance.',
  arguments: {
    run: { kind: 'required', about: 'The run.' },
    task: { kind: 'optional', about: 'One task, as `tasks` lists it; without it, say for whom.' },
  },
  options: {
    by: { value: 'offset', about: 'So much later (3d, 5wd, 2w, 12h), or earlier (-2d).', read: readOffsetText },
    to: { value: 'time', about: "To this day's end (YYYY-MM-DD), or to this minute ('YYYY-MM-DD HH:MM')." },
    ...SCOPE_OPTIONS,
    phase: { value: 'id', about: 'Of the tasks of this phase only.' },
    template: { value: 'id', about: 'Of the tasks of this template only.' },
    holder: CHOICE_OPTIONS.holder,
    status: CHOICE_OPTIONS.status,
    ...TASK_LIST_OPTIONS,
    ...ADJUST_OPTIONS,
    ...REASON_OF_MANY,
  },
  answer: OneOrManyAnswer,
  examples: [
    'extend linwei-2020 h/h-001/visit --by 3wd --reason "the household is away until the 2nd"',
    'extend linwei-2020 --union union-03 --phase verify --to 2020-11-04 --reason "flooded roads" --apply now',
    'extend linwei-2020 --status overdue --union union-03 --by 3wd --reason "flooded roads" --results extended.jsonl',
  ],
  async run({ arguments: { run, task }, options }, context) {
    const { by, to, reason, as: person, apply, id } = options;
    const source = sourceOf(options, { kind: BULK, choosing: ['status', 'holder'] });
    if (source !== undefined && task !== undefined) throw severalMeant();
    // Lines of a file may say it for themselves.
    if ((source === undefined || source.kind === 'choice') && (by === undefined) === (to === undefined))
      throw misuse('a deadline is moved by so much, or to a time', 'give --by or --to');
    if (source !== undefined) return await askMany({ kind: BULK, run, source, typed: options }, context);
    if (reason === undefined) throw misuse('it is not said why', 'give --reason');
    refuseResults(options);
    return await withClient(context.host, async (client) => {
      const deadline: NewDeadline = by === undefined ? { to: await client.instantAt(run, to!) } : { by: readOffset(by) };
      const { scope, of } = concernOf(task, options);
      const request = {
        ...{ run, reason, for: scope, adjustment: { kind: 'extend', of, deadline } as const },
        ...(person && { person }),
        ...(id && { id }),
      };
      const { exit, answer } = await runAdjustment(client, { request, apply, context });
      context.answer(answer, () => formatAdjustment(answer, { again: context.typed }));
      return exit;
    });
  },
});

const severalMeant = (): Error => misuse('one task is meant, and others too', 'name the task alone, or leave it out');

/** Checked where it is typed; kept as text, as columns are. */
function readOffsetText(text: string): string {
  readOffset(text);
  return text;
}

/** Of a task each; or of all tasks of an instance, where a line names none. */
const BULK: BulkKind = {
  ...{
    kind: 'extend',
    command: 'extend',
    list: 'tasks',
    place: ['instance', 'task'],
    columns: ['by', 'to'],
    needs: [],
    usual: 'open',
  },
  scopeOf: (cells) => ({ instance: (cells['task'] ?? '') === '' ? instanceIn(cells) : taskIn(cells).instance }),
  async adjustmentOf(cells, { instantAt }) {
    const { task = '', by = '', to = '' } = cells;
    if ((by === '') === (to === '')) {
      throw new RowFault({
        column: 'by',
        message: 'a deadline is moved by so much, or to a time',
        hint: "fill in 'by' or 'to', or give --by or --to for all",
      });
    }
    const of: TasksOf = task === '' ? { all: true } : { task: taskIn(cells).key };
    return { kind: 'extend', of, deadline: by === '' ? { to: await instantAt(to) } : { by: offsetIn(by) } };
  },
};

function offsetIn(text: string): NonNullable<ReturnType<typeof parseOffset>> {
  const offset = parseOffset(text);
  if (offset !== undefined) return offset;
  throw new RowFault({ column: 'by', message: 'this is no stretch of time', hint: 'write 3d, 5wd, 2w, 12h or 30m' });
}

interface ConcernOptions {
  readonly union: string | undefined;
  readonly household: string | undefined;
  readonly all: true | undefined;
  readonly phase: string | undefined;
  readonly template: string | undefined;
}

/** A task names its instance. */
function concernOf(task: string | undefined, options: ConcernOptions): { scope: AdjustmentScope; of: TasksOf } {
  const { union, household, all, phase, template } = options;
  if (task === undefined) return { scope: scopeOf({ union, household, all }), of: tasksOf({ task, phase, template }) };
  if ([union, household, all, phase, template].some((each) => each !== undefined)) throw severalMeant();
  const { instance, key } = taskParts(task);
  return { scope: { instance }, of: { task: key } };
}
