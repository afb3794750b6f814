import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';

/** A server's own output, kept in a file that only we read. */
export interface ServerLog {
  /** To be given to the child as its output. */
  readonly fd: number;
  /** Our copy is not needed once the child has its own. */
  close(): void;
  /** What the server wrote since it was started. */
  read(): string;
}

const LIMIT_BYTES = 20 * 1024 * 1024;

/** Opens the log to be appended to. One that has grown beyond 20 MB is begun anew. */
export function openServerLog(path: string): ServerLog {
  const fd = openSync(path, 'a', 0o600);
  let { size } = statSync(path);
  if (size > LIMIT_BYTES) {
    truncateSync(path);
    size = 0;
  }
  return { fd, close: () => closeSync(fd), read: () => readFileSync(path).subarray(size).toString('utf8').trim() };
}
