/** The explanation of a task as lines to read, from what it is to what follows. */
import { MAX_AGAIN } from '../engine/withdrawal.ts';
import type { Instant, Scope } from '../model/plan.ts';
import { keyOf } from '../model/task-key.ts';
import type { ConditionExplanation } from './explain-condition.ts';
import type { EffectsExplanation } from './explain-effects.ts';
import { hereLines, hereWords } from './explain-here-text.ts';
import { type GateExplanation, gateWords } from './explain-opening.ts';
import { type Named, titleOf, wordsOf } from './explain-names.ts';
import { offsetWords } from './explain-offset.ts';
import { deadlineLines, reviewTimeLines, rungLines } from './explain-schedule-text.ts';
import type { PostExplanation } from './explain-posts.ts';
import type { MessagePreview } from './preview-messages.ts';
import type { TaskExplanation } from './explain-task.ts';

/** `2020-10-13 09:00` in the plan's zone. Given by the caller, because this room asks no `Intl`. */
export type FormatInstant = (at: Instant) => string;

export function formatExplanation(
  explained: TaskExplanation & { readonly messages?: readonly MessagePreview[] },
  format: FormatInstant,
): string {
  const { task, title, effects, repeats, here, messages = [] } = explained;
  const key = keyOf({ template: task, occurrence: repeats?.occurrence ?? 1 });
  const sections: readonly (readonly [heading: string, lines: readonly string[]])[] = [
    ['What it is', whatLines(explained)],
    ...(here === null ? [] : [[`For ${here.instance}`, hereLines(explained, here)] as const]),
    ['When it opens', openingLines(explained, format)],
    ['Who does it', postLines(explained, format)],
    ['Why this deadline', deadlineLines(explained, format)],
    ['Who is told, while it is not finished', rungLines(explained, format)],
    ...(messages.length === 0
      ? []
      : [['What messages say', messages.map(({ about, zh, en }) => `${about}: ${zh} / ${en}`)] as const]),
    ['When its time is over', endLines(explained, format)],
    ['What finishing it sets in motion', effectLines(effects)],
  ];
  return [
    `${key}: ${titleOf(title)}`,
    ...sections.map(([heading, lines]) => [heading, ...lines.map((line) => `  ${line}`)].join('\n')),
  ].join('\n\n');
}

const SCOPES: Readonly<Record<Scope, string>> = {
  campaign: 'once for the whole campaign',
  union: 'one for each union',
  household: 'one for each household',
};

const BASES = {
  practice: 'practice: usual, though the document does not write it',
  house: "house: this definition's own choice, not the document's",
} as const;

function whatLines({ scope, phase, action, basis, form }: TaskExplanation): readonly string[] {
  return [
    `A task, ${SCOPES[scope]}, in phase ${wordsOf(phase)}, action ${action.number} ${titleOf(action.title)}.`,
    `Basis: ${basis.kind === 'doc' ? `the document, at ${basis.place}` : BASES[basis.kind]}.`,
    `Form to fill in: ${wordsOf(form)}.`,
  ];
}

function openingLines(explained: TaskExplanation, format: FormatInstant): readonly string[] {
  return [...onceLines(explained, format), ...repeatsLines(explained, format)];
}

/** What is told above is of one of them; here the others are named. */
function repeatsLines({ task, repeats }: TaskExplanation, format: FormatInstant): readonly string[] {
  if (repeats === null) return [];
  const { kind, times, occurrence, span, opens } = repeats;
  const which = `This is number ${occurrence} of ${times}; ask for another as ${task}.2.`;
  if (kind === 'in-turn') {
    return [
      `It comes up ${times} times, each once the one before is settled${span === null ? '' : ` and ${span} have passed`}. ${which}`,
      'From the second on, one whose condition does not hold when it would come up is dropped.',
    ];
  }
  return [
    `It comes up ${times} times, every ${span}, whether the one before is done or not. ${which}`,
    ...opens.map((at, index) => `  ${index + 1}. ${format(at)}`),
    'One is dropped whose condition does not hold when it would come up, or that has not come up when the next does.',
  ];
}

