/**
 * A digest of an instance's state, in plain JavaScript because workflow code has no node:crypto. It tells states apart in replay and in the books;
 * it is no protection against a forger (the payload codec and the database roles are).
 */
import { canonicalJson, type KeptTexts } from '../model/canonical.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** Taken once: in a workflow every name of the global scope is looked up through an interceptor, which for each character would cost more than the mixing. */
const { imul } = Math;

/** 16 hexadecimal digits: two multiply-xor lanes over the UTF-16 units (cyrb53's mixing, both lanes kept). */
export function digestText(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = imul(a ^ unit, 2654435761);
    b = imul(b ^ unit, 1597334677);
  }
  a = imul(a ^ (a >>> 16), 2246822507) ^ imul(b ^ (b >>> 13), 3266489909);
  b = imul(b ^ (b >>> 16), 2246822507) ^ imul(a ^ (a >>> 13), 3266489909);
  return hex(a) + hex(b);
}

const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');

/** A step makes new objects of what it changes and keeps the rest, most of whose text is then known from the flush before. */
const texts: KeptTexts = new WeakMap();

/** Of the canonical text, so that neither a data base nor a later version of this code that writes members in another order makes it another state. */
export function digestOf(snapshot: Snapshot): string {
  return digestText(canonicalJson(snapshot, texts));
}
