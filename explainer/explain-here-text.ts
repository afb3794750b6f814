/** What is said of a task for one household, union or campaign of a register, as lines to read. */
import type { FactHere, HereExplanation, ReasonExplanation } from './explain-here.ts';
import { wordsOf } from './explain-names.ts';
import type { PersonHere, PostExplanation } from './explain-posts.ts';
import type { TaskExplanation } from './explain-task.ts';
import type { Certainty } from './judge-condition.ts';

export function hereLines({ opening: { when, gate }, ...explained }: TaskExplanation, here: HereExplanation): readonly string[] {
  const waits = here.reasons.some(({ kind, says }) => kind === 'before' && says === 'yes') || gate !== null;
  return [
    VERDICTS[here.comesUp](waits),
    ...here.reasons.map((reason) => `- ${reasonWords(reason)}`),
    ...(when === null ? [] : here.facts.map((fact) => `  (${factWords(fact)})`)),
    ...(here.comesUp !== 'no' && here.mayLeave ? ['Not if it leaves the campaign before that.'] : []),
    ...(here.comesUp === 'no' ? [] : holderHere(explained.holder)),
  ];
}

const VERDICTS: Readonly<Record<Certainty, (waits: boolean) => string>> = {
  yes: (waits) => (waits ? 'It comes up here, once what it waits for is there.' : 'It comes up here.'),
  depends: () => 'Whether it comes up here is not known yet; the register alone does not tell.',
  no: () => 'It never comes up here.',
};

function reasonWords({ kind, says, task }: ReasonExplanation): string {
  switch (kind) {
    case 'joined':
      return 'It had begun before this one was enrolled, and is left out for whoever joins late.';
    case 'past':
      return 'Its phase was over when the run began.';
    case 'sample':
      return says === 'yes' ? 'Its sample takes this one.' : 'Its sample passes this one over.';
    case 'condition':
      return CONDITIONS[says];
    case 'before':
      return `${wordsOf(task!)}, which comes first, ${COMES[says]}.`;
    case 'unasked':
      return `${wordsOf(task!)}, which comes first elsewhere, is not asked for here.`;
    case 'rows':
      return says === 'no'
        ? `${wordsOf(task!)}, whose rows make it, never comes up here.`
        : `Rows of ${wordsOf(task!)} may make it.`;
  }
}

const CONDITIONS: Readonly<Record<Certainty, string>> = {
  yes: 'Its condition holds, and nothing changes that.',
  depends: 'Its condition depends on what becomes known later.',
  no: 'Its condition does not hold, and nothing changes that.',
};

const COMES: Readonly<Record<Certainty, string>> = {
  yes: 'comes up here too',
  depends: 'may come up here or not',
  no: 'never comes up here',
};

function factWords({ fact, value, mayChange }: FactHere): string {
  const is = value === null ? 'is not known' : `is ${typeof value === 'boolean' ? (value ? 'yes' : 'no') : value}`;
  return `${fact} ${is} at first${mayChange ? ', and may change' : ''}`;
}

function holderHere(holder: PostExplanation | null): readonly string[] {
  const words = holder === null ? undefined : hereWords(holder);
  return words === undefined ? [] : [`Held by ${words}.`];
}

/** `union-01-officer-2, union-officer 经办人 (Union officer); passed over: cadre, until pair names somebody`. Undefined where no instance was named. */
export function hereWords(post: PostExplanation): string | undefined {
  const { here, filledBy } = post;
  if (here === undefined) return undefined;
  const who = whoHere(here);
  if (who === 'nobody') return `${who}, as no post up the chain is filled (${post.chain.map(({ id }) => id).join(', ')})`;
  if (here.passedOver.length === 0) return `${who}, ${wordsOf(here.role)}`;
  const until = filledBy.length === 0 ? '' : `, until ${filledBy.map(({ id }) => id).join(' or ')} names somebody`;
  return `${who}, ${wordsOf(here.role)}; passed over: ${here.passedOver.map(({ id }) => id).join(', ')}${until}`;
}

export const whoHere = ({ person, namedBy }: PersonHere): string =>
  person ?? (namedBy === null ? 'nobody' : `whoever ${namedBy.id} names`);
