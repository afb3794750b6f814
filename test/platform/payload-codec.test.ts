import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type { FailureConverter, Payload, PayloadCodec } from '@temporalio/common';
import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import { describe, expect, it, vi } from 'vitest';
import { isPayloadMarker } from '../../model/payload-marker.ts';
import { newKeyText, parseKeyRing } from '../../platform/keys.ts';
import { clientCodecs, createDataConverter, failureConverterPath, workerCodecs } from '../../platform/payload-codec.ts';
import { createPlanCodec } from '../../platform/plan-codec.ts';

// The SDK's own application of codecs, so that the order tested is the order used.
const { encode, decode } = createRequire(import.meta.url)('@temporalio/common/lib/internal-non-workflow') as {
  encode(codecs: readonly PayloadCodec[], payloads: Payload[]): Promise<Payload[]>;
  decode(codecs: readonly PayloadCodec[], payloads: Payload[]): Promise<Payload[]>;
};

const ring = parseKeyRing(newKeyText('first'), 'the test');
const planText = '{"campaign":"十个一"}';
const planHash = createHash('sha256').update(planText).digest();
const client = clientCodecs({ ring });
const worker = workerCodecs({ ring, loadPlan: () => Promise.resolve(planText) });

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valueOf = (payload: Payload | undefined): unknown => payload && defaultPayloadConverter.fromPayload(payload);
const sentByClient = async (value: unknown): Promise<Payload> => (await encode(client, [payloadOf(value)]))[0] ?? {};
const receivedByWorker = async (payload: Payload): Promise<unknown> => valueOf((await decode(worker, [payload]))[0]);

describe('what a client sends', () => {
  it.each([[{ name: '张三' }], [[1, 2]], ['text'], [undefined], [null], [new Uint8Array([1, 2, 3])]])(
    'reaches the worker as it was: %j',
    async (value) => {
      expect(await receivedByWorker(await sentByClient(value))).toEqual(value);
    },
  );

  it('cannot be read on its way', async () => {
    const payload = await sentByClient({ name: 'someone' });
    expect(Buffer.from(payload.data ?? []).includes('someone')).toBe(false);
  });

  it('says which key sealed it and nothing else', async () => {
    const { metadata } = await sentByClient({ name: 'someone' });
    expect(
      Object.fromEntries(Object.entries(metadata ?? {}).map(([key, bytes]) => [key, Buffer.from(bytes).toString()])),
    ).toEqual({
      encoding: 'binary/encrypted',
      'encryption-key-id': ring.current.id,
    });
  });

  it('still opens when a newer key is current', async () => {
    const payload = await sentByClient('old');
    const text = ring.all.map(({ id, key }) => `${id}:${key.toString('base64')}`).join();
    const rotated = parseKeyRing(`${newKeyText('second')},${text}`, 'the test');
    expect(valueOf((await decode(clientCodecs({ ring: rotated }), [payload]))[0])).toBe('old');
  });
});

describe('a payload that must not be used', () => {
  it('becomes a marker when it arrives in plain text', async () => {
    const value = await receivedByWorker(payloadOf({ kind: 'pause' }));
    expect(value).toEqual({ shigeyi: 'plaintext-refused' });
    expect(isPayloadMarker(value)).toBe(true);
  });

  it('becomes a marker when it has no metadata at all', async () => {
    expect(await receivedByWorker({})).toEqual({ shigeyi: 'plaintext-refused' });
  });

  it('becomes a marker when it is a plan hash in plain text, which must not load a plan', async () => {
    expect(await receivedByWorker(payloadOf(new Uint8Array(planHash)))).toEqual({ shigeyi: 'plaintext-refused' });
  });

  it('becomes a marker when its key is unknown', async () => {
    const [payload] = await encode(clientCodecs({ ring: parseKeyRing(newKeyText('x'), 'the test') }), [payloadOf('value')]);
    expect(await receivedByWorker(payload ?? {})).toEqual({ shigeyi: 'undecryptable' });
  });

  it('becomes a marker when it was changed', async () => {
    const payload = await sentByClient('value');
    const data = Buffer.from(payload.data ?? []);
    data[20] = (data[20] ?? 0) ^ 1;
    expect(await receivedByWorker({ ...payload, data })).toEqual({ shigeyi: 'undecryptable' });
  });

  it('becomes a marker when it was cut short', async () => {
    const payload = await sentByClient('value');
    expect(await receivedByWorker({ ...payload, data: payload.data?.subarray(0, 10) ?? null })).toEqual({
      shigeyi: 'undecryptable',
    });
  });
});

