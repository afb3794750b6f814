/** What can go wrong while the real parts are found, started or opened. Codes are stable: scripts and documents refer to them. */
export type PlatformErrorCode =
  | 'CONFIG_INVALID'
  | 'DATA_DIR_UNUSABLE'
  | 'NO_DISK_SPACE'
  | 'PORT_IN_USE'
  | 'POSTGRES_BINARIES_MISSING'
  | 'POSTGRES_START_FAILED'
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_ROLES_MISSING'
  | 'TEMPORAL_NOT_FOUND'
  | 'TEMPORAL_BUILD_FAILED'
  | 'TEMPORAL_START_FAILED'
  | 'KEYS_INVALID'
  | 'KEY_UNKNOWN'
  | 'SEALED_VALUE_UNREADABLE'
  | 'PLAN_UNAVAILABLE';

export interface PlatformProblem {
  readonly code: PlatformErrorCode;
  /** Where, which value, and why. Never a secret: key material and passwords are not quoted. */
  readonly message: string;
  /** What the reader can do now. */
  readonly remedy: string;
  readonly cause?: unknown;
}

/** A failure of the machine, its settings or its keys: something an operator can set right, as `remedy` says. */
export class PlatformError extends Error {
  readonly code: PlatformErrorCode;
  readonly remedy: string;

  constructor({ code, message, remedy, cause }: PlatformProblem) {
    super(`${message} (${code}) ${remedy}`, cause === undefined ? undefined : { cause });
    this.name = 'PlatformError';
    this.code = code;
    this.remedy = remedy;
  }
}

/** The system's own code of an error (`ENOENT`, `EADDRINUSE`, …), or undefined when it carries none. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
