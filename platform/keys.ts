import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { PlatformError } from './platform-error.ts';
import { createPrivateFile } from './private-file.ts';

/** A master key of 32 bytes. Its id travels with whatever it sealed. */
export interface MasterKey {
  readonly id: string;
  readonly key: Buffer;
}

/** The master keys of an installation. New things are sealed with `current`; the others open what was sealed before. */
export interface KeyRing {
  readonly current: MasterKey;
  /** All of them, the current one first. */
  readonly all: readonly MasterKey[];
  get(id: string): MasterKey | undefined;
}

/** The keys of `SHIGEYI_KEYS`, or, where none are set, one made for this data directory: for development, and kept with the data. */
export function readKeyRing({ keys, dataDir }: Pick<Config, 'keys' | 'dataDir'>): KeyRing {
  if (keys !== undefined) return parseKeyRing(keys, 'SHIGEYI_KEYS');
  const path = join(dataDir, 'keys', 'dev.key');
  return parseKeyRing(createPrivateFile(path, `${newKeyText('dev')}\n`).trim(), path);
}

/** Parses `id:base64[,id:base64…]`, the current key first. `source` is named in errors; key material never is. */
export function parseKeyRing(text: string, source: string): KeyRing {
  const all = text.split(',').map((entry, index) => parseKey(entry.trim(), `entry ${index + 1} of ${source}`));
  const byId = new Map(all.map((key) => [key.id, key]));
  const [current] = all;
  if (current === undefined || byId.size !== all.length) {
    throw invalid(`${source} names a key id twice: ${all.map(({ id }) => id).join(', ')}`, 'Give each key its own id.');
  }
  return { current, all, get: (id) => byId.get(id) };
}

/** A new random key as `SHIGEYI_KEYS` takes it. The id tells keys of the same name in different places apart. */
export function newKeyText(name: string): string {
  const key = randomBytes(32);
  const mark = createHash('sha256').update(key).digest('hex').slice(0, 6);
  return `${name}-${mark}:${key.toString('base64')}`;
}

/**
 * A key for one purpose, derived from a master key (HKDF-SHA256): what is learned of one purpose's key tells nothing of
 * another's, and none is the master key itself.
 */
export function deriveKey({ key }: MasterKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `shigeyi:${purpose}`, 32));
}

function parseKey(entry: string, place: string): MasterKey {
  const [, id, base64] = /^([A-Za-z0-9._-]{1,64}):([A-Za-z0-9+/]{43}=)$/.exec(entry) ?? [];
  if (id === undefined || base64 === undefined) {
    throw invalid(
      `${place} is not an id, a colon and 32 bytes in base64`,
      "Make one with: node -p \"'k1:' + crypto.randomBytes(32).toString('base64')\"",
    );
  }
  const key = Buffer.from(base64, 'base64');
  if (key.every((byte) => byte === key[0]))
    throw invalid(`${place}, '${id}', is no random key: all its bytes are the same`, 'Make a random one.');
  return { id, key };
}

function invalid(message: string, remedy: string): PlatformError {
  return new PlatformError({ code: 'KEYS_INVALID', message: `${message}.`, remedy });
}
