/**
 * Envelope encryption: each holder's data has a key of its own, which a master key wraps. To forget a holder it is enough to
 * delete the wrapped key; to change the master key it is enough to wrap the data keys again.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { KeyRing, MasterKey } from './keys.ts';
import { deriveKey } from './keys.ts';
import { PlatformError } from './platform-error.ts';

/** Where a sealed value belongs, for example `['submissions', runId, id, 'sealed']`. Moved to another place it does not open. */
export type Place = readonly string[];

export interface WrappedKey {
  /** The master key that wrapped it. */
  readonly keyId: string;
  readonly wrapped: Uint8Array;
}

/** 32 random bytes. Kept in memory only as long as the work at hand takes. */
export function createDataKey(): Buffer {
  return randomBytes(32);
}

export function wrapKey(ring: KeyRing, dataKey: Uint8Array, place: Place): WrappedKey {
  return { keyId: ring.current.id, wrapped: seal(purposeKey(ring.current, 'wrap'), dataKey, place) };
}

/** @throws KEY_UNKNOWN when the ring has no such key; SEALED_VALUE_UNREADABLE when it is not the one that wrapped. */
export function unwrapKey(ring: KeyRing, { keyId, wrapped }: WrappedKey, place: Place): Buffer {
  const master = ring.get(keyId);
  if (master !== undefined) return open(purposeKey(master, 'wrap'), wrapped, place);
  throw new PlatformError({
    code: 'KEY_UNKNOWN',
    message: `the data key at ${describe(place)} was wrapped by master key '${keyId}', which is not among ${ring.all.map(({ id }) => id).join(', ')}.`,
    remedy: 'Add that key to SHIGEYI_KEYS, after the current one.',
  });
}

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: one byte of format, 12 of nonce, the ciphertext, 16 of tag. Sealing the same text twice gives two results. */
export function seal(dataKey: Uint8Array, plaintext: string | Uint8Array, place: Place): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', dataKey, nonce);
  cipher.setAAD(associatedData(place));
  const body = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext);
  return Buffer.concat([Buffer.of(FORMAT), nonce, body, cipher.final(), cipher.getAuthTag()]);
}

/** @throws SEALED_VALUE_UNREADABLE for the wrong key, the wrong place, or a value that is not as it was sealed. Never returns anything else. */
export function open(dataKey: Uint8Array, sealed: Uint8Array, place: Place): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < 1 + NONCE_BYTES + TAG_BYTES || bytes[0] !== FORMAT) throw unreadable(place, undefined);
  try {
    const decipher = createDecipheriv('aes-256-gcm', dataKey, bytes.subarray(1, 1 + NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(associatedData(place));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw unreadable(place, cause);
  }
}

/**
 * Finds a value without storing it: the same label and value give the same 32 bytes, which tell nothing to who lacks the key.
 * Values are compared as they are, so the caller brings them to one form first (trimmed, upper case).
 */
export function blindIndex(ring: KeyRing, label: string, value: string): Buffer {
  return indexWith(ring.current, label, value);
}

/** The index under every key of the ring, the current one first: to find rows that an earlier key indexed. */
export function blindIndexes(ring: KeyRing, label: string, value: string): readonly Buffer[] {
  return ring.all.map((master) => indexWith(master, label, value));
}

function indexWith(master: MasterKey, label: string, value: string): Buffer {
  return createHmac('sha256', purposeKey(master, `blind-index:${label}`))
    .update(value, 'utf8')
    .digest();
}

const derived = new WeakMap<MasterKey, Map<string, Buffer>>();

function purposeKey(master: MasterKey, purpose: string): Buffer {
  const keys = derived.get(master) ?? new Map<string, Buffer>();
  derived.set(master, keys);
  const key = keys.get(purpose) ?? deriveKey(master, purpose);
  keys.set(purpose, key);
  return key;
}

/** A list as JSON is unambiguous: ['ab', 'c'] and ['a', 'bc'] are two places. */
function associatedData(place: Place): Buffer {
  return Buffer.from(JSON.stringify(place), 'utf8');
}

function unreadable(place: Place, cause: unknown): PlatformError {
  return new PlatformError({
    code: 'SEALED_VALUE_UNREADABLE',
    message: `the sealed value at ${describe(place)} cannot be opened: the key is not the one that sealed it, or the value was changed or moved.`,
    remedy: 'Check that SHIGEYI_KEYS holds the keys this data was written with; if it does, restore the row from a backup.',
    cause,
  });
}

function describe(place: Place): string {
  return place.join('/');
}
