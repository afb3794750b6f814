import { type KeyRing, newKeyText, parseKeyRing } from '../../platform/keys.ts';
import { createSealer } from '../../platform/sealer.ts';
import type { Sealer } from '../../store/sealer.ts';

/** The real encryption, with a key ring of the test's own. */
export function createTestSealer(ring: KeyRing = parseKeyRing(newKeyText('test'), 'the test')): Sealer {
  return createSealer(ring);
}
