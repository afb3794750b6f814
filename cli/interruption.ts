/** Being asked to end, in the middle of something. */
import { CliError, EXIT } from './failure.ts';

/** The result of the work, unless the person asks to end first. Whatever is still under way then ends with the process. */
export async function unlessInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop: (() => void) | undefined;
  const interrupted = new Promise<never>((_, reject) => {
    stop = () => reject(interruption());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    signal.removeEventListener('abort', stop!);
  }
}

export const interruption = (remedy = 'start it again when you like: nothing is lost'): CliError =>
  new CliError({ exit: EXIT.refused, code: 'INTERRUPTED', message: 'it was interrupted before it was done', remedy });

export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
