/** What a caller of the client can meet, apart from bugs: a refusal, something unknown, or a part that cannot be reached. */
import type { Refusal } from '../model/command.ts';

/** The rules refused it; nothing was changed. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`${refusal.message}; ${refusal.remedy}`);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** What was sent in cannot be used: an unknown run, a form with wrong fields. Nothing was changed. */
export class Invalid extends Error {
  readonly code: string;
  readonly remedy: string;
  readonly details: readonly unknown[];
  constructor({
    code,
    message,
    remedy,
    details = [],
  }: { code: string; message: string; remedy: string; details?: readonly unknown[] }) {
    super(message);
    this.name = 'Invalid';
    this.code = code;
    this.remedy = remedy;
    this.details = details;
  }
}

/** A part does not answer. Asking again with the same command id is safe. */
export class Unavailable extends Error {
  readonly code: 'STORE_BEHIND' | 'NOT_YET_DURABLE' | 'TEMPORAL_UNREACHABLE';
  readonly remedy: string;
  constructor({ code, message, remedy }: { code: Unavailable['code']; message: string; remedy: string }) {
    super(message);
    this.name = 'Unavailable';
    this.code = code;
    this.remedy = remedy;
  }
}
