/** A part that does not answer is something a caller can act on: it is told apart from a bug here, for everything the client does. */
import { isGrpcServiceError } from '@temporalio/client';
import { isStoreAway } from '../store/away.ts';
import { Unavailable } from './client-error.ts';

type Calls = Readonly<Record<string, unknown>>;

/** The same functions, throwing `Unavailable` where a part could not be reached. */
export function tellingWhatIsAway<T extends Calls>(calls: T): T {
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [name, typeof call === 'function' ? telling(call as Call) : call]),
  ) as T;
}

type Call = (...given: readonly unknown[]) => Promise<unknown>;

function telling(call: Call): Call {
  return async (...given) => {
    try {
      return await call(...given);
    } catch (failure) {
      throw unavailable(failure) ?? failure;
    }
  };
}

/** Undefined for what is none of this. */
export function unavailable(failure: unknown): Unavailable | undefined {
  if (isStoreAway(failure)) {
    return new Unavailable({
      code: 'STORE_BEHIND',
      message: 'the database cannot be reached just now',
      remedy: 'ask again, a command with the same id',
    });
  }
  if (!isTemporalAway(failure)) return undefined;
  return new Unavailable({
    code: 'TEMPORAL_UNREACHABLE',
    message: 'Temporal or its worker does not answer',
    remedy: "see that 'shigeyi up' or a worker is running, and ask again",
  });
}

/** The SDK wraps what gRPC says, sometimes. */
export function isTemporalAway(failure: unknown): boolean {
  return isGrpcServiceError(failure) || (failure instanceof Error && isGrpcServiceError(failure.cause));
}
