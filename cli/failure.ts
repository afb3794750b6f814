/** How a command can end, and how whatever went wrong is told: what, why, and what to do next. */
import { Invalid, Refused, Unavailable } from '../client/client-error.ts';
import { PlatformError, type PlatformErrorCode, systemCode } from '../platform/platform-error.ts';
import { StoreError } from '../store/store-error.ts';

/** 0 done, 1 refused or invalid, 2 misuse, 3 a part cannot be reached. */
export type ExitCode = 0 | 1 | 2 | 3;
export const EXIT = { done: 0, refused: 1, misuse: 2, unreachable: 3 } as const;

export interface Failure {
  readonly exit: ExitCode;
  /** Stable: scripts may ask for it. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** What is wrong in detail, such as the fields of a form. */
  readonly details: readonly unknown[];
}

/** Something the command line itself found wrong. */
export class CliError extends Error {
  readonly failure: Failure;
  constructor({ details = [], ...failure }: Omit<Failure, 'details'> & { readonly details?: readonly unknown[] }) {
    super(failure.message);
    this.name = 'CliError';
    this.failure = { ...failure, details };
  }
}

export const misuse = (message: string, remedy: string): CliError =>
  new CliError({ exit: EXIT.misuse, code: 'MISUSE', message, remedy });

/** The environment is part of how a command is called; everything else of the platform is a part that is not to be had. */
const MISCONFIGURED: readonly PlatformErrorCode[] = ['CONFIG_INVALID', 'KEYS_INVALID'];

/** Every error has an explanation; one that nobody foresaw says how to learn more. */
export function explainFailure(error: unknown): Failure {
  if (error instanceof CliError) return error.failure;
  if (error instanceof Refused) return { exit: EXIT.refused, ...error.refusal, details: [] };
  if (error instanceof Invalid) return { exit: EXIT.refused, ...pick(error), details: error.details };
  if (error instanceof Unavailable) return { exit: EXIT.unreachable, ...pick(error), details: [] };
  if (error instanceof PlatformError) return explainPlatform(error);
  if (error instanceof StoreError)
    return { exit: error.code === 'MIGRATION_BUSY' ? EXIT.unreachable : EXIT.refused, ...pick(error), details: [] };
  return explainForeign(error);
}

const pick = ({ code, message, remedy }: { readonly code: string; readonly message: string; readonly remedy: string }) => ({
  code,
  message,
  remedy,
});

function explainPlatform({ code, message, remedy }: PlatformError): Failure {
  const exit = MISCONFIGURED.includes(code) ? EXIT.misuse : EXIT.unreachable;
  // Its text carries code and remedy for whoever prints nothing else; here each is told once.
  return { exit, code, message: message.replace(` (${code}) ${remedy}`, ''), remedy, details: [] };
}

function explainForeign(error: unknown): Failure {
  const message = firstLine(error);
  if (systemCode(error) === 'ENOSPC' || systemCode(error) === '53100') {
    return {
      exit: EXIT.unreachable,
      code: 'NO_DISK_SPACE',
      message: `there is no room left on the disk: ${message}`,
      remedy: 'free some space and try again',
      details: [],
    };
  }
  if (isUnreachable(error)) {
    return {
      exit: EXIT.unreachable,
      code: 'PART_UNREACHABLE',
      message: `a part does not answer: ${message}`,
      remedy: 'see that it runs, or start the parts with: npx shigeyi up',
      details: [],
    };
  }
  return {
    exit: EXIT.refused,
    code: 'UNEXPECTED',
    message: `something unexpected happened: ${message}`,
    remedy: 'set SHIGEYI_DEBUG=1 to see where, and report it',
    details: [],
  };
}

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** Classes of SQLSTATE: 08 is the connection, 57P a server that stops or starts, 53 one without means. */
const AWAY = /^(08...|57P0[1-5]|53[0-9]{3})$/;
/** The driver reports these without a code. */
const AWAY_TEXT =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error/;
const GRPC_UNAVAILABLE = 14;

/** Whether a part of the system is away, so that asking again later may help. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof Unavailable) return true;
  const code = systemCode(error);
  if (code !== undefined && (NETWORK_CODES.has(code) || AWAY.test(code))) return true;
  if (!(error instanceof Error)) return false;
  if (error.name === 'TransportError' || (error as { code?: unknown }).code === GRPC_UNAVAILABLE || AWAY_TEXT.test(error.message))
    return true;
  return error.cause !== undefined && isUnreachable(error.cause);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || systemCode(error) || error.name : String(error);
  return text.split('\n', 1)[0]!;
}

/** One sentence, what to do next, and the code to look it up by; details below it, one to a line. */
export function formatFailure({ code, message, remedy, details }: Failure): string {
  return [
    `shigeyi: ${ended(message)} ${ended(capital(remedy))} [${code}]`,
    ...details.map((detail) => `  ${formatDetail(detail)}`),
  ].join('\n');
}

/** A command to type stands at the end without a full stop, so that it can be copied. */
const ended = (sentence: string): string => (/[.!?。…]$|: (npx |shigeyi )[^.]*$/.test(sentence) ? sentence : `${sentence}.`);
const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** What issues of definitions, registers and forms have in common. */
interface Detail {
  readonly message: string;
  readonly hint?: string;
  readonly code?: string;
  readonly path?: string;
  readonly file?: string;
  readonly sheet?: string;
  readonly line?: number;
  readonly column?: number | string;
}

const isDetail = (detail: unknown): detail is Detail => typeof detail === 'object' && detail !== null && 'message' in detail;

/** Anything that is no issue is shown as it is. */
function formatDetail(detail: unknown): string {
  if (!isDetail(detail)) return typeof detail === 'string' ? detail : JSON.stringify(detail);
  const { message, hint, code } = detail;
  const place = placeOf(detail);
  return `${place === '' ? '' : `${place}: `}${message}${hint === undefined ? '' : `; ${hint}`}${code === undefined ? '' : ` [${code}]`}`;
}

function placeOf({ path = '', file, sheet, line = 0, column }: Detail): string {
  if (file !== undefined) return `${file}:${line}:${column ?? 1}`;
  if (sheet !== undefined && line === 0) return sheet;
  if (sheet !== undefined) return `${sheet}, line ${line}${column === undefined ? '' : `, ${column}`}`;
  return path;
}
