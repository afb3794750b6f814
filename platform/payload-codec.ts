import { fileURLToPath } from 'node:url';
import type { DataConverter, PayloadCodec } from '@temporalio/common';
import { createEncryptionCodec } from './encryption-codec.ts';
import type { KeyRing } from './keys.ts';
import type { LoadPlan } from './plan-codec.ts';
import { createPlanCodec } from './plan-codec.ts';

/** To be given to `bundleWorkflowCode` too: inside the bundle the converter is loaded by this path. */
export const failureConverterPath = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url));

/** Temporal encodes from the first codec to the last and decodes from the last to the first: a hash is unsealed, then becomes its plan. */
export function workerCodecs({ ring, loadPlan }: { ring: KeyRing; loadPlan: LoadPlan }): PayloadCodec[] {
  return [createPlanCodec(loadPlan), createEncryptionCodec(ring)];
}

/** A client sends hashes and never needs the plan behind one. */
export function clientCodecs({ ring }: { ring: KeyRing }): PayloadCodec[] {
  return [createEncryptionCodec(ring)];
}

export function createDataConverter({ codecs }: { codecs: readonly PayloadCodec[] }): DataConverter {
  return { payloadCodecs: [...codecs], failureConverterPath };
}
