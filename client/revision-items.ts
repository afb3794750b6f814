/** What became of each instance's part of a revision. */
import { findItems, type RevisionItem } from '../store/revisions.ts';
import type { ClientRoom } from './parts.ts';

const PAGE = 1_000;

export async function itemsOf(
  { enginePool }: ClientRoom,
  { run, revision }: { run: string; revision: number },
): Promise<readonly RevisionItem[]> {
  const items: RevisionItem[] = [];
  for (let after = ''; ; after = items.at(-1)!.instance) {
    const page = await findItems(enginePool, { run, revision, after, limit: PAGE });
    items.push(...page);
    if (page.length < PAGE) return items;
  }
}
