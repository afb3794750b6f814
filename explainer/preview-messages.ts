/** What the messages of a task say, where the definition has words of its own for them: with names that stand for any. */
import { PURPOSES } from '../messages/house-words.ts';
import { renderTemplate } from '../messages/template.ts';
import type { Instant, Plan, Rung, Scope, TaskTemplate } from '../model/plan.ts';

export interface MessagePreview {
  /** A purpose, or the id of a rung. */
  readonly about: string;
  readonly message: string;
  readonly zh: string;
  readonly en: string;
}

export interface Previewed {
  readonly plan: Plan;
  readonly task: TaskTemplate;
  readonly deadline: Instant;
  /** Given by the caller, because this room asks no `Intl`. */
  readonly format: (at: Instant) => string;
}

const PLACES: Readonly<Record<Scope, Readonly<Record<'zh' | 'en', string>>>> = {
  campaign: { zh: '区总工会', en: 'the federation' },
  union: { zh: '工会 u-01', en: 'union u-01' },
  household: { zh: '户 h-001', en: 'household h-001' },
};

/** As if it were told two days before the deadline, and what escalates a day after it; of rungs, those of the task's ladder and of its reviews'. */
export function previewMessages({ plan, task, deadline, format }: Previewed): readonly MessagePreview[] {
  const rungs: readonly Rung[] = [...new Set([task.ladder, ...task.reviews.flatMap(({ ladder }) => ladder ?? [])])].flatMap(
    (id) => plan.ladders[id]?.rungs ?? [],
  );
  const asked = [
    ...PURPOSES.map((about) => ({ about, message: about, isLate: about === 'escalation' })),
    ...rungs.flatMap(({ id, text, kind }) =>
      text === undefined ? [] : [{ about: id, message: text, isLate: kind === 'escalation' }],
    ),
  ];
  return asked.flatMap(({ about, message, isLate }) => {
    const template = plan.messages?.[message];
    if (template === undefined) return [];
    const say = (language: 'zh' | 'en'): string =>
      renderTemplate(template[language], {
        campaign: plan.title[language],
        task: task.title[language],
        place: PLACES[task.scope][language],
        union: language === 'zh' ? '某工会' : 'a union',
        deadline: format(deadline),
        left: isLate ? 0 : 2,
        late: isLate ? 1 : 0,
        times: 1,
      });
    return [{ about, message, zh: say('zh'), en: say('en') }];
  });
}