function onceLines({ opening, phase, scope, repeats }: TaskExplanation, format: FormatInstant): readonly string[] {
  const { earliestAt, after, gate, when, fixed, sample, heldBy, madeBy } = opening;
  if (madeBy.length > 0) {
    return [
      'It does not open by itself. Each row makes one, as soon as the form it stands in is done:',
      ...madeBy.map(
        ({ task, table, to }) =>
          `- table ${wordsOf(table)} in the form of ${wordsOf(task)}${to === 'self' ? '' : `; it comes up in the union that column ${to} names`}`,
      ),
      `The earliest it can be: ${format(earliestAt)}.`,
    ];
  }
  const more = after.length > 0 || gate !== null || when !== null || sample !== null || heldBy.length > 0;
  return [
    `${repeats?.kind === 'scheduled' && repeats.occurrence > 1 ? 'Its own time' : `Phase ${phase.id}`} begins: ${format(earliestAt)}. ${more ? 'Then it opens once all of this holds:' : 'It opens then, and waits for nothing else.'}`,
    ...after.map(
      (before) => `- ${wordsOf(before)} is done or waived${before.isMadeByRows ? ', with every other that rows made' : ''}`,
    ),
    ...heldBy.map((hold) => `- ${wordsOf(hold)} is settled, if it comes up: it holds its phase open`),
    ...(gate === null ? [] : gateLines(gate, format)),
    ...(when === null ? [] : [`- ${when.words}`, ...factLines(when).map((line) => `  ${line}`)]),
    ...(fixed
      ? ['  That is known at enrolment and never changes: elsewhere the task is dropped, and no gate waits for it.']
      : []),
    ...(sample === null
      ? []
      : [
          `- its sample takes it: about ${Math.round(sample * 1000) / 10}% of the ${scope}s, chosen by their ids.`,
          '  Elsewhere it is dropped: no gate waits for it, and what comes after it goes on.',
        ]),
  ];
}

function gateLines(gate: GateExplanation, format: FormatInstant): readonly string[] {
  const { task, noLaterThan, latched, above } = gate;
  return [
    `- ${gateWords(gate)} settled ${wordsOf(task)} (done, waived or missed)`,
    ...(noLaterThan === null
      ? ['  No date opens it before that.']
      : [`  At the latest it opens ${format(noLaterThan)}, whatever the count.`]),
    ...(above
      ? []
      : [
          '  Not counted: who has left, and whom that task does not concern for good (a condition on facts that nothing changes, a sample, a task before it',
          '  that is missed or never comes up). Whose condition reads facts that may still change is waited for, as long as it does not hold.',
        ]),
    ...(latched ? [] : ['  If that changes before the task opens, it waits again.']),
  ];
}

function factLines({ facts }: ConditionExplanation): readonly string[] {
  return facts.map(({ fact, choices, fromRegister, initial, setBy }) => {
    const sources = [
      ...(fromRegister ? ['the register'] : initial === null ? [] : [`${String(initial)} at first`]),
      ...setBy.map(({ id }) => id),
    ];
    return `(${fact}: ${choices.join(', ')}; from ${sources.join(', ')})`;
  });
}

function postLines(explained: TaskExplanation, format: FormatInstant): readonly string[] {
  const { holder, holderColumn, holderNot, reviews, returns, retract, ladder: own } = explained;
  const held =
    holder === null
      ? [`The person that column ${holderColumn} of its row names.`]
      : [`${wordsOf(holder.chain[0]!)}.`, ...otherLines(holder, holderNot), ...vacancyLines(holder)];
  const back =
    retract === null
      ? []
      : [
          `Whoever handed it in may take it back until ${offsetWords(retract, 'it was accepted')}, as long as nobody has gone on from it.`,
        ];
  if (reviews.length === 0) return [...held, 'Nobody reviews it: it is done when it is handed in.', ...back];
  return [
    ...held,
    `Reviewed in ${reviews.length === 1 ? '1 step' : `${reviews.length} steps, one after another`}:`,
    ...reviews.flatMap(({ kind, by, not, when, time }, index) => [
      `${index + 1}. ${wordsOf(by.chain[0]!)} ${kind === 'confirm' ? 'vouches for the same paper' : 'accepts it'}, or returns it.`,
      ...reviewerLines(by, not),
      ...(by.here === undefined ? [] : [`   Here ${hereWords(by)}.`]),
      ...(when === null ? [] : [`   Only if ${when.words}; otherwise the step is left out.`]),
      ...(time === null ? [] : reviewTimeLines(time, { own, format }).map((line) => `   ${line}`)),
    ]),
    `A return sends it back to its holder, with a reason; ${returnWords(returns)}, and all steps begin anew. At most ${times(returns.atMost)}.`,
    ...back,
  ];
}

