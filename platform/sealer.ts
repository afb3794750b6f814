/** The store's encryption, with the keys of this installation: envelope keys and blind indexes from the key ring. */
import type { Sealer } from '../store/sealer.ts';
import { blindIndexes, createDataKey, open, seal, unwrapKey, wrapKey } from './envelope.ts';
import type { KeyRing } from './keys.ts';

/** Unwrapped data keys kept in memory: enough for the households of one page of work, few enough to forget soon. */
const KEYS_KEPT = 500;

export function createSealer(ring: KeyRing): Sealer {
  const unwrapped = new Map<string, Buffer>();
  const keyOf: (key: Parameters<Sealer['open']>[1]['key']) => Buffer = ({ keyId, wrapped, place }) => {
    const name = `${place.join('/')}#${keyId}#${Buffer.from(wrapped).toString('base64')}`;
    const known = unwrapped.get(name);
    if (known !== undefined) return known;
    const key = unwrapKey(ring, { keyId, wrapped }, place);
    if (unwrapped.size >= KEYS_KEPT) unwrapped.delete(unwrapped.keys().next().value!);
    unwrapped.set(name, key);
    return key;
  };
  return {
    createKey: (place) => wrapKey(ring, createDataKey(), place),
    seal: (text, { key, place }) => seal(keyOf(key), text, place),
    open: (sealed, { key, place }) => open(keyOf(key), sealed, place).toString('utf8'),
    blindIndexes: (label, value) => blindIndexes(ring, label, value),
  };
}
