import {
  ADJUST_OPTIONS,
  AdjustmentAnswer,
  placeOf,
  readOffset,
  runAdjustment,
  SCOPE_OPTIONS,
  scopeOf,
  tasksOf,
} from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { misuse } from '../failure.ts';
import { formatAdjustment } from '../format-adjustment.ts';
import { withClient } from '../host.ts';
import type { AdjustmentScope, NewDeadline, TasksOf } from '../../model/adjustment.ts';
import type { Offset } from '../../model/offset.ts';
import type { Instant } from '../../model/plan.ts';

export const extendCommand = defineCommand({
  name: 'extend',
  summary: 'Moves deadlines of a run that goes on: of one task, a household, a union, a phase or everything.',
  about:
    'Without --apply it only shows what would change. A moved deadline supersedes the old one, which stays in the audit; its ladder begins anew, as far as it still lies ahead. What comes up later in a phase, or of a template, has the new deadline too.',
  arguments: {
    run: { kind: 'required', about: 'The run.' },
    task: { kind: 'optional', about: 'One task, as `tasks` lists it; without it, say for whom.' },
  },
  options: {
    by: { value: 'offset', about: 'So much later (3d, 5wd, 2w, 12h), or earlier (-2d).', read: readOffset },
    to: { value: 'time', about: "To this day's end (YYYY-MM-DD), or to this minute ('YYYY-MM-DD HH:MM')." },
    ...SCOPE_OPTIONS,
    phase: { value: 'id', about: 'Of the tasks of this phase only.' },
    template: { value: 'id', about: 'Of the tasks of this template only.' },
    ...ADJUST_OPTIONS,
  },
  answer: AdjustmentAnswer,
  examples: [
    'extend linwei-2020 h/h-001/visit --by 3wd --reason "the household is away until the 2nd"',
    'extend linwei-2020 --union union-03 --phase verify --to 2020-11-04 --reason "flooded roads" --apply now',
  ],
  async run({ arguments: { run, task }, options }, context) {
    const { by, to, reason, as: person, apply, id } = options;
    if ((by === undefined) === (to === undefined))
      throw misuse('a deadline is moved by so much, or to a time', 'give --by or --to');
    return await withClient(context.host, async (client) => {
      const deadline: NewDeadline = by === undefined ? { to: await client.instantAt(run, to!) } : { by };
      const { scope, of } = concernOf(task, options);
      const request = {
        ...{ run, reason, for: scope, adjustment: { kind: 'extend', of, deadline } as const },
        ...(person && { person }),
        ...(id && { id }),
      };
      const { exit, answer } = await runAdjustment(client, { request, apply, context });
      context.answer(answer, () => formatAdjustment(answer, { again: `extend ${run} …` }));
      return exit;
    });
  },
});

interface ConcernOptions {
  readonly union: string | undefined;
  readonly household: string | undefined;
  readonly all: true | undefined;
  readonly phase: string | undefined;
  readonly template: string | undefined;
  readonly by: Offset | undefined;
  readonly to: Instant | string | undefined;
}

/** A task names its instance. */
function concernOf(task: string | undefined, options: ConcernOptions): { scope: AdjustmentScope; of: TasksOf } {
  const { union, household, all, phase, template } = options;
  if (task === undefined) return { scope: scopeOf({ union, household, all }), of: tasksOf({ task, phase, template }) };
  if ([union, household, all, phase, template].some((each) => each !== undefined))
    throw misuse('one task is meant, and others too', 'name the task alone, or leave it out');
  const { instance, key } = placeOf(task);
  return { scope: { instance }, of: { task: key } };
}
