/**
 * Many adjustments at once, each with its own result. All of them are looked at first, in their order, each as the ones before it leave the instance; then
 * each is a command of its own, so that one that is refused holds nobody up. Ids are made of what is asked: asked again under the same id, what is done is
 * not done again.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Adjustment, AdjustmentScope } from '../model/adjustment.ts';
import { canonicalJson } from '../model/canonical.ts';
import type { ItemWords } from './assigned-words.ts';
import type { PreviewItem } from './preview-adjustment.ts';

/** More are asked for in several bulks. Documented limit of the product. */
export const BULK_AT_MOST = 10_000;
/** Of those that concern more than one instance each. */
export const REVISIONS_AT_MOST = 200;

export interface BulkItem {
  readonly for: AdjustmentScope;
  readonly adjustment: Adjustment;
  /** In words; stored sealed. Left out of an assigned item, which has `words`. */
  readonly reason?: string;
  /** What is to be done, of an assigned item; stored sealed. */
  readonly words?: ItemWords;
  /** Who does it; the office when absent. */
  readonly person?: string;
  /** Command id, of an item that was asked before. Made of the bulk's id and of what is asked when absent. */
  readonly command?: string;
}

export interface BulkRequest {
  readonly run: string;
  readonly items: readonly BulkItem[];
  /**
   * Of all of it; asked again, nothing is done twice. Made of the hash that was agreed to when absent: what was agreed to is then done once, and again only
   * where everything is as it was because it was undone.
   */
  readonly id?: string;
  /** Hash of the preview that was agreed to; anything else is refused. */
  readonly expect?: string;
}

/** Why something was not done, and what to do. */
export interface Complaint {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

export type BulkSeen =
  | { readonly state: 'previewed'; readonly touched: readonly PreviewItem[] }
  /** Under its command id, earlier. */
  | { readonly state: 'done'; readonly adjusted: number }
  | { readonly state: 'refused'; readonly refusal: Complaint };

export interface BulkPreview {
  /** Of exactly this: what `expect` takes. What is done already is no part of it. */
  readonly hash: string;
  /** In the order in which they were asked. */
  readonly items: readonly BulkSeen[];
}

/** What became of an item. */
export type BulkOutcome = { readonly index: number; readonly command: string } & (
  | { readonly state: 'done'; readonly adjusted: number }
  /** The rules refused it; or, of one that concerns many, some of these. */
  | { readonly state: 'refused'; readonly code: string; readonly message: string }
  /** A part did not answer: it may have been done. Asked again with the same command id, it is not done twice. */
  | { readonly state: 'unanswered'; readonly code: string; readonly message: string }
  /** It goes on by itself, and nobody waited for its end. */
  | { readonly state: 'pending'; readonly code: string; readonly message: string }
  /** Its turn did not come. */
  | { readonly state: 'left'; readonly code: string; readonly message: string }
);

export interface BulkWatch {
  /** Under which id it is done, before anything is. */
  onNamed?(id: string): void;
  /** Of each item once, as they come to their ends. */
  onSettled(outcome: BulkOutcome): void;
  /** Once it is aborted nothing more is begun. */
  readonly signal: AbortSignal;
}

/** The id of a bulk that was given none: of what was agreed to, so that the same agreement is the same bulk. */
export const bulkIdOf = ({ id, expect }: Pick<BulkRequest, 'id' | 'expect'>): string =>
  id ?? `bulk-${expect === undefined ? randomUUID() : expect.slice(0, 16)}`;

/** The same was agreed to again, once everything was as before because it had been undone: `bulk-….2`. */
export const idOfRound = (request: Pick<BulkRequest, 'id' | 'expect'>, round: number): string =>
  `${bulkIdOf(request)}${round === 1 ? '' : `.${round}`}`;

/** Whoever asks for something else under the same id asks for another command. */
export function commandIdOf(bulk: string, { for: scope, adjustment, person, words, command }: BulkItem): string {
  const asked = { scope, adjustment, person: person ?? null, ...(words && { words }) };
  return command ?? `${bulk}|${sha256(canonicalJson(asked)).slice(0, 16)}`;
}

/** Of what is asked of whom, and of what it does there. */
export function hashOfBulk(items: readonly (BulkItem & { readonly author: string; readonly seen: BulkSeen })[]): string {
  const parts = items.flatMap(({ for: scope, adjustment, words, author, seen }) =>
    seen.state === 'done' ? [] : [[scope, adjustment, author, partsOf(seen), ...(words ? [words] : [])]],
  );
  return sha256(canonicalJson(parts));
}

const partsOf = (seen: Exclude<BulkSeen, { state: 'done' }>): unknown =>
  seen.state === 'refused'
    ? seen.refusal.code
    : seen.touched.map((item) => [item.instance, 'digest' in item ? item.digest : item.refusal.code]);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
