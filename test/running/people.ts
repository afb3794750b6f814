/** The people of a drill at work: they fill forms in with made-up answers, and decide on what was handed in. */
import type { ShigeyiClient } from '../../client/shigeyi.ts';
import { fillForm, type Wishes } from '../../forms/fill-form.ts';
import type { Answers } from '../../forms/answers.ts';
import type { Answer } from '../../model/command.ts';
import { createRandom } from '../../simulator/random.ts';

export interface Hand {
  readonly run: string;
  readonly task: string;
  readonly id: string;
  readonly person?: string;
}

export interface HandIn extends Hand {
  readonly wishes?: Wishes;
  readonly lateReason?: string;
}

/** What one would write into the form of a task: the same for the same task and id. */
export async function answersFor(client: ShigeyiClient, { run, task, id, wishes }: HandIn): Promise<Answers> {
  const { form, context } = await client.form(run, task);
  return fillForm(form, context, createRandom(1, `${task}/${id}`), { outcome: 'assist', ...wishes });
}

export async function handIn(client: ShigeyiClient, hand: HandIn): Promise<Answer> {
  const { wishes: _granted, ...completion } = hand;
  return await client.complete({ ...completion, answers: await answersFor(client, hand), via: 'cli' });
}

export async function accept(client: ShigeyiClient, hand: Hand): Promise<Answer> {
  return await client.review({ ...hand, decision: { accept: true }, via: 'cli' });
}

export async function sendBack(client: ShigeyiClient, hand: Hand & { readonly reason?: string }): Promise<Answer> {
  const { reason = '示例：请补充', ...rest } = hand;
  return await client.review({ ...rest, decision: { returnFor: reason }, via: 'cli' });
}
