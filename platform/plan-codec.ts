import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { METADATA_ENCODING_KEY } from '@temporalio/common';
import { PlatformError } from './platform-error.ts';

/** Finds the JSON text of a plan by the SHA-256 of that text, in hexadecimal. Rejects when it cannot, for whatever reason. */
export type LoadPlan = (hash: string) => Promise<string>;

export interface PlanCodecOptions {
  /** How long a decode waits for a load that fails, the database being away. */
  readonly patienceMs?: number;
}

const KEPT_PLANS = 64;
const HASH_BYTES = 32;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * A run's history holds the 32-byte hash of its plan; whoever replays it sees the plan itself, which this codec puts in the
 * hash's place. No other value of ours is 32 raw bytes. Encoding leaves everything as it is.
 */
export function createPlanCodec(load: LoadPlan, { patienceMs = 10_000 }: PlanCodecOptions = {}): PayloadCodec {
  const plans = new RecentPlans((hash) => loadPatiently(load, hash, patienceMs));
  return {
    encode: (payloads) => Promise.resolve(payloads),
    decode: (payloads) => Promise.all(payloads.map((payload) => decodePayload(payload, plans))),
  };
}

async function decodePayload(payload: Payload, plans: RecentPlans): Promise<Payload> {
  if (!isHash(payload)) return payload;
  const data = await plans.get(Buffer.from(payload.data).toString('hex'));
  return { metadata: { [METADATA_ENCODING_KEY]: Buffer.from('json/plain', 'utf8') }, data };
}

function isHash(payload: Payload): payload is Payload & { data: Uint8Array } {
  const encoding = payload.metadata?.[METADATA_ENCODING_KEY];
  return payload.data?.length === HASH_BYTES && !!encoding && Buffer.from(encoding).toString('utf8') === 'binary/plain';
}

async function loadPatiently(load: LoadPlan, hash: string, patienceMs: number): Promise<Uint8Array> {
  const deadline = Date.now() + patienceMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return verified(Buffer.from(await load(hash), 'utf8'), hash);
    } catch (cause) {
      if (cause instanceof PlatformError || Date.now() + pause > deadline) throw unavailable(hash, cause);
      await delay(pause);
    }
  }
}

function verified(text: Buffer, hash: string): Uint8Array {
  const actual = createHash('sha256').update(text).digest('hex');
  if (actual === hash) return text;
  throw new PlatformError({
    code: 'PLAN_UNAVAILABLE',
    message: `the text stored as plan ${hash} hashes to ${actual}.`,
    remedy: 'It was changed after it was stored: restore it from a backup.',
  });
}

/** A workflow task that fails for this is tried again by the server until the plan is there. */
function unavailable(hash: string, cause: unknown): PlatformError {
  if (cause instanceof PlatformError && cause.code === 'PLAN_UNAVAILABLE') return cause;
  return new PlatformError({
    code: 'PLAN_UNAVAILABLE',
    message: `plan ${hash} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}.`,
    remedy: 'Check that the database can be reached and holds the plan; work on its runs goes on by itself then.',
    cause,
  });
}

/** The plans used last, verified. Two who ask for the same plan at once share one load; a failed load is not remembered. */
class RecentPlans {
  readonly #load: (hash: string) => Promise<Uint8Array>;
  readonly #plans = new Map<string, Promise<Uint8Array>>();

  constructor(load: (hash: string) => Promise<Uint8Array>) {
    this.#load = load;
  }

  get(hash: string): Promise<Uint8Array> {
    const plan = this.#plans.get(hash) ?? this.#begin(hash);
    this.#plans.delete(hash);
    this.#plans.set(hash, plan);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > KEPT_PLANS && oldest !== undefined) this.#plans.delete(oldest);
    return plan;
  }

  #begin(hash: string): Promise<Uint8Array> {
    const plan = this.#load(hash);
    plan.catch(() => {
      if (this.#plans.get(hash) === plan) this.#plans.delete(hash);
    });
    return plan;
  }
}
