/** A refusal of the store: a stable code, what was wrong with which value, and what to do. */
export type StoreErrorCode =
  | 'FLUSH_GAP'
  | 'FLUSH_BEHIND'
  | 'FLUSH_EXPIRED'
  | 'MIGRATION_BUSY'
  | 'DATA_KEY_GONE'
  | 'PLAN_UNKNOWN'
  | 'RUN_EXISTS'
  | 'RUN_UNKNOWN'
  | 'RUN_CLOSED'
  | 'ROSTER_TAKEN'
  | 'HOUSEHOLD_ON_FILE'
  | 'SUBMISSION_ID_REUSED'
  | 'COMMAND_ID_REUSED';

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly remedy: string;

  constructor({ code, message, remedy, cause }: { code: StoreErrorCode; message: string; remedy: string; cause?: unknown }) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StoreError';
    this.code = code;
    this.remedy = remedy;
  }
}
