/**
 * What stands in place of a payload that must not be used: one that arrived in plain text, or one that no key opens.
 * Decoding never throws for these (that would wedge the instance); whoever receives a marker refuses it.
 */
export type PayloadMarker = { readonly shigeyi: 'plaintext-refused' | 'undecryptable' };

export const PLAINTEXT_REFUSED: PayloadMarker = { shigeyi: 'plaintext-refused' };
export const UNDECRYPTABLE: PayloadMarker = { shigeyi: 'undecryptable' };

export function isPayloadMarker(value: unknown): value is PayloadMarker {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shigeyi' in value &&
    (value.shigeyi === PLAINTEXT_REFUSED.shigeyi || value.shigeyi === UNDECRYPTABLE.shigeyi)
  );
}
