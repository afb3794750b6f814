import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { METADATA_ENCODING_KEY } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { PayloadMarker } from '../model/payload-marker.ts';
import { PLAINTEXT_REFUSED, UNDECRYPTABLE } from '../model/payload-marker.ts';
import type { KeyRing, MasterKey } from './keys.ts';
import { deriveKey } from './keys.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Everything that Temporal keeps for us is sealed with AES-256-GCM: what it was, with its own metadata, is inside; outside is
 * only which key opens it. A payload that is not sealed, or that no key opens, is replaced by a marker that its receiver
 * refuses: an error thrown here would keep the whole instance from going on.
 */
export function createEncryptionCodec(ring: KeyRing): PayloadCodec {
  const keys = new Map(ring.all.map((master) => [master.id, deriveKey(master, 'temporal-payload')]));
  const current = { id: ring.current.id, key: keyOf(keys, ring.current) };
  return {
    encode: (payloads) => Promise.resolve(payloads.map((payload) => sealPayload(payload, current))),
    decode: (payloads) => Promise.resolve(payloads.map((payload) => openPayload(payload, keys))),
  };
}

function sealPayload(payload: Payload, { id, key }: { id: string; key: Buffer }): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(id, 'utf8'));
  const body = cipher.update(PayloadMessage.encode(payload).finish());
  return {
    metadata: { [METADATA_ENCODING_KEY]: Buffer.from(ENCODING, 'utf8'), [KEY_ID]: Buffer.from(id, 'utf8') },
    data: Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]),
  };
}

function openPayload(payload: Payload, keys: ReadonlyMap<string, Buffer>): Payload {
  if (text(payload.metadata?.[METADATA_ENCODING_KEY]) !== ENCODING) return markerPayload(PLAINTEXT_REFUSED);
  const id = text(payload.metadata?.[KEY_ID]);
  const key = keys.get(id);
  const data = payload.data;
  if (key === undefined || !data || data.length < NONCE_BYTES + TAG_BYTES) return markerPayload(UNDECRYPTABLE);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(id, 'utf8'));
    decipher.setAuthTag(data.subarray(data.length - TAG_BYTES));
    const body = decipher.update(data.subarray(NONCE_BYTES, data.length - TAG_BYTES));
    return PayloadMessage.decode(Buffer.concat([body, decipher.final()]));
  } catch {
    return markerPayload(UNDECRYPTABLE);
  }
}

function markerPayload(marker: PayloadMarker): Payload {
  return {
    metadata: { [METADATA_ENCODING_KEY]: Buffer.from('json/plain', 'utf8') },
    data: Buffer.from(JSON.stringify(marker), 'utf8'),
  };
}

function text(bytes: Uint8Array | null | undefined): string {
  return bytes ? Buffer.from(bytes).toString('utf8') : '';
}

function keyOf(keys: ReadonlyMap<string, Buffer>, { id }: MasterKey): Buffer {
  const key = keys.get(id);
  if (key === undefined) throw new Error(`the ring's current key '${id}' is not one of its keys`);
  return key;
}