describe('a plan', () => {
  const hashPayload = payloadOf(new Uint8Array(planHash));

  it('stands in the place of its hash when a worker decodes', async () => {
    expect(await receivedByWorker(await sentByClient(new Uint8Array(planHash)))).toEqual({ campaign: '十个一' });
  });

  it('is not what a worker sends: a hash stays a hash', async () => {
    const sent = await encode(worker, [hashPayload]);
    expect(valueOf((await decode(client, sent))[0])).toEqual(new Uint8Array(planHash));
  });

  it('is not looked for in place of other bytes', async () => {
    const load = vi.fn(() => Promise.resolve(planText));
    const bytes = payloadOf(new Uint8Array(31));
    expect(await createPlanCodec(load).decode([bytes])).toEqual([bytes]);
    expect(load).not.toHaveBeenCalled();
  });

  it('is loaded once for many decodes, also at the same time', async () => {
    const load = vi.fn(() => Promise.resolve(planText));
    const codec = createPlanCodec(load);
    await Promise.all([codec.decode([hashPayload, hashPayload]), codec.decode([hashPayload])]);
    await codec.decode([hashPayload]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('is forgotten when 64 others were used since', async () => {
    const texts = new Map(
      Array.from({ length: 65 }, (_, n) => [createHash('sha256').update(String(n)).digest('hex'), String(n)]),
    );
    const load = vi.fn((hash: string) => Promise.resolve(texts.get(hash) ?? ''));
    const codec = createPlanCodec(load);
    const [oldest = ''] = texts.keys();
    for (const hash of [...texts.keys(), oldest]) await codec.decode([payloadOf(new Uint8Array(Buffer.from(hash, 'hex')))]);
    expect(load).toHaveBeenCalledTimes(66);
  });

  it('is waited for while the database is away', async () => {
    let failures = 3;
    const codec = createPlanCodec(() => (failures-- > 0 ? Promise.reject(new Error('away')) : Promise.resolve(planText)));
    expect(valueOf((await codec.decode([hashPayload]))[0])).toEqual({ campaign: '十个一' });
  });

  it('is given up when the database stays away, and asked for again later', async () => {
    let away = true;
    const codec = createPlanCodec(() => (away ? Promise.reject(new Error('away')) : Promise.resolve(planText)), {
      patienceMs: 0,
    });
    await expect(codec.decode([hashPayload])).rejects.toMatchObject({ code: 'PLAN_UNAVAILABLE' });
    away = false;
    expect(valueOf((await codec.decode([hashPayload]))[0])).toEqual({ campaign: '十个一' });
  });

  it('is refused when its text is not the one that was hashed', async () => {
    const codec = createPlanCodec(() => Promise.resolve('{"campaign":"another"}'));
    await expect(codec.decode([hashPayload])).rejects.toMatchObject({
      code: 'PLAN_UNAVAILABLE',
      message: expect.stringContaining('hashes to'),
    });
  });
});

describe('a failure', () => {
  it('keeps its message out of what Temporal can read', () => {
    const { failureConverter } = createRequire(import.meta.url)(failureConverterPath) as {
      failureConverter: FailureConverter;
    };
    const secret = randomBytes(8).toString('hex');
    const failure = failureConverter.errorToFailure(ApplicationFailure.create({ message: secret }), defaultPayloadConverter);
    expect([failure.message, failure.stackTrace]).toEqual(['Encoded failure', '']);
  });

  it('is converted that way by every data converter of ours', () =>
    expect(createDataConverter({ codecs: client })).toMatchObject({ failureConverterPath, payloadCodecs: client }));
});
