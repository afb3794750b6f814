/** Where a sealed value belongs: table, run, row, column. Sealed for one place, it does not open in another. */
export type Place = readonly string[];

/** A data key as it is stored: `wrapped` by the master key `keyId`. */
export interface StoredKey {
  readonly keyId: string;
  readonly wrapped: Uint8Array;
}

/** A data key and the place it was wrapped for. */
export interface PlacedKey extends StoredKey {
  readonly place: Place;
}

/** Encryption, given to the store by whoever wires it: the store keeps what comes out and never sees a key in the clear. */
export interface Sealer {
  /** A new data key, wrapped for this place. */
  createKey(place: Place): StoredKey;
  seal(text: string, where: { readonly key: PlacedKey; readonly place: Place }): Uint8Array;
  /** Throws when the key, the place or the bytes are not those it was sealed with. */
  open(sealed: Uint8Array, where: { readonly key: PlacedKey; readonly place: Place }): string;
  /** Keyed hashes that find `value` again: under the current key first, then under earlier ones. */
  blindIndexes(label: string, value: string): readonly Uint8Array[];
}

export const keyPlace = (run: string, holder: string): Place => ['data_keys', run, holder, 'wrapped'];
