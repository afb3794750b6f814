/** The words of assigned items: what is to be done and who says so. They are stored sealed; tasks, messages and Temporal carry their id alone. */
import { withIdentity } from '../store/pool.ts';
import { findSubmissionContents } from '../store/submissions.ts';
import { Invalid } from './client-error.ts';
import { OPERATOR } from './operator.ts';
import type { ClientRoom } from './parts.ts';

export interface ItemWords {
  /** In one line; lists of tasks show it. */
  readonly title: string;
  /** The instruction itself. */
  readonly words: string;
  /** Who gives it, such as 'leading group'. */
  readonly from?: string;
}

/** In characters. */
const LONGEST = { title: 200, words: 5_000, from: 100 } as const;

/** As they are stored. @throws Invalid for what is missing or too long. */
export function checkedWords(asked: ItemWords | undefined): ItemWords {
  const title = oneLine(asked?.title);
  const words = (asked?.words ?? '').trim();
  const from = oneLine(asked?.from);
  if (title === '') throw new Invalid({ code: 'WORDS_REQUIRED', message: 'an assigned item has a title', remedy: 'give it one' });
  if (words === '')
    throw new Invalid({ code: 'WORDS_REQUIRED', message: 'an assigned item says what is to be done', remedy: 'say it in words' });
  for (const [what, text] of Object.entries({ title, words, from })) {
    const most = LONGEST[what as keyof typeof LONGEST];
    if (text.length <= most) continue;
    throw new Invalid({
      code: 'WORDS_TOO_LONG',
      message: `the ${what === 'from' ? 'name of who gives it' : what} has ${text.length} characters`,
      remedy: `say it in ${most} or fewer`,
    });
  }
  return { title, words, ...(from === '' ? {} : { from }) };
}

const oneLine = (text = ''): string => text.replace(/\s+/g, ' ').trim();

/** What `checkedWords` made, out of a submission. */
export const readWords = (content: string): ItemWords => JSON.parse(content) as ItemWords;

/** Null of what is no item, and once its words can be read no more. */
export async function wordsOf(
  { appPool, sealer }: Pick<ClientRoom, 'appPool' | 'sealer'>,
  { run, item }: { run: string; item: { readonly words: string } | null },
): Promise<ItemWords | null> {
  if (item === null) return null;
  const contents = await withIdentity(appPool, OPERATOR, (db) => findSubmissionContents(db, { run, ids: [item.words] }, sealer));
  const content = contents.get(item.words);
  return content === undefined ? null : readWords(content);
}
