/** Plays simulated people on a stage, wake by wake and act by act, to the end of the campaign. */
import { fillForm, type Wishes } from '../../forms/fill-form.ts';
import type { Instant } from '../../model/plan.ts';
import { type Habits, type Intention, intend } from '../../simulator/people.ts';
import { createRandom } from '../../simulator/random.ts';
import type { Stage, StagedTask } from './stage.ts';

export interface Play {
  readonly seed: number;
  readonly habits: Habits;
  /** By form. */
  readonly wishes: Readonly<Record<string, Wishes>>;
  readonly endsAt: Instant;
  /** Until when the clock is moved. */
  readonly until: Instant;
}

interface Planned extends Intention {
  readonly task: StagedTask;
  readonly occasion: string;
}

export async function play(stage: Stage, { seed, habits, wishes, endsAt, until }: Play): Promise<void> {
  const known = new Map<string, Planned | undefined>();
  for (;;) {
    for (const task of await stage.openTasks()) {
      const occasion = [task.instance, task.key, task.status, task.returns, task.step].join('/');
      if (known.has(occasion)) continue;
      const intention = intend(
        { ...task, task: task.key, status: task.status as 'open', since: stage.now() },
        { seed, habits, endsAt },
      );
      known.set(occasion, intention && { ...intention, task, occasion });
    }
    const next = [...known.values()]
      .filter((planned) => planned !== undefined)
      .sort((a, b) => a.at - b.at || (a.occasion < b.occasion ? -1 : 1))[0];
    const wake = await stage.nextWake();
    if (next === undefined && wake === null) break;
    if (next === undefined || next.at > until || (wake !== null && wake <= next.at)) {
      if (wake === null || wake > until) break;
      await stage.advance(wake);
      continue;
    }
    await stage.advance(next.at);
    known.set(next.occasion, undefined);
    await perform(stage, next, { seed, wishes });
  }
  await stage.advance(until);
}

async function perform(
  stage: Stage,
  { task, act, occasion }: Planned,
  { seed, wishes }: Pick<Play, 'seed' | 'wishes'>,
): Promise<void> {
  if (act !== 'complete') {
    if (task.reviewer !== null) await stage.review({ task, person: task.reviewer, id: occasion, decision: act });
    return;
  }
  if (task.holder === null) return;
  const { form, context } = await stage.form(task);
  const answers = fillForm(form, context, createRandom(seed, occasion), wishes[form.id]);
  const late = stage.now() > task.deadline ? { lateReason: '示例：入户时户主外出' } : {};
  await stage.complete({ task, person: task.holder, id: occasion, answers, ...late });
}
