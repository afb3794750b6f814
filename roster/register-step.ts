/** What is done about a difference between a file and the register of a run; or why it is left, and what a person can do. */
import type { RegisterItem } from './difference.ts';

export type RegisterStep =
  /** Into the register; households and unions begin by the rules for whoever joins late. */
  | 'admit'
  /** What the register says of it is written anew. */
  | 'correct'
  /** Posts and work go to whoever has the post now. */
  | 'hand-over'
  /** To another union, with all it has done. */
  | 'move'
  | 'withdraw'
  /** A person who has nothing to do any more. */
  | 'let-go';

export interface Left {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

interface Wishes {
  readonly run: string;
  /** Whoever is not in the file leaves. */
  readonly withdrawGone: boolean;
}

export function stepOf(item: RegisterItem, { run, withdrawGone }: Wishes): RegisterStep | Left {
  if (item.obstacle !== undefined) return leftFor(item, run);
  const { kind, id } = item;
  switch (kind) {
    case 'union-new':
    case 'person-new':
    case 'household-new':
      return 'admit';
    case 'union-details':
    case 'person-details':
      return 'correct';
    case 'post-taken':
      return 'hand-over';
    case 'household-gone':
    case 'union-gone':
      return withdrawGone ? 'withdraw' : gone(id);
    case 'person-gone':
      return withdrawGone ? 'let-go' : gone(id);
    case 'household-moved':
      return 'move';
    case 'person-moved':
      return left(
        'POST_CHANGED',
        `'${id}' has another post`,
        'a person has one post in a run: enter them once more, for the new post and under an id of its own',
      );
    case 'household-details':
      return left(
        'DETAILS_CHANGED',
        `the file of '${id}' is other`,
        `correct it in a form of the run that has the field \`correctable\`, which may know better; if its definition has none, amend the run with a version that has one: shigeyi amend ${run} DEFINITION`,
      );
    case 'facts-changed':
      return left(
        'FACTS_CHANGED',
        `what came up for '${id}' came up by what the register said`,
        'waive what does not concern it any more; a household can be withdrawn and filed anew',
      );
  }
}

const left = (code: string, message: string, remedy: string): Left => ({ code, message, remedy });

const gone = (id: string): Left =>
  left('GONE_FROM_FILE', `'${id}' is not in the file`, 'with --withdraw-gone whoever is not in the file leaves');

function leftFor({ id, obstacle }: RegisterItem, run: string): Left {
  switch (obstacle!.kind) {
    case 'on-file':
      return left(
        'HOUSEHOLD_ON_FILE',
        `the household '${id}' is '${obstacle!.as}' as well`,
        'use one id in the run and in the file',
      );
    case 'union-left':
      return left(
        'UNION_HAS_LEFT',
        `the union of '${id}' takes part no longer`,
        `shigeyi readmit ${run} --union ID, or name another`,
      );
    case 'person-left':
      return left('PERSON_HAS_LEFT', `'${id}' was the id of somebody who has left`, 'give the person an id of their own');
    case 'found':
      return left(
        'FOUND_IN_RUN',
        `'${id}' was found by a sweep of the run and is not in the file`,
        `put it into the file, or: shigeyi withdraw ${run} --household ${id}`,
      );
  }
}