const returnWords = ({ within }: TaskExplanation['returns']): string =>
  within === null ? 'the deadline stays' : `the deadline becomes ${offsetWords(within, 'the return')} if that is later`;

const times = (count: number): string => `${count} return${count === 1 ? '' : 's'}`;

function reviewerLines({ chain, usually }: PostExplanation, not: Named | null): readonly string[] {
  const falls = usually.id === chain[0]!.id ? '.' : `: it falls to ${wordsOf(usually)}.`;
  if (not !== null) return [`   Nobody reviews their own work, nor does whoever handed in ${wordsOf(not)}${falls}`];
  return usually.id === chain[0]!.id ? [] : [`   Nobody reviews their own work${falls}`];
}

/** Somebody else than whoever did another task. */
function otherLines({ chain, usually }: PostExplanation, not: Named | null): readonly string[] {
  if (not === null) return [];
  const falls = usually.id === chain[0]!.id ? '' : `: where that is ${chain[0]!.id}, it falls to ${wordsOf(usually)}`;
  return [`Nobody who handed in ${wordsOf(not)} holds it${falls}.`];
}

function vacancyLines({ chain, filledBy }: PostExplanation): readonly string[] {
  const [first, ...others] = chain;
  return [
    ...(filledBy.length === 0 ? [] : [`The post ${first!.id} is filled by finishing ${filledBy.map(wordsOf).join(', ')}.`]),
    others.length === 0
      ? 'If the post is vacant, nobody holds it and the audit says so.'
      : `If the post is vacant: ${others.map(wordsOf).join(', then ')}.`,
  ];
}

function endLines({ end: { atEnd, endsAt, closesAt }, phase, scope }: TaskExplanation, format: FormatInstant): readonly string[] {
  if (closesAt !== null) return [`What is not done by ${format(closesAt)} is closed as missed, even in review.`];
  return [
    `After ${format(endsAt)} it stays open, and whoever hands it in must give a reason. When the run closes, it is missed.`,
    ...(atEnd === 'hold'
      ? [
          `Until it is settled it holds phase ${phase.id} open: no task of a later phase comes up for the same ${scope}. Their dates stay; what comes up late gets notice.`,
        ]
      : []),
  ];
}

function outcomeWords({ sets, withdraws, again }: EffectsExplanation['outcomes'][number]): string {
  return [
    ...sets,
    ...(withdraws
      ? ['it leaves the campaign: what is unfinished is dropped, and nothing more comes up but what is for those who left']
      : []),
    ...(again.length === 0 ? [] : [`${again.map(wordsOf).join(', ')} come up once more, at most ${MAX_AGAIN} times in all`]),
  ].join('; ');
}

function effectLines(effects: EffectsExplanation): readonly string[] {
  const { answers, outcomes, assigns, rows, feeds, unblocks, decides } = effects;
  const lines = [
    ...(answers.length === 0 ? [] : [`Its answers become facts: ${answers.join(', ')}.`]),
    ...outcomes.map((outcome) => `${outcome.when === null ? '' : `If ${outcome.when.words}: `}${outcomeWords(outcome)}.`),
    ...assigns.map(({ fact, role }) => `The person answered as ${fact} becomes ${wordsOf(role)}.`),
    ...rows.map(
      ({ table, task, to }) =>
        `Each row of ${wordsOf(table)} ${task === null ? 'puts a household on file' : `becomes a task ${wordsOf(task)}`}${to === 'self' ? '' : `, in the union that column ${to} names`}.`,
    ),
    ...(feeds.length === 0
      ? []
      : [`It counts for the opening of ${feeds.map(wordsOf).join(', ')}; so it does when it is missed.`]),
    ...(unblocks.length === 0 ? [] : [`Tasks that wait for it: ${unblocks.map(wordsOf).join(', ')}.`]),
    ...(decides.length === 0 ? [] : [`Its facts decide whether these open: ${decides.map(wordsOf).join(', ')}.`]),
  ];
  return lines.length === 0 ? ['Nothing else: it is counted in the report.'] : lines;
}
