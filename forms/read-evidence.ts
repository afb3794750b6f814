/** Reading references to papers, photos and files. The files themselves are kept elsewhere. */
import type { Cell } from '../model/form.ts';
import { FORM_LIMITS } from './limits.ts';
import type { Reading } from './read-cell.ts';
import { UNPRINTABLE } from './read-words.ts';

/** What cameras and telephones make, and a page can show. */
const PICTURES = ['jpg', 'jpeg', 'png', 'webp', 'heic'] as const;
const PICTURE = new RegExp(`\\.(${PICTURES.join('|')})$`, 'i');

export function readEvidence({ type, atLeast = 1, atMost = FORM_LIMITS.evidence }: Cell, given: unknown): Reading {
  const references = Array.isArray(given) ? given.map((item: unknown) => (typeof item === 'string' ? item.trim() : '')) : [''];
  if (
    references.some((reference) => reference === '' || reference.length > FORM_LIMITS.reference || UNPRINTABLE.test(reference))
  ) {
    return {
      code: 'WRONG_TYPE',
      what: 'is no list of references to evidence',
      hint: `answer with a list of texts of 1 to ${FORM_LIMITS.reference} characters, one for each paper or picture`,
    };
  }
  const distinct = [...new Set(references)];
  if (type === 'photo' && !distinct.every((reference) => PICTURE.test(reference))) {
    return {
      code: 'NOT_A_PICTURE',
      what: 'names something that is no picture',
      hint: `give references that end in one of ${PICTURES.join(', ')}`,
    };
  }
  if (distinct.length < atLeast) {
    return { code: 'TOO_LITTLE_EVIDENCE', what: `has ${distinct.length} references`, hint: `give at least ${atLeast}` };
  }
  const most = Math.min(atMost, FORM_LIMITS.evidence);
  return distinct.length <= most
    ? { answer: distinct }
    : { code: 'TOO_MUCH_EVIDENCE', what: `has ${distinct.length} references`, hint: `give at most ${most}` };
}
